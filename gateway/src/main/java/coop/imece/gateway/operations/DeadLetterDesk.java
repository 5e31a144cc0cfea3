package coop.imece.gateway.operations;

import coop.imece.platform.inbox.DeadLetter;
import coop.imece.platform.inbox.DeadLetters;
import coop.imece.platform.json.PlatformJson;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.json.JsonMapper;

/// The dead letters of all services at one place, for administrators. A letter belongs to the service of its group,
/// which alone decides about it and writes down who did; a service that is away is named, and the others are shown.
@Component
class DeadLetterDesk {

    private static final String LETTERS = "dead-letters";
    private static final String OWN = "gateway";

    /// `<topic>.<service>.<function>.dlt@<offset>`
    private static final Pattern ID = Pattern.compile("[a-z0-9.-]{1,200}\\.([a-z-]+)\\.[A-Za-z]+\\.dlt@\\d{1,18}");

    private static final JsonMapper JSON = PlatformJson.lenient();

    private final ServiceOperations services;
    private final DeadLetters own;

    DeadLetterDesk(ServiceOperations services, DeadLetters own) {
        this.services = services;
        this.own = own;
    }

    /// @param letters newest first
    /// @param missing the services that did not answer
    record All(List<DeadLetter> letters, List<String> missing) {}

    record Items(@Nullable List<DeadLetter> items) {}

    /// What is done about a letter.
    sealed interface Decision {

        record Replay() implements Decision {}

        record Discard(DeadLetters.Reason reason) implements Decision {}
    }

    All all(Caller caller, boolean decided, HttpServletRequest request) {
        administrator(caller);
        List<DeadLetter> letters = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            letters.addAll(own.list(decided));
        } catch (TransientDataAccessException e) {
            missing.add(OWN);
        }
        services.askAll(request, LETTERS + "?decided=" + decided).forEach((service, reply) -> {
            if (reply.good()) {
                List<DeadLetter> its = JSON.readValue(reply.body(), Items.class).items();
                letters.addAll(its == null ? List.of() : its);
            } else {
                missing.add(service);
            }
        });
        letters.sort(Comparator.comparing(DeadLetter::diedAt).reversed().thenComparing(DeadLetter::id));
        return new All(List.copyOf(letters), List.copyOf(missing));
    }

    /// One with headers and body.
    DeadLetter explain(Caller caller, String id, HttpServletRequest request) {
        administrator(caller);
        String service = service(id);
        return service.equals(OWN)
                ? own.explain(id).orElseThrow(() -> new ProblemException(Problem.notFound()))
                : letter(request, service, HttpMethod.GET, id, "");
    }

    DeadLetter decide(Caller caller, String id, Decision decision, HttpServletRequest request) {
        String account = administrator(caller);
        String service = service(id);
        if (!service.equals(OWN)) {
            String step = switch (decision) {
                case Decision.Replay _ -> "/replay";
                case Decision.Discard discard -> "/discard?reason=" + discard.reason();
            };
            return letter(request, service, HttpMethod.POST, id, step);
        }
        DeadLetters.Outcome outcome = switch (decision) {
            case Decision.Replay _ -> own.replay(id, account);
            case Decision.Discard discard -> own.discard(id, account, discard.reason());
        };
        return switch (outcome) {
            case DeadLetters.Outcome.Done done -> done.letter();
            case DeadLetters.Outcome.Unknown _ -> throw new ProblemException(Problem.notFound());
            case DeadLetters.Outcome.AlreadyDecided decided ->
                throw new ProblemException(Problem.of(409, "already-decided", decided.decision()));
        };
    }

    private DeadLetter letter(HttpServletRequest request, String service, HttpMethod method, String id, String step) {
        String path = LETTERS + "/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8) + step;
        ServiceOperations.Reply reply = services.ask(request, service, method, path)
                .orElseThrow(() -> new ProblemException(Problem.notFound()));
        return switch (reply.status()) {
            case 200 -> JSON.readValue(reply.body(), DeadLetter.class);
            case 404 -> throw new ProblemException(Problem.notFound());
            case 409 -> throw new ProblemException(Problem.of(409, "already-decided", decision(request, service, id)));
            default -> throw new ProblemException(Problem.tryLater());
        };
    }

    /// What was decided before.
    private String decision(HttpServletRequest request, String service, String id) {
        String decided = letter(request, service, HttpMethod.GET, id, "").decision();
        return decided == null ? "" : decided;
    }

    private static String service(String id) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw new ProblemException(Problem.notFound());
        }
        return matcher.group(1);
    }

    static String administrator(Caller caller) {
        if (caller.account() == null) {
            throw new ProblemException(Problem.notSignedIn());
        }
        if (!caller.administrator()) {
            throw new ProblemException(Problem.notAllowed());
        }
        return caller.account().toString();
    }
}
