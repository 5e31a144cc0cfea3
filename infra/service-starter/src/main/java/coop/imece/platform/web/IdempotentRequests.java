package coop.imece.platform.web;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/// What became of requests with an `Idempotency-Key`: `{_id, bodyHash, state, owner, run, at, expiresAt, status,
/// headers, body}`.
///
/// The body is encrypted with a key that follows from the caller's own Idempotency-Key, which is not stored: only who
/// repeats the request can read the answer.
final class IdempotentRequests implements InitializingBean {

    static final String COLLECTION = "idempotent_requests";

    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration ABANDONED = Duration.ofSeconds(30);
    private static final int LARGEST_BODY = 16 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MongoOperations mongo;
    private final Clock clock;
    private final String instance;
    private final String run = UUID.randomUUID().toString();

    IdempotentRequests(MongoOperations mongo, Clock clock, String instance) {
        this.mongo = mongo;
        this.clock = clock;
        this.instance = instance;
    }

    /// Which request it is.
    ///
    /// @param id hash of account, method, path and key
    /// @param secret hash that encrypts the answer, never stored
    /// @param body hash of the content
    record Identity(String id, byte[] secret, String body) {

        static Identity of(String account, String method, String path, String key, String contentType, byte[] content) {
            return new Identity(
                    HexFormat.of().formatHex(hash("id", account, method, path, key)),
                    hash("secret", account, method, path, key),
                    HexFormat.of().formatHex(hash(content, contentType)));
        }
    }

    /// What came of asking for a request to be ours.
    sealed interface Claim {
        /// @param attempt tells this run of the request from a later one
        record Granted(Identity identity, String attempt) implements Claim {}

        record Answered(Answer answer) implements Claim {}

        record OtherBody() implements Claim {}

        record Running() implements Claim {}
    }

    record Answer(int status, Map<String, String> headers, byte[] body) {}

    @Override
    public void afterPropertiesSet() {
        mongo.execute(
                COLLECTION,
                requests -> requests.createIndex(
                        Indexes.ascending("expiresAt"),
                        new IndexOptions().name("expiry").expireAfter(0L, TimeUnit.SECONDS)));
    }

    Claim claim(Identity identity) {
        Instant now = clock.instant();
        String attempt = UUID.randomUUID().toString();
        try {
            mongo.execute(
                    COLLECTION,
                    requests -> requests.insertOne(new Document("_id", identity.id())
                            .append("bodyHash", identity.body())
                            .append("state", "RUNNING")
                            .append("owner", instance)
                            .append("run", run)
                            .append("attempt", attempt)
                            .append("at", Date.from(now))
                            .append("expiresAt", Date.from(now.plus(KEPT)))));
            return new Claim.Granted(identity, attempt);
        } catch (DuplicateKeyException e) {
            return present(identity, attempt, now);
        }
    }

    private Claim present(Identity identity, String attempt, Instant now) {
        @Nullable
        Document request = mongo.execute(
                COLLECTION,
                requests -> requests.find(Filters.eq("_id", identity.id())).first());
        if (request == null) {
            return new Claim.Running();
        }
        if (!identity.body().equals(request.getString("bodyHash"))) {
            return new Claim.OtherBody();
        }
        if (request.getString("state").equals("DONE")) {
            return new Claim.Answered(answer(identity, request));
        }
        boolean leftByMe = instance.equals(request.getString("owner")) && !run.equals(request.getString("run"));
        boolean abandoned = request.getDate("at").toInstant().plus(ABANDONED).isBefore(now);
        return (leftByMe || abandoned) && takenOver(request, attempt, now)
                ? new Claim.Granted(identity, attempt)
                : new Claim.Running();
    }

    private boolean takenOver(Document request, String attempt, Instant now) {
        return update(
                Filters.and(
                        Filters.eq("_id", request.get("_id")),
                        Filters.eq("state", "RUNNING"),
                        Filters.eq("attempt", request.get("attempt"))),
                Updates.combine(
                        Updates.set("owner", instance),
                        Updates.set("run", run),
                        Updates.set("attempt", attempt),
                        Updates.set("at", Date.from(now))));
    }

    void keep(Claim.Granted granted, Answer answer) {
        boolean small = answer.body().length <= LARGEST_BODY;
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        if (!small) {
            // A large answer is repeated as status and headers alone: where it is, its repeat can read it.
            headers.remove("Content-Type");
        }
        update(
                mine(granted),
                Updates.combine(
                        Updates.set("state", "DONE"),
                        Updates.set("status", answer.status()),
                        Updates.set("headers", new Document(headers)),
                        Updates.set("body", small ? encrypted(granted.identity(), answer.body()) : null)));
    }

    void forget(Claim.Granted granted) {
        mongo.execute(COLLECTION, requests -> requests.deleteOne(mine(granted)));
    }

    private static Bson mine(Claim.Granted granted) {
        return Filters.and(Filters.eq("_id", granted.identity().id()), Filters.eq("attempt", granted.attempt()));
    }

    private boolean update(Bson filter, Bson change) {
        Long changed = mongo.execute(
                COLLECTION, requests -> requests.updateOne(filter, change).getModifiedCount());
        return changed != null && changed == 1;
    }

    private static Answer answer(Identity identity, Document request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.get("headers", Document.class).forEach((name, value) -> headers.put(name, String.valueOf(value)));
        Binary body = request.get("body", Binary.class);
        return new Answer(
                request.getInteger("status"),
                headers,
                body == null ? new byte[0] : decrypted(identity, body.getData()));
    }

    private static Binary encrypted(Identity identity, byte[] body) {
        byte[] nonce = new byte[12];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, identity, nonce, body, 0, body.length);
        return new Binary(ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array());
    }

    private static byte[] decrypted(Identity identity, byte[] stored) {
        byte[] nonce = java.util.Arrays.copyOf(stored, 12);
        return crypt(Cipher.DECRYPT_MODE, identity, nonce, stored, 12, stored.length - 12);
    }

    private static byte[] crypt(int mode, Identity identity, byte[] nonce, byte[] input, int offset, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(identity.secret(), "AES"), new GCMParameterSpec(128, nonce));
            return cipher.doFinal(input, offset, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private static byte[] hash(String... parts) {
        return hash(new byte[0], parts);
    }

    private static byte[] hash(byte[] content, String... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                sha.update(bytes);
            }
            return sha.digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
