package coop.imece.gateway.account;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.text.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// Somebody who signed in at least once.
///
/// Invariants: an address belongs to one account (unique index over the keyed hashes); addresses are stored encrypted,
/// and only once they were proved by a code or link; an account in use holds at least one and at most
/// [#MOST_ADDRESSES]; an erased account holds nothing but its id and tombstones, and is never used again.
///
/// It publishes no state: nobody but the gateway knows accounts. It sends [EraseSubject], and [SendMessage] to its
/// holder; each save on behalf of a command leaves its trace in the audit.
@Document("accounts")
public final class Account extends AggregateRoot {

    /// So many addresses one person has.
    public static final int MOST_ADDRESSES = 10;

    /// An address that was proved.
    ///
    /// @param channel how it is reached
    /// @param hash keyed hash under which it is found; in an erased account a hash under which nothing is found
    /// @param encrypted the address itself; empty in an erased account
    /// @param provedAt when its holder first proved it
    /// @param usedAt when it last signed in, give or take a day; absent if it never did
    record Proved(
            Channel channel,
            @Indexed(unique = true) String hash,
            String encrypted,
            Instant provedAt,
            @Nullable Instant usedAt) {

        /// What it is called on pages and in the API: says nothing of the address.
        UUID id() {
            return Ids.derived("account-address", hash);
        }
    }

    private enum State {
        ACTIVE,
        ERASED
    }

    private List<Proved> addresses;

    @Indexed
    private Set<NetworkRole> networkRoles;

    private Language language;
    private @Nullable Instant createdAt;

    /// Absent in documents from before accounts could be erased.
    private State state = State.ACTIVE;

    private @Nullable UUID erasure;

    Account(
            UUID id,
            List<Proved> addresses,
            Set<NetworkRole> networkRoles,
            Language language,
            @Nullable Instant createdAt) {
        super(id);
        this.addresses = addresses;
        this.networkRoles = networkRoles;
        this.language = language;
        this.createdAt = createdAt;
    }

    static Account opened(UUID id, Proved address, Language language) {
        return new Account(id, List.of(address), Set.of(), language, address.provedAt());
    }

    /// Nothing is published of it.
    @Override
    protected Object publicState() {
        return Map.of();
    }

    public Set<NetworkRole> networkRoles() {
        return Set.copyOf(networkRoles);
    }

    /// The language last chosen while signed in.
    public Language language() {
        return language;
    }

    /// When it was opened; unknown once it is erased.
    public @Nullable Instant createdAt() {
        return createdAt;
    }

    /// Under which its erasure is known, once it is erased.
    Optional<UUID> erasure() {
        return Optional.ofNullable(erasure);
    }

    public boolean erased() {
        return state == State.ERASED;
    }

    List<Proved> addresses() {
        return List.copyOf(addresses);
    }

    Optional<Proved> address(UUID id) {
        return addresses.stream().filter(address -> address.id().equals(id)).findFirst();
    }

    boolean holds(String hash) {
        return addresses.stream().anyMatch(address -> address.hash().equals(hash));
    }

    /// Adds an address that was just proved; the caller has seen that there is room and that it is not held yet.
    void add(Proved address) {
        List<Proved> more = new ArrayList<>(addresses);
        more.add(address);
        addresses = more;
    }

    /// Gives up an address; false for the last one, without which nobody could sign in again.
    boolean remove(Proved address) {
        List<Proved> fewer = new ArrayList<>(addresses);
        fewer.remove(address);
        if (fewer.isEmpty()) {
            return false;
        }
        addresses = fewer;
        return true;
    }

    /// Remembers that the address signed in; when it did before is said first, to whoever needs to know.
    void used(Proved address, Instant now) {
        addresses = addresses.stream()
                .map(held -> held.equals(address)
                        ? new Proved(held.channel(), held.hash(), held.encrypted(), held.provedAt(), now)
                        : held)
                .toList();
    }

    /// Sends a message to its holder with the next save.
    void tell(SendMessage message) {
        raise(message);
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

    /// Empties the account and asks every service to do the same.
    ///
    /// @param tombstones hashes that show an erasure to whoever names the address again, and nothing else
    void erase(UUID erasure, List<String> tombstones, Instant now) {
        // One entry per tombstone: the unique index takes no second account without any.
        addresses = tombstones.stream()
                .map(hash -> new Proved(Channel.EMAIL, hash, "", now, null))
                .toList();
        networkRoles = Set.of();
        language = Language.EN;
        createdAt = null;
        state = State.ERASED;
        this.erasure = erasure;
        raise(new EraseSubject(erasure, id(), now));
    }
}
