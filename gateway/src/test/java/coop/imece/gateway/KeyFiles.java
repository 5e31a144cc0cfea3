package coop.imece.gateway;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// Gives each test context the files the launcher would make.
public final class KeyFiles implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /// The administrator of every test.
    public static final String ADMINISTRATOR = "admin@imece.example";

    private static final Path ADDRESS_KEYS = written("address-keys", addressKeys());
    private static final Path HASH_KEY = written("hash-key", hashKey());

    private static String addressKeys() {
        try {
            AeadConfig.register();
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hashKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static Path written(String name, String content) {
        try {
            Path file = Files.createTempFile(name, ".key");
            file.toFile().deleteOnExit();
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String addressKeysFile() {
        return ADDRESS_KEYS.toString();
    }

    public static String hashKeyFile() {
        return HASH_KEY.toString();
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "imece.address-keys=" + ADDRESS_KEYS,
                        "imece.hash-key=" + HASH_KEY,
                        "imece.admin-email=" + ADMINISTRATOR,
                        "imece.internal-port=0")
                .applyTo(context);
    }
}
