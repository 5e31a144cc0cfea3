package coop.imece.gateway.account;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Roles in the whole network, for its administrators alone. Addresses are shown to nobody.
@RestController
@RequestMapping("/api/v1/accounts/{id}")
class AccountController {

    record View(UUID id, List<NetworkRole> networkRoles, String language, Instant createdAt) {

        static View of(Account account) {
            return new View(
                    account.id(),
                    account.networkRoles().stream().sorted().toList(),
                    account.language().tag(),
                    account.createdAt());
        }
    }

    record Roles(@Nullable Set<NetworkRole> networkRoles) {}

    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    @Described(id = "readAccount", summary = "An account and its network roles", answers = View.class, versioned = true)
    ResponseEntity<View> one(Caller caller, @PathVariable UUID id) {
        return shown(found(caller, id));
    }

    @PutMapping("/network-roles")
    @Described(
            id = "assignNetworkRoles",
            summary = "Give and take network roles",
            required = "networkRoles",
            answers = View.class,
            versioned = true)
    ResponseEntity<View> assign(Caller caller, @PathVariable UUID id, @RequestBody Roles roles, IfMatch ifMatch) {
        Account account = found(caller, id);
        ifMatch.refusal(account.version()).ifPresent(refusal -> {
            throw new ProblemException(refusal);
        });
        Checks checks = new Checks();
        Set<NetworkRole> assigned = EnumSet.noneOf(NetworkRole.class);
        Set<NetworkRole> wanted = roles.networkRoles();
        if (wanted == null) {
            checks.refuse("#/networkRoles", "required");
        } else {
            assigned.addAll(wanted);
        }
        // A network without administrator could not get one again but by its installation.
        checks.require(
                !id.equals(caller.account()) || assigned.contains(NetworkRole.ADMINISTRATOR),
                "#/networkRoles",
                "own-role");
        if (checks.failed()) {
            throw new ProblemException(Problem.invalid(checks.errors()));
        }
        account.assign(assigned);
        return shown(accounts.save(account));
    }

    private Account found(Caller caller, UUID id) {
        if (!caller.signedIn()) {
            throw new ProblemException(Problem.notSignedIn());
        }
        if (!caller.administrator()) {
            throw new ProblemException(Problem.notAllowed());
        }
        return accounts.findById(id).orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    private static ResponseEntity<View> shown(Account account) {
        return ResponseEntity.ok()
                .eTag(IfMatch.etag(account.version()))
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization, Cookie")
                .body(View.of(account));
    }
}
