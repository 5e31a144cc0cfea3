package coop.imece.gateway.signin;

import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.TypedAddress;
import coop.imece.gateway.session.Sessions;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Signing in for programs: a code by e-mail or SMS, then a bearer token for it.
@RestController
@RequestMapping("/api/v1/sign-in")
class SignInController {

    private static final int LONGEST_DEVICE_NAME = 100;

    record CodeWanted(@Nullable String email, @Nullable String phone) {}

    record CodeTried(
            @Nullable String email,
            @Nullable String phone,
            @Nullable String code,
            @Nullable String deviceName) {}

    record Token(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "Token[until " + expiresAt + "]";
        }
    }

    private final CodeRequest codes;
    private final Proof proof;
    private final Sessions sessions;
    private final Problems problems;

    SignInController(CodeRequest codes, Proof proof, Sessions sessions, Problems problems) {
        this.codes = codes;
        this.proof = proof;
        this.sessions = sessions;
        this.problems = problems;
    }

    @PostMapping
    @Described(
            id = "requestSignInCode",
            summary = "Ask for a sign-in code by e-mail or SMS",
            description = "The answer is the same for known and unknown addresses.",
            success = 202,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> requestCode(@RequestBody CodeWanted wanted, HttpServletRequest request, Locale locale) {
        TypedAddress typed = TypedAddress.of(wanted.email(), wanted.phone());
        if (typed.address().isEmpty()) {
            return problems.answer(Problem.invalid(typed.errors()), locale);
        }
        return switch (codes.request(typed.address().get(), Language.of(locale), request.getRemoteAddr())) {
            case CodeRequest.Outcome.Accepted() -> ResponseEntity.accepted().build();
            case CodeRequest.Outcome.TooMany(var pause) -> problems.answer(tooMany(pause), locale);
            case CodeRequest.Outcome.CountryNotServed() ->
                problems.answer(Problem.invalid(List.of(FieldError.of("#/phone", "country-not-served"))), locale);
        };
    }

    @PostMapping("/code")
    @Described(
            id = "signIn",
            summary = "Get a token for a code",
            required = "code",
            answers = Token.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> tryCode(@RequestBody CodeTried tried, Locale locale) {
        TypedAddress typed = TypedAddress.of(tried.email(), tried.phone());
        Checks checks = new Checks();
        String code = checks.line("#/code", tried.code(), 20);
        String device = tried.deviceName() == null
                ? null
                : checks.line("#/deviceName", tried.deviceName(), LONGEST_DEVICE_NAME);
        Optional<Address> address = typed.address();
        if (checks.failed() || address.isEmpty()) {
            List<FieldError> errors = new ArrayList<>(typed.errors());
            errors.addAll(checks.errors());
            return problems.answer(Problem.invalid(errors), locale);
        }
        Optional<UUID> account = proof.byCode(address.get(), code);
        if (account.isEmpty()) {
            return problems.answer(wrongCode(), locale);
        }
        Sessions.Started started = sessions.startForProgram(account.get(), device);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Token(started.secret(), started.expiresAt()));
    }

    static Problem wrongCode() {
        return Problem.invalid(List.of(FieldError.of("#/code", "wrong-code")));
    }

    static Problem tooMany(Duration pause) {
        return Problem.of(429, "too-many-requests")
                .with("Retry-After", Long.toString(Math.max(1, pause.toSeconds() + 1)));
    }
}
