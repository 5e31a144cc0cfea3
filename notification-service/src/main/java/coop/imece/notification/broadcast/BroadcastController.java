package coop.imece.notification.broadcast;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.notification.channel.Channel;
import coop.imece.notification.delivery.Books;
import coop.imece.notification.delivery.Delivery.Wording;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `GET /broadcasts/{id}`: counts by channel, never people. Waits up to two seconds for the broadcast to be known, and
/// for its end.
@RestController
class BroadcastController {

    private final BroadcastReading reading;
    private final Problems problems;

    /// The answer.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Response(
            UUID id,
            UUID gathering,
            Wording kind,
            Broadcast.State state,
            long accepted,
            long sent,
            long failed,
            long suppressed,
            long inDoubt,
            Map<Channel, Books.Line> byChannel,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {

        static Response of(Broadcast broadcast, Books books) {
            Books.Line total = books.total();
            return new Response(
                    broadcast.id(),
                    broadcast.gathering(),
                    broadcast.kind(),
                    broadcast.state(),
                    total.accepted(),
                    total.sent(),
                    total.failed(),
                    total.suppressed(),
                    total.inDoubt(),
                    books.byChannel(),
                    broadcast.startedAt(),
                    broadcast.finishedAt());
        }
    }

    BroadcastController(BroadcastReading reading, Problems problems) {
        this.reading = reading;
        this.problems = problems;
    }

    @GetMapping("/api/v1/broadcasts/{id}")
    @Described(
            id = "readBroadcast",
            summary = "How a broadcast is going, in counts",
            description = "Waits up to two seconds for its end.",
            answers = Response.class)
    ResponseEntity<?> read(@PathVariable UUID id, Caller caller, Locale locale) {
        return switch (reading.read(id, caller, true)) {
            case BroadcastReading.Answer.Found(var broadcast, var books) ->
                ResponseEntity.ok()
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .varyBy("Authorization", "Cookie")
                        .body(Response.of(broadcast, books));
            case BroadcastReading.Answer.NotYetKnown() ->
                problems.answer(Problem.of(404, "not-yet-known").with("Retry-After", "1"), locale);
            case BroadcastReading.Answer.NotAllowed() -> problems.answer(Problem.notAllowed(), locale);
            case BroadcastReading.Answer.NotSignedIn() -> problems.answer(Problem.notSignedIn(), locale);
        };
    }
}
