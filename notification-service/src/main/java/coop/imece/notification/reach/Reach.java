package coop.imece.notification.reach;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.recipient.Recipients;
import coop.imece.notification.recipient.Recipients.Match;
import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.notification.recipient.Recipients.Subject;
import coop.imece.platform.text.Language;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Counts whom a gathering would reach, the way its broadcast would find them.
@Component
final class Reach {

    /// Smaller counts are hidden: nobody is to be recognised in them.
    static final int LEAST_SHOWN = 5;

    private static final int PAGE = 1000;

    private final Recipients recipients;

    Reach(Recipients recipients) {
        this.recipients = recipients;
    }

    /// @param reasons the most frequent first
    record Estimate(long total, Map<Channel, Long> channels, Map<Language, Long> languages, List<ByReason> reasons) {}

    record ByReason(Reason reason, long count) {}

    Estimate estimate(Subject gathering) {
        long total = 0;
        var channels = new EnumMap<Channel, Long>(Channel.class);
        var languages = new EnumMap<Language, Long>(Language.class);
        var reasons = new HashMap<Reason, Long>();
        @Nullable UUID after = null;
        do {
            Recipients.Page page = recipients.matching(gathering, after, PAGE);
            for (Match match : page.matches()) {
                total++;
                match.channels().forEach(channel -> channels.merge(channel, 1L, Long::sum));
                languages.merge(match.language(), 1L, Long::sum);
                reasons.merge(match.reason(), 1L, Long::sum);
            }
            after = page.last();
        } while (after != null);
        return new Estimate(
                total,
                channels,
                languages,
                reasons.entrySet().stream()
                        .map(counted -> new ByReason(counted.getKey(), counted.getValue()))
                        .sorted(Comparator.comparingLong(ByReason::count).reversed())
                        .toList());
    }
}
