package coop.imece.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ApiClientTests {

    private static final UUID REGISTRAR = UUID.fromString("0192f0c1-0000-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("0192f0c1-0000-7000-8000-000000000002");
    private static final Instant NOW = Instant.parse("2027-03-01T08:00:00Z");

    private final ApiClient client = ApiClient.register(
            UUID.randomUUID(), UUID.randomUUID(), "Depo", Set.of(Scope.DIRECTORY_WRITE), "first", REGISTRAR, NOW);

    @Test
    void theOldSecretIsGoodForADayBesideTheNewOne() {
        client.rotate("second", OTHER, _ -> true, NOW);

        assertThat(secretsAt(NOW.plus(Duration.ofHours(23)), _ -> true)).containsExactly("second", "first");
        assertThat(client.previousSecretUntil(NOW)).isEqualTo(NOW.plus(Duration.ofHours(24)));
        assertThat(secretsAt(NOW.plus(Duration.ofHours(24)), _ -> true)).containsExactly("second");
        assertThat(client.previousSecretUntil(NOW.plus(Duration.ofHours(24)))).isNull();
    }

    @Test
    void neverHasMoreThanTwoSecrets() {
        client.rotate("second", OTHER, _ -> true, NOW);
        client.rotate("third", OTHER, _ -> true, NOW.plusSeconds(1));

        assertThat(secretsAt(NOW.plusSeconds(2), _ -> true)).containsExactly("third", "second");
    }

    @Test
    void aSecretCountsOnlyWhileItsMakerIsTrusted() {
        client.rotate("second", OTHER, _ -> true, NOW);

        assertThat(secretsAt(NOW, OTHER::equals)).containsExactly("second");
        assertThat(secretsAt(NOW, REGISTRAR::equals)).containsExactly("first");
        assertThat(secretsAt(NOW, _ -> false)).isEmpty();
        assertThat(client.keeper()).isEqualTo(OTHER);
    }

    @Test
    void aNewSecretEndsTheOneOfWhoIsNotTrustedAnyMoreAtOnce() {
        client.rotate("second", OTHER, OTHER::equals, NOW);

        assertThat(secretsAt(NOW, _ -> true)).containsExactly("second");
        assertThat(client.previousSecretUntil(NOW)).isNull();
    }

    private List<String> secretsAt(Instant at, Predicate<UUID> trusted) {
        return client.secretsAt(at, trusted).stream()
                .map(ApiClient.Secret::hash)
                .toList();
    }

    @Test
    void anEndedOneHasNoSecretAndGetsNone() {
        assertThat(client.end()).isTrue();
        assertThat(client.end()).isFalse();

        assertThat(client.rotate("second", OTHER, _ -> true, NOW)).isFalse();
        assertThat(secretsAt(NOW, _ -> true)).isEmpty();
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
