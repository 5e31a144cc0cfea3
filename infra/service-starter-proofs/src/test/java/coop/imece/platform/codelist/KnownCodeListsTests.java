package coop.imece.platform.codelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownCodeListsTests {

    private final Map<String, KnownCodeList> heard = new HashMap<>();
    private final Map<String, KnownCodeList> heardLate = new HashMap<>();
    private final AtomicLong nanos = new AtomicLong();
    private final KnownCodeLists lists = new KnownCodeLists(
            new CodeListSource() {
                @Override
                public Optional<KnownCodeList> find(String name) {
                    return Optional.ofNullable(heard.get(name));
                }

                @Override
                public Optional<KnownCodeList> await(String name) {
                    return Optional.ofNullable(heardLate.get(name));
                }
            },
            nanos::get);

    @Test
    void labelsACodeInTheLanguageOfTheReaderElseInEnglishElseAsItIs() {
        hear(code("FAIR", "Fuar", "Fair"));

        assertThat(lists.label("kinds", "FAIR", "tr")).isEqualTo("Fuar");
        assertThat(lists.label("kinds", "FAIR", "sl")).isEqualTo("Fair");
        assertThat(lists.label("kinds", "CIRCUS", "tr")).isEqualTo("CIRCUS");
        assertThat(lists.label("unheard", "FAIR", "tr")).isEqualTo("FAIR");
        assertThat(lists.label("kinds", null, "tr")).isEmpty();
    }

    @Test
    void offersOnlyWhatIsActiveButLabelsWhatIsRetired() {
        hear(code("FAIR", "Fuar", "Fair"), new KnownCode("BALL", Map.of("en", "Ball"), false, null));

        assertThat(lists.codes("kinds")).extracting(KnownCode::code).containsExactly("FAIR");
        assertThat(lists.isKnown("kinds", "BALL")).isFalse();
        assertThat(lists.label("kinds", "BALL", "en")).isEqualTo("Ball");
    }

    @Test
    void waitsForAListThatWasNotHeardOfYet() {
        heardLate.put("kinds", new KnownCodeList("kinds", List.of(code("FAIR", "Fuar", "Fair"))));

        assertThat(lists.codes("kinds")).isEmpty();
        assertThat(lists.isKnown("kinds", "FAIR")).isTrue();
    }

    @Test
    void refusesLateWhatRestsOnAListNobodySpokeOf() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lists.isKnown("kinds", "FAIR"))
                .satisfies(e -> assertThat(e.problem().slug()).isEqualTo("not-yet-known"));
    }

    @Test
    void readsAnewBeforeItRefuses() {
        hear(code("FAIR", "Fuar", "Fair"));
        assertThat(lists.isKnown("kinds", "FAIR")).isTrue();

        hear(code("FAIR", "Fuar", "Fair"), code("CALL", "Çağrı", "Call"));

        assertThat(lists.isKnown("kinds", "CALL")).isTrue();
    }

    @Test
    void hearsAChangeAnotherInstanceTookWithinTenSeconds() {
        hear(code("FAIR", "Fuar", "Fair"));
        lists.label("kinds", "FAIR", "tr");
        hear(code("FAIR", "Panayır", "Fair"));

        assertThat(lists.label("kinds", "FAIR", "tr")).isEqualTo("Fuar");
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(lists.label("kinds", "FAIR", "tr")).isEqualTo("Panayır");
    }

    @Test
    void suggestsWhatLooksAlikeByCodeOrByLabelInAnyLanguage() {
        hear(
                code("FAIR", "Fuar", "Fair"),
                code("FORUM", "Forum", "Forum"),
                code("WORKSHOP", "Çalıştay", "Workshop"),
                code("CALL", "Çağrı", "Call"));

        assertThat(lists.nearest("kinds", "fiar").getFirst()).isEqualTo("FAIR");
        assertThat(lists.nearest("kinds", "çalistay").getFirst()).isEqualTo("WORKSHOP");
        assertThat(lists.nearest("kinds", "x".repeat(5000))).hasSize(3);
    }

    @Test
    void saysInTheErrorWhatMayHaveBeenMeant() {
        hear(code("FAIR", "Fuar", "Fair"));
        Checks checks = new Checks();

        lists.check(checks, "#/kind", "kinds", "FAIRE");

        assertThat(checks.errors()).containsExactly(FieldError.of("#/kind", "unknown-code", "FAIR"));
    }

    private void hear(KnownCode... codes) {
        heard.put("kinds", new KnownCodeList("kinds", List.of(codes)));
    }

    private static KnownCode code(String code, String turkish, String english) {
        return new KnownCode(code, Map.of("tr", turkish, "en", english), true, null);
    }
}
