package coop.imece.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coop.imece.gateway.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressKeysTests {

    @TempDir
    Path folder;

    private Path file = Path.of("unset");
    private final Address address = Address.email("etkinlik@nilufer.example").orElseThrow();

    @BeforeEach
    void copyOfTheKeys() throws IOException {
        file = Files.copy(Path.of(KeyFiles.addressKeysFile()), folder.resolve("keys.json"));
    }

    private AddressVault vault() {
        return new AddressVault(file.toString(), KeyFiles.hashKeyFile());
    }

    @Test
    void aKeyIsReadBeforeItIsUsedAndTheOldOneUntilItIsDropped() throws GeneralSecurityException {
        AddressVault before = vault();
        String old = before.encrypt(AddressVault.ACCOUNT, address);

        AddressKeys.carryOut("--add-address-key", file.toString());
        AddressVault added = vault();
        assertThat(added.underPrimaryKey(old)).isTrue();

        AddressKeys.carryOut("--use-newest-address-key", file.toString());
        AddressVault changed = vault();
        String anew = changed.encrypt(AddressVault.ACCOUNT, address);
        assertThat(changed.underPrimaryKey(old)).isFalse();
        assertThat(changed.underPrimaryKey(anew)).isTrue();
        assertThat(changed.decryptAddress(AddressVault.ACCOUNT, old)).isEqualTo(address);
        assertThat(added.decryptAddress(AddressVault.ACCOUNT, anew)).isEqualTo(address);

        AddressKeys.carryOut("--drop-old-address-keys", file.toString());
        AddressVault after = vault();
        assertThat(after.decryptAddress(AddressVault.ACCOUNT, anew)).isEqualTo(address);
        assertThatThrownBy(() -> after.decryptAddress(AddressVault.ACCOUNT, old))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void isAskedForByItsOwnArgumentsAlone() {
        assertThat(AddressKeys.asked("--add-address-key", "keys.json")).isTrue();
        assertThat(AddressKeys.asked()).isFalse();
        assertThat(AddressKeys.asked("--server.port=8080", "--x")).isFalse();
    }

    @Test
    void leavesAFileThatIsNoKeysetAsItIs() throws IOException {
        Files.writeString(file, "no keyset");
        assertThatThrownBy(() -> AddressKeys.carryOut("--add-address-key", file.toString()))
                .hasMessageContaining("no keyset");
        assertThat(file).hasContent("no keyset");
    }
}
