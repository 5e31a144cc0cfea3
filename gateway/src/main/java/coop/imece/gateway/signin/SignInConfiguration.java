package coop.imece.gateway.signin;

import coop.imece.gateway.account.EncryptedField;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of sign-ins is encrypted.
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    @Bean
    EncryptedField encryptedSignInAddresses() {
        return new EncryptedField("sign_ins", null, "address", SignIn.PURPOSE);
    }
}
