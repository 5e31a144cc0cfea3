package coop.imece.platform.page;

import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Wording;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/// Every component on one page, for tests and for looking at: run [#main] and open `/style`.
@Configuration
@ImportAutoConfiguration({
    PageConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    ThymeleafAutoConfiguration.class
})
class StyleApplication {

    public static void main(String[] args) {
        SpringApplication.run(StyleApplication.class, args);
    }

    @Bean
    MessageSource messageSource() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasenames("imece/web/messages", "style/messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    @Bean
    LocaleResolver localeResolver() {
        var locales = new AcceptHeaderLocaleResolver();
        locales.setSupportedLocales(
                Arrays.stream(Language.values()).map(Language::locale).toList());
        locales.setDefaultLocale(Language.EN.locale());
        return locales;
    }

    @Controller
    static class StyleController {

        private static final Pattern ICON = Pattern.compile("<symbol id=\"i-([a-z]+)\"");

        /// Badge and icon.
        private static final List<Option> BADGES = List.of(
                new Option("draft", "edit"),
                new Option("submitted", "clock"),
                new Option("sent", "mail"),
                new Option("returned", "again"),
                new Option("approved", "check"),
                new Option("kept", "check"),
                new Option("late", "clock"),
                new Option("withdrawn", "x"),
                new Option("verified", "seal"),
                new Option("failed", "error"),
                new Option("full", "people"),
                new Option("machine", "again"));

        private final ProblemPages problems;
        private final MessageSource messages;
        private final List<String> icons;

        StyleController(ProblemPages problems, MessageSource messages) throws IOException {
            this.problems = problems;
            this.messages = messages;
            this.icons = ICON.matcher(new ClassPathResource("templates/imece/icons.html")
                            .getContentAsString(StandardCharsets.UTF_8))
                    .results()
                    .map(icon -> icon.group(1))
                    .toList();
        }

        @GetMapping("/style")
        String style(@RequestParam(required = false) @Nullable String summary, Model model, Locale locale) {
            if (summary != null) {
                model.addAttribute(
                        "summary", new LocalisedText(Map.of("tr", new Wording(summary, Wording.State.SOURCE))));
            }
            return show(Form.empty().with("starts", moment("2026-12-12T10:00:00+03:00")), model, locale);
        }

        @PostMapping("/style")
        @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
        String refuse(Form form, Model model, Locale locale) {
            return show(
                    form.refused(List.of(
                            FieldError.of("#/name", "required"),
                            FieldError.of("#/title/he", "too-long", 200),
                            FieldError.of("#/topics/1", "required"),
                            FieldError.of("#/starts/at", "required"))),
                    model,
                    locale);
        }

        @GetMapping("/style/refused")
        String refused(Form form, Model model, Locale locale) {
            return refuse(form, model, locale);
        }

        @GetMapping("/problem/{status}")
        void problem(@PathVariable int status, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            problems.write(Problem.of(status, "unheard-of").with("Retry-After", "1"), request, response);
        }

        private static Moment moment(String at) {
            return new Moment(OffsetDateTime.parse(at), ZoneId.of("Europe/Istanbul"));
        }

        private String show(Form form, Model model, Locale locale) {
            model.addAllAttributes(Map.of(
                    "form",
                    form,
                    "options",
                    List.of(option("a", "option.a", locale), option("b", "option.b", locale)),
                    "zones",
                    List.of(zone("Europe/Istanbul", locale), zone("Asia/Jerusalem", locale)),
                    "crumbs",
                    List.of(
                            new Link("/gatherings", text("menu.gatherings", locale)),
                            Link.here(text("style.title", locale))),
                    "tabs",
                    List.of(
                            new Link("/style", text("style.tab.open", locale)),
                            new Link("/style?past=true", text("style.tab.past", locale))),
                    "badges",
                    BADGES,
                    "icons",
                    icons,
                    "title",
                    new LocalisedText(Map.of(
                            "tr",
                            new Wording("Nilüfer Üretici Fuarı", Wording.State.SOURCE),
                            "he",
                            new Wording("יריד יצרנים בנילופר", Wording.State.MACHINE_DRAFT))),
                    "starts",
                    moment("2026-12-12T10:00:00+03:00"),
                    "ends",
                    moment("2026-12-12T18:00:00+03:00")));
            return "style";
        }

        private Option option(String value, String key, Locale locale) {
            return new Option(value, text("style." + key, locale));
        }

        private Option zone(String id, Locale locale) {
            return new Option(id, text("format.zone." + id, locale));
        }

        private String text(String key, Locale locale) {
            return messages.getMessage(key, null, locale);
        }
    }
}
