package coop.imece.platform.inbox;

import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Dead letters for the operations page: list, explain, replay, discard. Network administrators only.
@RestController
@NeedsScope("network:admin")
@RequestMapping("/internal/operations/dead-letters")
final class DeadLetterController {

    private final DeadLetters letters;

    DeadLetterController(DeadLetters letters) {
        this.letters = letters;
    }

    record Answer(List<DeadLetter> items) {}

    @GetMapping
    Answer list(Caller caller, @RequestParam(defaultValue = "false") boolean decided) {
        administrator(caller);
        return new Answer(letters.list(decided));
    }

    @GetMapping("/{id}")
    DeadLetter explain(Caller caller, @PathVariable String id) {
        administrator(caller);
        return letters.explain(id).orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    @PostMapping("/{id}/replay")
    DeadLetter replay(Caller caller, @PathVariable String id) {
        return done(letters.replay(id, administrator(caller)));
    }

    @PostMapping("/{id}/discard")
    DeadLetter discard(Caller caller, @PathVariable String id, @RequestParam DeadLetters.Reason reason) {
        return done(letters.discard(id, administrator(caller), reason));
    }

    private static DeadLetter done(DeadLetters.Outcome outcome) {
        return switch (outcome) {
            case DeadLetters.Outcome.Done done -> done.letter();
            case DeadLetters.Outcome.Unknown _ -> throw new ProblemException(Problem.notFound());
            case DeadLetters.Outcome.AlreadyDecided decided ->
                throw new ProblemException(Problem.of(409, "already-decided", decided.decision()));
        };
    }

    private static String administrator(Caller caller) {
        if (caller.account() == null) {
            throw new ProblemException(Problem.notSignedIn());
        }
        if (!caller.administrator()) {
            throw new ProblemException(Problem.notAllowed());
        }
        return String.valueOf(caller.account());
    }
}
