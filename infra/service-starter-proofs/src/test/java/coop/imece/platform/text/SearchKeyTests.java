package coop.imece.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchKeyTests {

    @ParameterizedTest
    @ValueSource(strings = {"Isparta", "ısparta", "İSPARTA", "isparta", "ISPARTA", " Isparta! "})
    void takesTheFourTurkishLettersForOne(String written) {
        assertThat(SearchKey.fold(written)).isEqualTo("isparta");
    }

    @ParameterizedTest
    @CsvSource({
        "Šentjur, sentjur",
        "Çiğdem-Gül, cigdem gul",
        "Città d’Arte, citta darte",
        "Groß, gross",
        "ﬁne  food, fine food",
        "NACE 10.51, nace 10 51"
    })
    void leavesMarksAndSignsOut(String written, String folded) {
        assertThat(SearchKey.fold(written)).isEqualTo(folded);
    }

    @Test
    void keepsHebrewLettersAndDropsTheirPoints() {
        assertThat(SearchKey.fold("שָׁלוֹם צה״ל")).isEqualTo("שלום צהל");
    }

    @Test
    void findsTheWords() {
        assertThat(SearchKey.words("  Üretici  Fuarı, 2027 ")).containsExactly("uretici", "fuari", "2027");
        assertThat(SearchKey.words("?!")).isEmpty();
    }
}
