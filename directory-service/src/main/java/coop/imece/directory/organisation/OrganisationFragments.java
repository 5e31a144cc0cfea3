package coop.imece.directory.organisation;

import coop.imece.directory.representation.Representatives;
import coop.imece.directory.representation.Representatives.WaitingClaim;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// What home and desk show of organisations.
@Controller
class OrganisationFragments {

    private static final int SHOWN = 10;

    private final Organisations organisations;
    private final OrganisationSearch search;
    private final OrganisationViews views;
    private final Representatives representatives;

    OrganisationFragments(
            Organisations organisations,
            OrganisationSearch search,
            OrganisationViews views,
            Representatives representatives) {
        this.organisations = organisations;
        this.search = search;
        this.views = views;
        this.representatives = representatives;
    }

    /// The organisations of whoever asks, and for reviewers those that wait.
    @GetMapping("/fragments/organisations/desk")
    String desk(Caller caller, Model model, Locale reader) {
        Language language = Language.of(reader);
        UUID account = caller.account();
        List<Organisation> own =
                account == null ? List.of() : organisations.findAllById(representatives.organisationsOf(account));
        model.addAttribute("signedIn", account != null);
        model.addAttribute(
                "own",
                own.stream()
                        .sorted(Comparator.comparing(o -> o.terms().sort()))
                        .limit(SHOWN)
                        .map(organisation -> views.card(organisation, language))
                        .toList());
        model.addAttribute(
                "invitations",
                account == null
                        ? Map.of()
                        : own.stream()
                                .collect(Collectors.toMap(
                                        Organisation::id, o -> representatives.waitingInvitations(o.id(), account))));
        model.addAttribute("claims", account == null ? List.of() : claims(account));
        model.addAttribute("ended", account == null ? List.of() : ended(account));
        model.addAttribute("reviewer", caller.reviewer());
        if (caller.reviewer()) {
            model.addAttribute("waitingTotal", organisations.countByState(Organisation.State.SUBMITTED));
            model.addAttribute(
                    "waiting",
                    organisations.findByStateOrderByAsOfAscIdAsc(Organisation.State.SUBMITTED, Limit.of(SHOWN)).stream()
                            .map(organisation -> views.card(organisation, language))
                            .toList());
        }
        model.addAttribute("administrator", caller.administrator());
        if (caller.administrator()) {
            List<UUID> unrepresented = representatives.unrepresented();
            Map<UUID, Organisation> found =
                    organisations
                            .findAllById(unrepresented.stream().limit(SHOWN).toList())
                            .stream()
                            .collect(Collectors.toMap(Organisation::id, o -> o));
            model.addAttribute("unrepresentedTotal", unrepresented.size());
            model.addAttribute(
                    "unrepresented",
                    unrepresented.stream()
                            .flatMap(id -> Stream.ofNullable(found.get(id)))
                            .map(organisation -> views.card(organisation, language))
                            .toList());
        }
        return "organisation/desk";
    }

    /// For which organisation somebody no longer acts.
    record Ended(LocalisedText name, Instant since) {}

    private List<Ended> ended(UUID account) {
        List<Representatives.Ended> ended = representatives.endedLately(account);
        Map<UUID, LocalisedText> names =
                names(ended.stream().map(Representatives.Ended::organisation).toList());
        return ended.stream()
                .flatMap(one ->
                        Stream.ofNullable(names.get(one.organisation())).map(name -> new Ended(name, one.since())))
                .toList();
    }

    /// Which organisation somebody claims whose contact point has not answered yet.
    record Claimed(UUID id, LocalisedText name, Instant until) {}

    private List<Claimed> claims(UUID account) {
        List<WaitingClaim> claims = representatives.waitingClaims(account);
        Map<UUID, LocalisedText> names =
                names(claims.stream().map(WaitingClaim::organisation).toList());
        return claims.stream()
                .flatMap(claim -> Stream.ofNullable(names.get(claim.organisation()))
                        .map(name -> new Claimed(claim.organisation(), name, claim.until())))
                .toList();
    }

    private Map<UUID, LocalisedText> names(List<UUID> ids) {
        return organisations.findAllById(ids).stream()
                .collect(Collectors.toMap(Organisation::id, o -> o.profile().name()));
    }

    /// How many organisations of which type the network has.
    @GetMapping("/fragments/organisations/counts")
    String counts(Model model) {
        model.addAttribute("counts", search.countsByType());
        return "organisation/counts";
    }
}
