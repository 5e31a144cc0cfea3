package coop.imece.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.text.Language;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class SessionWordsTests {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static Ago ago() {
        var texts = new ResourceBundleMessageSource();
        texts.setBasename("session/messages");
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        return new Ago(texts, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({
        "TR, PT4M, az önce",
        "TR, PT20M, 20 dakika önce",
        "TR, P3D, 3 gün önce",
        "EN, PT1H, an hour ago",
        "SL, P2D, pred 2 dnevoma",
        "SL, P3D, pred 3 dnevi",
        "HE, P2D, לפני יומיים",
        "HE, PT2H30M, לפני שעתיים",
        "IT, P1DT23H, un giorno fa",
        "IT, PT59M, 59 minuti fa"
    })
    void sayHowLongAgoTheWayPeopleDo(Language language, Duration past, String words) {
        assertThat(ago().words(NOON.minus(past), language.locale())).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "'Mozilla/5.0 (Linux; Android 9; SM-J330F) AppleWebKit/537.36 Chrome/111.0 Mobile Safari/537.36', PHONE",
        "'Mozilla/5.0 (iPhone; CPU iPhone OS 16_4 like Mac OS X) Version/16.4 Mobile Safari/604.1', PHONE",
        "'Mozilla/5.0 (iPad; CPU OS 16_4 like Mac OS X) Version/16.4 Safari/604.1', TABLET",
        "'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:113.0) Firefox/113.0', COMPUTER",
        "'Lynx/2.9', BROWSER"
    })
    void sayWhatSomebodyHoldsInTheHand(String userAgent, Devices.Kind kind) {
        assertThat(Devices.kind(session(Session.Kind.BROWSER, Devices.describe(userAgent))))
                .isEqualTo(kind);
    }

    @Test
    void callAProgramAProgramWhateverItCallsItself() {
        assertThat(Devices.kind(session(Session.Kind.TOKEN, "Android"))).isEqualTo(Devices.Kind.PROGRAM);
    }

    private static Session session(Session.Kind kind, @Nullable String device) {
        return new Session(Ids.v7(), "hash", Ids.v7(), kind, device, NOON, NOON, NOON, null);
    }
}
