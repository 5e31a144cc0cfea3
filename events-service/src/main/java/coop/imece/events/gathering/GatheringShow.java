package coop.imece.events.gathering;

import coop.imece.events.supply.KnownBroadcast;
import coop.imece.events.supply.Reach;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// Puts together what a page shows of one gathering: more for those who may change it.
@Component
class GatheringShow {

    private static final Set<String> OVER = Set.of("SENT", "EXPIRED");

    private final GatheringCards cards;
    private final GatheringPolicy policy;
    private final Reach reach;
    private final Overlaps overlaps;

    GatheringShow(GatheringCards cards, GatheringPolicy policy, Reach reach, Overlaps overlaps) {
        this.cards = cards;
        this.policy = policy;
        this.reach = reach;
        this.overlaps = overlaps;
    }

    boolean owns(Caller caller, Gathering gathering) {
        return policy.mayChange(gathering, caller);
    }

    void one(Gathering gathering, Caller caller, Locale locale, Model model) {
        boolean owns = owns(caller, gathering);
        model.addAttribute("g", cards.detail(gathering, locale));
        model.addAttribute("owns", owns);
        if (!owns) {
            return;
        }
        List<KnownBroadcast> told = reach.of(gathering.id());
        var publication = gathering.publication();
        boolean expected = publication != null && publication.tell();
        model.addAttribute("broadcasts", told);
        model.addAttribute("told", expected || !told.isEmpty());
        model.addAttribute(
                "moving",
                expected && told.isEmpty() || told.stream().anyMatch(broadcast -> !OVER.contains(broadcast.state())));
        model.addAttribute(
                "overlaps",
                gathering.state() == GatheringState.DRAFT
                        ? cards.cards(overlaps.of(Overlaps.Planned.of(gathering)), locale)
                        : List.of());
        model.addAttribute("reach", reachQuery(gathering.content()));
        model.addAttribute("missing", missing(gathering));
    }

    /// The languages in which nobody wrote the title yet.
    private static List<String> missing(Gathering gathering) {
        var missing = new ArrayList<String>();
        for (Language language : Language.values()) {
            if (!gathering.content().title().byLanguage().containsKey(language.tag())) {
                missing.add(language.tag());
            }
        }
        return missing;
    }

    private static String reachQuery(GatheringContent content) {
        var pairs = new ArrayList<String>();
        pairs.add("kind=" + content.kind());
        var place = content.place();
        if (place != null) {
            pairs.add(place.region() == null ? "country=" + place.country() : "region=" + place.region());
        }
        for (String topic : content.topics()) {
            pairs.add("topic=" + URLEncoder.encode(topic, StandardCharsets.UTF_8));
        }
        return String.join("&", pairs);
    }
}
