package coop.imece.gateway.client;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a program may do beside reading.
enum Scope {
    DIRECTORY_WRITE("directory:write"),
    GATHERINGS_WRITE("gatherings:write"),
    IMPACT_WRITE("impact:write"),
    NOTIFICATIONS_SEND("notifications:send"),
    IMPACT_REVIEW("impact:review"),
    NETWORK_ADMIN("network:admin");

    /// These go beyond one organisation.
    private static final Set<Scope> NETWORK = EnumSet.of(IMPACT_REVIEW, NETWORK_ADMIN);

    private final String value;

    Scope(String value) {
        this.value = value;
    }

    /// As it stands in requests and tokens.
    String value() {
        return value;
    }

    static Optional<Scope> of(String value) {
        return Arrays.stream(values())
                .filter(scope -> scope.value.equals(value))
                .findFirst();
    }

    /// What a program of an organisation, or one of the network, may be given.
    static List<Scope> open(boolean network) {
        return Arrays.stream(values())
                .filter(scope -> NETWORK.contains(scope) == network)
                .toList();
    }

    static List<String> values(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::value).toList();
    }
}
