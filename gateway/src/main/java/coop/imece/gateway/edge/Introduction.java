package coop.imece.gateway.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.session.Visitor;
import coop.imece.gateway.token.InternalTokens;
import coop.imece.platform.aggregate.MessageOrigin;
import coop.imece.platform.text.Language;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// What the gateway tells a service about a request, and nobody else may: who sends it, in which language the answer is
/// read, and which trace it belongs to.
///
/// Signing a token is the dearest part of a request. One that would say the same again is used again for [#MEMORY], a
/// small part of its life; the visitor with all roles is part of what has to be the same, so a role lost is a new
/// token at once.
@Component
public class Introduction {

    private static final Duration MEMORY = Duration.ofSeconds(5);

    /// All that a token says.
    private record Said(
            Visitor visitor, String service, @Nullable UUID onBehalfOf, Language language) {}

    private final Cache<Said, String> minted =
            Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(5_000).build();
    private final InternalTokens tokens;
    private final ReaderLanguage languages;
    private final MessageOrigin origin;
    private final PublicAddress address;

    Introduction(InternalTokens tokens, ReaderLanguage languages, MessageOrigin origin, PublicAddress address) {
        this.tokens = tokens;
        this.languages = languages;
        this.origin = origin;
        this.address = address;
    }

    /// The headers of a request to a service, made on behalf of the request at hand.
    public HttpHeaders to(Upstream upstream, HttpServletRequest request, @Nullable UUID onBehalfOf) {
        HttpHeaders headers = new HttpHeaders();
        Visitor visitor = Visitor.of(request);
        Language language = languages.of(request);
        if (visitor.signedIn()) {
            headers.setBearerAuth(minted.get(
                    new Said(visitor, upstream.service(), onBehalfOf, language),
                    said -> tokens.mint(said.visitor(), said.service(), said.onBehalfOf(), said.language())));
        }
        headers.set(HttpHeaders.ACCEPT_LANGUAGE, language.tag());
        set(headers, "traceparent", origin.traceparent());
        set(headers, "Imece-Correlation-Id", origin.correlationId());
        headers.set("X-Forwarded-Proto", address.scheme());
        headers.set("X-Forwarded-Host", address.authority());
        return headers;
    }

    private static void set(HttpHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            headers.set(name, value);
        }
    }
}
