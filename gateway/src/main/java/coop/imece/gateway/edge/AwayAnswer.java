package coop.imece.gateway.edge;

import coop.imece.platform.web.Problem;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// Says which part of the network cannot be reached or has its hands full, and that the rest can.
@Component
class AwayAnswer {

    private final MessageSource texts;

    AwayAnswer(MessageSource texts) {
        this.texts = texts;
    }

    Problem problem(Guards.Away away, Locale locale) {
        String part = texts.getMessage("part." + away.upstream().name(), null, locale);
        return away.busy()
                ? Problem.of(503, "part-busy", part).with("Retry-After", "1")
                : Problem.of(503, "part-away", part).with("Retry-After", "2");
    }
}
