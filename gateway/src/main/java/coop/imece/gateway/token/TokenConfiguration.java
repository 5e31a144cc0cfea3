package coop.imece.gateway.token;

import coop.imece.gateway.account.EncryptedField;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of tokens is encrypted.
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    EncryptedField encryptedInternalKeyPairs() {
        return new EncryptedField(StoredKeyPair.COLLECTION, null, "encrypted", null);
    }
}
