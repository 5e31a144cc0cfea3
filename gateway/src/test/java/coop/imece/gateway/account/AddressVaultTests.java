package coop.imece.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coop.imece.gateway.KeyFiles;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class AddressVaultTests {

    private final AddressVault vault = new AddressVault(KeyFiles.addressKeysFile(), KeyFiles.hashKeyFile());
    private final Address address = Address.email("etkinlik@nilufer.example").orElseThrow();

    @Test
    void givesAnEncryptedAddressBack() throws GeneralSecurityException {
        String encrypted = vault.encrypt("account", address);
        assertThat(encrypted).doesNotContain("nilufer").isNotEqualTo(vault.encrypt("account", address));
        assertThat(vault.decryptAddress("account", encrypted)).isEqualTo(address);
    }

    @Test
    void opensNothingForAnotherPurposeAndNothingForged() {
        String encrypted = vault.encrypt("account", address);
        assertThatThrownBy(() -> vault.decryptAddress("sign-in", encrypted))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> vault.decryptAddress("account", "AAAA" + encrypted))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> vault.decryptAddress("account", "not base64 at all!"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void findsAnAddressByTheSameHashAndKeepsPurposesApart() {
        assertThat(vault.hash(address)).isEqualTo(vault.hash(address)).hasSize(64);
        assertThat(vault.hash("code", "1")).isNotEqualTo(vault.hash("link", "1"));
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> new AddressVault("", KeyFiles.hashKeyFile()))
                .hasMessageContaining("IMECE_ADDRESS_KEYS");
        assertThatThrownBy(() -> new AddressVault(KeyFiles.addressKeysFile(), "/nowhere"))
                .hasMessageContaining("IMECE_HASH_KEY");
    }
}
