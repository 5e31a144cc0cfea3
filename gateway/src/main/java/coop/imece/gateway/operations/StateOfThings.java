package coop.imece.gateway.operations;

import coop.imece.platform.inbox.ServiceState;
import coop.imece.platform.json.PlatformJson;
import coop.imece.platform.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// How all services are doing. One that does not answer is shown as away; the page is there for exactly that moment.
@Component
class StateOfThings {

    private static final JsonMapper JSON = PlatformJson.lenient();

    private final ServiceOperations services;
    private final ServiceState own;
    private final Erasures erasures;

    StateOfThings(ServiceOperations services, ServiceState own, Erasures erasures) {
        this.services = services;
        this.own = own;
        this.erasures = erasures;
    }

    /// How a service is.
    enum Condition {
        /// It answers, and so does its database.
        UP,
        /// It answers, its database does not.
        STORE_AWAY,
        /// It does not answer.
        AWAY
    }

    /// One service.
    ///
    /// @param service its name
    /// @param condition how it is
    /// @param broker whether the broker answers it; null if unknown
    /// @param waiting how many aggregates have messages waiting; null if unknown
    /// @param oldest since when the oldest waits
    /// @param deadLetters how many wait for a decision; null if unknown
    public record Line(
            String service,
            Condition condition,
            @Nullable Boolean broker,
            @Nullable Long waiting,
            @Nullable Instant oldest,
            @Nullable Integer deadLetters) {

        static Line seen(String service, ServiceState.Seen seen) {
            return new Line(service, Condition.UP, seen.broker(), seen.waiting(), seen.oldest(), seen.deadLetters());
        }

        static Line silent(String service, Condition condition) {
            return new Line(service, condition, null, null, null, null);
        }

        boolean broken() {
            return condition != Condition.UP || Boolean.FALSE.equals(broker);
        }
    }

    /// @param services in the order of the path table, the gateway first
    /// @param overdueErasures erasures that lack a receipt for more than ten minutes
    record Answer(List<Line> services, List<UUID> overdueErasures) {}

    Answer now(Caller caller, HttpServletRequest request) {
        DeadLetterDesk.administrator(caller);
        List<Line> lines = new ArrayList<>();
        lines.add(Line.seen("gateway", own.now()));
        services.askAll(request, "state").forEach((service, reply) -> lines.add(line(service, reply)));
        return new Answer(
                List.copyOf(lines), erasures.overdue().stream().map(Erasure::id).toList());
    }

    private static Line line(String service, ServiceOperations.Reply reply) {
        return switch (reply.status()) {
            case 200 -> Line.seen(service, JSON.readValue(reply.body(), ServiceState.Seen.class));
            case 503 -> Line.silent(service, Condition.STORE_AWAY);
            default -> Line.silent(service, Condition.AWAY);
        };
    }
}
