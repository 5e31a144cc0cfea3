package coop.imece.gateway.front;

import coop.imece.gateway.client.ClientReading;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.page.Form;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Home and desk: put together from the fragments of the services.
@Controller
class FrontPages {

    private static final String UPCOMING = "gatherings/upcoming";
    private static final String COUNTS = "organisations/counts";
    private static final String TOTALS = "results/totals";
    private static final List<String> DESK = List.of("gatherings/desk", "reports/desk", "organisations/desk");

    private final Fragments fragments;
    private final ClientReading programs;
    private final DeskChoice choice;

    FrontPages(Fragments fragments, ClientReading programs, DeskChoice choice) {
        this.choice = choice;
        this.fragments = fragments;
        this.programs = programs;
    }

    @GetMapping("/")
    String home(HttpServletRequest request, HttpServletResponse response, Model model) {
        var parts = fragments.load(request, List.of(UPCOMING, COUNTS, TOTALS), null);
        model.addAttribute("upcoming", parts.get(UPCOMING))
                .addAttribute("counts", parts.get(COUNTS))
                .addAttribute("totals", parts.get(TOTALS));
        response.setHeader("Cache-Control", "private, no-cache");
        return "front/home";
    }

    @GetMapping("/desk")
    String desk(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String organisation,
            @CookieValue(name = DeskChoice.COOKIE, required = false) @Nullable String remembered,
            Locale reader,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!visitor.signedIn()) {
            return "redirect:/sign-in?return=/desk";
        }
        UUID chosen = choice.of(visitor, organisation, remembered);
        if (organisation != null) {
            response.addHeader(HttpHeaders.SET_COOKIE, choice.cookie(chosen));
        }
        var parts = fragments.load(request, DESK, chosen);
        model.addAttribute("form", Form.empty().with("organisation", chosen))
                .addAttribute("choices", choice.options(visitor, reader));
        model.addAttribute("gatherings", parts.get(DESK.get(0)))
                .addAttribute("reports", parts.get(DESK.get(1)))
                .addAttribute("organisations", parts.get(DESK.get(2)))
                .addAttribute("roles", visitor.networkRoles().stream().sorted().toList())
                .addAttribute("stopped", programs.stopped(visitor))
                .addAttribute("alone", visitor.organisations().isEmpty());
        response.setHeader("Cache-Control", "private, no-store");
        return "front/desk";
    }

    @GetMapping("/help")
    String help() {
        return "front/help";
    }
}
