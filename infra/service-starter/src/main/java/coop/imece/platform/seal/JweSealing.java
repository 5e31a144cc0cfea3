package coop.imece.platform.seal;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.ECKey;
import tools.jackson.databind.json.JsonMapper;

/// Seals for the holder of one public key.
final class JweSealing implements Sealing {

    private final SealingKey key;
    private final JsonMapper json;

    JweSealing(SealingKey key, JsonMapper json) {
        this.key = key;
        this.json = json;
    }

    @Override
    public String seal(Object value) {
        try {
            ECKey recipient = key.get();
            JWEObject sealed = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
                            .keyID(recipient.getKeyID())
                            .build(),
                    new Payload(json.writeValueAsBytes(value)));
            sealed.encrypt(new ECDHEncrypter(recipient.toPublicJWK()));
            return sealed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the sealing key cannot seal", e);
        }
    }
}
