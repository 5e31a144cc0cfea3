package coop.imece.gateway.account;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Keeps addresses unreadable in the store, and finds them again.
///
/// Encryption is authenticated (Tink AEAD; the keyset may hold several keys, so that they can rotate) and bound to the
/// purpose it was made for. Hashes are HMAC-SHA-256 under a key of this service, each for a purpose of its own: a store
/// that leaks tells nobody whose addresses it holds.
@Component
public final class AddressVault {

    /// The purpose of addresses kept in accounts.
    static final String ACCOUNT = "account";

    private static final int KEY_BYTES = 32;

    /// A ciphertext begins with this byte and the four of its key's id.
    private static final byte TINK = 1;

    private final Aead aead;
    private final int primaryKey;
    private final SecretKeySpec hashKey;

    AddressVault(@Value("${imece.address-keys}") String addressKeys, @Value("${imece.hash-key}") String hashKey) {
        KeysetHandle keys = keys(read("IMECE_ADDRESS_KEYS", addressKeys));
        this.aead = aead(keys);
        this.primaryKey = keys.getPrimary().getId();
        byte[] key = Base64.getDecoder().decode(read("IMECE_HASH_KEY", hashKey).strip());
        if (key.length < KEY_BYTES) {
            throw new IllegalStateException("IMECE_HASH_KEY holds fewer than " + KEY_BYTES + " bytes");
        }
        this.hashKey = new SecretKeySpec(key, "HmacSHA256");
    }

    private static String read(String variable, String file) {
        if (file.isBlank()) {
            throw new IllegalStateException(variable + " names no file");
        }
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(variable + " names a file that cannot be read", e);
        }
    }

    private static KeysetHandle keys(String keyset) {
        try {
            AeadConfig.register();
            return TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("IMECE_ADDRESS_KEYS holds no keyset for encryption", e);
        }
    }

    private static Aead aead(KeysetHandle keys) {
        try {
            return keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("IMECE_ADDRESS_KEYS holds no keyset for encryption", e);
        }
    }

    /// Under which an address is found; the same for every spelling of it.
    public String hash(Address address) {
        return hash("address", address.channel() + ":" + address.value());
    }

    /// The keyed hash of a text, for one purpose.
    public String hash(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(hashKey);
            mac.update((purpose + "\u0000").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    /// The address, encrypted for one purpose.
    public String encrypt(String purpose, Address address) {
        return encrypt(purpose, address.channel() + ":" + address.value());
    }

    /// The text, encrypted for one purpose.
    public String encrypt(String purpose, String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(aead.encrypt(
                            text.getBytes(StandardCharsets.UTF_8), purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt", e);
        }
    }

    /// Whether it was encrypted by the key that is used for all that is new.
    boolean underPrimaryKey(String encrypted) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encrypted));
            return bytes.remaining() > Integer.BYTES && bytes.get() == TINK && bytes.getInt() == primaryKey;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The address again; throws if it was not encrypted for this purpose by one of our keys.
    public Address decryptAddress(String purpose, String encrypted) throws GeneralSecurityException {
        String text = decrypt(purpose, encrypted);
        int colon = text.indexOf(':');
        return new Address(Channel.valueOf(text.substring(0, colon)), text.substring(colon + 1));
    }

    /// An address of an account.
    Address open(Account.Proved proved) {
        try {
            return decryptAddress(ACCOUNT, proved.encrypted());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("address " + proved.id() + " cannot be decrypted by any key we have", e);
        }
    }

    /// The text again; throws if it was not encrypted for this purpose by one of our keys.
    public String decrypt(String purpose, String encrypted) throws GeneralSecurityException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(encrypted);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64url", e);
        }
        return new String(aead.decrypt(bytes, purpose.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
