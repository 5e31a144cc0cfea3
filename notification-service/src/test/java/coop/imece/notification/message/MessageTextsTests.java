package coop.imece.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.text.Language;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.TemplateEngine;

class MessageTextsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TR | PT20S | 1 dakika geçerlidir.",
                "EN | PT20S | Valid for one minute.",
                "EN | PT10M | Valid for 10 minutes.",
                "SL | PT1M  | Velja 1 min.",
                "HE | PT1M  | תקף דקה אחת.",
                "HE | PT2M  | תקף שתי דקות.",
                "HE | PT3M  | תקף 3 דקות.",
                "IT | PT1M  | Vale un minuto.",
                "IT | PT9M  | Vale 9 minuti.",
            })
    void countsTheMinutesOfACodeAsOneSpeaks(Language language, Duration valid, String words) {
        assertThat(texts().sms(MessageTemplate.SIGN_IN, language, Map.of("code", "12345678"), valid))
                .contains("12345678", words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TR | P1D  | Bağlantı 1 gün içinde",
                "EN | P1D  | within one day.",
                "EN | P14D | within 14 days.",
                "SL | P1D  | še en dan.",
                "SL | P2D  | še 2 dni.",
                "HE | P1D  | לשימוש אחד, ליום אחד.",
                "HE | P2D  | לשימוש אחד, ליומיים.",
                "HE | P14D | לשימוש אחד, ל־14 ימים.",
                "IT | P1D  | per un giorno.",
                "IT | P14D | per 14 giorni.",
            })
    void countsTheDaysOfALinkAsOneSpeaks(Language language, Duration valid, String words) {
        assertThat(texts().mail(MessageTemplate.INVITATION, language, Map.of(), valid)
                        .text())
                .contains(words);
    }

    private static MessageTexts texts() {
        var bundle = new ResourceBundleMessageSource();
        bundle.setBasename("message/messages");
        bundle.setDefaultEncoding("UTF-8");
        bundle.setFallbackToSystemLocale(false);
        var templates = new TemplateEngine();
        templates.clearDialects();
        return new MessageTexts(bundle, templates);
    }
}
