package coop.imece.gateway.person;

import coop.imece.gateway.account.AccountAddresses;
import coop.imece.gateway.account.AccountErasure;
import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.Channel;
import coop.imece.gateway.account.TypedAddress;
import coop.imece.gateway.session.FreshProof;
import coop.imece.gateway.session.Visitor;
import coop.imece.gateway.signin.CodeRequest;
import coop.imece.gateway.signin.Proof;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The same as the pages of one's own account, for those who prefer to write their own. Addresses are masked but in the
/// export; what a stolen token must not do needs an address proved just now, else 403 `proof-needed`.
@RestController
@RequestMapping("/api/v1/account")
class OwnAccountController {

    record AddressHeld(UUID id, Channel channel, String masked, Instant provedAt) {}

    record View(UUID id, List<AddressHeld> addresses) {}

    record AddressWanted(@Nullable String email, @Nullable String phone) {}

    record AddressProved(
            @Nullable String email,
            @Nullable String phone,
            @Nullable String code) {}

    record CodeWanted(@Nullable UUID address) {}

    record CodeTried(@Nullable UUID address, @Nullable String code) {}

    private final AccountAddresses addresses;
    private final AccountErasure erasure;
    private final Export export;
    private final CodeRequest codes;
    private final Proof proof;
    private final FreshProof fresh;

    OwnAccountController(
            AccountAddresses addresses,
            AccountErasure erasure,
            Export export,
            CodeRequest codes,
            Proof proof,
            FreshProof fresh) {
        this.addresses = addresses;
        this.erasure = erasure;
        this.export = export;
        this.codes = codes;
        this.proof = proof;
        this.fresh = fresh;
    }

    @GetMapping
    @Described(
            id = "readOwnAccount",
            summary = "One’s own account, addresses masked",
            description = "A program has none: 404.",
            answers = View.class,
            refuses = 404)
    ResponseEntity<View> one(Visitor visitor) {
        return shown(account(visitor));
    }

    @PostMapping("/addresses")
    @Described(
            id = "requestAddressCode",
            summary = "Ask for a code to an address that shall sign in, too",
            description = "The answer is the same whoever holds the address.",
            success = 202,
            refuses = {403, 429})
    ResponseEntity<Void> requestAddressCode(
            Visitor visitor, @RequestBody AddressWanted wanted, HttpServletRequest request, Locale locale) {
        proved(visitor);
        return sent(typed(wanted.email(), wanted.phone()), request, locale);
    }

    @PostMapping("/addresses/confirmation")
    @Described(
            id = "addAddress",
            summary = "Add the address a code was sent to",
            required = "code",
            answers = View.class,
            refuses = 403)
    ResponseEntity<View> add(Visitor visitor, @RequestBody AddressProved given) {
        // Not only before the code is sent: a code to the same address can be had by signing in with it.
        UUID account = proved(visitor);
        Address address = typed(given.email(), given.phone());
        if (!proof.proves(address, given.code())) {
            throw refused("#/code", given.code() == null ? "required" : "wrong-code");
        }
        String pointer = given.email() == null ? "#/phone" : "#/email";
        return switch (addresses.add(account, address)) {
            case AccountAddresses.Addition.Added() -> shown(account);
            case AccountAddresses.Addition.Taken() -> throw refused(pointer, "address-taken");
            case AccountAddresses.Addition.Full() -> throw refused(pointer, "too-many-addresses");
        };
    }

    @DeleteMapping("/addresses/{id}")
    @Described(
            id = "removeAddress",
            summary = "Give up an address, but never the last",
            success = 204,
            refuses = {403, 409})
    ResponseEntity<Void> remove(Visitor visitor, @PathVariable UUID id) {
        return switch (addresses.remove(proved(visitor), id)) {
            case AccountAddresses.Removal.Removed() ->
                ResponseEntity.noContent().build();
            case AccountAddresses.Removal.Last() -> throw new ProblemException(Problem.of(409, "last-address"));
            case AccountAddresses.Removal.Unknown() -> throw new ProblemException(Problem.notFound());
        };
    }

