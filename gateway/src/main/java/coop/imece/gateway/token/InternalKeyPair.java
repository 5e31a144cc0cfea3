package coop.imece.gateway.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import coop.imece.gateway.account.AddressVault;
import coop.imece.platform.aggregate.Ids;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/// The key pair internal tokens are signed with: made once, kept encrypted in the store, the same for every instance
/// and
/// after every start.
@Component
class InternalKeyPair {

    private static final String COLLECTION = "internal_keys";
    private static final String FIXED_ID = "internal-token";

    record Stored(@Id String id, String encrypted) {}

    private final ECKey key;

    InternalKeyPair(MongoTemplate mongo, AddressVault vault) {
        Stored stored = mongo.findById(FIXED_ID, Stored.class, COLLECTION);
        this.key = opened(stored == null ? made(mongo, vault) : stored, vault);
    }

    private static Stored made(MongoTemplate mongo, AddressVault vault) {
        try {
            ECKey made = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(Ids.v7().toString())
                    .generate();
            return mongo.insert(new Stored(FIXED_ID, vault.encrypt(FIXED_ID, made.toJSONString())), COLLECTION);
        } catch (DuplicateKeyException e) {
            // Another instance started at the same moment and was faster.
            Stored others = mongo.findById(FIXED_ID, Stored.class, COLLECTION);
            if (others == null) {
                throw e;
            }
            return others;
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot make a key pair for internal tokens", e);
        }
    }

    private static ECKey opened(Stored stored, AddressVault vault) {
        try {
            return ECKey.parse(vault.decrypt(FIXED_ID, stored.encrypted()));
        } catch (GeneralSecurityException | ParseException e) {
            throw new IllegalStateException(
                    "the key pair for internal tokens was encrypted by other keys than IMECE_ADDRESS_KEYS", e);
        }
    }

    ECKey privateKey() {
        return key;
    }

    ECKey publicKey() {
        return key.toPublicJWK();
    }
}
