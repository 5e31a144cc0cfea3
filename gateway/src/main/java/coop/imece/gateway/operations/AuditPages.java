package coop.imece.gateway.operations;

import coop.imece.gateway.organisation.KnownOrganisations;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.Option;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.util.UriComponentsBuilder;

/// The audit as a page with filters.
@Controller
class AuditPages {

    static final String PATH = "/operations/audit";

    static final List<String> SERVICES =
            List.of("gateway", "directory-service", "events-service", "impact-service", "notification-service");

    private final AuditReading audit;
    private final OperationWords words;
    private final KnownOrganisations organisations;
    private final MessageSource texts;

    AuditPages(AuditReading audit, OperationWords words, KnownOrganisations organisations, MessageSource texts) {
        this.audit = audit;
        this.words = words;
        this.organisations = organisations;
        this.texts = texts;
    }

    /// A line of the page.
    ///
    /// @param what the operation in words, if there are any
    /// @param own whether the reader did it
    public record Line(
            Instant at,
            String service,
            String operation,
            @Nullable String what,
            UUID subject,
            List<String> facts,
            @Nullable UUID account,
            boolean own,
            @Nullable UUID client,
            @Nullable UUID organisation,
            @Nullable LocalisedText organisationName,
            @Nullable String session,
            @Nullable String reason) {}

    @GetMapping(PATH)
    String list(
            AuditParameters wanted,
            Caller caller,
            Locale reader,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!caller.signedIn()) {
            return "redirect:/sign-in?return=" + URLEncoder.encode(address(request), StandardCharsets.UTF_8);
        }
        AuditQuery query = wanted.query();
        if (!caller.administrator() && query.organisation() == null) {
            Optional<UUID> own = caller.organisations().keySet().stream()
                    .filter(caller::represents)
                    .min(Comparator.naturalOrder());
            if (own.isPresent()) {
                return "redirect:" + PATH + "?organisation=" + own.get();
            }
        }
        switch (audit.read(query, caller)) {
            case AuditReading.Outcome.Refused refused -> throw new ProblemException(refused.problem());
            case AuditReading.Outcome.Found found -> show(found, wanted, caller, reader, request, model);
        }
        response.setHeader("Cache-Control", "private, no-store");
        return "operations/audit";
    }

    private void show(
            AuditReading.Outcome.Found found,
            AuditParameters wanted,
            Caller caller,
            Locale reader,
            HttpServletRequest request,
            Model model) {
        Map<UUID, Optional<LocalisedText>> names = new HashMap<>();
        List<Line> lines = found.items().stream()
                .map(entry -> line(entry, caller, reader, names))
                .toList();
        UUID organisation = wanted.query().organisation();
        model.addAttribute("lines", lines)
                .addAttribute("form", Form.of(request.getParameterMap()))
                .addAttribute("all", caller.administrator())
                .addAttribute("filtered", filtered(wanted))
                .addAttribute("continued", wanted.cursor() != null)
                .addAttribute("organisation", organisation)
                .addAttribute(
                        "organisationName",
                        organisation == null ? null : name(organisation, names).orElse(null))
                .addAttribute(
                        "services",
                        SERVICES.stream()
                                .map(service -> new Option(
                                        service, texts.getMessage("operations.service." + service, null, reader)))
                                .toList())
                .addAttribute("next", AuditController.next(PATH, request, found.next()));
    }

    private Line line(
            AuditReading.Entry entry, Caller caller, Locale reader, Map<UUID, Optional<LocalisedText>> names) {
        UUID organisation = entry.organisation() == null ? entry.onBehalfOf() : entry.organisation();
        return new Line(
                entry.at(),
                entry.service(),
                entry.operation(),
                words.of(entry.operation(), reader).orElse(null),
                entry.subject(),
                entry.facts(),
                entry.account(),
                entry.account() != null && entry.account().equals(caller.account()),
                entry.client(),
                organisation,
                organisation == null ? null : name(organisation, names).orElse(null),
                entry.session(),
                entry.reason() == null
                        ? null
                        : texts.getMessage("letters.because." + entry.reason(), null, entry.reason(), reader));
    }

    private Optional<LocalisedText> name(UUID organisation, Map<UUID, Optional<LocalisedText>> names) {
        return names.computeIfAbsent(organisation, id -> organisations.find(id).map(known -> known.name()));
    }

    private static long filtered(AuditParameters wanted) {
        return Stream.of(
                        wanted.account(),
                        wanted.organisation(),
                        wanted.client(),
                        wanted.subject(),
                        wanted.service(),
                        wanted.operation(),
                        wanted.from(),
                        wanted.to())
                .filter(value -> value != null && !value.isBlank())
                .count();
    }

    private static String address(HttpServletRequest request) {
        return UriComponentsBuilder.fromPath(PATH)
                .query(request.getQueryString())
                .build()
                .toUriString();
    }
}
