package coop.imece.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.recipient.ContactPoint.Parsed;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactPointTests {

    private static final Set<String> COUNTRIES = Set.of("TR", "SI", "IL", "IT");

    @ParameterizedTest
    @CsvSource({
        "dana@agudah.example, dana@agudah.example",
        "' Dana.Levi+imece@Agudah.Example ', Dana.Levi+imece@agudah.example",
        "info@üretici.example, info@xn--retici-2ya.example",
        "o'brien@a.b.example, o'brien@a.b.example"
    })
    void takesAddressesAndNormalisesTheirDomain(String typed, String normalised) {
        assertThat(ContactPoint.email(typed)).isEqualTo(new Parsed.Valid(new ContactPoint(Channel.EMAIL, normalised)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dana",
                "dana@",
                "@agudah.example",
                "dana@agudah",
                "dana@@agudah.example",
                "dana@agudah..example",
                ".dana@agudah.example",
                "dana @agudah.example",
                "dana@agudah.example\r\nBcc: all@victims.example",
                "dana\r\n@agudah.example",
                "dana@agu\ndah.example",
                "dana@[127.0.0.1]",
                "dana@-agudah.example",
                "\"dana levi\"@agudah.example",
                "dana@agudah.example,second@agudah.example",
                "<dana@agudah.example>",
                "dana\u0000@agudah.example"
            })
    void refusesWhatIsNoAddress(String typed) {
        assertThat(ContactPoint.email(typed)).isEqualTo(new Parsed.Refused("invalid-email"));
    }

    @Test
    void refusesOverLongAddresses() {
        assertThat(ContactPoint.email("a".repeat(65) + "@agudah.example")).isInstanceOf(Parsed.Refused.class);
        assertThat(ContactPoint.email("a@" + "b".repeat(64) + ".example")).isInstanceOf(Parsed.Refused.class);
        assertThat(ContactPoint.email("a@" + "b.".repeat(200) + "example")).isInstanceOf(Parsed.Refused.class);
    }

    @Test
    void saysClearlyThatTheLocalPartMustBeAscii() {
        assertThat(ContactPoint.email("gülşen@kooperatif.example")).isEqualTo(new Parsed.Refused("email-not-ascii"));
    }

    @Test
    void capitalLettersMakeNoOtherPersonOfAnAddress() {
        assertThat(email("Dana@agudah.example").identity())
                .isEqualTo(email("dana@AGUDAH.example").identity());
    }

    @ParameterizedTest
    @CsvSource({
        "+905551112233, , +905551112233",
        "0555 111 22 33, TR, +905551112233",
        "+386 40 123 456, , +38640123456",
        "050-234-5678, IL, +972502345678"
    })
    void takesMobileNumbersInE164OrAsTheyAreWrittenAtHome(String typed, String home, String normalised) {
        assertThat(ContactPoint.phone(typed, home, COUNTRIES))
                .isEqualTo(new Parsed.Valid(new ContactPoint(Channel.SMS, normalised)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "12",
                "+",
                "+90",
                "+90555",
                "05551112233",
                "+905551112233 ext. 4",
                "+902242345678",
                "+90 555 111 22 33 44 55 66 77",
                "+905551112233\r\nX",
                "9999999999999999999999999999999999999999",
                "+999999999999"
            })
    void refusesWhatIsNoMobileNumber(String typed) {
        assertThat(ContactPoint.phone(typed, null, COUNTRIES)).isEqualTo(new Parsed.Refused("invalid-phone"));
    }

    @Test
    void refusesCountriesNoSmsIsSentTo() {
        assertThat(ContactPoint.phone("+4915112345678", null, COUNTRIES)).isEqualTo(new Parsed.Refused("sms-country"));
    }

    @Test
    void masksEnoughToRecogniseAndTooMuchToLearn() {
        assertThat(email("dana@agudah.example").masked()).isEqualTo("d•••@agudah.example");
        assertThat(new ContactPoint(Channel.SMS, "+905551112233").masked()).isEqualTo("+90•••33");
    }

    @Test
    void doesNotPrintTheAddress() {
        assertThat(email("dana@agudah.example").toString()).doesNotContain("dana");
    }

    private static ContactPoint email(String typed) {
        return ((Parsed.Valid) ContactPoint.email(typed)).contactPoint();
    }
}
