package coop.imece.gateway.account;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of accounts is encrypted.
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    @Bean
    EncryptedField encryptedAccountAddresses() {
        return new EncryptedField("accounts", "addresses", "encrypted", AddressVault.ACCOUNT);
    }
}
