package coop.imece.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.TypedAddress;
import coop.imece.gateway.account.VaultOfTests;
import coop.imece.gateway.session.AddressOfTests;
import coop.imece.platform.seal.Sealing;
import coop.imece.platform.text.Language;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What floods do, with a clock that runs as fast as the test.
class SignInFloodTests {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
    private static final int ATTEMPTS = 100_000;
    private static final int NETWORKS = 1_000;

    private final Address victim = Address.email("victim@nilufer.example").orElseThrow();
    private final SettableClock clock = new SettableClock();
    private final RememberedSignIns signIns = new RememberedSignIns();
    private final Map<String, Long> counts = new HashMap<>();

    private CodeRequest codes(SignInSettings settings) {
        DayCounts remembered = (subject, day) -> counts.merge(day + subject, 1L, Long::sum);
        var vault = VaultOfTests.make();
        var address = AddressOfTests.of("https://imece.example");
        Sealing sealing = content -> "sealed";
        return new CodeRequest(
                signIns,
                vault,
                new SignInMessages(sealing, address, settings),
                new SignInQuota(remembered, vault, settings, address),
                clock);
    }

    /// As `application.yml` and the defaults have it.
    private static SignInSettings settings() {
        return new SignInSettings(
                Duration.ofMinutes(10),
                5,
                Duration.ofMinutes(15),
                5,
                20,
                10,
                2000,
                300,
                2000,
                Set.of("TR", "SI", "IL", "IT"),
                2000,
                1000);
    }

    private static String network(int number) {
        return "10.%d.%d.7".formatted(number / 250, number % 250);
    }

    @Test
    void aHundredThousandAttemptsFromAThousandNetworksSendOneVictimTwentyMailsADay() {
        CodeRequest codes = codes(settings());
        Map<LocalDate, Integer> mails = new HashMap<>();
        Duration step = Duration.ofDays(2).dividedBy(ATTEMPTS);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            clock.now = MIDNIGHT.plus(step.multipliedBy(attempt));
            var outcome = codes.request(victim, Language.TR, network(attempt % NETWORKS));
            switch (outcome) {
                case CodeRequest.Outcome.Accepted() ->
                    mails.merge(LocalDate.ofInstant(clock.now, ZoneOffset.UTC), 1, Integer::sum);
                case CodeRequest.Outcome.TooMany(var pause) -> assertThat(pause).isPositive();
                case CodeRequest.Outcome.CountryNotServed() -> throw new AssertionError("an e-mail has no country");
            }
        }
        assertThat(mails.values())
                .as("%s", mails)
                .allSatisfy(sent -> assertThat(sent).isBetween(1, 20));
    }

    @Test
    void oneNetworkIsStoppedWhateverAddressesItNames() {
        CodeRequest codes = codes(settings());
        int sent = 0;
        for (int attempt = 0; attempt < 1_000; attempt++) {
            Address address =
                    Address.email("a" + attempt + "@d" + attempt + ".example").orElseThrow();
            // All in one /24.
            if (codes.request(address, Language.TR, "10.0.0." + attempt % 250)
                    instanceof CodeRequest.Outcome.Accepted) {
                sent++;
            }
        }
        assertThat(sent).isEqualTo(300);
    }

    @Test
    void oneMailDomainIsSparedWhoeverAsks() {
        CodeRequest codes = codes(settings());
        int sent = 0;
        for (int attempt = 0; attempt < 5_000; attempt++) {
            Address address = Address.email("a" + attempt + "@nilufer.example").orElseThrow();
            if (codes.request(address, Language.TR, network(attempt % NETWORKS))
                    instanceof CodeRequest.Outcome.Accepted) {
                sent++;
            }
        }
        assertThat(sent).isEqualTo(2_000);
    }

    @Test
    void smsHaveACeilingThatEndsWithTheDay() {
        CodeRequest codes = codes(settings());
        clock.now = MIDNIGHT.plus(Duration.ofHours(20));
        int sent = 0;
        Optional<Duration> pause = Optional.empty();
        for (int attempt = 0; attempt < 3_000; attempt++) {
            Address number =
                    Address.phone("+90555" + (1_000_000 + attempt), "ZZ").orElseThrow();
            switch (codes.request(number, Language.TR, network(attempt % NETWORKS))) {
                case CodeRequest.Outcome.Accepted() -> sent++;
                case CodeRequest.Outcome.TooMany(var wait) -> pause = Optional.of(wait);
                case CodeRequest.Outcome.CountryNotServed() -> throw new AssertionError("Türkiye is served");
            }
        }
        assertThat(sent).isEqualTo(2_000);
        assertThat(pause).contains(Duration.ofHours(4));
        clock.now = MIDNIGHT.plus(Duration.ofHours(24));
        assertThat(codes.request(Address.phone("+905559999999", "ZZ").orElseThrow(), Language.TR, "10.0.0.1"))
                .isInstanceOf(CodeRequest.Outcome.Accepted.class);
    }

    @Test
    void numbersOfOtherCountriesGetNothingAndCountForNothing() {
        CodeRequest codes = codes(settings());
        Address german = TypedAddress.of(null, "+4915123456789").address().orElseThrow();
        assertThat(codes.request(german, Language.EN, "10.0.0.1"))
                .isInstanceOf(CodeRequest.Outcome.CountryNotServed.class);
        assertThat(counts).isEmpty();
        assertThat(signIns.all).isEmpty();
        Address slovene = Address.phone("+38631123456", "ZZ").orElseThrow();
        assertThat(codes.request(slovene, Language.SL, "10.0.0.1")).isInstanceOf(CodeRequest.Outcome.Accepted.class);
    }

    @Test
    void aNumberGetsFewerCodesADayThanAMailbox() {
        CodeRequest codes = codes(settings());
        Address number = Address.phone("+905551112233", "ZZ").orElseThrow();
        int sent = 0;
        for (int hour = 0; hour < 24; hour++) {
            clock.now = MIDNIGHT.plus(Duration.ofHours(hour));
            if (codes.request(number, Language.TR, network(hour)) instanceof CodeRequest.Outcome.Accepted) {
                sent++;
            }
        }
        assertThat(sent).isEqualTo(10);
    }

    private static final class SettableClock extends Clock {

        private Instant now = MIDNIGHT;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /// What the store remembers, in memory.
    private static final class RememberedSignIns implements SignIns {

        private final Map<UUID, SignIn> all = new HashMap<>();

        @Override
        public Optional<SignIn> findById(UUID id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public <S extends SignIn> S save(S signIn) {
            all.put(signIn.id(), signIn);
            return signIn;
        }

        @Override
        public Optional<SignIn> findByLinkHash(String linkHash) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <S extends SignIn> Iterable<S> saveAll(Iterable<S> entities) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean existsById(UUID id) {
            return all.containsKey(id);
        }

        @Override
        public Iterable<SignIn> findAll() {
            return all.values();
        }

        @Override
        public Iterable<SignIn> findAllById(Iterable<UUID> ids) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long count() {
            return all.size();
        }

        @Override
        public void deleteById(UUID id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(SignIn entity) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deleteAllById(Iterable<? extends UUID> ids) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deleteAll(Iterable<? extends SignIn> entities) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deleteAll() {
            throw new UnsupportedOperationException();
        }
    }
}
