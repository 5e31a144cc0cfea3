package coop.imece.platform.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

/// Key pairs of this test run.
final class TestKeys {

    static final ECKey GATEWAY = generated("test-gateway");
    static final ECKey SEALING = generated("test-sealing");

    private TestKeys() {}

    static ECKey generated(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
