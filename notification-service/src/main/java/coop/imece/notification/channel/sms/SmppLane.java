package coop.imece.notification.channel.sms;

import coop.imece.notification.channel.InboundSms;
import coop.imece.notification.channel.OutgoingSms;
import coop.imece.notification.channel.SendResult;
import coop.imece.notification.channel.SmsChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One SMPP session (transceiver) that is bound again whenever it breaks, after 0.5 s, doubling to 10 s.
///
/// What the operator refused is [SendResult.Refused]; what it cannot take now, or no session to send it over, is
/// [SendResult.Deferred]; a request whose answer never came is [SendResult.Unknown] and must not be repeated: an SMS
/// costs money, and its receipt may still come. So is an SMS of which the operator took the first part and not the
/// last, after it was asked again for a few seconds.
public final class SmppLane implements SmsChannel, AutoCloseable {

    /// The reason given when there was no session; nothing was tried.
    public static final String NOT_BOUND = "no session with the operator";

    private static final Logger log = LoggerFactory.getLogger(SmppLane.class);
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final long FIRST_PAUSE = Duration.ofMillis(500).toMillis();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toMillis();

    private static final Duration FAREWELL = Duration.ofMillis(500);

    /// System error, message queue full, throttled: the operator's trouble, not the message's.
    private static final List<Integer> PASSING = List.of(0x08, 0x14, 0x58);

