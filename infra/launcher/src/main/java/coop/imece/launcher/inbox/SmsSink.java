package coop.imece.launcher.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.util.MessageId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An SMS centre that delivers everything into the [Inbox], sends receipts after a second, and brings what people
/// write.
///
/// Numbers ending in 000 are refused. What cannot be brought, because nobody is bound or the other side asks for it
/// again, is tried again each second for ten minutes, as an operator does.
public final class SmsSink implements AutoCloseable {

    public static final String SYSTEM_ID = "imece";
    public static final String PASSWORD = "imece";

    private static final Logger log = LoggerFactory.getLogger(SmsSink.class);
    private static final Duration RECEIPT_DELAY = Duration.ofSeconds(1);
    private static final DateTimeFormatter RECEIPT_TIME = DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT);
    private static final int TRIES = 600;
    /// esm_class of a delivery receipt, and message_state of one that tells good news (SMPP 3.4, 5.2.12 and 5.2.28).
    private static final int RECEIPT = 0x04;

    private static final byte DELIVERED = 2;
    private static final int MAX_OPEN_TEXTS = 1000;
    private static final int PLAIN_LIMIT = 160;
    private static final int UCS2_LIMIT = 70;

    private final Inbox inbox;
    private final ServerSocket socket;
    private final SMPPServerSessionListener listener;
    private final List<SMPPServerSession> bound = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService courier = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("sms-courier-", 0).factory());
    private final Map<TextKey, List<SmsPart>> openTexts = new LinkedHashMap<>();
    private volatile boolean closed;

    private record TextKey(String from, String to, int reference, int total) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Outgoing(
            String from, String to, int esmClass, byte dataCoding, byte[] octets, OptionalParameter... parameters) {}

    private SmsSink(Inbox inbox, ServerSocket socket) throws IOException {
        this.inbox = inbox;
        this.socket = socket;
        this.listener = new SMPPServerSessionListener(socket.getLocalPort(), new OnSocket(socket));
        listener.setPduProcessorDegree(10);
        listener.setMessageReceiverListener(new Receiver());
    }

    /// @param port 0 for any free one
    public static SmsSink start(Inbox inbox, int port) {
        try {
            var sink = new SmsSink(inbox, new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().name("sms-sink").daemon().start(sink::accept);
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException("the SMS sink cannot listen on port " + port, e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// Brings an SMS that a person wrote to whoever is bound; a long one as several.
    public void bring(String from, String text) {
        var to = inbox.lastSenderTo(from).orElse("IMECE");
        boolean plain = GsmText.isPlain(text);
        int limit = plain ? PLAIN_LIMIT : UCS2_LIMIT;
        for (int i = 0; i < text.length(); i += limit) {
            var part = text.substring(i, Math.min(text.length(), i + limit));
            bring(
                    new Outgoing(
                            from,
                            to,
                            0,
                            (byte) (plain ? 0 : 8),
                            plain ? GsmText.encodePlain(part) : part.getBytes(StandardCharsets.UTF_16BE)),
                    Duration.ZERO,
                    TRIES);
        }
    }

    private void accept() {
        while (!closed) {
            try {
                var session = listener.accept();
                Thread.ofVirtual().start(() -> bind(session));
            } catch (IOException e) {
                if (!closed) {
                    log.error("the SMS sink ends", e);
                }
                return;
            }
        }
    }

    private void bind(SMPPServerSession session) {
        try {
            var request = session.waitForBind(10_000);
            if (!SYSTEM_ID.equals(request.getSystemId())) {
                request.reject(SMPPConstant.STAT_ESME_RINVSYSID);
            } else if (!PASSWORD.equals(request.getPassword())) {
                request.reject(SMPPConstant.STAT_ESME_RINVPASWD);
            } else {
                session.addSessionStateListener((state, _, source) -> {
                    if (!state.isBound() && source instanceof SMPPServerSession ended) {
                        bound.remove(ended);
                    }
                });
                request.accept("inbox");
                if (request.getBindType() != BindType.BIND_TX) {
                    bound.add(session);
                }
                return;
            }
        } catch (TimeoutException | PDUStringException | IOException e) {
            log.debug("nobody was bound: {}", e.getMessage());
        }
        session.close();
    }

    private void bring(Outgoing message, Duration delay, int tries) {
        var _ = courier.schedule(() -> tryToBring(message, tries), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tryToBring(Outgoing message, int tries) {
        if (closed) {
            return;
        }
        var receiver = receiver();
        if (receiver.isPresent() && deliver(receiver.get(), message)) {
            return;
        }
        if (tries > 1) {
            bring(message, Duration.ofSeconds(1), tries - 1);
        }
    }

    private Optional<SMPPServerSession> receiver() {
        return bound.stream()
                .filter(session -> session.getSessionState().isReceivable())
                .findFirst();
    }

    private static boolean deliver(SMPPServerSession session, Outgoing message) {
        try {
            session.deliverShortMessage(
                    "",
                    TypeOfNumber.INTERNATIONAL,
                    NumberingPlanIndicator.ISDN,
                    message.from().replaceFirst("^\\+", ""),
                    TypeOfNumber.ALPHANUMERIC,
                    NumberingPlanIndicator.UNKNOWN,
                    message.to(),
                    new ESMClass(message.esmClass()),
                    (byte) 0,
                    (byte) 0,
                    new RegisteredDelivery(0),
                    new RawDataCoding(message.dataCoding()),
                    message.octets(),
                    message.parameters());
            return true;
        } catch (PDUException e) {
            log.error("an SMS cannot be written as SMPP", e);
            return true;
        } catch (ResponseTimeoutException | InvalidResponseException | NegativeResponseException | IOException e) {
            log.debug("not brought, to be tried again: {}", e.getMessage());
            return false;
        }
    }

    private String submitted(SubmitSm message) throws ProcessRequestException {
        var to = international(message.getDestAddress(), message.getDestAddrTon());
        if (to.endsWith("000")) {
            throw new ProcessRequestException("no such number", SMPPConstant.STAT_ESME_RINVDSTADR);
        }
        var id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        var from = message.getSourceAddr();
        var part = SmsPart.read(octets(message), message.getDataCoding(), message.isUdhi());
        deliver(from, to, part, id);
        if (message.getRegisteredDelivery() != 0) {
            bring(receipt(from, to, id), RECEIPT_DELAY, TRIES);
        }
        return id;
    }

    private static byte[] octets(SubmitSm message) {
        var shortMessage = message.getShortMessage();
        var payload = message.getOptionalParameter(OptionalParameter.Tag.MESSAGE_PAYLOAD);
        if (shortMessage != null && shortMessage.length > 0) {
            return shortMessage;
        }
        return payload instanceof OptionalParameter.OctetString octets ? octets.getValue() : new byte[0];
    }

    private void deliver(String from, String to, SmsPart part, String id) {
        if (part.total() <= 1) {
            inbox.receiveSms(from, to, part.text(), 1, id);
            return;
        }
        var key = new TextKey(from, to, part.reference(), part.total());
        synchronized (openTexts) {
            var parts = openTexts.computeIfAbsent(key, _ -> new ArrayList<>());
            parts.removeIf(earlier -> earlier.number() == part.number());
            parts.add(part);
            if (parts.size() < part.total()) {
                if (openTexts.size() > MAX_OPEN_TEXTS) {
                    openTexts.remove(openTexts.keySet().iterator().next());
                }
                return;
            }
            openTexts.remove(key);
            var text = new StringBuilder();
            parts.stream()
                    .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                    .forEach(each -> text.append(each.text()));
            inbox.receiveSms(from, to, text.toString(), parts.size(), id);
        }
    }

    private static Outgoing receipt(String from, String to, String id) {
        var now = RECEIPT_TIME.format(LocalDateTime.now(ZoneOffset.UTC));
        var receipt = "id:%s sub:001 dlvrd:001 submit date:%s done date:%s stat:DELIVRD err:000 text:"
                .formatted(id, now, now);
        return new Outgoing(
                to,
                from,
                RECEIPT,
                (byte) 0,
                receipt.getBytes(StandardCharsets.ISO_8859_1),
                new OptionalParameter.Receipted_message_id(id),
                new OptionalParameter.Message_state(DELIVERED));
    }

    private static String international(String address, byte typeOfNumber) {
        return typeOfNumber == TypeOfNumber.INTERNATIONAL.value() && !address.startsWith("+") ? "+" + address : address;
    }

    @Override
    public void close() {
        closed = true;
        courier.shutdownNow();
        bound.forEach(SMPPServerSession::unbindAndClose);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Listens on loopback only; the library's own factory listens everywhere.
    private record OnSocket(ServerSocket socket) implements ServerConnectionFactory {
        @Override
        public ServerConnection listen(int port) {
            return new ServerSocketConnection(socket);
        }

        @Override
        public ServerConnection listen(int port, int timeout) {
            return listen(port);
        }

        @Override
        public ServerConnection listen(int port, int timeout, int backlog) {
            return listen(port);
        }
    }

    private final class Receiver implements ServerMessageReceiverListener {

        @Override
        public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession source)
                throws ProcessRequestException {
            try {
                return new SubmitSmResult(new MessageId(submitted(message)), new OptionalParameter[0]);
            } catch (PDUStringException e) {
                throw new ProcessRequestException("system error", SMPPConstant.STAT_ESME_RSYSERR, e);
            }
        }

        @Override
        public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession source)
                throws ProcessRequestException {
            throw notSupported();
        }

        @Override
        public QuerySmResult onAcceptQuerySm(QuerySm message, SMPPServerSession source) throws ProcessRequestException {
            throw notSupported();
        }

        @Override
        public void onAcceptReplaceSm(ReplaceSm message, SMPPServerSession source) throws ProcessRequestException {
            throw notSupported();
        }

        @Override
        public void onAcceptCancelSm(CancelSm message, SMPPServerSession source) throws ProcessRequestException {
            throw notSupported();
        }

        @Override
        public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm message, SMPPServerSession source)
                throws ProcessRequestException {
            throw notSupported();
        }

        @Override
        public void onAcceptCancelBroadcastSm(CancelBroadcastSm message, SMPPServerSession source)
                throws ProcessRequestException {
            throw notSupported();
        }

        @Override
        public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm message, SMPPServerSession source)
                throws ProcessRequestException {
            throw notSupported();
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm message, Session source) throws ProcessRequestException {
            throw notSupported();
        }

        private static ProcessRequestException notSupported() {
            return new ProcessRequestException("not supported here", SMPPConstant.STAT_ESME_RINVCMDID);
        }
    }
}
