package coop.imece.gateway.token;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The public half of the key pair, for the services; on the internal connector only.
@RestController
class KeySetController {

    private final Map<String, Object> keySet;

    KeySetController(InternalKeyPair keys) {
        this.keySet = new JWKSet(keys.publicKey()).toJSONObject(true);
    }

    @GetMapping("/internal/keys")
    Map<String, Object> keys() {
        return keySet;
    }
}
