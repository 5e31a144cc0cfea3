package coop.imece.gateway.edge;

import coop.imece.platform.web.Problem;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// Says which part of the network cannot be reached, and that the rest can.
@Component
class AwayAnswer {

    private final MessageSource texts;

    AwayAnswer(MessageSource texts) {
        this.texts = texts;
    }

    Problem problem(Upstream upstream, Locale locale) {
        return Problem.of(503, "part-away", texts.getMessage("part." + upstream.name(), null, locale))
                .with("Retry-After", "2");
    }
}
