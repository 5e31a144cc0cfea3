package coop.imece.gateway.client;

import coop.imece.gateway.organisation.KnownOrganisation;
import coop.imece.gateway.organisation.KnownOrganisations;
import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.Option;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The programs of one's organisations: register, look after, end.
@Controller
@RequestMapping("/clients")
class ClientPages {

    /// In place of an organisation: the network itself.
    private static final String NETWORK = "network";

    /// A program as it is shown.
    ///
    /// @param owner the organisation's name, if it was heard; null for one of the network
    /// @param stopped whether it waits for another secret
    /// @param previousSecretUntil until when the secret before the present one is good
    public record Line(
            UUID id,
            String name,
            boolean network,
            @Nullable LocalisedText owner,
            List<String> scopes,
            boolean active,
            boolean stopped,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant previousSecretUntil) {}

    private final ClientReading reading;
    private final ClientRegistration registration;
    private final KnownOrganisations organisations;
    private final PublicAddress address;
    private final MessageSource texts;
    private final Clock clock;

    ClientPages(
            ClientReading reading,
            ClientRegistration registration,
            KnownOrganisations organisations,
            PublicAddress address,
            MessageSource texts,
            Clock clock) {
        this.reading = reading;
        this.registration = registration;
        this.organisations = organisations;
        this.address = address;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping
    String list(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String done,
            HttpServletResponse response,
            Model model) {
        if (!visitor.signedIn()) {
            return "redirect:/sign-in?return=/clients";
        }
        privately(response);
        model.addAttribute(
                        "clients", reading.of(visitor).stream().map(this::line).toList())
                .addAttribute("ended", "ended".equals(done))
                .addAttribute(
                        "allowed",
                        ClientReading.administrator(visitor)
                                || !ClientReading.represented(visitor).isEmpty());
        return "client/list";
    }

    @GetMapping("/new")
    String blank(Visitor visitor, Locale reader, HttpServletResponse response, Model model) {
        if (!visitor.signedIn()) {
            return "redirect:/sign-in?return=/clients/new";
        }
        List<Option> owners = owners(visitor, reader);
        Form form = Form.empty().with("id", Ids.v7());
        return newPage(
                owners.size() == 1 ? form.with("organisation", owners.getFirst().value()) : form,
                visitor,
                reader,
                response,
                model);
    }

    @PostMapping("/new")
    String register(
            Form form,
            Visitor visitor,
            Locale reader,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String owner = form.text("organisation");
        var outcome = registration.register(
                uuid(form.value("id")),
                owner == null || owner.equals(NETWORK) ? null : uuid(owner),
                form.text("name"),
                new ArrayList<@Nullable String>(form.values("scopes")),
                request);
        return switch (outcome) {
            case ClientRegistration.Outcome.Secret made -> secretPage(made, response, model);
            case ClientRegistration.Outcome.Done done ->
                "redirect:/clients/" + done.client().id();
            case ClientRegistration.Outcome.Refused refused -> {
                if (refused.problem().status() < HttpStatus.CONFLICT.value()) {
                    throw new ProblemException(refused.problem());
                }
                refuse(refused.problem(), reader, response, model);
                yield newPage(form.refused(refused.problem().errors()), visitor, reader, response, model);
            }
        };
    }

    @GetMapping("/{id}")
    String one(
            @PathVariable UUID id,
            Visitor visitor,
            @RequestParam(required = false) @Nullable String done,
            Locale reader,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!visitor.signedIn()) {
            return "redirect:/sign-in?return=/clients/" + id;
        }
        ApiClient client = found(id, request);
        model.addAttribute("saved", "saved".equals(done));
        return onePage(
                client,
                Form.empty()
                        .with("name", client.name())
                        .with("scopes", Scope.values(client.scopes()))
                        .with("version", client.version()),
                reader,
                response,
                model);
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable UUID id,
            Form form,
            Locale reader,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        var outcome = registration.change(
                id,
                form.text("name"),
                new ArrayList<@Nullable String>(form.values("scopes")),
                new IfMatch("\"" + form.value("version") + "\""),
                request);
        if (outcome instanceof ClientRegistration.Outcome.Refused(Problem problem)) {
            if (problem.status() < HttpStatus.CONFLICT.value()) {
                throw new ProblemException(problem);
            }
            refuse(problem, reader, response, model);
            return onePage(found(id, request), form.refused(problem.errors()), reader, response, model);
        }
        return "redirect:/clients/" + id + "?done=saved";
    }

