package coop.imece.platform.page;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.web.servlet.LocaleResolver;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/// Problems in the shell, in the reader's language, with what to do next.
final class ThymeleafProblemPages implements ProblemPages {

    private final ITemplateEngine templates;
    private final MessageSource messages;
    private final LocaleResolver locales;

    ThymeleafProblemPages(ITemplateEngine templates, MessageSource messages, LocaleResolver locales) {
        this.templates = templates;
        this.messages = messages;
        this.locales = locales;
    }

    @Override
    public boolean wanted(HttpServletRequest request) {
        String path = request.getAttribute("jakarta.servlet.error.request_uri") instanceof String asked
                ? asked
                : request.getRequestURI();
        String accept = request.getHeader("Accept");
        return !path.startsWith("/api/")
                && !path.startsWith("/internal/")
                && !path.startsWith("/actuator")
                && accept != null
                && accept.contains("text/html");
    }

    @Override
    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Locale locale = locales.resolveLocale(request);
        String generic = "problem-page." + problem.status();
        Map<String, Object> model = Map.of(
                "problem",
                problem,
                "heading",
                words("problem." + problem.slug() + ".title", generic + ".title", problem, locale),
                "explanation",
                words("problem." + problem.slug() + ".detail", generic + ".detail", problem, locale));
        response.setStatus(problem.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        PageHeaders.set(response);
        problem.headers().forEach(response::setHeader);
        var exchange = JakartaServletWebApplication.buildApplication(request.getServletContext())
                .buildExchange(request, response);
        String template =
                request.getRequestURI().startsWith("/fragments/") ? "imece/problem-fragment" : "imece/problem";
        templates.process(template, new WebContext(exchange, locale, model), response.getWriter());
    }

    private String words(String key, String generic, Problem problem, Locale locale) {
        Object[] args = problem.args().toArray();
        String words = messages.getMessage(key, args, null, locale);
        if (words == null) {
            words = messages.getMessage(generic, args, null, locale);
        }
        String last = generic.endsWith(".title") ? "problem-page.title" : "problem-page.detail";
        return words != null ? words : messages.getMessage(last, args, locale);
    }
}
