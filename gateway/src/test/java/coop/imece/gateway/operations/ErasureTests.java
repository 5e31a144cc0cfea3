package coop.imece.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.test.ContractAssertions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ErasureTests {

    private static final Instant NOON = Instant.parse("2027-05-07T12:00:00Z");
    private static final Instant LATER = NOON.plus(Erasure.PATIENCE).plusSeconds(1);

    private final UUID account = UUID.randomUUID();
    private final Erasure erasure = Erasure.unheard(UUID.randomUUID(), List.of("a-service", "b-service"));

    @Test
    void isCompleteOnceEveryServiceHasConfirmedWhateverTheOrder() {
        assertThat(erasure.confirm("b-service", NOON)).isTrue();
        assertThat(erasure.request(account, NOON, NOON)).isTrue();
        assertThat(erasure.complete()).isFalse();
        assertThat(erasure.confirm("a-service", NOON)).isTrue();
        assertThat(erasure.complete()).isTrue();
        assertThat(erasure.overdue(LATER)).isFalse();
    }

    @Test
    void takesRepeatsForWhatTheyAre() {
        erasure.request(account, NOON, NOON);
        erasure.confirm("a-service", NOON);

        assertThat(erasure.request(account, LATER, LATER)).isFalse();
        assertThat(erasure.confirm("a-service", LATER)).isFalse();
        assertThat(erasure.requestedAt()).isEqualTo(NOON);
        assertThat(erasure.receiptOf("a-service")).isEqualTo(new Erasure.Receipt("a-service", NOON));
    }

    @Test
    void asksAgainWhileSomebodyIsMissingAndNeverAfterwards() {
        erasure.request(account, NOON, NOON);
        erasure.confirm("a-service", NOON);
        assertThat(erasure.overdue(NOON)).isFalse();
        assertThat(erasure.overdue(LATER)).isTrue();

        erasure.askAgain(LATER);
        assertThat(erasure.raised()).containsExactly(new EraseSubject(erasure.id(), account, NOON));
        ContractAssertions.assertPublishes(erasure);

        erasure.confirm("b-service", LATER);
        erasure.askAgain(LATER);
        assertThat(erasure.raised()).isEmpty();
    }

    @Test
    void theCommandHasASchemaAndAnExample() {
        ContractAssertions.assertEveryTypeIsPublished(EraseSubject.class);
    }
}
