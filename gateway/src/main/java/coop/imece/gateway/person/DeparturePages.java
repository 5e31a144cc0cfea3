package coop.imece.gateway.person;

import coop.imece.gateway.account.AccountErasure;
import coop.imece.gateway.session.BrowserSessions;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/// Taking everything along, and having everything erased. Both only with an address proved just now.
@Controller
@RequestMapping("/account")
class DeparturePages {

    private final Entry entry;
    private final Export export;
    private final AccountErasure erasure;
    private final BrowserSessions sessions;

    DeparturePages(Entry entry, Export export, AccountErasure erasure, BrowserSessions sessions) {
        this.entry = entry;
        this.export = export;
        this.erasure = erasure;
        this.sessions = sessions;
    }

    @GetMapping("/export")
    Object download(Visitor visitor) {
        Optional<String> detour = entry.detourUnlessProved(visitor, "/account/export");
        return detour.isPresent()
                ? detour.get()
                : ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header("Content-Disposition", "attachment; filename=\"imece-account.json\"")
                        .header("Cache-Control", "no-store")
                        .body(export.of(visitor));
    }

    @GetMapping("/erasure")
    String confirmation(Visitor visitor, HttpServletResponse response, Model model) {
        return entry.detourUnlessProved(visitor, "/account/erasure")
                .orElseGet(() -> confirmationPage(visitor, Form.empty(), response, model));
    }

    @PostMapping("/erasure")
    Object erase(Visitor visitor, Form form, HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<String> detour = entry.detourUnlessProved(visitor, "/account/erasure");
        if (detour.isPresent()) {
            return detour.get();
        }
        if (!form.chosen("understood", "true")) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return confirmationPage(visitor, refused(form, "erasure-not-understood"), response, model);
        }
        return switch (erasure.erase(Entry.account(visitor))) {
            case AccountErasure.Outcome.Erased(var id) -> {
                sessions.end(request, response);
                yield SeeOther.to("/erasures/" + id);
            }
            case AccountErasure.Outcome.OnlyAdministrator() -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                yield confirmationPage(visitor, refused(form, "only-administrator"), response, model);
            }
        };
    }

    private static Form refused(Form form, String code) {
        return form.refused(List.of(FieldError.of("#/understood", code)));
    }

    private String confirmationPage(Visitor visitor, Form form, HttpServletResponse response, Model model) {
        response.setHeader("Cache-Control", "no-store");
        List<LocalisedText> represented = export.represented(visitor).stream()
                .map(Export.Representation::name)
                .filter(Objects::nonNull)
                .toList();
        model.addAttribute("form", form)
                .addAttribute("represented", represented)
                .addAttribute("onlyAdministrator", erasure.onlyAdministrator(Entry.account(visitor)));
        return "person/erasure";
    }
}
