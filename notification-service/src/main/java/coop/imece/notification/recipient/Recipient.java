package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.key.KeyedHashes;
import coop.imece.notification.message.SendMessage;
import coop.imece.notification.recipient.PendingConfirmation.Request;
import coop.imece.notification.recipient.RecipientEvent.ConsentGiven;
import coop.imece.notification.recipient.RecipientEvent.ConsentWithdrawn;
import coop.imece.notification.recipient.RecipientEvent.RecipientErased;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.aggregate.StateTopic;
import coop.imece.platform.text.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// Somebody who asked to hear of something, known by address alone.
///
/// Invariants:
/// - nothing is sent but what confirms, until a consent stands: given by proving that one reads the address, and not
///   withdrawn since;
/// - `channels` are those whose last consent entry is GIVEN; `matchKeys` are those of all interests while `channels` is
///   not empty, else none: who does not want to hear is not found;
/// - consent entries are only added; what they say never changes;
/// - confirming, stopping, erasing are one write each;
/// - whoever never confirmed is forgotten (TTL index) and leaves no trace: nothing was published of them;
/// - an erased recipient stays as id, sequence and ERASED; who subscribes again becomes a new one.
@Document("recipients")
@CompoundIndex(name = "matching", def = "{'matchKeys': 1, '_id': 1}")
@StateTopic(value = "notification.consent.v1", restated = "notification.consent.restated.v1")
final class Recipient extends AggregateRoot {

    static final int MOST_CONFIRMATIONS_A_DAY = 5;
    static final int MOST_INTERESTS = 10;

    private static final int MOST_CONSENTS_TOLD = 200;

    private State state;
    private @Nullable String language;
    private List<Address> addresses = new ArrayList<>();
    private List<Interest> interests = new ArrayList<>();
    private List<String> matchKeys = new ArrayList<>();
    private Set<Channel> channels = EnumSet.noneOf(Channel.class);
    private List<Consent> consents = new ArrayList<>();
    private List<PendingConfirmation> pending = new ArrayList<>();
    private List<Instant> askedAt = new ArrayList<>();

    @Indexed(name = "forgetting", expireAfter = "0s", sparse = true)
    private @Nullable Instant forgetAt;

    enum State {
        KNOWN,
        ERASED
    }

    /// @param encrypted the address, readable with this recipient's id alone
    record Address(Channel channel, String encrypted) {}

    Recipient(UUID id, State state) {
        super(id);
        this.state = state;
    }

    /// Somebody nobody has heard of yet.
    static Recipient of(UUID id, Address address, Language language) {
        var recipient = new Recipient(id, State.KNOWN);
        recipient.addresses.add(address);
        recipient.language = language.tag();
        return recipient;
    }

    /// Whether the confirmation of another subscription may be sent at this moment: a stranger must not fill somebody's
    /// mailbox by asking. While a link waits, it is not sent again within a day, whatever is asked for: what one
    /// confirms is what was asked for first, and more can be added afterwards.
    boolean maySubscribe(Channel channel, Instant now) {
        return mayBeAsked(now)
                && (channel != Channel.EMAIL
                        || pending.stream().noneMatch(waiting -> waiting.linkSentAfter(now.minus(Duration.ofDays(1)))));
    }

    /// Whether another question of any kind may be sent at this moment.
    boolean mayBeAsked(Instant now) {
        Instant yesterday = now.minus(Duration.ofDays(1));
        return askedAt.stream().filter(yesterday::isBefore).count() < MOST_CONFIRMATIONS_A_DAY;
    }

    /// Asks for the proof that somebody reads the address; the message that asks is sent with this write.
    void ask(PendingConfirmation confirmation, SendMessage question, Instant now) {
        Instant yesterday = now.minus(Duration.ofDays(1));
        askedAt.removeIf(asked -> !asked.isAfter(yesterday));
        pending.removeIf(waiting -> !waiting.open(now));
        askedAt.add(now);
        pending.add(confirmation);
        if (consents.isEmpty()) {
            forgetAt = pending.stream()
                    .map(PendingConfirmation::expiresAt)
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .plus(Duration.ofDays(1));
        }
        raise(question);
    }

    /// Gives the consent that waits for this token; true if it is given now or was by the same token and still stands.
    boolean confirmByToken(String proof, Instant now) {
        return find(proof, waiting -> waiting.request() != null && waiting.channel() == Channel.EMAIL, now)
                .map(waiting -> confirm(waiting, now))
                .orElse(false);
    }

    /// Gives the consent that waits for this code. A wrong one counts against all codes that wait: to be saved.
    boolean confirmByCode(String proof, Instant now) {
        Predicate<PendingConfirmation> codes = waiting -> waiting.request() != null && waiting.channel() == Channel.SMS;
        Optional<PendingConfirmation> right = find(proof, codes, now);
        if (right.isEmpty()) {
            countTry(codes);
        }
        return right.map(waiting -> confirm(waiting, now)).orElse(false);
    }

