package coop.imece.bench;

import coop.imece.bench.Arrivals.Arrival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Holds what was accepted against what the sink received: nothing lost, no delivery under two Message-IDs, books
/// balanced.
final class Reconciler {

    private final List<String> findings = new ArrayList<>();
    private int repeats;

    /// One broadcast: everyone expected got it under exactly one Message-ID.
    ///
    /// @param name for the findings
    /// @param expected the addresses that asked for it
    /// @param arrivals what the sink received for it; a repeat under the same Message-ID is allowed and counted
    void addresses(String name, Set<String> expected, List<Arrival> arrivals) {
        Map<String, Set<String>> identifiers = new HashMap<>();
        for (Arrival arrival : arrivals) {
            if (!identifiers.computeIfAbsent(arrival.to(), _ -> new HashSet<>()).add(arrival.messageId())) {
                repeats++;
            }
        }
        long lost = expected.stream().filter(to -> !identifiers.containsKey(to)).count();
        if (lost > 0) {
            findings.add(name + ": " + lost + " of " + expected.size() + " never arrived");
        }
        long twice = identifiers.values().stream().filter(ids -> ids.size() > 1).count();
        if (twice > 0) {
            findings.add(name + ": " + twice + " deliveries under a second Message-ID");
        }
        long strangers = identifiers.keySet().stream()
                .filter(to -> !expected.contains(to))
                .count();
        if (strangers > 0) {
            findings.add(name + ": " + strangers + " got it who never asked");
        }
    }

    /// One broadcast by SMS: nobody got it twice, and only what the books call in doubt may be missing.
    ///
    /// @param inDoubt how many deliveries the books do not know the end of
    void numbers(String name, Set<String> expected, List<Arrival> arrivals, int inDoubt) {
        Map<String, Integer> times = new HashMap<>();
        arrivals.forEach(arrival -> times.merge(arrival.to(), 1, Integer::sum));
        long twice = times.values().stream().filter(count -> count > 1).count();
        if (twice > 0) {
            findings.add(name + ": " + twice + " numbers got the SMS again");
        }
        long missing = expected.stream().filter(to -> !times.containsKey(to)).count();
        if (missing > inDoubt) {
            findings.add(name + ": " + missing + " SMS never arrived, " + inDoubt + " in doubt");
        }
        long strangers =
                times.keySet().stream().filter(to -> !expected.contains(to)).count();
        if (strangers > 0) {
            findings.add(name + ": " + strangers + " got the SMS who never asked");
        }
    }

    /// The broadcast's own books.
    void books(String name, int expected, JsonNode books) {
        int accepted = books.path("accepted").asInt();
        int outcomes = books.path("sent").asInt()
                + books.path("failed").asInt()
                + books.path("suppressed").asInt()
                + books.path("inDoubt").asInt();
        if (!"SENT".equals(books.path("state").asString())) {
            findings.add(name + ": is " + books.path("state").asString() + ", not SENT");
        }
        if (accepted != expected) {
            findings.add(name + ": accepted " + accepted + " of " + expected);
        }
        if (accepted != outcomes) {
            findings.add(name + ": accepted " + accepted + ", outcomes " + outcomes);
        }
    }

    /// What is wrong; empty if nothing is.
    List<String> findings() {
        return List.copyOf(findings);
    }

    /// Mails that arrived again under the same Message-ID, after a kill: at least once is what mail can promise.
    int repeats() {
        return repeats;
    }
}
