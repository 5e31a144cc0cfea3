package coop.imece.gateway.operations;

import coop.imece.platform.inbox.DeadLetter;
import coop.imece.platform.inbox.DeadLetters;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/operations`: the state of the services and their dead letters, for administrators.
@RestController
@NeedsScope("network:admin")
@RequestMapping("/api/v1/operations")
class OperationsController {

    private final StateOfThings state;
    private final DeadLetterDesk letters;

    OperationsController(StateOfThings state, DeadLetterDesk letters) {
        this.state = state;
        this.letters = letters;
    }

    /// @param missing services that did not answer
    record Letters(List<DeadLetter> items, int total, List<String> missing) {}

    record Discarding(DeadLetters.@Nullable Reason reason) {}

    @GetMapping
    @Described(id = "readOperations", summary = "How all services are doing", answers = StateOfThings.Answer.class)
    ResponseEntity<StateOfThings.Answer> state(Caller caller, HttpServletRequest request) {
        return privately(state.now(caller, request));
    }

    @GetMapping("/dead-letters")
    @Described(id = "findDeadLetters", summary = "Messages no service could handle", answers = Letters.class)
    ResponseEntity<Letters> list(
            Caller caller, @RequestParam(defaultValue = "false") boolean decided, HttpServletRequest request) {
        DeadLetterDesk.All all = letters.all(caller, decided, request);
        return privately(new Letters(all.letters(), all.letters().size(), all.missing()));
    }

    @GetMapping("/dead-letters/{id}")
    @Described(id = "readDeadLetter", summary = "One of them with headers and content", answers = DeadLetter.class)
    ResponseEntity<DeadLetter> explain(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return privately(letters.explain(caller, id, request));
    }

    @PostMapping("/dead-letters/{id}/replay")
    @Described(
            id = "replayDeadLetter",
            summary = "Send it to its group once more",
            answers = DeadLetter.class,
            refuses = 409)
    ResponseEntity<DeadLetter> replay(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return privately(letters.decide(caller, id, new DeadLetterDesk.Decision.Replay(), request));
    }

    @PostMapping("/dead-letters/{id}/discard")
    @Described(
            id = "discardDeadLetter",
            summary = "Give it up",
            description = "The reason stays on record, in the audit, too.",
            required = "reason",
            answers = DeadLetter.class,
            refuses = 409)
    ResponseEntity<DeadLetter> discard(
            Caller caller,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable Discarding wanted,
            HttpServletRequest request) {
        DeadLetterDesk.administrator(caller);
        DeadLetters.Reason reason = wanted == null ? null : wanted.reason();
        if (reason == null) {
            throw new ProblemException(Problem.invalid(List.of(FieldError.of("#/reason", "required"))));
        }
        return privately(letters.decide(caller, id, new DeadLetterDesk.Decision.Discard(reason), request));
    }

    private static <T> ResponseEntity<T> privately(T body) {
        return ResponseEntity.ok()
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization, Cookie")
                .body(body);
    }
}