    /// Whether the code is the fresh one sent to this recipient's address; it is used up by that. To be saved either
    /// way.
    boolean prove(String proof, Instant now) {
        Predicate<PendingConfirmation> fresh = waiting -> waiting.request() == null;
        Optional<PendingConfirmation> right = find(proof, fresh.and(waiting -> waiting.usedAt() == null), now);
        right.ifPresentOrElse(pending::remove, () -> countTry(fresh));
        return right.isPresent();
    }

    private Optional<PendingConfirmation> find(String proof, Predicate<PendingConfirmation> which, Instant now) {
        return pending.stream()
                .filter(which)
                .filter(waiting -> waiting.open(now))
                .filter(waiting -> KeyedHashes.equal(waiting.proof(), proof))
                .findFirst();
    }

    private void countTry(Predicate<PendingConfirmation> which) {
        pending.replaceAll(waiting -> which.test(waiting) ? waiting.triedInVain() : waiting);
    }

    private boolean confirm(PendingConfirmation waiting, Instant now) {
        Request request = waiting.request();
        if (request == null) {
            return false;
        }
        if (waiting.usedAt() != null) {
            return channels.contains(waiting.channel());
        }
        pending.replaceAll(one -> one.id().equals(waiting.id()) ? one.used(now) : one);
        forgetAt = null;
        language = request.language();
        if (interests.stream().noneMatch(interest -> interest.criteria().equals(request.criteria()))) {
            interests.add(new Interest(waiting.id(), request.criteria(), now));
            while (interests.size() > MOST_INTERESTS) {
                interests.removeFirst();
            }
        }
        var consent = new Consent(
                waiting.id(),
                waiting.channel(),
                Consent.Status.GIVEN,
                request.textVersion(),
                request.language(),
                now,
                request.source());
        consents.add(consent);
        settle();
        raise(new ConsentGiven(consent.id(), consent.channel()));
        return true;
    }

    /// Withdraws the consent for the channel, and what waits to be confirmed for it; false if there was nothing.
    boolean stop(Channel channel, Consent.Source source, Instant now) {
        boolean waiting = pending.removeIf(one -> one.channel() == channel && one.request() != null);
        Optional<Consent> standing = standing(channel);
        standing.ifPresent(given -> {
            var withdrawal = new Consent(
                    Ids.derived("withdrawal", given.id().toString()),
                    channel,
                    Consent.Status.WITHDRAWN,
                    given.textVersion(),
                    given.language(),
                    now,
                    source);
            consents.add(withdrawal);
            settle();
            raise(new ConsentWithdrawn(withdrawal.id(), channel));
        });
        return waiting || standing.isPresent();
    }

    /// Changes the language and what one wants to hear of; interests with the same criteria stay what they are.
    void prefer(Language preferred, List<Criteria> wanted, Instant now) {
        language = preferred.tag();
        var kept = new ArrayList<Interest>();
        for (Criteria criteria : wanted.stream().distinct().toList()) {
            kept.add(interests.stream()
                    .filter(interest -> interest.criteria().equals(criteria))
                    .findFirst()
                    .orElseGet(() -> new Interest(Ids.v7(), criteria, now)));
        }
        interests = kept;
        settle();
    }

    /// Leaves nothing but the id, the sequence and the fact.
    void erase() {
        if (state == State.ERASED) {
            return;
        }
        state = State.ERASED;
        language = null;
        addresses.clear();
        interests.clear();
        consents.clear();
        pending.clear();
        askedAt.clear();
        forgetAt = null;
        settle();
        raise(new RecipientErased());
    }

    private void settle() {
        channels = EnumSet.noneOf(Channel.class);
        for (Channel channel : Channel.values()) {
            if (standing(channel).isPresent()) {
                channels.add(channel);
            }
        }
        matchKeys = channels.isEmpty()
                ? new ArrayList<>()
                : new ArrayList<>(interests.stream()
                        .flatMap(interest -> interest.criteria().matchKeys().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private Optional<Consent> standing(Channel channel) {
        return consents.reversed().stream()
                .filter(consent -> consent.channel() == channel)
                .findFirst()
                .filter(consent -> consent.status() == Consent.Status.GIVEN);
    }

    boolean erased() {
        return state == State.ERASED;
    }

    Language language() {
        return Optional.ofNullable(language).flatMap(Language::of).orElse(Language.EN);
    }

    List<Address> addresses() {
        return List.copyOf(addresses);
    }

    List<Interest> interests() {
        return List.copyOf(interests);
    }

    List<String> matchKeys() {
        return List.copyOf(matchKeys);
    }

    /// The channels whose consent stands.
    Set<Channel> channels() {
        return Set.copyOf(channels);
    }

    List<Consent> consents() {
        return List.copyOf(consents);
    }

    List<PendingConfirmation> pending() {
        return List.copyOf(pending);
    }

    @Nullable
    Instant forgetAt() {
        return forgetAt;
    }

    @Override
    protected Object publicState() {
        int first = Math.max(0, consents.size() - MOST_CONSENTS_TOLD);
        return new PublicState(id(), List.copyOf(consents.subList(first, consents.size())));
    }

    /// What registries outside may know: consents by id, no address.
    record PublicState(UUID id, List<Consent> consents) {}
}
