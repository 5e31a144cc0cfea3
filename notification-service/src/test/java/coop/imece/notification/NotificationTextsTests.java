package coop.imece.notification;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.test.TextRules;
import coop.imece.platform.text.Language;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class NotificationTextsTests {

    @Test
    void everyTextIsThereInFiveLanguages() {
        TextRules.holdIn(Path.of(""));
    }

    /// The words around what an announcement fills in, the word that stops it among them.
    @ParameterizedTest
    @EnumSource(Language.class)
    void theSampleReadsAsAnAnnouncementDoes(Language language) {
        String words = Pattern.compile("[{]\\d}")
                .splitAsStream(text(language, "broadcast.sms.ANNOUNCEMENT"))
                .map(Pattern::quote)
                .reduce((before, after) -> before + ".+" + after)
                .orElseThrow();
        assertThat(text(language, "subscribe.sample.text")).matches(words);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void whoIsSubscribedIsToldOfTheLinkTheMailHas(Language language) {
        assertThat(text(language, "subscribe.already.text")).contains(text(language, "broadcast.mail.preferences"));
    }

    private static String text(Language language, String key) {
        var bundles = new ResourceBundleMessageSource();
        bundles.setBasenames("recipient/messages", "broadcast/messages");
        bundles.setDefaultEncoding("UTF-8");
        bundles.setFallbackToSystemLocale(false);
        return bundles.getMessage(key, null, language.locale());
    }
}
