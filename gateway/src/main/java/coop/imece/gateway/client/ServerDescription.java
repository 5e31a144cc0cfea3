package coop.imece.gateway.client;

import coop.imece.gateway.session.VisitorFilter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the authorization server says of itself (RFC 8414). Spring's own description cannot leave out an authorization
/// endpoint, and there is none here.
@RestController
class ServerDescription {

    private final Map<String, Object> description;

    ServerDescription(AccessTokens tokens) {
        this.description = Map.of(
                "issuer", tokens.issuer(),
                "token_endpoint", tokens.issuer() + VisitorFilter.TOKEN_ENDPOINT,
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"),
                "grant_types_supported", List.of("client_credentials"),
                "response_types_supported", List.of(),
                "scopes_supported", Scope.values(Arrays.asList(Scope.values())));
    }

    @GetMapping("/.well-known/oauth-authorization-server")
    ResponseEntity<Map<String, Object>> describe() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .body(description);
    }
}
