package coop.imece.platform.web;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The service's own words for a problem, in the reader's language: for the page the `type` of the problem leads to,
/// which is the gateway's.
@RestController
@RequestMapping("/internal/problems")
final class ProblemTextController {

    /// In place of what only the problem itself can say.
    private static final Object[] SOMETHING = {"…", "…", "…"};

    private final MessageSource texts;

    ProblemTextController(MessageSource texts) {
        this.texts = texts;
    }

    record Explanation(String title, String detail) {}

    @GetMapping("/{slug}")
    Explanation explain(@PathVariable String slug, Locale reader) {
        String title = texts.getMessage("problem." + slug + ".title", SOMETHING, null, reader);
        String detail = texts.getMessage("problem." + slug + ".detail", SOMETHING, null, reader);
        if (title == null || detail == null) {
            throw new ProblemException(Problem.notFound());
        }
        return new Explanation(title, detail);
    }
}
