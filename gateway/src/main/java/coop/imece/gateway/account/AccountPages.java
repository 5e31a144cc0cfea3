package coop.imece.gateway.account;

import coop.imece.platform.page.Form;
import coop.imece.platform.page.Link;
import coop.imece.platform.page.Option;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where administrators appoint administrators and reviewers. An account is found only by an address one knows already;
/// it travels in a body, never in an address line.
@Controller
@RequestMapping("/accounts")
class AccountPages {

    /// Somebody with a role.
    ///
    /// @param id the account
    /// @param addresses masked
    public record Holder(UUID id, List<String> addresses) {}

    /// All with one role.
    public record Group(NetworkRole role, List<Holder> holders) {}

    private final RoleAssignment roles;
    private final MessageSource texts;

    AccountPages(RoleAssignment roles, MessageSource texts) {
        this.roles = roles;
        this.texts = texts;
    }

    @GetMapping
    String holders(Caller caller, HttpServletResponse response, Model model) {
        return administrator(caller) == null
                ? "redirect:/sign-in?return=/accounts"
                : holdersPage(Form.empty(), response, model);
    }

    @PostMapping("/search")
    Object search(Caller caller, Form form, Locale locale, HttpServletResponse response, Model model) {
        if (administrator(caller) == null) {
            return SeeOther.to("/sign-in?return=/accounts");
        }
        TypedAddress typed = TypedAddress.of(form.text("address"), Language.of(locale));
        Optional<Account> found = typed.address().flatMap(roles::find);
        if (found.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            List<FieldError> errors =
                    typed.errors().isEmpty() ? List.of(FieldError.of("#/address", "no-account")) : typed.errors();
            return holdersPage(form.refused(errors), response, model);
        }
        return SeeOther.to("/accounts/" + found.get().id());
    }

    private String holdersPage(Form form, HttpServletResponse response, Model model) {
        response.setHeader("Cache-Control", "private, no-store");
        model.addAttribute("form", form).addAttribute("self", "/accounts").addAttribute("groups", groups());
        return "account/holders";
    }

    private List<Group> groups() {
        return Arrays.stream(NetworkRole.values())
                .map(role -> new Group(
                        role,
                        roles.holders(role).stream()
                                .map(account -> new Holder(account.id(), roles.masked(account)))
                                .toList()))
                .toList();
    }

    @GetMapping("/{id}")
    String one(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String done,
            Locale locale,
            HttpServletResponse response,
            Model model) {
        UUID by = administrator(caller);
        if (by == null) {
            return "redirect:/sign-in?return=/accounts/" + id;
        }
        Account account = found(id);
        model.addAttribute("done", done != null);
        return onePage(account, form(account), by, locale, response, model);
    }

    @PostMapping("/{id}/network-roles")
    Object assign(
            Caller caller, @PathVariable UUID id, Form form, Locale locale, HttpServletResponse response, Model model) {
        UUID by = administrator(caller);
        if (by == null) {
            return SeeOther.to("/sign-in?return=/accounts/" + id);
        }
        Account account = found(id);
        if (!form.value("version").equals(Long.toString(account.version()))) {
            response.setStatus(HttpStatus.PRECONDITION_FAILED.value());
            return onePage(account, refused(form(account), "changed-meanwhile"), by, locale, response, model);
        }
        Set<NetworkRole> wanted = EnumSet.noneOf(NetworkRole.class);
        Arrays.stream(NetworkRole.values())
                .filter(role -> form.chosen("networkRoles", role.name()))
                .forEach(wanted::add);
        return switch (roles.assign(by, account, wanted)) {
            case RoleAssignment.Outcome.Assigned(var changed) -> SeeOther.to("/accounts/" + changed.id() + "?done");
            case RoleAssignment.Outcome.OwnRole() -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield onePage(account, refused(form, "own-role"), by, locale, response, model);
            }
            case RoleAssignment.Outcome.OnlyAdministrator() ->
                throw new ProblemException(Problem.of(409, "only-administrator"));
        };
    }

    private static Form form(Account account) {
        return Form.empty().with("version", account.version()).with("networkRoles", account.networkRoles());
    }

    private static Form refused(Form form, String code) {
        return form.refused(List.of(FieldError.of("#/networkRoles", code)));
    }

    private String onePage(
            Account account, Form form, UUID by, Locale locale, HttpServletResponse response, Model model) {
        response.setHeader("Cache-Control", "private, no-store");
        model.addAttribute("form", form)
                .addAttribute("account", account)
                .addAttribute("own", account.id().equals(by))
                .addAttribute("self", "/accounts/" + account.id())
                .addAttribute(
                        "crumbs",
                        List.of(
                                new Link("/accounts", texts.getMessage("accounts.title", null, locale)),
                                Link.here(texts.getMessage("accounts.one", null, locale))))
                .addAttribute(
                        "choices",
                        Arrays.stream(NetworkRole.values())
                                .map(role -> new Option(
                                        role.name(), texts.getMessage("accounts.role." + role.name(), null, locale)))
                                .toList());
        return "account/one";
    }

    /// Null if nobody is signed in; everybody else but administrators is refused.
    private static @Nullable UUID administrator(Caller caller) {
        if (caller.signedIn() && !caller.administrator()) {
            throw new ProblemException(Problem.notAllowed());
        }
        return caller.account();
    }

    private Account found(UUID id) {
        return roles.find(id).orElseThrow(() -> new ProblemException(Problem.notFound()));
    }
}
