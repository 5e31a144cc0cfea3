package coop.imece.notification.broadcast;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.delivery.Deliveries;
import coop.imece.notification.delivery.Delivery;
import coop.imece.notification.delivery.Delivery.Wording;
import coop.imece.notification.delivery.SendChunk;
import coop.imece.notification.recipient.Recipients;
import coop.imece.platform.aggregate.Ids;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Turns the audience of a broadcast into deliveries, a page at a time.
///
/// Deliveries are stored before the cursor moves on. A page repeated after a kill finds them: their ids derive from
/// broadcast, recipient and channel, and its chunks' ids from broadcast and cursor.
@Component
class Expansion {

    /// At most 50 chunks of SMS and one of mails: fewer commands than an aggregate may hold back.
    private static final int PAGE = 500;

    private final Recipients recipients;
    private final Deliveries deliveries;

    Expansion(Recipients recipients, Deliveries deliveries) {
        this.recipients = recipients;
        this.deliveries = deliveries;
    }

    /// Stores the next page and moves the broadcast on; the caller saves it.
    void page(Broadcast broadcast) {
        if (broadcast.silent()) {
            broadcast.expanded(null, List.of());
            return;
        }
        switch (broadcast.phase()) {
            case HEARD -> {
                Deliveries.Heard page =
                        deliveries.heard(broadcast.gathering(), broadcast.id(), broadcast.cursor(), PAGE);
                store(
                        broadcast,
                        page.last(),
                        page.deliveries().stream()
                                .map(d -> new Addressed(d.recipient(), d.channel(), broadcast.kind(), d.reason()))
                                .distinct()
                                .toList());
            }
            case INTERESTED -> {
                Recipients.Page page = recipients.matching(broadcast.notice().subject(), broadcast.cursor(), PAGE);
                store(broadcast, page.last(), untold(broadcast, page.matches()));
            }
        }
    }

    private record Addressed(UUID recipient, Channel channel, Wording wording, Recipients.Reason reason) {}

    private List<Addressed> untold(Broadcast broadcast, List<Recipients.Match> matches) {
        Set<Deliveries.Told> told = broadcast.kind() == Wording.ANNOUNCEMENT
                ? Set.of()
                : deliveries.told(
                        broadcast.gathering(),
                        matches.stream().map(Recipients.Match::recipient).toList());
        List<Addressed> untold = new ArrayList<>();
        for (Recipients.Match match : matches) {
            for (Channel channel : match.channels()) {
                if (!told.contains(new Deliveries.Told(match.recipient(), channel))) {
                    untold.add(new Addressed(match.recipient(), channel, Wording.ANNOUNCEMENT, match.reason()));
                }
            }
        }
        return untold;
    }

    private void store(Broadcast broadcast, @Nullable UUID after, List<Addressed> page) {
        Map<Channel, Integer> counts = new EnumMap<>(Channel.class);
        Map<UUID, SendChunk> chunks = new java.util.LinkedHashMap<>();
        List<Delivery> made = new ArrayList<>();
        for (Addressed one : page) {
            int number = counts.merge(one.channel(), 1, Integer::sum) - 1;
            UUID chunk = chunk(broadcast, one.channel(), number / SendChunk.most(one.channel()));
            chunks.computeIfAbsent(chunk, id -> SendChunk.of(broadcast.id(), id, one.channel()));
            made.add(Delivery.pending(
                    broadcast.id(),
                    broadcast.gathering(),
                    one.recipient(),
                    one.channel(),
                    one.wording(),
                    one.reason(),
                    chunk));
        }
        deliveries.insert(made);
        broadcast.expanded(after, chunks.values());
    }

    private static UUID chunk(Broadcast broadcast, Channel channel, int number) {
        return Ids.derived(
                "chunk",
                broadcast.id().toString(),
                broadcast.phase().name(),
                String.valueOf(broadcast.cursor()),
                channel.name(),
                Integer.toString(number));
    }
}
