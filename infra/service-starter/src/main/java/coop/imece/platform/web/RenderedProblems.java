package coop.imece.platform.web;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// Renders problems from the texts `problem.<slug>.title`, `problem.<slug>.detail` and `error.<code>`.
final class RenderedProblems implements Problems {

    private final MessageSource texts;

    RenderedProblems(MessageSource texts) {
        this.texts = texts;
    }

    @Override
    public ResponseEntity<ProblemDetail> answer(Problem problem, Locale locale) {
        ProblemDetail body = ProblemDetail.forStatus(problem.status());
        body.setType(URI.create("/problems/" + problem.slug()));
        String key = "problem." + problem.slug();
        Object[] args = problem.args().toArray();
        body.setTitle(texts.getMessage(key + ".title", args, problem.slug(), locale));
        body.setDetail(texts.getMessage(key + ".detail", args, null, locale));
        if (!problem.errors().isEmpty()) {
            body.setProperty("errors", rendered(problem.errors(), locale));
        }
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        problem.headers().forEach(answer::header);
        return answer.body(body);
    }

    @Override
    public String text(FieldError error, Locale locale) {
        return String.valueOf(
                texts.getMessage("error." + error.code(), error.args().toArray(), error.code(), locale));
    }

    private List<Map<String, String>> rendered(List<FieldError> errors, Locale locale) {
        return errors.stream()
                .map(error -> {
                    Map<String, String> rendered = new LinkedHashMap<>();
                    rendered.put("pointer", error.pointer());
                    rendered.put("code", error.code());
                    rendered.put("detail", text(error, locale));
                    return rendered;
                })
                .toList();
    }
}
