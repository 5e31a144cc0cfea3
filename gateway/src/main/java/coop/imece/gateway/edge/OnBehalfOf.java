package coop.imece.gateway.edge;

import coop.imece.gateway.session.Visitor;
import coop.imece.gateway.session.Visitors;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The organisation a request is made for, if its sender acts for several and names one: `Imece-On-Behalf-Of`.
@Component
class OnBehalfOf {

    static final String HEADER = "Imece-On-Behalf-Of";

    private final Visitors visitors;

    OnBehalfOf(Visitors visitors) {
        this.visitors = visitors;
    }

    /// The organisation, checked; null if none is named.
    @Nullable
    UUID of(HttpServletRequest request) {
        String named = request.getHeader(HEADER);
        if (named == null) {
            return null;
        }
        UUID organisation;
        try {
            organisation = UUID.fromString(named);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.badParameter(HEADER));
        }
        if (!Visitor.of(request).signedIn()) {
            throw new ProblemException(Problem.notSignedIn());
        }
        if (!visitors.represents(organisation, request)) {
            throw new ProblemException(Problem.notAllowed());
        }
        return organisation;
    }
}
