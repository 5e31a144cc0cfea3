package coop.imece.platform.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/// Internal tokens as the gateway would mint them, as values of the `Authorization` header.
///
/// `TestTokens.of("events-service").representative(account, organisation)`.
public final class TestTokens {

    private static final Path KEY_SET = written();

    private final String audience;

    private TestTokens(String audience) {
        this.audience = audience;
    }

    /// Tokens for one service.
    public static TestTokens of(String service) {
        return new TestTokens(service);
    }

    /// Where the public keys are, as `imece.gateway-keys` takes it.
    public static String keySet() {
        return KEY_SET.toUri().toString();
    }

    /// Somebody who has signed in and represents nobody.
    public String account(UUID account) {
        return bearer(claims(account), TestKeys.GATEWAY);
    }

    /// A representative of organisations.
    public String representative(UUID account, UUID... organisations) {
        return bearer(claims(account).claim("orgs", represented(organisations)), TestKeys.GATEWAY);
    }

    /// A representative of organisations who works for one of them now.
    public String workingFor(UUID chosen, UUID account, UUID... organisations) {
        return bearer(
                claims(account).claim("orgs", represented(organisations)).claim("obo", chosen.toString()),
                TestKeys.GATEWAY);
    }

    private static Map<String, Object> represented(UUID... organisations) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (UUID organisation : organisations) {
            pairs.put(organisation.toString(), "REPRESENTATIVE");
        }
        return pairs;
    }

    /// Somebody with a role in an organisation.
    public String member(UUID account, UUID organisation, String role) {
        return bearer(claims(account).claim("orgs", Map.of(organisation.toString(), role)), TestKeys.GATEWAY);
    }

    /// A program that acts for an organisation within scopes.
    public String program(UUID client, UUID organisation, String... scopes) {
        return bearer(
                claims(client)
                        .claim("client", client.toString())
                        .claim("scope", List.of(scopes))
                        .claim("obo", organisation.toString())
                        .claim("orgs", Map.of(organisation.toString(), "REPRESENTATIVE")),
                TestKeys.GATEWAY);
    }

    /// A network administrator.
    public String administrator(UUID account) {
        return bearer(claims(account).claim("roles", List.of("ADMINISTRATOR")), TestKeys.GATEWAY);
    }

    /// A reviewer of the network.
    public String reviewer(UUID account) {
        return bearer(claims(account).claim("roles", List.of("REVIEWER")), TestKeys.GATEWAY);
    }

    /// A token that has expired.
    public String expired(UUID account) {
        return bearer(claims(account).expirationTime(Date.from(Instant.now().minusSeconds(60))), TestKeys.GATEWAY);
    }

    /// A token signed by somebody else.
    public String forged(UUID account) {
        return bearer(claims(account).claim("roles", List.of("ADMINISTRATOR")), TestKeys.generated("test-gateway"));
    }

    /// Tokens of an administrator that nobody should trust, by what is wrong with them.
    public Map<String, Callable<String>> untrusted() {
        Map<String, Callable<String>> tokens = new LinkedHashMap<>();
        tokens.put("alg=none", () -> "Bearer " + new PlainJWT(administrators().build()).serialize());
        tokens.put("foreign key", () -> bearer(administrators(), TestKeys.generated("test-gateway")));
        tokens.put("foreign kid", () -> bearer(administrators(), TestKeys.generated("somebody-else")));
        tokens.put(
                "expired",
                () -> bearer(
                        administrators().expirationTime(Date.from(Instant.now().minusSeconds(60))), TestKeys.GATEWAY));
        tokens.put("wrong audience", () -> bearer(administrators().audience("another-service"), TestKeys.GATEWAY));
        tokens.put("wrong issuer", () -> bearer(administrators().issuer("another-gateway"), TestKeys.GATEWAY));
        tokens.put("no token", () -> "Bearer none");
        return tokens;
    }

    private JWTClaimsSet.Builder administrators() {
        return claims(UUID.randomUUID()).claim("roles", List.of("ADMINISTRATOR"));
    }

    private JWTClaimsSet.Builder claims(UUID account) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("imece-gateway")
                .audience(audience)
                .subject(account.toString())
                .claim("sid", "test-session")
                .claim("lang", "tr")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(30)));
    }

    private static String bearer(JWTClaimsSet.Builder claims, ECKey key) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new ECDSASigner(key));
            return "Bearer " + token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path written() {
        try {
            Path file = Files.createTempFile("imece-keys", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, new JWKSet(TestKeys.GATEWAY.toPublicJWK()).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