    @PostMapping("/proof")
    @Described(
            id = "requestProofCode",
            summary = "Ask for a code to an address one holds",
            required = "address",
            success = 202,
            refuses = 429)
    ResponseEntity<Void> requestProofCode(
            Visitor visitor, @RequestBody CodeWanted wanted, HttpServletRequest request, Locale locale) {
        return sent(held(account(visitor), wanted.address()), request, locale);
    }

    @PostMapping("/proof/confirmation")
    @Described(
            id = "proveAddress",
            summary = "Prove again that one holds an address",
            description = "Good for ten minutes, for this session or token alone.",
            required = {"address", "code"},
            success = 204)
    ResponseEntity<Void> prove(Visitor visitor, @RequestBody CodeTried tried) {
        if (!proof.proves(held(account(visitor), tried.address()), tried.code())) {
            throw refused("#/code", tried.code() == null ? "required" : "wrong-code");
        }
        fresh.given(visitor);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/export")
    @Described(
            id = "exportOwnAccount",
            summary = "Everything the gateway holds of one",
            answers = Export.Content.class,
            refuses = 403)
    ResponseEntity<Export.Content> export(Visitor visitor) {
        proved(visitor);
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(export.of(visitor));
    }

    @PostMapping("/erasure")
    @Described(
            id = "eraseOwnAccount",
            summary = "Erase one’s own account, for ever",
            description = "`Location` shows the receipts of the services.",
            success = 202,
            refuses = {403, 409})
    ResponseEntity<Void> erase(Visitor visitor) {
        return switch (erasure.erase(proved(visitor))) {
            case AccountErasure.Outcome.Erased(var id) ->
                ResponseEntity.accepted()
                        .location(URI.create("/erasures/" + id))
                        .build();
            case AccountErasure.Outcome.OnlyAdministrator() ->
                throw new ProblemException(Problem.of(409, "only-administrator"));
        };
    }

    private ResponseEntity<Void> sent(Address address, HttpServletRequest request, Locale locale) {
        return switch (codes.request(address, Language.of(locale), request.getRemoteAddr())) {
            case CodeRequest.Outcome.Accepted() -> ResponseEntity.accepted().build();
            case CodeRequest.Outcome.TooMany(var pause) ->
                throw new ProblemException(
                        Problem.of(429, "too-many-requests").with("Retry-After", Long.toString(pause.toSeconds() + 1)));
            case CodeRequest.Outcome.CountryNotServed() -> throw refused("#/phone", "country-not-served");
        };
    }

    private static Address typed(@Nullable String email, @Nullable String phone) {
        TypedAddress typed = TypedAddress.of(email, phone);
        return typed.address().orElseThrow(() -> new ProblemException(Problem.invalid(typed.errors())));
    }

    private Address held(UUID account, @Nullable UUID address) {
        if (address == null) {
            throw refused("#/address", "required");
        }
        return addresses.find(account, address).orElseThrow(() -> refused("#/address", "unknown-address"));
    }

    private UUID proved(Visitor visitor) {
        UUID account = account(visitor);
        if (!fresh.fresh(visitor)) {
            throw new ProblemException(Problem.of(403, "proof-needed"));
        }
        return account;
    }

    private static UUID account(Visitor visitor) {
        UUID account = visitor.account();
        if (account == null) {
            throw new ProblemException(Problem.notSignedIn());
        }
        return account;
    }

    private static ProblemException refused(String pointer, String code) {
        return new ProblemException(Problem.invalid(List.of(FieldError.of(pointer, code))));
    }

    private ResponseEntity<View> shown(UUID account) {
        List<AddressHeld> held = addresses.of(account).stream()
                .map(each -> new AddressHeld(each.id(), each.channel(), each.masked(), each.provedAt()))
                .toList();
        return ResponseEntity.ok()
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization, Cookie")
                .body(new View(account, held));
    }
}
