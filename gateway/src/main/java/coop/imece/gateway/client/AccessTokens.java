package coop.imece.gateway.client;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.token.AccessKeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/// The access tokens of programs: signed here, and believed only if they were signed here, with the one algorithm and
/// the one key there is, for this API, and are not over.
@Component
class AccessTokens {

    static final Duration LIFE = Duration.ofMinutes(10);
    static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ES256;

    /// RFC 9068.
    static final String TYPE = "at+jwt";

    /// What an access token says.
    ///
    /// @param client whose it is
    /// @param scopes what was asked for and granted
    /// @param secret the mark of the secret it was got by
    record Access(UUID client, Set<String> scopes, String secret) {}

    /// The claim that holds the mark of the secret.
    static final String SECRET = "secret";

    private final String issuer;
    private final JwtEncoder encoder;
    private final NimbusJwtDecoder decoder;

    AccessTokens(AccessKeyPair keys, PublicAddress address, Clock clock) {
        this.issuer = address.of("");
        JWKSource<SecurityContext> signing = new ImmutableJWKSet<>(new JWKSet(keys.privateKey()));
        this.encoder = new NimbusJwtEncoder(signing);
        this.decoder = NimbusJwtDecoder.withJwkSource(
                        new ImmutableJWKSet<>(new JWKSet(keys.privateKey().toPublicJWK())))
                .jwsAlgorithm(ALGORITHM)
                .jwtProcessorCustomizer(processor ->
                        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TYPE))))
                .build();
        var time = new JwtTimestampValidator(Duration.ZERO);
        time.setClock(clock);
        time.setAllowEmptyExpiryClaim(false);
        this.decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                time, new JwtIssuerValidator(issuer), new JwtAudienceValidator(audience())));
    }

    String issuer() {
        return issuer;
    }

    String audience() {
        return issuer + "/api";
    }

    JwtEncoder encoder() {
        return encoder;
    }

    /// What the token says, if it is to be believed.
    Optional<Access> verify(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            String scopes = jwt.getClaimAsString("scope");
            return Optional.ofNullable(jwt.getClaimAsString(SECRET))
                    .map(secret -> new Access(
                            UUID.fromString(jwt.getSubject()),
                            scopes == null || scopes.isBlank() ? Set.of() : Set.of(scopes.split(" ")),
                            secret));
        } catch (JwtException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
