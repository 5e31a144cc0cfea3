package coop.imece.gateway.account;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/// Changes the keyset file named by `IMECE_ADDRESS_KEYS`; how and in which order, infra/docs/operations.md says.
///
/// Adding a key and using it are two steps, so that of several gateways each can read what another writes.
public final class AddressKeys {

    private static final String ADD = "--add-address-key";
    private static final String USE = "--use-newest-address-key";
    private static final String DROP = "--drop-old-address-keys";

    private AddressKeys() {}

    /// Whether the arguments of the process ask for this instead of a gateway.
    public static boolean asked(String... args) {
        return args.length == 2 && (args[0].equals(ADD) || args[0].equals(USE) || args[0].equals(DROP));
    }

    /// Does what the first argument says to the file named by the second.
    public static void carryOut(String... args) {
        Path file = Path.of(args[1]);
        try {
            AeadConfig.register();
            KeysetHandle keys =
                    TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
            KeysetHandle changed = switch (args[0]) {
                case ADD -> withNewKey(keys);
                case USE -> usingNewest(keys);
                case DROP -> primaryAlone(keys);
                default -> throw new IllegalArgumentException(args[0]);
            };
            replace(file, TinkJsonProtoKeysetFormat.serializeKeyset(changed, InsecureSecretKeyAccess.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(file + " holds no keyset for encryption", e);
        }
    }

    private static KeysetHandle withNewKey(KeysetHandle keys) throws GeneralSecurityException {
        return KeysetHandle.newBuilder(keys)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId())
                .build();
    }

    private static KeysetHandle usingNewest(KeysetHandle keys) throws GeneralSecurityException {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(keys);
        builder.getAt(builder.size() - 1).makePrimary();
        return builder.build();
    }

    private static KeysetHandle primaryAlone(KeysetHandle keys) throws GeneralSecurityException {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(keys);
        for (int i = builder.size() - 1; i >= 0; i--) {
            if (!builder.getAt(i).isPrimary()) {
                builder.deleteAt(i);
            }
        }
        return builder.build();
    }

    /// All or nothing: half a keyset would be the loss of every address.
    private static void replace(Path file, String content) throws IOException {
        Path half = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "keys",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, content);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
