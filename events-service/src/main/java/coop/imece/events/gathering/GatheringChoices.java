package coop.imece.events.gathering;

import coop.imece.events.supply.KnownOrganisation;
import coop.imece.events.supply.Organisers;
import coop.imece.platform.page.Form;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// What the form of a gathering offers to choose from: what may be chosen today, and what it holds already, or saving
/// it would drop that unseen.
@Component
class GatheringChoices {

    private final GatheringCards cards;
    private final Organisers organisers;

    GatheringChoices(GatheringCards cards, Organisers organisers) {
        this.cards = cards;
        this.organisers = organisers;
    }

    void offer(Form form, Caller caller, Locale locale, Model model) {
        List<KnownOrganisation> own = organisers.of(
                caller, OrganisationRole::edits, Language.of(locale).tag());
        List<KnownOrganisation> verified =
                own.stream().filter(KnownOrganisation::verified).toList();
        // With one organisation there is nothing to choose.
        Form filled = form.text("organiser") == null && verified.size() == 1
                ? form.with("organiser", verified.getFirst().id())
                : form;
        model.addAttribute("form", filled);
        model.addAttribute("organisers", GatheringCards.organisers(verified, locale));
        model.addAttribute("unverified", own.size() > verified.size());
        model.addAttribute("kinds", cards.kinds(locale, form.values("kind")));
        model.addAttribute("topicChoices", cards.topics(locale, form.values("topic")));
        model.addAttribute("regions", cards.regions(locale, form.values("region")));
        model.addAttribute("languageChoices", cards.languages(locale, form.values("languages")));
        model.addAttribute("startZones", cards.zones(locale, form.text("starts.zone")));
        model.addAttribute("endZones", cards.zones(locale, form.text("ends.zone")));
    }
}
