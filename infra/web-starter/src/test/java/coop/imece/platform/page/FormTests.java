package coop.imece.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTests {

    @Test
    void fillsAndReadsBackAMomentInItsZone() {
        var moment = new Moment(OffsetDateTime.parse("2027-05-07T07:00:00Z"), ZoneId.of("Europe/Istanbul"));
        Form form = Form.empty().with("starts", moment);
        assertThat(form.value("starts.date")).isEqualTo("2027-05-07");
        assertThat(form.value("starts.time")).isEqualTo("10:00");
        assertThat(form.moment("starts", new Checks()))
                .isEqualTo(new Moment(OffsetDateTime.parse("2027-05-07T10:00:00+03:00"), moment.zone()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 10:00, Europe/Istanbul, #/starts/date, required",
        "2027-05-07, '', Europe/Istanbul, #/starts/time, required",
        "2027-02-30, 10:00, Europe/Istanbul, #/starts/date, invalid-date",
        "2027-05-07, 25:00, Europe/Istanbul, #/starts/date, invalid-date",
        "2027-05-07, 10:00, Mars/Olympus, #/starts/zone, invalid-zone",
        "2027-05-07, 10:00, '', #/starts/zone, invalid-zone"
    })
    void saysWhatIsWrongWithAMoment(String date, String time, String zone, String pointer, String code) {
        var checks = new Checks();
        Form form = Form.of(Map.of(
                "starts.date", new String[] {date}, "starts.time", new String[] {time}, "starts.zone", new String[] {
                    zone
                }));
        assertThat(form.moment("starts", checks)).isNull();
        assertThat(checks.errors()).containsExactly(FieldError.of(pointer, code));
    }

    @Test
    void takesOnlyTheLanguagesThatWereTyped() {
        Form form = Form.of(Map.of("title.tr", new String[] {" Fuar "}, "title.he", new String[] {"  "}));
        assertThat(form.texts("title")).isEqualTo(LocalisedText.of("tr", "Fuar"));
        assertThat(form.hasOther("title", "tr")).isFalse();
        assertThat(form.hasOther("title", "en")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "#/name, name",
        "#/title/tr, title.tr",
        "#/topics/3, topics",
        "#/identifiers/0/value, identifiers.0.value",
        "#/starts/at, starts.date",
        "#/, ''"
    })
    void findsTheFieldAnErrorPointsAt(String pointer, String field) {
        assertThat(Form.field(FieldError.of(pointer, "required"))).isEqualTo(field);
    }

    @Test
    void keepsWhatWasTypedOutOfItsText() {
        assertThat(Form.empty().with("email", "dana@agudah.example").refused(List.of()))
                .hasToString("Form[email][]");
    }
}
