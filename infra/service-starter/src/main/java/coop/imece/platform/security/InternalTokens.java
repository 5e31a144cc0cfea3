package coop.imece.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Verifies internal tokens: ES256, from the gateway, for this service, not expired.
final class InternalTokens {

    static final String ISSUER = "imece-gateway";

    /// Two clocks of one house.
    private static final Duration SKEW = Duration.ofSeconds(5);

    /// The gateway uses a token for some seconds, and a signature costs more to verify than most requests to answer.
    private static final Duration MEMORY = Duration.ofSeconds(10);

    private final Cache<String, Vouched> verified =
            Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(2_000).build();
    private final GatewayKeys keys;
    private final String audience;
    private final Clock clock;

    /// What a token with a good signature says.
    private record Vouched(Caller caller, Instant from, Instant until) {

        boolean holds(Instant now) {
            return now.minus(SKEW).isBefore(until) && now.plus(SKEW).isAfter(from);
        }
    }

    InternalTokens(GatewayKeys keys, String audience, Clock clock) {
        this.keys = keys;
        this.audience = audience;
        this.clock = clock;
    }

    /// The caller, or empty if the token is not to be trusted.
    Optional<Caller> verify(String token) {
        Vouched known = verified.getIfPresent(token);
        if (known == null) {
            Optional<Vouched> read = read(token);
            read.ifPresent(vouched -> verified.put(token, vouched));
            known = read.orElse(null);
        }
        return Optional.ofNullable(known)
                .filter(vouched -> vouched.holds(clock.instant()))
                .map(Vouched::caller);
    }

    private Optional<Vouched> read(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            String keyId = jwt.getHeader().getKeyID();
            if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm()) || keyId == null) {
                return Optional.empty();
            }
            Optional<ECKey> key = keys.find(keyId);
            if (key.isEmpty() || !jwt.verify(new ECDSAVerifier(key.get()))) {
                return Optional.empty();
            }
            return vouched(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Vouched> vouched(JWTClaimsSet claims) throws ParseException {
        if (!ISSUER.equals(claims.getIssuer())
                || !claims.getAudience().equals(List.of(audience))
                || claims.getExpirationTime() == null) {
            return Optional.empty();
        }
        return Optional.of(new Vouched(
                caller(claims),
                claims.getIssueTime() == null
                        ? Instant.EPOCH
                        : claims.getIssueTime().toInstant(),
                claims.getExpirationTime().toInstant()));
    }

    private static Caller caller(JWTClaimsSet claims) throws ParseException {
        Set<NetworkRole> roles = EnumSet.noneOf(NetworkRole.class);
        for (String role : strings(claims, "roles")) {
            Arrays.stream(NetworkRole.values())
                    .filter(known -> known.name().equals(role))
                    .forEach(roles::add);
        }
        Map<UUID, OrganisationRole> organisations = new HashMap<>();
        Map<String, Object> pairs = claims.getJSONObjectClaim("orgs");
        if (pairs != null) {
            pairs.forEach((organisation, role) -> Arrays.stream(OrganisationRole.values())
                    .filter(known -> known.name().equals(role))
                    .forEach(known -> organisations.put(UUID.fromString(organisation), known)));
        }
        return new Caller(
                uuid(claims.getSubject()),
                Set.copyOf(roles),
                Map.copyOf(organisations),
                uuid(claims.getStringClaim("obo")),
                Set.copyOf(strings(claims, "scope")),
                claims.getStringClaim("sid"),
                uuid(claims.getStringClaim("client")));
    }

    private static List<String> strings(JWTClaimsSet claims, String name) throws ParseException {
        Object value = claims.getClaim(name);
        return switch (value) {
            case null -> List.of();
            case String text ->
                text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
            default -> claims.getStringListClaim(name);
        };
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text == null || text.isBlank() ? null : UUID.fromString(text);
    }
}
