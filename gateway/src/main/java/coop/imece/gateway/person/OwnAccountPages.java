package coop.imece.gateway.person;

import coop.imece.gateway.account.AccountAddresses;
import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.AddressVault;
import coop.imece.gateway.account.TypedAddress;
import coop.imece.gateway.session.Visitor;
import coop.imece.gateway.signin.Proof;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The addresses by which one signs in: masked, unless an address was proved just now.
///
/// A code goes to the address that is to be added; who does not hold it learns nothing about it. Between the two steps
/// it travels encrypted, for this account alone.
@Controller
@RequestMapping("/account")
class OwnAccountPages {

    private static final Set<String> DONE = Set.of("added", "removed");

    /// An address on the page.
    ///
    /// @param id what its button removes
    /// @param channel `EMAIL` or `SMS`
    /// @param text masked or whole
    public record Line(UUID id, String channel, String text) {}

    private final Entry entry;
    private final AccountAddresses addresses;
    private final CodeSending codes;
    private final Proof proof;
    private final AddressVault vault;

    OwnAccountPages(Entry entry, AccountAddresses addresses, CodeSending codes, Proof proof, AddressVault vault) {
        this.entry = entry;
        this.addresses = addresses;
        this.codes = codes;
        this.proof = proof;
        this.vault = vault;
    }

    @GetMapping
    String overview(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String done,
            HttpServletResponse response,
            Model model) {
        return entry.detour(visitor, "/account").orElseGet(() -> {
            model.addAttribute("done", done != null && DONE.contains(done) ? done : null);
            return overviewPage(visitor, false, response, model);
        });
    }

    @GetMapping("/addresses")
    String whole(Visitor visitor, HttpServletResponse response, Model model) {
        return entry.detourUnlessProved(visitor, "/account/addresses")
                .orElseGet(() -> overviewPage(visitor, true, response, model));
    }

    private String overviewPage(Visitor visitor, boolean whole, HttpServletResponse response, Model model) {
        privately(response);
        UUID account = Entry.account(visitor);
        List<Line> lines = addresses.of(account).stream()
                .map(held -> new Line(
                        held.id(),
                        held.channel().name(),
                        whole ? addresses.find(account, held.id()).orElseThrow().value() : held.masked()))
                .toList();
        model.addAttribute("addresses", lines).addAttribute("whole", whole);
        return "person/overview";
    }

    @GetMapping("/addresses/new")
    String blank(Visitor visitor, HttpServletResponse response, Model model) {
        return entry.detourUnlessProved(visitor, "/account/addresses/new")
                .orElseGet(() -> newPage(Form.empty(), response, model));
    }

    @PostMapping("/addresses/new")
    Object sendCode(
            Visitor visitor,
            Form form,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Optional<String> detour = entry.detourUnlessProved(visitor, "/account/addresses/new");
        if (detour.isPresent()) {
            return detour.get();
        }
        TypedAddress typed = TypedAddress.of(form.text("address"), Language.of(locale));
        if (typed.address().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return newPage(form.refused(typed.errors()), response, model);
        }
        Optional<FieldError> refusal = codes.refusal(typed.address().get(), locale, request, response);
        return refusal.isPresent()
                ? newPage(form.refused(List.of(refusal.get())), response, model)
                : SeeOther.to("/account/addresses/code?to="
                        + vault.encrypt(purpose(visitor), typed.address().get()));
    }

    private static String newPage(Form form, HttpServletResponse response, Model model) {
        privately(response);
        model.addAttribute("form", form);
        return "person/new-address";
    }

    @GetMapping("/addresses/code")
    String code(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String to,
            HttpServletResponse response,
            Model model) {
        return entry.detour(visitor, "/account")
                .orElseGet(() -> opened(visitor, to)
                        .map(address -> codePage(Form.empty().with("to", to), address, response, model))
                        .orElse("redirect:/account/addresses/new"));
    }

    @PostMapping("/addresses/code")
    Object add(Visitor visitor, Form form, HttpServletResponse response, Model model) {
        Optional<String> detour = entry.detour(visitor, "/account");
        Optional<Address> address = opened(visitor, form.text("to"));
        if (detour.isPresent() || address.isEmpty()) {
            return detour.orElse("redirect:/account/addresses/new");
        }
        String refusal = refusal(visitor, form, address.get());
        if (refusal == null) {
            return SeeOther.to("/account?done=added");
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return codePage(form.refused(List.of(FieldError.of("#/code", refusal))), address.get(), response, model);
    }

    /// Null if the address was added.
    private @Nullable String refusal(Visitor visitor, Form form, Address address) {
        if (form.text("code") == null) {
            return "required";
        }
        if (!proof.proves(address, form.text("code"))) {
            return "wrong-code";
        }
        return switch (addresses.add(Entry.account(visitor), address)) {
            case AccountAddresses.Addition.Added() -> null;
            case AccountAddresses.Addition.Taken() -> "address-taken";
            case AccountAddresses.Addition.Full() -> "too-many-addresses";
        };
    }

    private static String codePage(Form form, Address address, HttpServletResponse response, Model model) {
        privately(response);
        model.addAttribute("form", form)
                .addAttribute("masked", address.masked())
                .addAttribute("channel", address.channel())
                .addAttribute("action", "/account/addresses/code")
                .addAttribute("again", "/account/addresses/new")
                .addAttribute("self", "/account");
        return "person/code";
    }

    @GetMapping("/addresses/{id}/removal")
    String removal(Visitor visitor, @PathVariable UUID id, HttpServletResponse response, Model model) {
        return entry.detourUnlessProved(visitor, "/account/addresses/" + id + "/removal")
                .orElseGet(() -> removalPage(Form.empty(), visitor, id, response, model));
    }

    @PostMapping("/addresses/{id}/removal")
    Object remove(Visitor visitor, @PathVariable UUID id, HttpServletResponse response, Model model) {
        Optional<String> detour = entry.detourUnlessProved(visitor, "/account/addresses/" + id + "/removal");
        if (detour.isPresent()) {
            return detour.get();
        }
        return switch (addresses.remove(Entry.account(visitor), id)) {
            case AccountAddresses.Removal.Removed() -> SeeOther.to("/account?done=removed");
            case AccountAddresses.Removal.Unknown() -> throw new ProblemException(Problem.notFound());
            case AccountAddresses.Removal.Last() -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                yield removalPage(
                        Form.empty().refused(List.of(FieldError.of("#/address", "last-address"))),
                        visitor,
                        id,
                        response,
                        model);
            }
        };
    }

    private String removalPage(Form form, Visitor visitor, UUID id, HttpServletResponse response, Model model) {
        privately(response);
        Address address =
                addresses.find(Entry.account(visitor), id).orElseThrow(() -> new ProblemException(Problem.notFound()));
        model.addAttribute("form", form)
                .addAttribute("address", address.value())
                .addAttribute("channel", address.channel())
                .addAttribute("id", id);
        return "person/removal";
    }

    /// What one account encrypted, no other opens.
    private static String purpose(Visitor visitor) {
        return "new-address:" + visitor.account();
    }

    private Optional<Address> opened(Visitor visitor, @Nullable String to) {
        if (to == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(vault.decryptAddress(purpose(visitor), to));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static void privately(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
    }
}
