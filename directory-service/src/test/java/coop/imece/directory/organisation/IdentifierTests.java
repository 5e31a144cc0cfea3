package coop.imece.directory.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTests {

    @ParameterizedTest
    @CsvSource({
        "TR-VKN, 4540536920, true",
        "TR-VKN, 8790017566, true",
        "TR-VKN, 6010277204, true",
        "TR-VKN, 4540536921, false",
        "TR-VKN, 454053692, false",
        "TR-MERSIS, 0601027720400010, true",
        "TR-MERSIS, 0879001756600379, true",
        "TR-MERSIS, 0879001756700379, false",
        "IT-CF, 00743110157, true",
        "IT-CF, 00743110158, false",
        "SI-MATICNA, 9331310, true",
        "SI-MATICNA, 9331310000, true",
        "SI-MATICNA, 9331311, false",
        "SI-DAVCNA, 15012557, true",
        "SI-DAVCNA, 15012558, false",
        "IL-REG, 516179157, true",
        "IL-REG, 516179158, false"
    })
    void knowsWhetherTheCheckDigitsFit(String scheme, String value, boolean valid) {
        assertThat(Identifier.of(scheme, value).valid()).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TR-SICIL", "OTHER", "LEI"})
    void saysNothingWhereNoRuleIsKnown(String scheme) {
        assertThat(Identifier.of(scheme, "123").valid()).isNull();
    }

    @Test
    void forgetsSpacesDotsAndDashes() {
        assertThat(Identifier.of("TR-VKN", " 454 053.69-20 ")).isEqualTo(new Identifier("TR-VKN", "4540536920", true));
    }

    @Test
    void recognisesThePersonalNumberNobodyShallLeaveHere() {
        assertThat(Identifier.looksPersonal("TR-VKN", "10000000146")).isTrue();
        assertThat(Identifier.looksPersonal("TR-VKN", "4540536920")).isFalse();
        assertThat(Identifier.looksPersonal("IT-CF", "10000000146")).isFalse();
    }
}
