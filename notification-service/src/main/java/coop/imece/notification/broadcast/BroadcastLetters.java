package coop.imece.notification.broadcast;

import coop.imece.notification.channel.email.MailTemplate;
import coop.imece.notification.delivery.Delivery;
import coop.imece.notification.delivery.Delivery.Wording;
import coop.imece.notification.delivery.Letters;
import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.platform.text.Language;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// The words of deliveries: written once for each (broadcast, wording, language, reason) and kept while they are in
/// use.
@Component
class BroadcastLetters implements Letters {

    private static final int KEPT = 200;
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Broadcasts broadcasts;
    private final MailWriter mails;
    private final SmsWriter sms;
    private final Clock clock;
    private final Map<Key, MailTemplate> writtenMails = kept();
    private final Map<Key, String> writtenSms = kept();
    private final Map<UUID, Seen> seen = kept();

    private record Key(UUID broadcast, Wording wording, Language language, Reason reason) {}

    private record Seen(Broadcast broadcast, long at) {}

    BroadcastLetters(Broadcasts broadcasts, MailWriter mails, SmsWriter sms, Clock clock) {
        this.broadcasts = broadcasts;
        this.mails = mails;
        this.sms = sms;
        this.clock = clock;
    }

    @Override
    public Optional<String> ended(UUID id) {
        Broadcast broadcast = broadcast(id);
        if (broadcast.superseded()) {
            return Optional.of("superseded");
        }
        return broadcast.notice().over(clock.instant()) ? Optional.of("past") : Optional.empty();
    }

    @Override
    public MailTemplate mail(Delivery delivery, Language language) {
        return writtenOnce(
                writtenMails,
                delivery,
                language,
                key -> mails.write(broadcast(key.broadcast()), key.wording(), key.language(), key.reason()));
    }

    @Override
    public String sms(Delivery delivery, Language language) {
        return writtenOnce(
                writtenSms,
                delivery,
                language,
                key -> sms.write(broadcast(key.broadcast()), key.wording(), key.language(), key.reason()));
    }

    private static <T> T writtenOnce(
            Map<Key, T> written, Delivery delivery, Language language, Function<Key, T> write) {
        var key = new Key(delivery.broadcast(), delivery.wording(), language, delivery.reason());
        T known = written.get(key);
        if (known == null) {
            known = write.apply(key);
            written.put(key, known);
        }
        return known;
    }

    /// At most a second old: what a later broadcast supersedes stops within that time.
    private Broadcast broadcast(UUID id) {
        Seen before = seen.get(id);
        if (before != null && System.nanoTime() - before.at() < FRESH) {
            return before.broadcast();
        }
        Broadcast now = broadcasts
                .findById(id)
                .orElseThrow(() -> new IllegalStateException("a chunk of broadcast " + id + ", which is not there"));
        seen.put(id, new Seen(now, System.nanoTime()));
        return now;
    }

    private static <K, V> Map<K, V> kept() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > KEPT;
            }
        });
    }
}
