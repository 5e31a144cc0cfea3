package coop.imece.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiClientTests {

    private static final Instant NOW = Instant.parse("2027-03-01T08:00:00Z");

    private final ApiClient client = ApiClient.register(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "Depo",
            Set.of(Scope.DIRECTORY_WRITE),
            "first",
            UUID.randomUUID(),
            NOW);

    @Test
    void theOldSecretIsGoodForADayBesideTheNewOne() {
        client.rotate("second", NOW);

        assertThat(client.secretsAt(NOW.plus(Duration.ofHours(23)))).containsExactly("second", "first");
        assertThat(client.previousSecretUntil(NOW)).isEqualTo(NOW.plus(Duration.ofHours(24)));
        assertThat(client.secretsAt(NOW.plus(Duration.ofHours(24)))).containsExactly("second");
        assertThat(client.previousSecretUntil(NOW.plus(Duration.ofHours(24)))).isNull();
    }

    @Test
    void neverHasMoreThanTwoSecrets() {
        client.rotate("second", NOW);
        client.rotate("third", NOW.plusSeconds(1));

        assertThat(client.secretsAt(NOW.plusSeconds(2))).containsExactly("third", "second");
    }

    @Test
    void anEndedOneHasNoSecretAndGetsNone() {
        assertThat(client.end()).isTrue();
        assertThat(client.end()).isFalse();

        assertThat(client.rotate("second", NOW)).isFalse();
        assertThat(client.secretsAt(NOW)).isEmpty();
    }

    @Test
    void knowsItsScopesByWhoseItIs() {
        assertThat(Scope.values(Scope.open(false)))
                .isEqualTo(List.of("directory:write", "gatherings:write", "impact:write", "notifications:send"));
        assertThat(Scope.values(Scope.open(true))).isEqualTo(List.of("impact:review", "network:admin"));
    }

    @Test
    void aSecretShowsItselfToNobodyByAccident() {
        ClientSecret secret = ClientSecret.made();

        assertThat(secret.value()).hasSizeGreaterThanOrEqualTo(43 + "imece_".length());
        assertThat(secret.toString()).doesNotContain(secret.value());
        assertThat(secret.hash()).hasSize(64).isNotEqualTo(ClientSecret.made().hash());
    }
}
