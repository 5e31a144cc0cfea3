package coop.imece.platform.seal;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.X25519Decrypter;
import coop.imece.platform.inbox.InvalidMessage;
import java.text.ParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Opens with the private key; whatever does not open is an invalid message, and nothing of it is repeated in the
/// reason.
final class JweUnsealing implements Unsealing {

    private final SealingKey key;
    private final JsonMapper json;

    JweUnsealing(SealingKey key, JsonMapper json) {
        this.key = key;
        this.json = json;
    }

    @Override
    public <T> T open(String sealed, Class<T> type) {
        try {
            JWEObject envelope = JWEObject.parse(sealed);
            if (!JWEAlgorithm.ECDH_ES.equals(envelope.getHeader().getAlgorithm())
                    || !EncryptionMethod.A256GCM.equals(envelope.getHeader().getEncryptionMethod())) {
                throw new InvalidMessage("sealed with another algorithm");
            }
            envelope.decrypt(new X25519Decrypter(key.get()));
            return json.readValue(envelope.getPayload().toBytes(), type);
        } catch (ParseException | JOSEException e) {
            throw new InvalidMessage("not sealed for this key");
        } catch (JacksonException e) {
            throw new InvalidMessage("the sealed content is not what was expected");
        }
    }
}
