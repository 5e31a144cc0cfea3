package coop.imece.directory.representation;

import coop.imece.platform.page.Formats;
import coop.imece.platform.page.Link;
import coop.imece.platform.page.Option;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// What the pages show of the people of an organisation. Nobody's name is known here: an account is shown by the hidden
/// address it was invited to, else by the end of its id.
@Component
class PeopleViews {

    private static final int SHORT_ID = 8;

    private final RepresentativeChanges changes;
    private final InvitationReading invitations;
    private final RepresentedOrganisations organisations;
    private final MessageSource texts;
    private final Formats formats;

    PeopleViews(
            RepresentativeChanges changes,
            InvitationReading invitations,
            RepresentedOrganisations organisations,
            MessageSource texts,
            Formats formats) {
        this.changes = changes;
        this.invitations = invitations;
        this.organisations = organisations;
        this.texts = texts;
        this.formats = formats;
    }

    /// One person.
    ///
    /// @param address how the address is shown to which the account was invited, or null
    /// @param shortId the end of the account's id
    /// @param you whether it is the reader
    record Person(
            UUID account,
            @Nullable String address,
            String shortId,
            boolean you,
            OrganisationRole role,
            Instant since,
            long version) {

        static Person of(Representation representation, Caller caller) {
            String id = representation.account().toString();
            return new Person(
                    representation.account(),
                    representation.knownAs(),
                    "…" + id.substring(id.length() - SHORT_ID),
                    representation.account().equals(caller.account()),
                    representation.role(),
                    representation.since(),
                    representation.version());
        }
    }

    /// One open invitation.
    ///
    /// @param handover whether whoever accepts it takes the inviter's place
    /// @param mayHandOver whether it can be made so
    record Invited(
            UUID id, String to, OrganisationRole role, Instant expiresAt, boolean handover, boolean mayHandOver) {}

    String people(UUID organisation, Caller caller, Model model, Locale reader) {
        RepresentedOrganisations.Represented represented = represented(organisation);
        List<Person> all = changes.appointed(organisation).stream()
                .map(representation -> Person.of(representation, caller))
                .toList();
        Problem refusal = changes.refusal(organisation, caller);
        List<Person> shown =
                refusal == null ? all : all.stream().filter(Person::you).toList();
        if (refusal != null && shown.isEmpty()) {
            throw new ProblemException(refusal);
        }
        boolean representative =
                all.stream().anyMatch(person -> person.you() && person.role().represents());
        model.addAttribute("organisation", represented);
        model.addAttribute("people", shown);
        model.addAttribute("decides", refusal == null);
        model.addAttribute("representative", representative);
        model.addAttribute(
                "last",
                all.stream().filter(person -> person.role().represents()).count() == 1);
        model.addAttribute("invitations", refusal == null ? invited(organisation, representative) : List.of());
        model.addAttribute("roles", roles(reader));
        model.addAttribute(
                "spoken",
                Arrays.stream(Language.values())
                        .map(language ->
                                new Option(language.tag(), formats.in(reader).language(language.tag())))
                        .toList());
        model.addAttribute("crumbs", crumbs(represented, reader, Link.here(text("people.title", reader))));
        return "representation/people";
    }

    private List<Invited> invited(UUID organisation, boolean representative) {
        return invitations.open(organisation).stream()
                .map(invitation -> new Invited(
                        invitation.id(),
                        invitation.masked(),
                        invitation.role(),
                        invitation.expiresAt(),
                        invitation.handoverFrom() != null,
                        representative && invitation.role().represents() && invitation.handoverFrom() == null))
                .toList();
    }

    private List<Option> roles(Locale reader) {
        return Arrays.stream(OrganisationRole.values())
                .map(role -> new Option(role.name(), text("people.role." + role, reader)))
                .toList();
    }

    /// @param kind `dismissal` or `handover`
    String question(String kind, Representation representation, Caller caller, Model model, Locale reader) {
        RepresentedOrganisations.Represented represented = represented(representation.organisation());
        Person person = Person.of(representation, caller);
        String question = kind.equals("dismissal") && person.you() ? "leaving" : kind;
        model.addAttribute("organisation", represented);
        model.addAttribute("person", person);
        model.addAttribute("kind", kind);
        model.addAttribute("question", question);
        model.addAttribute(
                "crumbs",
                crumbs(
                        represented,
                        reader,
                        new Link("/organisations/" + represented.id() + "/people", text("people.title", reader)),
                        Link.here(text("people." + question + ".title", reader))));
        return "representation/question";
    }

    /// What was refused, in words.
    void refusal(Problem problem, Model model, Locale reader) {
        model.addAttribute("refusedTitle", text("problem." + problem.slug() + ".title", reader));
        model.addAttribute(
                "refusedText",
                texts.getMessage(
                        "problem." + problem.slug() + ".detail", problem.args().toArray(), reader));
    }

    private List<Link> crumbs(RepresentedOrganisations.Represented represented, Locale reader, Link... rest) {
        var crumbs = new java.util.ArrayList<Link>();
        crumbs.add(new Link("/organisations", text("organisation.list.title", reader)));
        crumbs.add(new Link(
                "/organisations/" + represented.id(), formats.in(reader).text(represented.name())));
        crumbs.addAll(List.of(rest));
        return crumbs;
    }

    private RepresentedOrganisations.Represented represented(UUID organisation) {
        return organisations.find(organisation).orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    private String text(String key, Locale reader) {
        return texts.getMessage(key, null, reader);
    }
}
