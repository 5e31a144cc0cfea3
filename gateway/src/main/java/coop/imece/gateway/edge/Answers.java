package coop.imece.gateway.edge;

import coop.imece.gateway.session.Visitor;
import coop.imece.platform.web.ProblemPages;
import coop.imece.platform.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayServerResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/// The gateway's own answers in place of a service's.
@Component
class Answers {

    private final AwayAnswer away;
    private final ProblemWriter problems;
    private final ProblemPages pages;
    private final ReaderLanguage languages;

    Answers(AwayAnswer away, ProblemWriter problems, ProblemPages pages, ReaderLanguage languages) {
        this.away = away;
        this.problems = problems;
        this.pages = pages;
        this.languages = languages;
    }

    /// That a service is away: as a page, a fragment, or a problem body.
    ServerResponse away(Guards.Away service) {
        return GatewayServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE).build((request, response) -> {
            problems.write(away.problem(service, languages.of(request).locale()), request, response);
            return null;
        });
    }

    /// Whether somebody not signed in asked to read a page, and may be led to sign in first.
    boolean readableBy(HttpServletRequest request) {
        return "GET".equals(request.getMethod())
                && !Visitor.of(request).signedIn()
                && !request.getRequestURI().startsWith("/fragments/")
                && pages.wanted(request);
    }
}
