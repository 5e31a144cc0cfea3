package coop.imece.notification.channel.sms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.util.MessageId;

/// An operator on a real socket that misbehaves on request: the end of the number says how.
///
/// `000` refused, `111` throttled, `222` takes the SMS and loses the session before the answer, `333` is taken and not
/// yet answered: one answer for each permit. Of parts after the first, `444` is throttled twice, `555` always, `666`
/// refused.
public final class ScriptedOperator implements AutoCloseable {

    /// One part as it was received.
    public record Received(String to, String text, String reference, boolean receiptAsked) {}

    public final List<Received> received = new CopyOnWriteArrayList<>();
    public final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    /// Whose SMS it has and does not yet answer.
    public final Set<String> holding = ConcurrentHashMap.newKeySet();

    public final Semaphore hold = new Semaphore(0);
    private final Map<String, Integer> throttled = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final ServerSocket socket;
    private final SMPPServerSessionListener listener;

    public ScriptedOperator() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listener = new SMPPServerSessionListener(socket.getLocalPort(), new OnSocket(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.setPduProcessorDegree(20);
        listener.setMessageReceiverListener((ServerMessageReceiverListener) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServerMessageReceiverListener.class},
                (_, method, args) -> {
                    if (method.getName().equals("onAcceptSubmitSm")) {
                        return submitted((SubmitSm) args[0], (SMPPServerSession) args[1]);
                    }
                    if (method.getReturnType() == void.class) {
                        return null;
                    }
                    throw new ProcessRequestException("not supported", SMPPConstant.STAT_ESME_RINVCMDID);
                }));
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                SMPPServerSession session = listener.accept();
                Thread.ofVirtual().start(() -> bind(session));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void bind(SMPPServerSession session) {
        try {
            session.waitForBind(5_000).accept("operator");
            sessions.add(session);
        } catch (PDUStringException | TimeoutException | IOException e) {
            session.close();
        }
    }

    private SubmitSmResult submitted(SubmitSm message, SMPPServerSession session) throws Exception {
        String to = "+" + message.getDestAddress();
        if (to.endsWith("000")) {
            throw new ProcessRequestException("no such number", SMPPConstant.STAT_ESME_RINVDSTADR);
        }
        if (to.endsWith("111")) {
            throw new ProcessRequestException("too fast", SMPPConstant.STAT_ESME_RTHROTTLED);
        }
        if (to.endsWith("333")) {
            holding.add(to);
            hold.acquireUninterruptibly();
            holding.remove(to);
        }
        if (received.stream().anyMatch(part -> part.to().equals(to))) {
            if (to.endsWith("444") && throttled.merge(to, 1, Integer::sum) <= 2 || to.endsWith("555")) {
                throw new ProcessRequestException("too fast", SMPPConstant.STAT_ESME_RTHROTTLED);
            }
            if (to.endsWith("666")) {
                throw new ProcessRequestException("no such number", SMPPConstant.STAT_ESME_RINVDSTADR);
            }
        }
        String reference = "op-" + ids.incrementAndGet();
        var read = new DeliverSm();
        read.setShortMessage(message.getShortMessage());
        read.setDataCoding(message.getDataCoding());
        read.setEsmClass(message.getEsmClass());
        received.add(new Received(to, DeliverSmListener.text(read), reference, message.getRegisteredDelivery() != 0));
        if (to.endsWith("222")) {
            sessions.remove(session);
            session.close();
        }
        return new SubmitSmResult(new MessageId(reference), new OptionalParameter[0]);
    }

    /// Brings a receipt, as `DELIVRD` or `UNDELIV`.
    public void receipt(Received of, String state) {
        deliver(
                of.to(),
                0x04,
                "id:%s sub:001 dlvrd:001 submit date:2611220000 done date:2611220000 stat:%s err:000 text:"
                        .formatted(of.reference(), state));
    }

    /// Brings what a person wrote.
    public void bring(String from, String text) {
        deliver(from, 0, text);
    }

    private void deliver(String from, int esmClass, String text) {
        try {
            sessions.getFirst()
                    .deliverShortMessage(
                            "",
                            TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN,
                            from.substring(1),
                            TypeOfNumber.ALPHANUMERIC,
                            NumberingPlanIndicator.UNKNOWN,
                            "IMECE",
                            new ESMClass(esmClass),
                            (byte) 0,
                            (byte) 0,
                            new RegisteredDelivery(0),
                            new RawDataCoding((byte) 0),
                            text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (PDUException
                | ResponseTimeoutException
                | InvalidResponseException
                | NegativeResponseException
                | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Breaks all sessions without a goodbye.
    public void breakSessions() {
        sessions.forEach(SMPPServerSession::close);
        sessions.clear();
    }

    @Override
    public void close() {
        breakSessions();
        try {
            listener.close();
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
}
