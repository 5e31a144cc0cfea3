package coop.imece.notification.delivery;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.recipient.Recipients;
import coop.imece.platform.text.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Recipients in memory: all of them want to hear of everything until they stop.
public final class FakeRecipients implements Recipients {

    private record Person(Map<Channel, String> addresses, Language language) {}

    /// Whether they asked for all of the gathering's country, not for its region.
    public volatile boolean wholeCountry;

    public final AtomicInteger readings = new AtomicInteger();
    private final NavigableMap<String, Person> people = new ConcurrentSkipListMap<>();
    private final Set<String> stopped = java.util.concurrent.ConcurrentHashMap.newKeySet();

    public UUID email(String address, Language language) {
        return add(Map.of(Channel.EMAIL, address), language);
    }

    public UUID phone(String number, Language language) {
        return add(Map.of(Channel.SMS, number), language);
    }

    public UUID add(Map<Channel, String> addresses, Language language) {
        UUID id = UUID.randomUUID();
        people.put(id.toString(), new Person(addresses, language));
        return id;
    }

    public void stop(UUID id) {
        stopped.add(id.toString());
    }

    public void clear() {
        people.clear();
        stopped.clear();
        wholeCountry = false;
    }

    @Override
    public Page matching(Subject gathering, @Nullable UUID after, int limit) {
        List<Match> matches = new ArrayList<>();
        var from = after == null ? people : people.tailMap(after.toString(), false);
        for (var entry : from.entrySet()) {
            if (matches.size() == limit) {
                return new Page(matches, matches.getLast().recipient());
            }
            if (!stopped.contains(entry.getKey())) {
                matches.add(new Match(
                        UUID.fromString(entry.getKey()),
                        entry.getValue().language(),
                        EnumSet.copyOf(entry.getValue().addresses().keySet()),
                        new Reason(gathering.kind(), wholeCountry ? gathering.country() : gathering.region(), null)));
            }
        }
        return new Page(matches, null);
    }

    @Override
    public Set<UUID> stillWanted(Collection<UUID> recipients, Channel channel) {
        return reachable(recipients, channel).keySet();
    }

    @Override
    public Map<UUID, Reachable> reachable(Collection<UUID> recipients, Channel channel) {
        readings.incrementAndGet();
        return recipients.stream()
                .filter(id -> !stopped.contains(id.toString()))
                .filter(id -> people.containsKey(id.toString()))
                .filter(id -> people.get(id.toString()).addresses().containsKey(channel))
                .distinct()
                .collect(Collectors.toMap(
                        id -> id,
                        id -> new Reachable(
                                people.get(id.toString()).addresses().get(channel),
                                people.get(id.toString()).language())));
    }
}
