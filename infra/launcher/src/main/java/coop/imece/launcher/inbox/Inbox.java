package coop.imece.launcher.inbox;

import coop.imece.launcher.inbox.InboxMessage.Channel;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What was received, newest first: the last 50,000 messages or 64 MB, whichever is less.
public final class Inbox {

    private static final int MAX_MESSAGES = 50_000;
    private static final long MAX_BYTES = 64L << 20;

    private final Clock clock;
    private final boolean keepsMails;
    private final @Nullable Ledger ledger;
    private final AtomicLong lastId = new AtomicLong();
    private final Deque<Entry> newestFirst = new ArrayDeque<>();
    private final Map<String, Deque<Entry>> byAddress = new HashMap<>();
    private long bytes;

    private sealed interface Entry {
        long id();

        String to();

        Channel channel();

        long size();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record MailEntry(long id, String from, String to, byte[] content, Instant receivedAt) implements Entry {
        @Override
        public Channel channel() {
            return Channel.EMAIL;
        }

        @Override
        public long size() {
            return content.length;
        }
    }

    private record SmsEntry(long id, String from, String to, String text, int segments, Instant receivedAt)
            implements Entry {
        @Override
        public Channel channel() {
            return Channel.SMS;
        }

        @Override
        public long size() {
            return 2L * text.length();
        }
    }

    /// @param keepsMails false for measurements: mails are counted and go into the ledger, nothing else
    /// @param ledger gets one line per message, if there is one
    public Inbox(Clock clock, boolean keepsMails, @Nullable Ledger ledger) {
        this.clock = clock;
        this.keepsMails = keepsMails;
        this.ledger = ledger;
    }

    void receiveMail(String from, String to, String messageId, byte[] content) {
        var id = lastId.incrementAndGet();
        var now = clock.instant();
        if (ledger != null) {
            ledger.write(now, Channel.EMAIL, messageId, to, content.length);
        }
        if (keepsMails) {
            keep(new MailEntry(id, from, to, content, now));
        }
    }

    void receiveSms(String from, String to, String text, int segments, String messageId) {
        var now = clock.instant();
        if (ledger != null) {
            ledger.write(now, Channel.SMS, messageId, to, 0);
        }
        keep(new SmsEntry(lastId.incrementAndGet(), from, to, text, segments, now));
    }

    private synchronized void keep(Entry entry) {
        newestFirst.addFirst(entry);
        byAddress.computeIfAbsent(folded(entry.to()), _ -> new ArrayDeque<>()).addFirst(entry);
        bytes += entry.size();
        while (newestFirst.size() > MAX_MESSAGES || (bytes > MAX_BYTES && newestFirst.size() > 1)) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Entry oldest = newestFirst.removeLast();
        bytes -= oldest.size();
        byAddress.computeIfPresent(folded(oldest.to()), (_, own) -> {
            own.removeLast();
            return own.isEmpty() ? null : own;
        });
    }

    private Collection<Entry> to(@Nullable String address) {
        return address == null ? newestFirst : byAddress.getOrDefault(folded(address), new ArrayDeque<>());
    }

    /// How many arrived since the start, forgotten ones included.
    public long received() {
        return lastId.get();
    }

    /// Newest first.
    ///
    /// @param to an address or telephone number, or null for all
    /// @param channel or null for both
    public List<InboxMessage> find(@Nullable String to, @Nullable Channel channel, int limit) {
        var found = new ArrayList<Entry>();
        synchronized (this) {
            for (var entry : to(to)) {
                if (found.size() == limit) {
                    break;
                }
                if (channel == null || channel == entry.channel()) {
                    found.add(entry);
                }
            }
        }
        return found.stream().map(Inbox::message).toList();
    }

    Optional<InboxMessage> message(String id) {
        synchronized (this) {
            return newestFirst.stream()
                    .filter(entry -> String.valueOf(entry.id()).equals(id))
                    .findFirst()
                    .map(Inbox::message);
        }
    }

    /// The newest address under which this person was written to, for an answer to it.
    synchronized Optional<String> lastSenderTo(String phone) {
        return to(phone).stream()
                .filter(SmsEntry.class::isInstance)
                .map(SmsEntry.class::cast)
                .map(SmsEntry::from)
                .findFirst();
    }

    public synchronized void clear() {
        newestFirst.clear();
        byAddress.clear();
        bytes = 0;
    }

    private static String folded(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    private static InboxMessage message(Entry entry) {
        return switch (entry) {
            case MailEntry mail ->
                MailText.read(String.valueOf(mail.id()), mail.from(), mail.to(), mail.content(), mail.receivedAt());
            case SmsEntry sms ->
                new InboxMessage(
                        String.valueOf(sms.id()),
                        Channel.SMS,
                        sms.from(),
                        sms.to(),
                        "",
                        sms.text(),
                        "",
                        Map.of(),
                        sms.receivedAt(),
                        sms.segments());
        };
    }
}
