package coop.imece.gateway.signin;

import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.AddressVault;
import coop.imece.gateway.account.TypedAddress;
import coop.imece.gateway.session.BrowserSessions;
import coop.imece.platform.page.Form;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Signing in for people: address, then code; or the link in the mail, which opens a page with one button, because
/// programs that scan mails open links.
///
/// Between the two steps the address travels encrypted: it stands in no history and no log.
@Controller
class SignInPages {

    private static final String BETWEEN_STEPS = "sign-in-page";

    private final CodeRequest codes;
    private final Proof proof;
    private final BrowserSessions sessions;
    private final AddressVault vault;

    SignInPages(CodeRequest codes, Proof proof, BrowserSessions sessions, AddressVault vault) {
        this.codes = codes;
        this.proof = proof;
        this.sessions = sessions;
        this.vault = vault;
    }

    @GetMapping("/sign-in")
    String address(
            @RequestParam(name = "return", required = false) @Nullable String back,
            HttpServletResponse response,
            Model model) {
        return addressPage(Form.empty(), ReturnPath.safe(back), response, model);
    }

    @PostMapping("/sign-in")
    String requestCode(
            Form form, Locale locale, HttpServletRequest request, HttpServletResponse response, Model model) {
        String back = ReturnPath.safe(form.text("return"));
        TypedAddress typed = TypedAddress.of(form.text("address"), Language.of(locale));
        if (typed.address().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return addressPage(form.refused(typed.errors()), back, response, model);
        }
        Address address = typed.address().get();
        return switch (codes.request(address, Language.of(locale), request.getRemoteAddr())) {
            case CodeRequest.Outcome.Accepted() ->
                seeOther("/sign-in/code?to=" + vault.encrypt(BETWEEN_STEPS, address) + "&return="
                        + URLEncoder.encode(back, StandardCharsets.UTF_8));
            case CodeRequest.Outcome.TooMany(var pause) -> {
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds() + 1));
                yield addressPage(
                        form.refused(List.of(FieldError.of("#/address", "too-many-codes"))), back, response, model);
            }
            case CodeRequest.Outcome.CountryNotServed() -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield addressPage(
                        form.refused(List.of(FieldError.of("#/address", "country-not-served"))), back, response, model);
            }
        };
    }

    @GetMapping("/sign-in/code")
    String code(
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(name = "return", required = false) @Nullable String back,
            HttpServletResponse response,
            Model model) {
        Optional<Address> address = opened(to);
        return address.isEmpty()
                ? seeOther("/sign-in")
                : codePage(Form.empty().with("to", to), address.get(), ReturnPath.safe(back), response, model);
    }

    @PostMapping("/sign-in/code")
    String tryCode(Form form, HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<Address> address = opened(form.text("to"));
        if (address.isEmpty()) {
            return seeOther("/sign-in");
        }
        String back = ReturnPath.safe(form.text("return"));
        String code = form.text("code");
        Optional<UUID> account = proof.byCode(address.get(), code);
        if (account.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            var error = FieldError.of("#/code", code == null ? "required" : "wrong-code");
            return codePage(form.refused(List.of(error)), address.get(), back, response, model);
        }
        sessions.start(account.get(), request, response);
        return seeOther(back);
    }

    /// Shows the same page for every link: only the button finds out.
    @GetMapping("/sign-in/link/{link}")
    String link(@PathVariable String link, HttpServletResponse response, Model model) {
        privately(response);
        model.addAttribute("link", link);
        return "signin/link";
    }

    @PostMapping("/sign-in/link/{link}")
    String useLink(@PathVariable String link, HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<UUID> account = proof.byLink(link);
        if (account.isEmpty()) {
            privately(response);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("self", "/sign-in");
            return "signin/link-used";
        }
        sessions.start(account.get(), request, response);
        return seeOther(ReturnPath.safe(null));
    }

    @PostMapping("/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        sessions.end(request, response);
        return seeOther("/");
    }

    private static String addressPage(Form form, String back, HttpServletResponse response, Model model) {
        privately(response);
        model.addAttribute("form", form).addAttribute("back", back).addAttribute("self", "/sign-in");
        return "signin/address";
    }

    private static String codePage(Form form, Address address, String back, HttpServletResponse response, Model model) {
        privately(response);
        model.addAttribute("form", form)
                .addAttribute("masked", address.masked())
                .addAttribute("channel", address.channel())
                .addAttribute("back", back);
        return "signin/code";
    }

    private static void privately(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static String seeOther(String path) {
        return "redirect:" + path;
    }

    private Optional<Address> opened(@Nullable String to) {
        if (to == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(vault.decryptAddress(BETWEEN_STEPS, to));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }
}
