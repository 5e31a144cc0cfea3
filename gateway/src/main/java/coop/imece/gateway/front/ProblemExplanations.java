package coop.imece.gateway.front;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// Where the `type` of a problem leads: what it means, and what to do about it, in the reader's language. What only one
/// service can refuse is worded by that service, in the answer itself.
@Controller
class ProblemExplanations {

    /// In place of what only the problem itself can say.
    private static final Object[] SOMETHING = {"…", "…", "…"};

    private final MessageSource texts;

    ProblemExplanations(MessageSource texts) {
        this.texts = texts;
    }

    @GetMapping("/problems/{slug}")
    String explain(@PathVariable String slug, Locale locale, Model model) {
        String title = texts.getMessage("problem." + slug + ".title", SOMETHING, null, locale);
        String detail = texts.getMessage("problem." + slug + ".detail", SOMETHING, null, locale);
        if (!slug.matches("[a-z0-9-]{1,60}")) {
            throw new ProblemException(Problem.notFound());
        }
        boolean known = title != null && detail != null;
        model.addAttribute("slug", slug)
                .addAttribute("heading", known ? title : texts.getMessage("problem-type.other", null, locale))
                .addAttribute("detail", known ? detail : texts.getMessage("problem-type.other.text", null, locale));
        return "front/problem-type";
    }
}
