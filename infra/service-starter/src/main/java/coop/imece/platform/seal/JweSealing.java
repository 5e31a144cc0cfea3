package coop.imece.platform.seal;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.X25519Encrypter;
import com.nimbusds.jose.jwk.OctetKeyPair;
import tools.jackson.databind.json.JsonMapper;

/// Seals for the holder of one public key. X25519 and not P-256: without the optimising compiler it costs a sixth, and
/// every sign-in code is sealed once and opened twice.
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
            OctetKeyPair recipient = key.get();
            JWEObject sealed = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
                            .keyID(recipient.getKeyID())
                            .build(),
                    new Payload(json.writeValueAsBytes(value)));
            sealed.encrypt(new X25519Encrypter(recipient.toPublicJWK()));
            return sealed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the sealing key cannot seal", e);
        }
    }
}
