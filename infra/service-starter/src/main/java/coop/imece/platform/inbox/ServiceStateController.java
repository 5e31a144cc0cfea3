package coop.imece.platform.inbox;

import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The state of this service for the operations page. Network administrators only.
@RestController
final class ServiceStateController {

    private final ServiceState state;

    ServiceStateController(ServiceState state) {
        this.state = state;
    }

    @GetMapping("/internal/operations/state")
    ServiceState.Seen now(Caller caller) {
        if (!caller.signedIn()) {
            throw new ProblemException(Problem.notSignedIn());
        }
        if (!caller.administrator()) {
            throw new ProblemException(Problem.notAllowed());
        }
        return state.now();
    }
}
