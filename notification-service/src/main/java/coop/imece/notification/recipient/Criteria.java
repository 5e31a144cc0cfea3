package coop.imece.notification.recipient;

import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.notification.recipient.Recipients.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What somebody wants to hear of: "or" within a dimension, "and" between them, an empty one means any.
///
/// @param kinds codes of `gathering-kinds`
/// @param regions codes of `regions`, or countries
/// @param topics codes of `topics`
record Criteria(List<String> kinds, List<String> regions, List<String> topics) {

    /// The most keys one interest may take in the index.
    static final int MOST_KEYS = 100;

    private static final String ANY = "*";

    Criteria {
        kinds = sorted(kinds);
        regions = sorted(regions);
        topics = sorted(topics);
    }

    private static List<String> sorted(@Nullable Collection<String> codes) {
        return codes == null ? List.of() : List.copyOf(new TreeSet<>(codes));
    }

    /// How many keys it would take.
    int size() {
        return Math.max(1, kinds.size()) * Math.max(1, regions.size());
    }

    /// Its keys in the index of recipients: `kind|region`, with `*` for any.
    List<String> matchKeys() {
        return product(kinds.isEmpty() ? List.of(ANY) : kinds, regions.isEmpty() ? List.of(ANY) : regions);
    }

    /// The keys under which interests in a gathering may stand.
    ///
    /// @param regions its region and everything that lies around it
    static List<String> keysOf(String kind, Collection<String> regions) {
        var around = new ArrayList<>(regions);
        around.add(ANY);
        return product(List.of(kind, ANY), around);
    }

    private static List<String> product(Collection<String> kinds, Collection<String> regions) {
        return kinds.stream()
                .flatMap(kind -> regions.stream().map(region -> kind + "|" + region))
                .toList();
    }

    /// Why the gathering is of interest, or empty if it is not.
    ///
    /// @param around its region and everything that lies around it, the nearest first
    Optional<Reason> reason(Subject gathering, Collection<String> around) {
        Optional<String> region = around.stream().filter(regions::contains).findFirst();
        Optional<String> topic =
                topics.stream().filter(gathering.topics()::contains).findFirst();
        if (!kinds.isEmpty() && !kinds.contains(gathering.kind())
                || !regions.isEmpty() && region.isEmpty()
                || !topics.isEmpty() && topic.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Reason(kinds.isEmpty() ? null : gathering.kind(), region.orElse(null), topic.orElse(null)));
    }
}
