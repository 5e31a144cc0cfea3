package coop.imece.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/// Writes a problem as the answer of a request, from wherever it happened: as a page to people, else as JSON.
public final class ProblemWriter {

    private final Problems problems;
    private final LocaleResolver locales;
    private final JsonMapper json;
    private final ObjectProvider<ProblemPages> pages;

    ProblemWriter(Problems problems, LocaleResolver locales, JsonMapper json, ObjectProvider<ProblemPages> pages) {
        this.problems = problems;
        this.locales = locales;
        this.json = json;
        this.pages = pages;
    }

    /// Does nothing if the answer is already under way.
    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.reset();
        ProblemPages shown = pages.getIfAvailable();
        if (shown != null && shown.wanted(request)) {
            shown.write(problem, request, response);
            return;
        }
        Locale locale = locales.resolveLocale(request);
        ProblemDetail body =
                Objects.requireNonNull(problems.answer(problem, locale).getBody());
        response.setStatus(problem.status());
        problem.headers().forEach(response::setHeader);
        response.setHeader("Content-Language", locale.toLanguageTag());
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }
}