    @PostMapping("/{id}/rotation")
    String rotate(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response, Model model) {
        return switch (registration.rotate(id, request)) {
            case ClientRegistration.Outcome.Secret made -> secretPage(made, response, model);
            case ClientRegistration.Outcome.Done done ->
                "redirect:/clients/" + done.client().id();
            case ClientRegistration.Outcome.Refused refused -> throw new ProblemException(refused.problem());
        };
    }

    @PostMapping("/{id}/ending")
    String end(@PathVariable UUID id, HttpServletRequest request) {
        if (registration.end(id, request) instanceof ClientRegistration.Outcome.Refused(Problem problem)) {
            throw new ProblemException(problem);
        }
        return "redirect:/clients?done=ended";
    }

    private String newPage(Form form, Visitor visitor, Locale reader, HttpServletResponse response, Model model) {
        privately(response);
        List<Option> owners = owners(visitor, reader);
        boolean network = owners.size() == 1 && owners.getFirst().value().equals(NETWORK);
        List<Option> scopes = new ArrayList<>();
        if (!network) {
            scopes.addAll(choices(Scope.open(false), reader));
        }
        if (ClientReading.administrator(visitor)) {
            scopes.addAll(choices(Scope.open(true), reader));
        }
        model.addAttribute("form", form)
                .addAttribute("owners", owners)
                .addAttribute("scopeChoices", scopes)
                .addAttribute("self", "/clients/new");
        return "client/new";
    }

    private String onePage(ApiClient client, Form form, Locale reader, HttpServletResponse response, Model model) {
        privately(response);
        model.addAttribute("form", form)
                .addAttribute("client", line(client))
                .addAttribute("scopeChoices", choices(Scope.open(client.organisation() == null), reader))
                .addAttribute("self", "/clients/" + client.id());
        return "client/one";
    }

    /// The only page that ever shows a secret; it is in no history and no cache.
    private String secretPage(ClientRegistration.Outcome.Secret made, HttpServletResponse response, Model model) {
        privately(response);
        String id = made.client().id().toString();
        model.addAttribute("client", line(made.client()))
                .addAttribute("secret", made.secret().value())
                .addAttribute(
                        "command",
                        "curl -u " + id + ":" + made.secret().value() + " -d grant_type=client_credentials "
                                + address.of("/oauth2/token"))
                .addAttribute("self", "/clients/" + id);
        return "client/secret";
    }

    private void refuse(Problem problem, Locale reader, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        if (problem.errors().isEmpty()) {
            String key = "problem." + problem.slug();
            model.addAttribute("refusal", texts.getMessage(key + ".title", null, reader))
                    .addAttribute(
                            "refusalDetail",
                            texts.getMessage(key + ".detail", problem.args().toArray(), reader));
        }
    }

    private List<Option> owners(Visitor visitor, Locale reader) {
        List<Option> owners = new ArrayList<>();
        for (UUID organisation : ClientReading.represented(visitor)) {
            owners.add(new Option(
                    organisation.toString(),
                    organisations
                            .find(organisation)
                            .map(known -> known.name().text(reader.getLanguage()))
                            .orElse(organisation.toString())));
        }
        if (ClientReading.administrator(visitor)) {
            owners.add(new Option(NETWORK, texts.getMessage("clients.network", null, reader)));
        }
        return owners;
    }

    private List<Option> choices(List<Scope> scopes, Locale reader) {
        return scopes.stream()
                .map(scope -> new Option(
                        scope.value(),
                        texts.getMessage("clients.scope." + scope.name(), null, reader) + " (" + scope.value() + ")"))
                .toList();
    }

    private ApiClient found(UUID id, HttpServletRequest request) {
        return reading.find(id, request).orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    private Line line(ApiClient client) {
        UUID organisation = client.organisation();
        return new Line(
                client.id(),
                client.name(),
                organisation == null,
                organisation == null
                        ? null
                        : organisations
                                .find(organisation)
                                .map(KnownOrganisation::name)
                                .orElse(null),
                Scope.values(client.scopes()),
                client.active(),
                reading.stopped(client),
                client.createdAt(),
                client.lastUsedAt(),
                client.previousSecretUntil(clock.instant()));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.of(400, "malformed"));
        }
    }

    private static void privately(HttpServletResponse response) {
        response.setHeader("Cache-Control", "private, no-store");
    }
}
