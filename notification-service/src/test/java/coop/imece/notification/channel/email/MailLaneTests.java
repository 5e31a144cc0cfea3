package coop.imece.notification.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.text.Language;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailLaneTests {

    private static final String PIPELINING = "PIPELINING 8BITMIME";

    @ParameterizedTest
    @ValueSource(strings = {PIPELINING, "PIPELINING", "8BITMIME", ""})
    void sendsEveryMailOnceOverFewConnectionsWhateverTheRelayOffers(String offers) throws Exception {
        try (var relay = new ScriptedRelay(offers);
                var lane = lane(relay, 3)) {
            var outcomes = submit(
                    lane,
                    IntStream.range(0, 200)
                            .mapToObj(i -> "p" + i + "@x.example")
                            .toList());
            for (var outcome : outcomes) {
                assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(MailOutcome.Accepted.class);
            }
            assertThat(relay.received).hasSize(200);
            assertThat(relay.received.stream().map(ScriptedRelay.Received::to)).doesNotHaveDuplicates();
            assertThat(relay.connections).hasValueLessThanOrEqualTo(3);
            assertThat(relay.commands).doesNotContain("RSET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PIPELINING, ""})
    void tellsRefusedFromDeferredAndGoesOnWithTheNext(String offers) throws Exception {
        try (var relay = new ScriptedRelay(offers);
                var lane = lane(relay, 1)) {
            var outcomes = submit(
                    lane,
                    List.of(
                            "a@x.example",
                            "bounce@x.example",
                            "b@x.example",
                            "later@x.example",
                            "late@x.example",
                            "full@x.example",
                            "c@x.example"));
            assertThat(results(outcomes))
                    .extracting(o -> o.getClass().getSimpleName())
                    .containsExactly("Accepted", "Refused", "Accepted", "Deferred", "Refused", "Deferred", "Accepted");
            assertThat(outcomes.get(1).get()).isEqualTo(new MailOutcome.Refused(550, "550 no such user"));
            assertThat(relay.received)
                    .extracting(ScriptedRelay.Received::to)
                    .containsExactly("a@x.example", "b@x.example", "c@x.example");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PIPELINING, ""})
    void keepsOfARefusalWhatSaysNothingAboutThePerson(String offers) throws Exception {
        String before = "5.1.1 " + "x".repeat(185);
        try (var relay = new ScriptedRelay(offers);
                var lane = lane(relay, 1)) {
            relay.refusals.put("dana.Cohen@x.example", "550 5.1.1 <DANA.cohen@X.EXAMPLE>: Recipient address rejected");
            relay.refusals.put("cut@x.example", "550 " + before + " <cut@x.example>: rejected");
            relay.refusals.put(
                    "alone@x.example", "450 4.2.1 no mailbox (Alone), ask +905551112233 or mailto:a@b.example");
            assertThat(results(submit(lane, List.of("dana.Cohen@x.example", "cut@x.example", "alone@x.example"))))
                    .containsExactly(
                            new MailOutcome.Refused(550, "550 5.1.1 … Recipient address rejected"),
                            new MailOutcome.Refused(550, "550 " + before + " … reject"),
                            new MailOutcome.Deferred(450, "450 4.2.1 no mailbox … ask … or …"));
        }
    }

    @Test
    void saysThatItDoesNotKnowWhenTheAnswerAfterTheDotNeverComes() throws Exception {
        try (var relay = new ScriptedRelay(PIPELINING);
                var lane = lane(relay, 1)) {
            var outcomes = submit(lane, List.of("vanish@x.example", "next@x.example"));
            assertThat(results(outcomes).get(0)).isInstanceOf(MailOutcome.Unanswered.class);
            assertThat(outcomes.get(1).get()).isInstanceOf(MailOutcome.Accepted.class);
            assertThat(relay.received)
                    .extracting(ScriptedRelay.Received::to)
                    .containsExactly("vanish@x.example", "next@x.example");
        }
    }

    @Test
    void movesAMailToAnotherConnectionWhenItsTextWasNotHandedOver() throws Exception {
        try (var relay = new ScriptedRelay(PIPELINING);
                var lane = lane(relay, 1)) {
            var outcomes = submit(
                    lane,
                    List.of("a@x.example", "hangup@x.example", "b@x.example", "closing@x.example", "c@x.example"));
            assertThat(results(outcomes))
                    .extracting(o -> o.getClass().getSimpleName())
                    .containsExactly("Accepted", "Accepted", "Accepted", "Deferred", "Accepted");
            assertThat(relay.received.stream().filter(m -> m.to().startsWith("hangup")))
                    .hasSize(1);
        }
    }

    @Test
    void answersAtOnceWhileTheRelayCannotBeReachedAndRecovers() throws Exception {
        int port;
        try (var relay = new ScriptedRelay(PIPELINING)) {
            port = relay.port();
        }
        try (var lane = new MailLane("test", 2, settings(port), Clock.systemUTC())) {
            var outcomes = submit(
                    lane,
                    IntStream.range(0, 50).mapToObj(i -> "p" + i + "@x.example").toList());
            assertThat(results(outcomes)).allMatch(MailOutcome.NotSent.class::isInstance);
            assertThat(lane.reachable()).isFalse();
        }
    }

    @Test
    void neverSendsWhatHasBecomeStale() throws Exception {
        try (var relay = new ScriptedRelay(PIPELINING);
                var lane = lane(relay, 1)) {
            var stale = new TestMail("old@x.example", System.nanoTime() - 1);
            var fresh = new TestMail("new@x.example", Long.MAX_VALUE / 2 + System.nanoTime());
            lane.submit(stale);
            lane.submit(fresh);
            assertThat(stale.outcome.get(5, TimeUnit.SECONDS)).isEqualTo(new MailOutcome.NotSent("stale"));
            assertThat(fresh.outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(MailOutcome.Accepted.class);
            assertThat(relay.received).extracting(ScriptedRelay.Received::to).containsExactly("new@x.example");
        }
    }

    @Test
    void looksAtTheAgeOfWhatItKnowsAfterItHasWaitedForRoom() throws Exception {
        try (var relay = new ScriptedRelay(PIPELINING);
                var lane = lane(relay, 1)) {
            var old = new AtomicBoolean();
            var waited = new TestMail("waited@x.example", 0) {
                @Override
                public void awaitRoom() {
                    old.set(true);
                }

                @Override
                public boolean stale(long nanoTime) {
                    return old.get();
                }
            };
            lane.submit(waited);
            assertThat(waited.outcome.get(5, TimeUnit.SECONDS)).isEqualTo(new MailOutcome.NotSent("stale"));
            assertThat(results(submit(lane, List.of("next@x.example"))).getFirst())
                    .isInstanceOf(MailOutcome.Accepted.class);
            assertThat(relay.received).extracting(ScriptedRelay.Received::to).containsExactly("next@x.example");
        }
    }

    @Test
    void insistsOnTheEncryptionItWasToldToUse() throws Exception {
        try (var relay = new ScriptedRelay(PIPELINING);
                var lane =
                        new MailLane("test", 1, settings(relay.port(), SmtpSettings.Tls.STARTTLS), Clock.systemUTC())) {
            assertThat(results(submit(lane, List.of("a@x.example"))).getFirst())
                    .isInstanceOf(MailOutcome.NotSent.class);
            assertThat(relay.received).isEmpty();
        }
    }

    private static List<MailOutcome> results(List<CompletableFuture<MailOutcome>> outcomes) throws Exception {
        List<MailOutcome> results = new ArrayList<>();
        for (var outcome : outcomes) {
            results.add(outcome.get(10, TimeUnit.SECONDS));
        }
        return results;
    }

    private static List<CompletableFuture<MailOutcome>> submit(MailLane lane, List<String> addresses) {
        List<CompletableFuture<MailOutcome>> outcomes = new ArrayList<>();
        for (String address : addresses) {
            var mail = new TestMail(
                    address, System.nanoTime() + Duration.ofMinutes(1).toNanos());
            outcomes.add(mail.outcome);
            lane.submit(mail);
        }
        return outcomes;
    }

    private static MailLane lane(ScriptedRelay relay, int size) {
        return new MailLane("test", size, settings(relay.port()), Clock.systemUTC());
    }

    static SmtpSettings settings(int port) {
        return settings(port, SmtpSettings.Tls.NONE);
    }

    private static SmtpSettings settings(int port, SmtpSettings.Tls tls) {
        return new SmtpSettings(
                "127.0.0.1",
                port,
                "bildirim@imece.example",
                "İmece",
                10,
                2,
                tls,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30));
    }

    private static class TestMail implements Mail {

        private static final Letterhead LETTERHEAD = new Letterhead(settings(1));
        private static final MailTemplate TEMPLATE =
                LETTERHEAD.single(Language.TR, "Fuar", "Bu yıl\n.tek nokta\n", "<p>Bu yıl</p>", Map.of());
        private final UUID id = UUID.randomUUID();
        private final String to;
        private final long until;
        final CompletableFuture<MailOutcome> outcome = new CompletableFuture<>();

        private TestMail(String to, long until) {
            this.to = to;
            this.until = until;
        }

        @Override
        public String to() {
            return to;
        }

        @Override
        public MailTemplate template() {
            return TEMPLATE;
        }

        @Override
        public MailTemplate.Gaps gaps(Instant now) {
            return LETTERHEAD.gaps(id, to, now, "", "");
        }

        @Override
        public boolean stale(long nanoTime) {
            return nanoTime - until > 0;
        }

        @Override
        public void done(MailOutcome what) {
            assertThat(outcome.complete(what)).as("exactly one outcome").isTrue();
        }
    }
}
