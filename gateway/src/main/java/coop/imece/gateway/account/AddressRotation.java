package coop.imece.gateway.account;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/// Encrypts anew, under the primary key, what older keys of the keyset encrypted.
///
/// Each field is one write of its own that holds only if nobody changed it meanwhile, beside the aggregate: no version,
/// no audit, for nothing changed but the lock. So it may be killed and repeated at any time; what a save that was under
/// way at that moment put back, the next run finds. Older keys may go when a run rewrites nothing.
@Component
class AddressRotation {

    private static final Logger LOG = LoggerFactory.getLogger(AddressRotation.class);
    private static final int PAGE = 500;

    /// What one run did in one place.
    ///
    /// @param collection where
    /// @param examined how many documents it looked at
    /// @param rewritten how many fields it encrypted anew
    /// @param unreadable how many fields no key of the keyset opens
    record Rotated(String collection, long examined, long rewritten, long unreadable) {}

    private final MongoTemplate mongo;
    private final AddressVault vault;
    private final List<EncryptedField> fields;

    AddressRotation(MongoTemplate mongo, AddressVault vault, List<EncryptedField> fields) {
        this.mongo = mongo;
        this.vault = vault;
        this.fields = fields;
    }

    List<Rotated> rotate() {
        List<Rotated> all = fields.stream().map(this::rotate).toList();
        all.forEach(rotated -> LOG.info("Encrypted anew under the primary key: {}", rotated));
        return all;
    }

    private Rotated rotate(EncryptedField field) {
        MongoCollection<Document> collection = mongo.getCollection(field.collection());
        long examined = 0;
        long rewritten = 0;
        long unreadable = 0;
        Object last = null;
        List<Document> page;
        do {
            page = page(collection, field, last);
            for (Document document : page) {
                for (String encrypted : old(document, field)) {
                    switch (rewrite(collection, field, id(document), encrypted)) {
                        case REWRITTEN -> rewritten++;
                        case UNREADABLE -> unreadable++;
                        case CHANGED_MEANWHILE -> {
                            // The next run looks at it again.
                        }
                    }
                }
                last = id(document);
            }
            examined += page.size();
        } while (page.size() == PAGE);
        return new Rotated(field.collection(), examined, rewritten, unreadable);
    }

    private static List<Document> page(
            MongoCollection<Document> collection, EncryptedField field, @Nullable Object after) {
        Bson rest = after == null ? Filters.empty() : Filters.gt("_id", after);
        return collection
                .find(rest)
                .projection(Projections.include(path(field, ".")))
                .sort(Sorts.ascending("_id"))
                .limit(PAGE)
                .into(new ArrayList<>());
    }

    private static Object id(Document document) {
        return Objects.requireNonNull(document.get("_id"));
    }

    private static String path(EncryptedField field, String between) {
        return field.list() == null ? field.field() : field.list() + between + field.field();
    }

    private List<String> old(Document document, EncryptedField field) {
        List<Document> holders =
                field.list() == null ? List.of(document) : document.getList(field.list(), Document.class, List.of());
        return holders.stream()
                .map(holder -> holder.get(field.field(), ""))
                .filter(encrypted -> !encrypted.isEmpty() && !vault.underPrimaryKey(encrypted))
                .toList();
    }

    private enum Outcome {
        REWRITTEN,
        CHANGED_MEANWHILE,
        UNREADABLE
    }

    private Outcome rewrite(MongoCollection<Document> collection, EncryptedField field, Object id, String encrypted) {
        String purpose = field.purpose() == null ? id.toString() : field.purpose();
        String anew;
        try {
            anew = vault.encrypt(purpose, vault.decrypt(purpose, encrypted));
        } catch (GeneralSecurityException e) {
            LOG.warn("No key opens {} of {} in {}", path(field, "."), id, field.collection());
            return Outcome.UNREADABLE;
        }
        long changed = collection
                .updateOne(
                        Filters.and(Filters.eq("_id", id), Filters.eq(path(field, "."), encrypted)),
                        Updates.set(path(field, ".$."), anew))
                .getModifiedCount();
        return changed == 0 ? Outcome.CHANGED_MEANWHILE : Outcome.REWRITTEN;
    }
}
