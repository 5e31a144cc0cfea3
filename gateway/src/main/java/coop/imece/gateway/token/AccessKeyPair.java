package coop.imece.gateway.token;

import com.nimbusds.jose.jwk.ECKey;
import coop.imece.gateway.account.AddressVault;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/// The key pair access tokens of programs are signed with: another one than that of internal tokens, so that neither
/// can ever pass for the other.
@Component
public class AccessKeyPair {

    private final ECKey key;

    AccessKeyPair(MongoTemplate mongo, AddressVault vault) {
        this.key = StoredKeyPair.of("access-token", mongo, vault);
    }

    /// With the private half.
    public ECKey privateKey() {
        return key;
    }
}
