package coop.imece.bench;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.bench.Arrivals.Arrival;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReconcilerTests {

    private static final Set<String> BOTH = Set.of("a@posta.example", "b@posta.example");

    private final Reconciler reconciler = new Reconciler();

    @Test
    void isContentWhenEverybodyGotOneMail() {
        reconciler.addresses("fair", BOTH, List.of(mail("1", "a@posta.example"), mail("2", "b@posta.example")));
        assertThat(reconciler.findings()).isEmpty();
        assertThat(reconciler.repeats()).isZero();
    }

    @Test
    void seesALostMail() {
        reconciler.addresses("fair", BOTH, List.of(mail("1", "a@posta.example")));
        assertThat(reconciler.findings()).containsExactly("fair: 1 of 2 never arrived");
    }

    @Test
    void seesASecondMessageIdForOneDelivery() {
        reconciler.addresses(
                "fair",
                BOTH,
                List.of(mail("1", "a@posta.example"), mail("9", "a@posta.example"), mail("2", "b@posta.example")));
        assertThat(reconciler.findings()).containsExactly("fair: 1 deliveries under a second Message-ID");
    }

    @Test
    void countsARepeatUnderTheSameMessageIdAndAllowsIt() {
        reconciler.addresses(
                "fair",
                BOTH,
                List.of(mail("1", "a@posta.example"), mail("1", "a@posta.example"), mail("2", "b@posta.example")));
        assertThat(reconciler.findings()).isEmpty();
        assertThat(reconciler.repeats()).isEqualTo(1);
    }

    @Test
    void seesSomebodyWhoNeverAsked() {
        reconciler.addresses(
                "fair",
                BOTH,
                List.of(mail("1", "a@posta.example"), mail("2", "b@posta.example"), mail("3", "c@posta.example")));
        assertThat(reconciler.findings()).containsExactly("fair: 1 got it who never asked");
    }

    @Test
    void letsOnlyAsManySmsBeMissingAsTheBooksDoubt() {
        var numbers = Set.of("+905321000001", "+905321000002");
        reconciler.numbers("fair", numbers, List.of(sms("1", "+905321000001")), 1);
        assertThat(reconciler.findings()).isEmpty();

        reconciler.numbers("fair", numbers, List.of(sms("1", "+905321000001")), 0);
        assertThat(reconciler.findings()).containsExactly("fair: 1 SMS never arrived, 0 in doubt");
    }

    @Test
    void seesAnSmsThatCameTwice() {
        reconciler.numbers(
                "fair", Set.of("+905321000001"), List.of(sms("1", "+905321000001"), sms("2", "+905321000001")), 0);
        assertThat(reconciler.findings()).containsExactly("fair: 1 numbers got the SMS again");
    }

    @Test
    void seesBooksThatDoNotBalance() {
        var books = new JsonMapper().readTree("""
                        {"state": "SENT", "accepted": 2, "sent": 1, "failed": 0, "suppressed": 0, "inDoubt": 0}""");
        reconciler.books("fair", 2, books);
        assertThat(reconciler.findings()).containsExactly("fair: accepted 2, outcomes 1");
    }

    private static Arrival sms(String id, String to) {
        return new Arrival(0, "SMS", id, to, 0);
    }

    private static Arrival mail(String id, String to) {
        return new Arrival(0, "EMAIL", id, to, 4_000);
    }
}
