package coop.imece.launcher;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.function.Supplier;

/// The keys of a system on one machine: made once, kept in files only their owner may read, given to the services by
/// the names of the files.
final class Keys {

    private static final int HASH_KEY_BYTES = 32;

    private final Path folder;

    private Keys(Path folder) {
        this.folder = folder;
    }

    static Keys in(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
        return new Keys(folder);
    }

    /// JWK that only notification-service gets.
    Path sealingPrivateKey() {
        return file("seal-private.jwk", Keys::newSealingPair);
    }

    /// JWK for all who seal.
    Path sealingPublicKey() {
        var privateKey = sealingPrivateKey();
        return file("seal-public.jwk", () -> publicPart(privateKey));
    }

    /// Tink keyset for stored addresses, one per service.
    Path addressKeys(String service) {
        return file(service + "-addresses.json", Keys::newAeadKeyset);
    }

    /// 32 random bytes in base64 for keyed hashes, one per service.
    Path hashKey(String service) {
        return file(service + "-hash.key", Keys::newHashKey);
    }

    private Path file(String name, Supplier<String> content) {
        var file = folder.resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        try {
            var half = Files.createTempFile(
                    folder,
                    name,
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(half, content.get());
            return Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }

    private static String newSealingPair() {
        try {
            return new OctetKeyPairGenerator(Curve.X25519)
                    .keyUse(KeyUse.ENCRYPTION)
                    .algorithm(JWEAlgorithm.ECDH_ES)
                    .keyIDFromThumbprint(true)
                    .generate()
                    .toJSONString();
        } catch (JOSEException e) {
            throw new IllegalStateException("no sealing key can be made", e);
        }
    }

    private static String publicPart(Path privateKey) {
        try {
            return OctetKeyPair.parse(Files.readString(privateKey))
                    .toPublicJWK()
                    .toJSONString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new CannotStart(privateKey + " is no key; delete it, and mail sealed with it is lost", e);
        }
    }

    private static String newAeadKeyset() {
        try {
            AeadConfig.register();
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no address keys can be made", e);
        }
    }

    private static String newHashKey() {
        var bytes = new byte[HASH_KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
