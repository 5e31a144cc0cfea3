package coop.imece.notification.delivery;

import coop.imece.notification.channel.sms.SmsReceipts;
import coop.imece.notification.key.KeyedHashes;
import org.springframework.stereotype.Component;

/// Writes receipts to their deliveries. A receipt is the one thing that may change an outcome: IN_DOUBT becomes SENT or
/// FAILED, SENT becomes FAILED.
@Component
class ReceiptBook implements SmsReceipts {

    private final Deliveries deliveries;
    private final KeyedHashes hashes;

    ReceiptBook(Deliveries deliveries, KeyedHashes hashes) {
        this.deliveries = deliveries;
        this.hashes = hashes;
    }

    static String hash(KeyedHashes hashes, String number) {
        return hashes.of("delivery-number", number);
    }

    @Override
    public void received(String reference, String number, Fate fate) {
        switch (fate) {
            case DELIVERED -> deliveries.receive(reference, hash(hashes, number), true);
            case UNDELIVERED -> deliveries.receive(reference, hash(hashes, number), false);
            case OPEN -> {
                // On its way; another receipt follows.
            }
        }
    }
}
