package coop.imece.platform.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;

/// Key pairs of this test run.
final class TestKeys {

    static final ECKey GATEWAY = generated("test-gateway");
    static final OctetKeyPair SEALING = sealing();

    private TestKeys() {}

    private static OctetKeyPair sealing() {
        try {
            return new OctetKeyPairGenerator(Curve.X25519).keyID("test-sealing").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey generated(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
