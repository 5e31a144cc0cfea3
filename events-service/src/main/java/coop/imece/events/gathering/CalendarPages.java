package coop.imece.events.gathering;

import coop.imece.events.supply.KnownOrganisation;
import coop.imece.events.supply.Organisers;
import coop.imece.platform.page.Form;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// The calendar for people: the list with its filters, and the pieces of it that home and desk show.
@Controller
class CalendarPages {

    private static final Set<String> FILTERS =
            Set.of("q", "kind", "topic", "region", "language", "organiser", "from", "to");
    private static final int PAGE = 24;
    private static final int ON_HOME = 6;
    private static final int ON_DESK = 10;

    private final GatheringCalendar calendar;
    private final GatheringCards cards;
    private final Organisers organisers;
    private final Overlaps overlaps;

    CalendarPages(GatheringCalendar calendar, GatheringCards cards, Organisers organisers, Overlaps overlaps) {
        this.calendar = calendar;
        this.cards = cards;
        this.organisers = organisers;
        this.overlaps = overlaps;
    }

    @GetMapping("/gatherings")
    String list(HttpServletRequest request, Caller caller, Locale locale, Model model) {
        var parameters = new HashMap<>(request.getParameterMap());
        parameters.keySet().removeIf(name -> !FILTERS.contains(name) && !name.equals("cursor"));
        var query = CalendarQuery.of(parameters).withLimit(PAGE);
        var page = calendar.find(query);
        var form = Form.of(parameters);
        var next = page.next();
        model.addAttribute("gatherings", cards.cards(page.items(), locale));
        model.addAttribute("total", page.total());
        model.addAttribute("next", next == null ? null : address(form, next.text()));
        model.addAttribute("form", form);
        model.addAttribute(
                "chosen",
                FILTERS.stream()
                        .filter(name -> !name.equals("q") && form.text(name) != null)
                        .count());
        model.addAttribute("kinds", cards.kinds(locale, List.of()));
        model.addAttribute("topics", cards.topics(locale, List.of()));
        model.addAttribute("regions", cards.regions(locale, List.of()));
        model.addAttribute("languages", cards.languages(locale, List.of()));
        model.addAttribute("organises", !organisedBy(caller, locale).isEmpty());
        return "gathering/list";
    }

    /// For the first page of the site.
    @GetMapping("/fragments/gatherings/upcoming")
    String upcoming(Locale locale, Model model) {
        var page = calendar.find(CalendarQuery.upcoming(ON_HOME).inStates(List.of(GatheringState.ANNOUNCED)));
        model.addAttribute("gatherings", cards.cards(page.items(), locale));
        model.addAttribute("total", page.total());
        return "gathering/fragments :: upcoming";
    }

    /// For the desk: what the caller's organisations, or the one chosen, plan and have announced; nothing for those
    /// without a role.
    @GetMapping("/fragments/gatherings/desk")
    String desk(Caller caller, Locale locale, Model model) {
        var chosen = caller.onBehalfOf();
        var own = organisers.of(caller, anyRole -> true, Language.of(locale).tag()).stream()
                .filter(organisation -> chosen == null || organisation.id().equals(chosen))
                .toList();
        var drafts = new ArrayList<Gathering>();
        var announced = new ArrayList<Gathering>();
        for (var organisation : own) {
            drafts.addAll(calendar.find(CalendarQuery.of(organisation.id(), GatheringState.DRAFT, ON_DESK))
                    .items());
            announced.addAll(calendar.find(CalendarQuery.of(organisation.id(), GatheringState.ANNOUNCED, ON_DESK))
                    .items());
        }
        model.addAttribute("organises", organisedBy(caller, locale).stream().anyMatch(KnownOrganisation::verified));
        model.addAttribute("drafts", cards.cards(drafts, locale));
        model.addAttribute("announced", cards.cards(announced, locale));
        return "gathering/fragments :: desk";
    }

    /// While a form is filled in: what competes with the plan so far. Nothing, until kind and day are chosen.
    @GetMapping("/fragments/gatherings/overlaps")
    String overlaps(Form form, Locale locale, Model model) {
        String kind = form.text("kind");
        var day = CalendarQuery.dayOf(form.value("starts.date"));
        List<Gathering> found = List.of();
        if (kind != null && day != null) {
            var noon = day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
            found = overlaps.of(new Overlaps.Planned(
                    GatheringReader.id(form.value("id")),
                    kind,
                    form.values("topic"),
                    form.text("country"),
                    form.text("region"),
                    noon,
                    noon));
        }
        model.addAttribute("known", kind != null && day != null);
        model.addAttribute("overlaps", cards.cards(found, locale));
        return "gathering/fragments :: overlaps";
    }

    private List<KnownOrganisation> organisedBy(Caller caller, Locale locale) {
        return organisers.of(
                caller, OrganisationRole::edits, Language.of(locale).tag());
    }

    private static String address(Form form, String cursor) {
        var pairs = new ArrayList<String>();
        for (String name : FILTERS.stream().sorted().toList()) {
            for (String value : form.values(name)) {
                if (!value.isBlank()) {
                    pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
                }
            }
        }
        pairs.add("cursor=" + cursor);
        return "/gatherings?" + String.join("&", pairs);
    }
}
