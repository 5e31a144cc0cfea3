package coop.imece.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTests {

    @Test
    void twoSpellingsOfAnEmailAddressAreOneAddress() {
        assertThat(Address.email(" Etkinlik@NILUFER.example ")).isEqualTo(Address.email("etkinlik@nilufer.example"));
    }

    @Test
    void aDomainInLettersIsTheDomainInAscii() {
        assertThat(Address.email("bilgi@köy.example").orElseThrow().value()).isEqualTo("bilgi@xn--ky-fka.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nobody",
                "@x.example",
                "a@",
                "a b@x.example",
                "a@x",
                "a@x.example\r\nBcc: b@x.example",
                "a@-x.example",
                "\"a\"@x.example",
                "a..b@x.example",
                "a@x.example,b@x.example",
                "a\u0000@x.example",
                "a@1.2"
            })
    void refusesWhatIsNoEmailAddress(String typed) {
        assertThat(Address.email(typed)).isEmpty();
    }

    @Test
    void refusesAnEmailAddressThatIsTooLong() {
        assertThat(Address.email("a".repeat(65) + "@x.example")).isEmpty();
        assertThat(Address.email("a@" + "x".repeat(60) + "." + ("y".repeat(60) + ".").repeat(4) + "example"))
                .isEmpty();
    }

    @Test
    void twoSpellingsOfAPhoneNumberAreOneNumber() {
        assertThat(Address.phone("0555 111 22 33", "TR")).isEqualTo(Address.phone("+90 (555) 111-2233", "ZZ"));
        assertThat(Address.phone("+905551112233", "ZZ").orElseThrow().value()).isEqualTo("+905551112233");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "05551112233", "+90555", "phone", "+1234567890123456789"})
    void refusesWhatIsNoPhoneNumberInInternationalForm(String typed) {
        assertThat(Address.phone(typed, "ZZ")).isEmpty();
    }

    @Test
    void showsAndPrintsNoAddress() {
        Address email = Address.email("etkinlik@nilufer.example").orElseThrow();
        assertThat(email.masked()).isEqualTo("e…@nilufer.example");
        assertThat(email.toString()).doesNotContain("nilufer");
        assertThat(Address.phone("+905551112233", "ZZ").orElseThrow().masked()).isEqualTo("+90…33");
    }
}
