package coop.imece.gateway.edge;

import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.session.Visitor;
import coop.imece.gateway.token.InternalTokens;
import coop.imece.platform.aggregate.MessageOrigin;
import coop.imece.platform.text.Language;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// What the gateway tells a service about a request, and nobody else may: who sends it, in which language the answer is
/// read, and which trace it belongs to.
@Component
public class Introduction {

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
            headers.setBearerAuth(tokens.mint(visitor, upstream.service(), onBehalfOf, language));
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
