package coop.imece.directory.codelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeListTests {

    private static final Code FAIR = code("FAIR", "Fuar");
    private static final Code FORUM = code("FORUM", "Forum");

    static Code code(String code, String label) {
        return new Code(code, Map.of("tr", label, "en", label, "sl", label, "he", label, "it", label), true, null);
    }

    @Test
    void tellsEverybodyItsFirstCodes() {
        CodeList list = CodeList.begin("gathering-kinds", List.of(FAIR, FORUM));

        assertThat(list.raised()).containsExactly(new CodeListEvent.CodeListChanged(List.of("FAIR", "FORUM")));
    }

    @Test
    void hasTheSameIdWhereverItBegins() {
        assertThat(CodeList.begin("topics", List.of(FAIR)).id())
                .isEqualTo(CodeList.begin("topics", List.of(FORUM)).id());
    }

    @Test
    void namesOnlyTheCodesThatChanged() {
        CodeList list = CodeList.begin("gathering-kinds", List.of(FAIR, FORUM));

        assertThat(list.change(List.of(FAIR, code("FORUM", "Açık oturum"), code("CALL", "Çağrı"))))
                .isTrue();

        assertThat(list.raised()).last().isEqualTo(new CodeListEvent.CodeListChanged(List.of("FORUM", "CALL")));
    }

    @Test
    void raisesNothingWhenNothingChanges() {
        CodeList list = CodeList.begin("gathering-kinds", List.of(FAIR, FORUM));

        assertThat(list.change(List.of(FAIR, FORUM))).isFalse();
        assertThat(list.raised()).hasSize(1);
    }

    @Test
    void neverLosesAPublishedCode() {
        CodeList list = CodeList.begin("gathering-kinds", List.of(FAIR, FORUM));

        assertThat(list.missingFrom(List.of(FAIR))).containsExactly("FORUM");
        assertThatIllegalArgumentException().isThrownBy(() -> list.change(List.of(FAIR)));
    }

    @Test
    void hasNoCodeWithoutALabelInEachLanguage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Code("FAIR", Map.of("tr", "Fuar", "en", "Fair"), true, null));
    }
}
