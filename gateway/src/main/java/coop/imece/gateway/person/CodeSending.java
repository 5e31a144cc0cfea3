package coop.imece.gateway.person;

import coop.imece.gateway.account.Address;
import coop.imece.gateway.signin.CodeRequest;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Sends a code to an address, within the same limits as signing in.
@Component
class CodeSending {

    private final CodeRequest codes;

    CodeSending(CodeRequest codes) {
        this.codes = codes;
    }

    /// What stands against it, with the status of the answer set; empty if a code is on its way.
    Optional<FieldError> refusal(
            Address address, Locale locale, HttpServletRequest request, HttpServletResponse response) {
        return switch (codes.request(address, Language.of(locale), request.getRemoteAddr())) {
            case CodeRequest.Outcome.Accepted() -> Optional.empty();
            case CodeRequest.Outcome.TooMany(var pause) -> {
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds() + 1));
                yield Optional.of(FieldError.of("#/address", "too-many-codes"));
            }
            case CodeRequest.Outcome.CountryNotServed() -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield Optional.of(FieldError.of("#/address", "country-not-served"));
            }
        };
    }
}
