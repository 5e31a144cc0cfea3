package coop.imece.gateway.front;

import coop.imece.gateway.api.ServiceProblems;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// Where the `type` of a problem leads: what it means, and what to do about it, in the reader's language. What only one
/// service can refuse is worded by that service.
@Controller
class ProblemExplanations {

    /// In place of what only the problem itself can say.
    private static final Object[] SOMETHING = {"…", "…", "…"};

    private final MessageSource texts;
    private final ServiceProblems services;

    ProblemExplanations(MessageSource texts, ServiceProblems services) {
        this.texts = texts;
        this.services = services;
    }

    @GetMapping("/problems/{slug}")
    String explain(@PathVariable String slug, Locale locale, Model model) {
        if (!slug.matches("[a-z0-9-]{1,60}")) {
            throw new ProblemException(Problem.notFound());
        }
        String title = texts.getMessage("problem." + slug + ".title", SOMETHING, null, locale);
        String detail = texts.getMessage("problem." + slug + ".detail", SOMETHING, null, locale);
        var explanation = title != null && detail != null
                ? new ServiceProblems.Explanation(title, detail)
                : services.explain(slug, locale)
                        .orElseGet(() -> new ServiceProblems.Explanation(
                                texts.getMessage("problem-type.other", null, locale),
                                texts.getMessage("problem-type.other.text", null, locale)));
        model.addAttribute("slug", slug)
                .addAttribute("heading", explanation.title())
                .addAttribute("detail", explanation.detail());
        return "front/problem-type";
    }
}
