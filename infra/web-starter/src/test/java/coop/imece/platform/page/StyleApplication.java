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
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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

        private final ProblemPages problems;

        StyleController(ProblemPages problems) {
            this.problems = problems;
        }

        @GetMapping("/style")
        String style(Model model) {
            return show(Form.empty().with("starts", moment("2026-12-12T10:00:00+03:00")), model);
        }

        @PostMapping("/style")
        @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
        String refuse(Form form, Model model) {
            return show(
                    form.refused(List.of(
                            FieldError.of("#/name", "required"),
                            FieldError.of("#/title/he", "too-long", 200),
                            FieldError.of("#/topics/1", "required"),
                            FieldError.of("#/starts/at", "required"))),
                    model);
        }

        @GetMapping("/style/refused")
        String refused(Form form, Model model) {
            return refuse(form, model);
        }

        @GetMapping("/problem/{status}")
        void problem(@PathVariable int status, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            problems.write(Problem.of(status, "unheard-of").with("Retry-After", "1"), request, response);
        }

        private static Moment moment(String at) {
            return new Moment(OffsetDateTime.parse(at), ZoneId.of("Europe/Istanbul"));
        }

        private static String show(Form form, Model model) {
            var options = List.of(new Option("a", "Birinci"), new Option("b", "İkinci"));
            model.addAllAttributes(Map.of(
                    "form",
                    form,
                    "options",
                    options,
                    "zones",
                    List.of(
                            new Option("Europe/Istanbul", "Türkiye saati"),
                            new Option("Asia/Jerusalem", "İsrail saati")),
                    "crumbs",
                    List.of(new Link("/gatherings", "Etkinlikler"), Link.here("Parçalar")),
                    "tabs",
                    List.of(new Link("/style", "Açık"), new Link("/style?past=true", "Geçmiş")),
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
    }
}
