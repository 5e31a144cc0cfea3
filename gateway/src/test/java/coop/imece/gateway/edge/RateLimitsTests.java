package coop.imece.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import coop.imece.gateway.session.Visitor;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitsTests {

    private static final String HERE = "192.0.2.1";

    private final Time time = new Time();

    /// Stands still until it is told to go on.
    private static final class Time implements TimeMeter {

        private long nanos;

        void pass(Duration span) {
            nanos += span.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    /// work 100, reads 60, lists 20, writes 10, expensive 3; programs twice, networks five times; ceiling 1000,
    /// assets 200, sign-ins 6 and 10 a day.
    private static RateLimits.Settings settings() {
        return new RateLimits.Settings(100, 60, 20, 10, 3, 2, 5, 1000, 200, 6, 10, 20, 1000);
    }

    private RateLimits limits() {
        return new RateLimits(settings(), false, time, RateLimits.MOST);
    }

    private static Visitor person() {
        return Visitor.person(UUID.randomUUID(), UUID.randomUUID(), true, null, Set.of(), Map.of());
    }

    private static Visitor program() {
        return Visitor.client(UUID.randomUUID(), UUID.randomUUID(), Set.of(), Map.of(), Set.of());
    }

    private static int admitted(RateLimits limits, Work work, Visitor visitor, String from, int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += limits.pause(work, visitor, from).isEmpty() ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void neighboursInOneNetworkCountTogether() {
        assertThat(RateLimits.network("192.0.2.7")).isEqualTo(RateLimits.network("192.0.2.200"));
        assertThat(RateLimits.network("192.0.2.7")).isNotEqualTo(RateLimits.network("192.0.3.7"));
        assertThat(RateLimits.network("2001:db8:1:2::1")).isEqualTo(RateLimits.network("2001:db8:1:ffff::9"));
        assertThat(RateLimits.network("2001:db8:1::1")).isNotEqualTo(RateLimits.network("2001:db8:2::1"));
        assertThat(RateLimits.network("fe80::1%eth0")).isEqualTo(RateLimits.network("fe80::2"));
        assertThat(RateLimits.network("no address")).isEqualTo("unknown");
    }

    @Test
    void eachPersonHasABudgetOfEachKindAndProgramsAndNetworksAMultiple() {
        assertThat(admitted(limits(), Work.READ, person(), HERE, 500)).isEqualTo(60);
        assertThat(admitted(limits(), Work.LIST, person(), HERE, 500)).isEqualTo(20);
        assertThat(admitted(limits(), Work.WRITE, person(), HERE, 500)).isEqualTo(10);
        assertThat(admitted(limits(), Work.EXPENSIVE, person(), HERE, 500)).isEqualTo(3);
        assertThat(admitted(limits(), Work.READ, program(), HERE, 500)).isEqualTo(120);
        assertThat(admitted(limits(), Work.READ, Visitor.ANYONE, HERE, 500)).isEqualTo(300);
    }

    @Test
    void whatOneAsksForTakesNothingFromAnother() {
        RateLimits limits = limits();
        Visitor busy = person();
        assertThat(admitted(limits, Work.READ, busy, HERE, 500)).isEqualTo(60);
        assertThat(admitted(limits, Work.READ, person(), HERE, 1)).isOne();
        assertThat(admitted(limits, Work.READ, Visitor.ANYONE, HERE, 1)).isOne();
        assertThat(admitted(limits, Work.READ, busy, "198.51.100.1", 1)).isZero();
    }

    @Test
    void workOfAllKindsIsCountedTogetherByWhatItCosts() {
        RateLimits limits = limits();
        Visitor person = person();
        // 2 × 20 + 10 × 5 = 90 of 100 tokens.
        assertThat(admitted(limits, Work.EXPENSIVE, person, HERE, 2)).isEqualTo(2);
        assertThat(admitted(limits, Work.WRITE, person, HERE, 10)).isEqualTo(10);
        assertThat(admitted(limits, Work.EXPENSIVE, person, HERE, 1)).isZero();
        assertThat(admitted(limits, Work.READ, person, HERE, 50)).isEqualTo(10);
        time.pass(Duration.ofSeconds(24));
        assertThat(admitted(limits, Work.EXPENSIVE, person, HERE, 3))
                .as("what was refused took none of its kind: 1 and 24/60 of 3")
                .isEqualTo(2);
    }

    @Test
    void whoIsRefusedIsToldWhenTheNextOneIsFree() {
        RateLimits limits = limits();
        Visitor person = person();
        admitted(limits, Work.WRITE, person, HERE, 10);
        Duration pause = limits.pause(Work.WRITE, person, HERE).orElseThrow();
        assertThat(pause).isEqualTo(Duration.ofSeconds(6));
        time.pass(pause.minusMillis(1));
        assertThat(limits.pause(Work.WRITE, person, HERE)).isPresent();
        time.pass(Duration.ofMillis(1));
        assertThat(limits.pause(Work.WRITE, person, HERE)).isEmpty();
    }

    @Test
    void signingInIsCountedByNetworkAndDayWhoeverAsks() {
        RateLimits limits = limits();
        assertThat(admitted(limits, Work.SIGN_IN, person(), HERE, 4)).isEqualTo(4);
        assertThat(admitted(limits, Work.SIGN_IN, Visitor.ANYONE, HERE, 4)).isEqualTo(2);
        time.pass(Duration.ofMinutes(2));
        assertThat(admitted(limits, Work.SIGN_IN, Visitor.ANYONE, HERE, 20)).isEqualTo(4);
        assertThat(limits.pause(Work.SIGN_IN, Visitor.ANYONE, HERE).orElseThrow())
                .isGreaterThan(Duration.ofHours(2));
        assertThat(admitted(limits, Work.SIGN_IN, Visitor.ANYONE, "198.51.100.1", 1))
                .isOne();
    }

    @Test
    void aNetworkHasACeilingThatRefusedTokensBringNearer() {
        RateLimits limits = limits();
        for (int i = 0; i < 40; i++) {
            limits.tokenRefused(HERE);
        }
        int passed = 0;
        while (limits.pauseOfNetwork(Work.READ, HERE).isEmpty()) {
            passed++;
        }
        assertThat(passed).isEqualTo(1000 - 40 * 20);
        assertThat(limits.pauseOfNetwork(Work.READ, "198.51.100.1")).isEmpty();
    }

    @Test
    void onSomebodysOwnMachineAHundredPeopleSignInWithinAMinute() {
        var usual = new RateLimits.Settings(2400, 1200, 600, 240, 90, 2, 5, 36000, 6000, 60, 1000, 20, 1000);
        var limits = new RateLimits(usual, true, time, RateLimits.MOST);
        assertThat(admitted(limits, Work.SIGN_IN, Visitor.ANYONE, "127.0.0.1", 300))
                .isEqualTo(300);
    }

    /// A million requests of a hundred thousand networks within two minutes, a few of them asking for very much: as
    /// many pass as each one's rate gives, computed beside it in the plainest way.
    @Test
    void admitsWithinOneInAHundredOfTheSetRateInBoundedMemory() {
        RateLimits limits = limits();
        var random = new Random(20261127);
        Map<Integer, double[]> expected = new HashMap<>();
        int requests = 1_000_000;
        int networks = 100_000;
        String[] addresses = IntStream.range(0, networks)
                .mapToObj(network -> "2001:%x:%x::1".formatted(network >> 8, network & 0xff))
                .toArray(String[]::new);
        Duration step = Duration.ofMinutes(2).dividedBy(requests);
        double perNano = 50 / (double) Duration.ofMinutes(1).toNanos();
        long admitted = 0;
        long reference = 0;
        for (int i = 0; i < requests; i++) {
            time.pass(step);
            int network = random.nextInt(3) == 0 ? random.nextInt(200) : random.nextInt(networks);
            admitted +=
                    limits.pause(Work.WRITE, Visitor.ANYONE, addresses[network]).isEmpty() ? 1 : 0;
            double[] bucket = expected.computeIfAbsent(network, _ -> new double[] {50, 0});
            bucket[0] = Math.min(50, bucket[0] + (time.nanos - bucket[1]) * perNano);
            bucket[1] = time.nanos;
            if (bucket[0] >= 1) {
                bucket[0]--;
                reference++;
            }
        }
        assertThat(reference).as("the test refuses something").isBetween(600_000L, 750_000L);
        assertThat(admitted).isCloseTo(reference, withinPercentage(1));
        assertThat(limits.remembered()).isLessThanOrEqualTo(RateLimits.MOST);
        time.pass(Duration.ofMinutes(2));
        assertThat(limits.remembered()).as("all full again, and forgotten").isZero();
    }

    @Test
    void howeverManyAskNoMoreThanSoManyAreRemembered() {
        var limits = new RateLimits(settings(), false, time, 1000);
        for (int network = 0; network < 20_000; network++) {
            limits.pause(Work.READ, Visitor.ANYONE, "10.%d.%d.1".formatted(network >> 8, network & 0xff));
        }
        assertThat(limits.remembered()).isLessThanOrEqualTo(1000);
    }
}
