package coop.imece.gateway.account;

import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.text.Language;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// Somebody who signed in at least once.
///
/// Invariants: an address belongs to one account (unique index over the keyed hashes); addresses are stored encrypted;
/// an account exists only once its address was proved by a code or link. It tells nobody anything, so it has no outbox.
@Document("accounts")
public final class Account {

    /// An address that was proved.
    ///
    /// @param channel how it is reached
    /// @param hash keyed hash under which it is found
    /// @param encrypted the address itself
    /// @param provedAt when its holder first signed in with it
    record Proved(Channel channel, @Indexed(unique = true) String hash, String encrypted, Instant provedAt) {}

    @Id
    private final UUID id;

    @Version
    private @Nullable Long version;

    private final List<Proved> addresses;
    private Set<NetworkRole> networkRoles;
    private Language language;
    private final Instant createdAt;

    Account(UUID id, List<Proved> addresses, Set<NetworkRole> networkRoles, Language language, Instant createdAt) {
        this.id = id;
        this.addresses = addresses;
        this.networkRoles = networkRoles;
        this.language = language;
        this.createdAt = createdAt;
    }

    static Account opened(UUID id, Proved address, Language language) {
        return new Account(id, List.of(address), Set.of(), language, address.provedAt());
    }

    public UUID id() {
        return id;
    }

    /// The number of saves since creation, from 0; −1 before the first.
    public long version() {
        return version == null ? -1 : version;
    }

    public Set<NetworkRole> networkRoles() {
        return Set.copyOf(networkRoles);
    }

    /// The language last chosen while signed in.
    public Language language() {
        return language;
    }

    public Instant createdAt() {
        return createdAt;
    }

    List<Proved> addresses() {
        return addresses;
    }

    /// Gives a role in the whole network; false if it was there.
    boolean grant(NetworkRole role) {
        Set<NetworkRole> more = EnumSet.of(role);
        more.addAll(networkRoles);
        boolean changed = !more.equals(networkRoles);
        networkRoles = more;
        return changed;
    }

    /// Replaces the roles in the whole network.
    void assign(Set<NetworkRole> roles) {
        networkRoles = Set.copyOf(roles);
    }

    /// Remembers the language; false if it was this one.
    boolean speaks(Language chosen) {
        boolean changed = language != chosen;
        language = chosen;
        return changed;
    }
}
