package coop.imece.gateway.token;

import com.nimbusds.jose.jwk.ECKey;
import coop.imece.gateway.account.AddressVault;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/// The key pair internal tokens are signed with.
@Component
class InternalKeyPair {

    private final ECKey key;

    InternalKeyPair(MongoTemplate mongo, AddressVault vault) {
        this.key = StoredKeyPair.of("internal-token", mongo, vault);
    }

    ECKey privateKey() {
        return key;
    }

    ECKey publicKey() {
        return key.toPublicJWK();
    }
}
