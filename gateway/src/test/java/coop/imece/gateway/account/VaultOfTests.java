package coop.imece.gateway.account;

import coop.imece.gateway.KeyFiles;

/// The vault every test context has, without a context.
public final class VaultOfTests {

    private VaultOfTests() {}

    public static AddressVault make() {
        return new AddressVault(KeyFiles.addressKeysFile(), KeyFiles.hashKeyFile());
    }
}
