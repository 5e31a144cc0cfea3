package coop.imece.gateway.person;

import coop.imece.gateway.account.AccountAddresses;
import coop.imece.gateway.account.Address;
import coop.imece.gateway.session.FreshProof;
import coop.imece.gateway.session.Visitor;
import coop.imece.gateway.signin.Proof;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.Option;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.web.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Asks for a fresh code to an address of the account, before what a borrowed phone must not do; then goes on where it
/// was.
@Controller
@RequestMapping("/account/proof")
class ProofPages {

    private final Entry entry;
    private final AccountAddresses addresses;
    private final CodeSending codes;
    private final Proof proof;
    private final FreshProof fresh;

    ProofPages(Entry entry, AccountAddresses addresses, CodeSending codes, Proof proof, FreshProof fresh) {
        this.entry = entry;
        this.addresses = addresses;
        this.codes = codes;
        this.proof = proof;
        this.fresh = fresh;
    }

    @GetMapping
    String choice(
            Visitor visitor,
            @RequestParam(name = "return", required = false) @Nullable String back,
            HttpServletResponse response,
            Model model) {
        return entry.detour(visitor, "/account")
                .orElseGet(() -> choicePage(visitor, Form.empty(), Entry.back(back), response, model));
    }

    @PostMapping
    Object sendCode(
            Visitor visitor,
            Form form,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Optional<String> detour = entry.detour(visitor, "/account");
        if (detour.isPresent()) {
            return detour.get();
        }
        String back = Entry.back(form.text("return"));
        Optional<Address> address = chosen(visitor, form);
        if (address.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            FieldError missing = FieldError.of("#/address", "required");
            return choicePage(visitor, form.refused(List.of(missing)), back, response, model);
        }
        Optional<FieldError> refusal = codes.refusal(address.get(), locale, request, response);
        return refusal.isPresent()
                ? choicePage(visitor, form.refused(List.of(refusal.get())), back, response, model)
                : SeeOther.to("/account/proof/code?address=" + form.text("address") + "&return=" + back);
    }

    private String choicePage(Visitor visitor, Form form, String back, HttpServletResponse response, Model model) {
        privately(response);
        List<Option> held = addresses.of(Entry.account(visitor)).stream()
                .map(address -> new Option(address.id().toString(), address.masked()))
                .toList();
        Form chosen = form.text("address") == null
                ? form.with("address", held.getFirst().value())
                : form;
        model.addAttribute("form", chosen)
                .addAttribute("held", held)
                .addAttribute("back", back)
                .addAttribute("self", "/account/proof");
        return "person/proof";
    }

    @GetMapping("/code")
    String code(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String address,
            @RequestParam(name = "return", required = false) @Nullable String back,
            HttpServletResponse response,
            Model model) {
        Form form = Form.empty().with("address", address).with("return", Entry.back(back));
        return entry.detour(visitor, "/account")
                .orElseGet(() -> chosen(visitor, form)
                        .map(held -> codePage(form, held, response, model))
                        .orElse("redirect:/account/proof"));
    }

    @PostMapping("/code")
    Object prove(Visitor visitor, Form form, HttpServletResponse response, Model model) {
        Optional<String> detour = entry.detour(visitor, "/account");
        if (detour.isPresent()) {
            return detour.get();
        }
        Optional<Address> address = chosen(visitor, form);
        if (address.isEmpty()) {
            return SeeOther.to("/account/proof");
        }
        if (proof.proves(address.get(), form.text("code"))) {
            fresh.given(visitor);
            return SeeOther.to(Entry.back(form.text("return")));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        FieldError wrong = FieldError.of("#/code", form.text("code") == null ? "required" : "wrong-code");
        return codePage(form.refused(List.of(wrong)), address.get(), response, model);
    }

    private static String codePage(Form form, Address address, HttpServletResponse response, Model model) {
        privately(response);
        String back = Entry.back(form.text("return"));
        model.addAttribute("form", form)
                .addAttribute("masked", address.masked())
                .addAttribute("channel", address.channel())
                .addAttribute("action", "/account/proof/code")
                .addAttribute("again", "/account/proof?return=" + back)
                .addAttribute("self", "/account/proof");
        return "person/code";
    }

    private Optional<Address> chosen(Visitor visitor, Form form) {
        try {
            return addresses.find(Entry.account(visitor), UUID.fromString(form.value("address")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void privately(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
    }
}
