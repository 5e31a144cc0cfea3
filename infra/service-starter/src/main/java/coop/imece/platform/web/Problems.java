package coop.imece.platform.web;

import java.util.Locale;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// Renders problems in the reader's language.
public interface Problems {

    /// The answer for an API request.
    ResponseEntity<ProblemDetail> answer(Problem problem, Locale locale);

    /// The text of one field error, for a form.
    String text(FieldError error, Locale locale);
}
