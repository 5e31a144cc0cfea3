package coop.imece.notification.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Addresses at rest: authenticated encryption, bound to the document they stand in, so that one cannot be moved into
/// another.
@Component
public final class AddressEncryption {

    private final Aead aead;

    AddressEncryption(KeySettings settings) {
        try {
            AeadConfig.register();
            aead = TinkJsonProtoKeysetFormat.parseKeyset(
                            settings.addresses().getContentAsString(StandardCharsets.UTF_8),
                            InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (IOException e) {
            throw new UncheckedIOException("imece.keys.addresses cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("imece.keys.addresses is no AEAD keyset", e);
        }
    }

    public String encrypt(UUID owner, String address) {
        try {
            return Base64.getEncoder()
                    .encodeToString(aead.encrypt(address.getBytes(StandardCharsets.UTF_8), bytes(owner)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("address of " + owner + " cannot be encrypted", e);
        }
    }

    public String decrypt(UUID owner, String encrypted) {
        try {
            return new String(
                    aead.decrypt(Base64.getDecoder().decode(encrypted), bytes(owner)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("address of " + owner + " cannot be decrypted with the keys at hand", e);
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
