package coop.imece.gateway.account;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Instant;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Roles in the whole network, for its administrators alone. Addresses are shown masked, and only those of who has a
/// role.
@RestController
@RequestMapping("/api/v1/accounts")
class AccountController {

    record View(
            UUID id,
            List<NetworkRole> networkRoles,
            String language,
            @Nullable Instant createdAt) {

        static View of(Account account) {
            return new View(
                    account.id(),
                    account.networkRoles().stream().sorted().toList(),
                    account.language().tag(),
                    account.createdAt());
        }
    }

    record Holder(UUID id, List<NetworkRole> networkRoles, List<String> addresses) {}

    record Holders(List<Holder> items, int total) {}

    record Roles(@Nullable Set<NetworkRole> networkRoles) {}

    private final RoleAssignment roles;

    AccountController(RoleAssignment roles) {
        this.roles = roles;
    }

    @GetMapping
    @Described(id = "listAccounts", summary = "Who has a role in the network", answers = Holders.class)
    ResponseEntity<Holders> holders(Caller caller, @RequestParam NetworkRole role) {
        administrator(caller);
        List<Holder> holders = roles.holders(role).stream()
                .map(account -> new Holder(
                        account.id(), account.networkRoles().stream().sorted().toList(), roles.masked(account)))
                .toList();
        return privately(ResponseEntity.ok()).body(new Holders(holders, holders.size()));
    }

    @GetMapping("/{id}")
    @Described(id = "readAccount", summary = "An account and its network roles", answers = View.class, versioned = true)
    ResponseEntity<View> one(Caller caller, @PathVariable UUID id) {
        administrator(caller);
        return shown(found(id));
    }

    @PutMapping("/{id}/network-roles")
    @NeedsScope("network:admin")
    @Described(
            id = "assignNetworkRoles",
            summary = "Give and take network roles",
            required = "networkRoles",
            answers = View.class,
            refuses = 409,
            versioned = true)
    ResponseEntity<View> assign(Caller caller, @PathVariable UUID id, @RequestBody Roles wanted, IfMatch ifMatch) {
        UUID by = administrator(caller);
        Account account = found(id);
        ifMatch.refusal(account.version()).ifPresent(refusal -> {
            throw new ProblemException(refusal);
        });
        Set<NetworkRole> assigned = wanted.networkRoles();
        if (assigned == null || assigned.contains(null)) {
            throw refused("required");
        }
        return switch (roles.assign(by, account, assigned)) {
            case RoleAssignment.Outcome.Assigned(var changed) -> shown(changed);
            case RoleAssignment.Outcome.OwnRole() -> throw refused("own-role");
            case RoleAssignment.Outcome.OnlyAdministrator() ->
                throw new ProblemException(Problem.of(409, "only-administrator"));
        };
    }

    private static ProblemException refused(String code) {
        return new ProblemException(Problem.invalid(List.of(FieldError.of("#/networkRoles", code))));
    }

    private static UUID administrator(Caller caller) {
        UUID account = caller.account();
        if (account == null) {
            throw new ProblemException(Problem.notSignedIn());
        }
        if (!caller.administrator()) {
            throw new ProblemException(Problem.notAllowed());
        }
        return account;
    }

    private Account found(UUID id) {
        return roles.find(id).orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    private static ResponseEntity<View> shown(Account account) {
        return privately(ResponseEntity.ok().eTag(IfMatch.etag(account.version())))
                .body(View.of(account));
    }

    private static ResponseEntity.BodyBuilder privately(ResponseEntity.BodyBuilder answer) {
        return answer.header("Cache-Control", "private, no-cache").header("Vary", "Authorization, Cookie");
    }
}
