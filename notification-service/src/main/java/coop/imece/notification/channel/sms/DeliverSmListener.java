package coop.imece.notification.channel.sms;

import coop.imece.notification.channel.InboundSms;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.util.DeliveryReceiptState;
import org.jsmpp.util.InvalidDeliveryReceiptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator brings us: receipts, and what people write. Answered only when it is dealt with; a failure on
/// our side asks the operator to bring it again.
final class DeliverSmListener implements MessageReceiverListener {

    private static final Logger log = LoggerFactory.getLogger(DeliverSmListener.class);
    private static final int UCS2 = 8;
    private static final int LATIN_1 = 3;

    private final InboundSms inbound;
    private final SmsReceipts receipts;

    DeliverSmListener(InboundSms inbound, SmsReceipts receipts) {
        this.inbound = inbound;
        this.receipts = receipts;
    }

    @Override
    public void onAcceptDeliverSm(DeliverSm message) throws ProcessRequestException {
        try {
            if (message.isSmscDeliveryReceipt()) {
                DeliveryReceipt receipt = message.getShortMessageAsDeliveryReceipt();
                receipts.received(receipt.getId(), number(message), fate(receipt.getFinalStatus()));
            } else {
                inbound.received(number(message), text(message));
            }
        } catch (InvalidDeliveryReceiptException e) {
            log.warn("the operator sent a receipt that cannot be read");
        } catch (RuntimeException e) {
            log.error("what the operator brought could not be dealt with and is asked for again", e);
            throw new ProcessRequestException("temporary error", SMPPConstant.STAT_ESME_RX_T_APPN, e);
        }
    }

    private static SmsReceipts.Fate fate(DeliveryReceiptState state) {
        return switch (state) {
            case DELIVRD -> SmsReceipts.Fate.DELIVERED;
            case EXPIRED, DELETED, UNDELIV, REJECTD -> SmsReceipts.Fate.UNDELIVERED;
            case ENROUTE, ACCEPTD, UNKNOWN -> SmsReceipts.Fate.OPEN;
        };
    }

    private static String number(DeliverSm message) {
        String address = message.getSourceAddr();
        return address.startsWith("+") ? address : "+" + address;
    }

    static String text(DeliverSm message) {
        byte[] octets = message.getShortMessage();
        GsmAlphabet alphabet = GsmAlphabet.DEFAULT;
        if (GSMSpecificFeature.UDHI.containedIn(message.getEsmClass()) && octets.length > 0) {
            int header = octets[0] & 0xFF;
            int end = Math.min(octets.length, header + 1);
            alphabet = alphabet(octets, end);
            octets = Arrays.copyOfRange(octets, end, octets.length);
        }
        return switch (message.getDataCoding() & 0x0F) {
            case UCS2 -> new String(octets, StandardCharsets.UTF_16BE);
            case LATIN_1 -> new String(octets, StandardCharsets.ISO_8859_1);
            default -> alphabet.decode(octets);
        };
    }

    private static GsmAlphabet alphabet(byte[] octets, int end) {
        boolean single = false;
        boolean locking = false;
        for (int i = 1; i + 1 < end; i += 2 + (octets[i + 1] & 0xFF)) {
            boolean turkish = i + 2 < end && octets[i + 2] == 1;
            single |= octets[i] == 0x24 && turkish;
            locking |= octets[i] == 0x25 && turkish;
        }
        return single
                ? locking ? GsmAlphabet.BOTH_SHIFTS : GsmAlphabet.SINGLE_SHIFT
                : locking ? GsmAlphabet.LOCKING_SHIFT : GsmAlphabet.DEFAULT;
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification notification) {
        log.debug(
                "alert notification of type {}",
                notification.getCommandIdAsHex().toLowerCase(Locale.ROOT));
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session source) throws ProcessRequestException {
        throw new ProcessRequestException("not supported", SMPPConstant.STAT_ESME_RINVCMDID);
    }
}
