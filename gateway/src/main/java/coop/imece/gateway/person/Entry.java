package coop.imece.gateway.person;

import coop.imece.gateway.session.FreshProof;
import coop.imece.gateway.session.Visitor;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The way into the pages of one's own account: signed in, and where it matters, with an address proved just now.
@Component
class Entry {

    private static final String ACCOUNT = "/account";
    private static final Pattern WITHIN = Pattern.compile(ACCOUNT + "(/[a-z0-9-]{1,40}){0,3}");

    private final FreshProof proof;

    Entry(FreshProof proof) {
        this.proof = proof;
    }

    /// Where to go first; empty if the page may be shown.
    Optional<String> detour(Visitor visitor, String path) {
        return visitor.signedIn() ? Optional.empty() : Optional.of("redirect:/sign-in?return=" + path);
    }

    /// The same for what only the holder of an address may do.
    Optional<String> detourUnlessProved(Visitor visitor, String path) {
        return detour(visitor, path)
                .or(() -> proof.fresh(visitor)
                        ? Optional.empty()
                        : Optional.of("redirect:/account/proof?return=" + path));
    }

    /// The account of a visitor who needed no detour.
    static UUID account(Visitor visitor) {
        UUID account = visitor.account();
        if (account == null) {
            throw new IllegalStateException("nobody is signed in");
        }
        return account;
    }

    /// A page of one's own account to go back to.
    static String back(@Nullable String path) {
        return path != null && WITHIN.matcher(path).matches() ? path : ACCOUNT;
    }
}
