package coop.imece.notification.recipient;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.key.AddressEncryption;
import coop.imece.notification.key.KeyedHashes;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.text.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// The recipients in their collection.
///
/// A recipient's id derives from the keyed hash of the address, so that a repeated subscription finds the same document
/// without an index of addresses. After an erasure the id is spent: whoever comes again gets the next one.
@Component
final class StoredRecipients implements Recipients {

    static final String COLLECTION = "recipients";
    static final int LARGEST_PAGE = 1000;

    private static final int TRIES = 5;

    private final MongoTemplate mongo;
    private final KeyedHashes hashes;
    private final AddressEncryption encryption;
    private final InterestCodes codes;

    StoredRecipients(MongoTemplate mongo, KeyedHashes hashes, AddressEncryption encryption, InterestCodes codes) {
        this.mongo = mongo;
        this.hashes = hashes;
        this.encryption = encryption;
        this.codes = codes;
    }

    /// What a change came to, and whether there is something to save.
    record Change<T>(T outcome, boolean save) {

        static <T> Change<T> saved(T outcome) {
            return new Change<>(outcome, true);
        }

        static <T> Change<T> none(T outcome) {
            return new Change<>(outcome, false);
        }
    }

    /// Changes the recipient behind an address, who is made if there is none yet.
    <T> T changeOrCreate(ContactPoint contact, Language language, Function<Recipient, Change<T>> change) {
        return retried(() -> Optional.of(findOrNew(contact, language)), change).orElseThrow();
    }

    /// Changes the recipient behind an address, if there is one.
    <T> Optional<T> change(ContactPoint contact, Function<Recipient, Change<T>> change) {
        return retried(() -> find(contact), change);
    }

    /// Changes a recipient, unless erased.
    <T> Optional<T> change(UUID id, Function<Recipient, Change<T>> change) {
        return retried(() -> find(id), change);
    }

    private <T> Optional<T> retried(
            java.util.function.Supplier<Optional<Recipient>> load, Function<Recipient, Change<T>> change) {
        for (int tried = 1; ; tried++) {
            Optional<Recipient> found = load.get();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Change<T> decided = change.apply(found.get());
            try {
                if (decided.save()) {
                    mongo.save(found.get());
                }
                return Optional.of(decided.outcome());
            } catch (OptimisticLockingFailureException | DuplicateKeyException somebodyWasFaster) {
                if (tried == TRIES) {
                    throw somebodyWasFaster;
                }
            }
        }
    }

    Optional<Recipient> find(UUID id) {
        return Optional.ofNullable(mongo.findById(id, Recipient.class)).filter(found -> !found.erased());
    }

    private Optional<Recipient> find(ContactPoint contact) {
        for (int generation = 0; ; generation++) {
            Recipient found = mongo.findById(id(contact, generation), Recipient.class);
            if (found == null || !found.erased()) {
                return Optional.ofNullable(found);
            }
        }
    }

    private Recipient findOrNew(ContactPoint contact, Language language) {
        for (int generation = 0; ; generation++) {
            UUID id = id(contact, generation);
            Recipient found = mongo.findById(id, Recipient.class);
            if (found == null) {
                var address = new Recipient.Address(contact.channel(), encryption.encrypt(id, contact.value()));
                return Recipient.of(id, address, language);
            }
            if (!found.erased()) {
                return found;
            }
        }
    }

    private UUID id(ContactPoint contact, int generation) {
        String hash = hashes.of("address", contact.identity());
        return Ids.derived("recipient", hash, Integer.toString(generation));
    }

    /// The addresses of a recipient, in the clear.
    List<ContactPoint> contacts(Recipient recipient) {
        return recipient.addresses().stream()
                .map(address ->
                        new ContactPoint(address.channel(), encryption.decrypt(recipient.id(), address.encrypted())))
                .toList();
    }

    @Override
    public Page matching(Subject gathering, @Nullable UUID after, int limit) {
        List<String> around = codes.around(gathering);
        Query query = matchingQuery(gathering, around, after).limit(Math.min(limit, LARGEST_PAGE));
        query.fields().include("language", "channels", "interests");
        List<Candidate> found = mongo.find(query, Candidate.class, COLLECTION);
        var matches = new ArrayList<Match>(found.size());
        for (Candidate candidate : found) {
            candidate.interests().stream()
                    .flatMap(interest -> interest.criteria().reason(gathering, around).stream())
                    .findFirst()
                    .ifPresent(reason -> matches.add(
                            new Match(candidate.id(), language(candidate.language()), candidate.channels(), reason)));
        }
        return new Page(matches, found.isEmpty() ? null : found.getLast().id());
    }

    /// The query behind [#matching]; one of the hottest: uses the index `matching`.
    static Query matchingQuery(Subject gathering, List<String> around, @Nullable UUID after) {
        var criteria = where("matchKeys").in(Criteria.keysOf(gathering.kind(), around));
        if (after != null) {
            criteria = criteria.and("_id").gt(after);
        }
        return new Query(criteria).with(Sort.by("_id"));
    }

    @Override
    public Set<UUID> stillWanted(Collection<UUID> recipients, Channel channel) {
        Query query = wanted(recipients, channel);
        query.fields().include("_id");
        return mongo.find(query, Candidate.class, COLLECTION).stream()
                .map(Candidate::id)
                .collect(Collectors.toSet());
    }

    @Override
    public Map<UUID, Reachable> reachable(Collection<UUID> recipients, Channel channel) {
        Query query = wanted(recipients, channel);
        query.fields().include("language", "addresses");
        var reachable = new HashMap<UUID, Reachable>();
        for (Candidate candidate : mongo.find(query, Candidate.class, COLLECTION)) {
            candidate.addresses().stream()
                    .filter(address -> address.channel() == channel)
                    .findFirst()
                    .ifPresent(address -> reachable.put(
                            candidate.id(),
                            new Reachable(
                                    encryption.decrypt(candidate.id(), address.encrypted()),
                                    language(candidate.language()))));
        }
        return reachable;
    }

    private static Query wanted(Collection<UUID> recipients, Channel channel) {
        return new Query(where("_id").in(recipients).and("channels").is(channel.name()));
    }

    private static Language language(@Nullable String tag) {
        return Optional.ofNullable(tag).flatMap(Language::of).orElse(Language.EN);
    }

    /// The part of a recipient that broadcasts read; without the rest of the document it is half the work.
    private record Candidate(
            @Id UUID id,
            @Nullable String language,
            Set<Channel> channels,
            List<Interest> interests,
            List<Recipient.Address> addresses) {

        @SuppressWarnings("UnusedMethod") // the store makes them
        private Candidate {
            channels = channels == null ? EnumSet.noneOf(Channel.class) : Set.copyOf(channels);
            interests = interests == null ? List.of() : List.copyOf(interests);
            addresses = addresses == null ? List.of() : List.copyOf(addresses);
        }
    }
}