    /// How long to wait before a later part that the operator cannot take now is tried again.
    private static final List<Duration> PART_PAUSES =
            List.of(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));

    private final String name;
    private final SmppSettings settings;
    private final DeliverSmListener listener;
    private final Semaphore window;
    private final AtomicLong nextSlot = new AtomicLong(System.nanoTime());
    private final AtomicInteger reference = new AtomicInteger();
    private final Thread keeper;
    private volatile @Nullable SMPPSession session;
    private volatile boolean closed;

    /// @param receipts told of what the operator was asked to tell; it may bring that over any session of ours
    SmppLane(String name, SmppSettings settings, InboundSms inbound, SmsReceipts receipts) {
        this.name = name;
        this.settings = settings;
        this.listener = new DeliverSmListener(inbound, receipts);
        this.window = new Semaphore(settings.window());
        this.keeper = Thread.ofVirtual().name("smpp-" + name).start(this::keepBound);
    }

    /// Whether there is a session to send over.
    public boolean bound() {
        SMPPSession current = session;
        return current != null && current.getSessionState().isTransmittable();
    }

    @Override
    public SendResult send(OutgoingSms sms) {
        try (Turn turn = awaitTurn()) {
            return turn.send(sms);
        }
    }

    /// Waits until an SMS may go onto the wire. That may take long: what has to be true at the wire is looked at
    /// afterwards.
    public Turn awaitTurn() {
        window.acquireUninterruptibly();
        awaitSlot();
        return new Turn();
    }

    /// The right to send one SMS now. To be closed, used or not.
    public final class Turn implements AutoCloseable {

        private Turn() {}

        /// What the operator said; throws nothing for what an operator or a network may do.
        public SendResult send(OutgoingSms sms) {
            return NUMBER.matcher(sms.to()).matches()
                    ? submit(sms, SmsText.of(sms.text()).wire(reference.incrementAndGet()))
                    : new SendResult.Refused("ESME_RINVDSTADR", "not a number");
        }

        @Override
        public void close() {
            window.release();
        }
    }

    /// Once a part is taken, none of what may happen to the others means that nothing was sent.
    private SendResult submit(OutgoingSms sms, List<SmsText.Part> parts) {
        List<String> references = new ArrayList<>();
        Iterator<Duration> pauses = PART_PAUSES.iterator();
        while (references.size() < parts.size()) {
            SmsText.Part part = parts.get(references.size());
            if (!references.isEmpty()) {
                awaitSlot();
            }
            SMPPSession current = session;
            if (current == null || !current.getSessionState().isTransmittable()) {
                return references.isEmpty()
                        ? new SendResult.Deferred(NOT_BOUND)
                        : new SendResult.Unknown("session lost between two parts");
            }
            try {
                references.add(submit(current, sms, part));
            } catch (NegativeResponseException e) {
                int status = e.getCommandStatus();
                String code = "0x%02X".formatted(status);
                if (references.isEmpty()) {
                    return PASSING.contains(status)
                            ? new SendResult.Deferred(code)
                            : new SendResult.Refused(code, "refused by the operator");
                }
                if (!PASSING.contains(status) || !pauses.hasNext()) {
                    return new SendResult.Unknown(code + " after the first part");
                }
                pause(pauses.next());
            } catch (PDUException e) {
                return references.isEmpty()
                        ? new SendResult.Refused("pdu", "cannot be written as SMPP")
                        : new SendResult.Unknown("a later part cannot be written as SMPP");
            } catch (ResponseTimeoutException | InvalidResponseException | IOException e) {
                return new SendResult.Unknown(e.getClass().getSimpleName());
            }
        }
        return new SendResult.Accepted(String.join(",", references), parts.size() + " x SMS");
    }

    private static void pause(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        long wait;
        while ((wait = end - System.nanoTime()) > 0) {
            LockSupport.parkNanos(wait);
        }
    }

    private String submit(SMPPSession current, OutgoingSms sms, SmsText.Part part)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        return current.submitShortMessage(
                        "",
                        TypeOfNumber.ALPHANUMERIC,
                        NumberingPlanIndicator.UNKNOWN,
                        settings.sender(),
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        sms.to().substring(1),
                        new ESMClass(part.withHeader() ? 0x40 : 0),
                        (byte) 0,
                        (byte) 0,
                        null,
                        null,
                        new RegisteredDelivery(
                                sms.receipt() ? SMSCDeliveryReceipt.SUCCESS_FAILURE : SMSCDeliveryReceipt.DEFAULT),
                        (byte) 0,
                        new RawDataCoding(part.dataCoding()),
                        (byte) 0,
                        part.octets())
                .getMessageId();
    }

    /// Spreads parts evenly, as the contract asks.
    private void awaitSlot() {
        long gap = TimeUnit.SECONDS.toNanos(1) / settings.perSecond();
        long now = System.nanoTime();
        long slot = nextSlot.getAndUpdate(next -> Math.max(next - now, 0) + now + gap);
        pause(Duration.ofNanos(slot - System.nanoTime()));
    }

    private void keepBound() {
        long pause = FIRST_PAUSE;
        boolean told = false;
        while (!closed && !Thread.currentThread().isInterrupted()) {
            var lost = new CountDownLatch(1);
            var fresh = new SMPPSession();
            try {
                bind(fresh, lost);
                session = fresh;
                pause = FIRST_PAUSE;
                if (told) {
                    log.info("SMS operator reachable again for the {} lane", name);
                    told = false;
                }
                if (fresh.getSessionState().isBound()) {
                    lost.await();
                }
                session = null;
            } catch (IOException e) {
                if (!told) {
                    log.warn("SMS operator not reachable for the {} lane: {}", name, e.toString());
                    told = true;
                }
                fresh.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
    }

    private void bind(SMPPSession fresh, CountDownLatch lost) throws IOException {
        fresh.setMessageReceiverListener(listener);
        fresh.setTransactionTimer(settings.answerTimeout().toMillis());
        fresh.setEnquireLinkTimer(15_000);
        fresh.addSessionStateListener((now, before, source) -> {
            if (!now.isBound() && before.isBound()) {
                lost.countDown();
            }
        });
        fresh.connectAndBind(
                settings.host(),
                settings.port(),
                new BindParameter(
                        BindType.BIND_TRX,
                        settings.systemId(),
                        settings.password(),
                        "",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        ""),
                settings.answerTimeout().toMillis());
    }

    @Override
    public void close() {
        closed = true;
        SMPPSession current = session;
        if (current != null) {
            current.setTransactionTimer(FAREWELL.toMillis());
            current.unbindAndClose();
        }
        keeper.interrupt();
    }
}
