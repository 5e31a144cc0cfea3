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

/// A key pair for signing: made once, kept encrypted in the store, the same for every instance and after every start.
final class StoredKeyPair {

    static final String COLLECTION = "internal_keys";

    record Stored(@Id String id, String encrypted) {}

    private StoredKeyPair() {}

    /// The key pair for a purpose, which is its id in the store and what its encryption is bound to.
    static ECKey of(String purpose, MongoTemplate mongo, AddressVault vault) {
        Stored stored = mongo.findById(purpose, Stored.class, COLLECTION);
        return opened(stored == null ? made(purpose, mongo, vault) : stored, vault);
    }

    private static Stored made(String purpose, MongoTemplate mongo, AddressVault vault) {
        try {
            ECKey made = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(Ids.v7().toString())
                    .generate();
            return mongo.insert(new Stored(purpose, vault.encrypt(purpose, made.toJSONString())), COLLECTION);
        } catch (DuplicateKeyException e) {
            // Another instance started at the same moment and was faster.
            Stored others = mongo.findById(purpose, Stored.class, COLLECTION);
            if (others == null) {
                throw e;
            }
            return others;
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot make a key pair for " + purpose, e);
        }
    }

    private static ECKey opened(Stored stored, AddressVault vault) {
        try {
            return ECKey.parse(vault.decrypt(stored.id(), stored.encrypted()));
        } catch (GeneralSecurityException | ParseException e) {
            throw new IllegalStateException(
                    "the key pair for " + stored.id() + " was encrypted by other keys than IMECE_ADDRESS_KEYS", e);
        }
    }
}
