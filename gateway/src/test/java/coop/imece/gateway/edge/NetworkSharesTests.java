package coop.imece.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class NetworkSharesTests {

    private final NetworkShares shares =
            new NetworkShares(new NetworkShares.Settings(2, DataSize.ofBytes(4 * Buffers.BLOCK)), false);

    private NetworkShares.Place place(String address) {
        return Objects.requireNonNull(shares.place(address), address);
    }

    @Test
    void aNetworkHoldsSoManyPlacesAndTakesNoneFromAnother() {
        var first = place("203.0.113.1");
        place("203.0.113.200");
        assertThat(shares.place("203.0.113.7")).isNull();
        assertThat(shares.place("2001:db8:1::1")).isNotNull();

        first.close();

        assertThat(shares.place("203.0.113.7")).isNotNull();
    }

    @Test
    void aNetworkHoldsSoMuchMemoryAndGivesItBackWithItsRequests() {
        var buffers = new Buffers(new BodyLimits(
                DataSize.ofKilobytes(1),
                DataSize.ofKilobytes(1),
                DataSize.ofKilobytes(1),
                Duration.ofSeconds(1),
                DataSize.ofKilobytes(1),
                DataSize.ofBytes(6 * Buffers.BLOCK)));
        try (var here = place("203.0.113.1");
                var room = buffers.room(here);
                var there = place("198.51.100.1");
                var other = buffers.room(there)) {
            assertThat(room.add(4 * Buffers.BLOCK)).isTrue();
            assertThat(room.add(1))
                    .as("more than its share, though there is more")
                    .isFalse();
            assertThat(other.add(2 * Buffers.BLOCK)).isTrue();
            assertThat(other.add(1)).as("more than there is").isFalse();
        }
        assertThat(buffers.free()).isEqualTo(6 * Buffers.BLOCK);
        assertThat(shares.networks()).isZero();
        try (var again = place("203.0.113.1");
                var room = buffers.room(again)) {
            assertThat(room.add(4 * Buffers.BLOCK)).isTrue();
        }
    }

    @Test
    void onesOwnMachineIsOneNetworkAndSharesNothingOut() {
        var own = new NetworkShares(new NetworkShares.Settings(1, DataSize.ofBytes(0)), true);
        for (int i = 0; i < 100; i++) {
            assertThat(own.place("127.0.0.1"))
                    .isNotNull()
                    .satisfies(place -> assertThat(place.add(100)).isTrue());
        }
    }
}
