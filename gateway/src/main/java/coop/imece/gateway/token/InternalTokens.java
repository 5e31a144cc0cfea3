package coop.imece.gateway.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Vouches for a visitor to one service, for thirty seconds. The token never leaves the house.
@Component
public class InternalTokens {

    static final Duration LIFE = Duration.ofSeconds(30);

    /// Who acts for more organisations names the one that is meant.
    static final int MOST_ORGANISATIONS = 50;

    private static final String ISSUER = "imece-gateway";

    private final ECDSASigner signer;
    private final JWSHeader header;
    private final Clock clock;

    InternalTokens(InternalKeyPair keys, Clock clock) {
        try {
            this.signer = new ECDSASigner(keys.privateKey());
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign internal tokens", e);
        }
        this.header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(keys.privateKey().getKeyID())
                .build();
        this.clock = clock;
    }

    /// @param visitor somebody signed in
    /// @param service for which service alone the token is good
    /// @param onBehalfOf the organisation chosen for this request, already checked
    /// @param language the reader's language
    public String mint(Visitor visitor, String service, @Nullable UUID onBehalfOf, Language language) {
        Instant now = clock.instant();
        UUID actingFor = onBehalfOf == null ? visitor.owner() : onBehalfOf;
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(service)
                .subject(String.valueOf(visitor.account()))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .claim(
                        "roles",
                        visitor.networkRoles().stream().map(Enum::name).sorted().toList())
                .claim("orgs", organisations(visitor, onBehalfOf))
                .claim(
                        "scope",
                        String.join(" ", visitor.scopes().stream().sorted().toList()))
                .claim("lang", language.tag());
        put(claims, "sid", visitor.session());
        put(claims, "client", visitor.client());
        put(claims, "obo", actingFor);
        SignedJWT token = new SignedJWT(header, claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign an internal token", e);
        }
        return token.serialize();
    }

    private static void put(JWTClaimsSet.Builder claims, String name, @Nullable UUID id) {
        if (id != null) {
            claims.claim(name, id.toString());
        }
    }

    private static Map<String, String> organisations(Visitor visitor, @Nullable UUID onBehalfOf) {
        Map<UUID, OrganisationRole> all = visitor.organisations();
        Map<String, String> pairs = new LinkedHashMap<>();
        if (all.size() <= MOST_ORGANISATIONS) {
            all.forEach((organisation, role) -> pairs.put(organisation.toString(), role.name()));
        } else if (onBehalfOf != null) {
            OrganisationRole role = all.get(onBehalfOf);
            if (role != null) {
                pairs.put(onBehalfOf.toString(), role.name());
            }
        }
        return pairs;
    }
}
