package coop.imece.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.text.Language;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInTests {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final SignInLimits LIMITS =
            new SignInLimits(Duration.ofMinutes(10), 5, Duration.ofMinutes(15), 3, 4);

    private final SignIn signIn = new SignIn(Ids.v7(), "encrypted");

    private void request(Instant at) {
        signIn.codeRequested(
                "right-code",
                "right-link",
                Language.TR,
                LIMITS,
                at,
                SendMessage.signIn(Ids.v7(), "EMAIL", Language.TR, at.plus(LIMITS.life()), "sealed"));
    }

    @Test
    void aRightCodeIsRightOnce() {
        request(NOON);
        assertThat(signIn.tryCode("right-code", NOON.plusSeconds(60))).isTrue();
        assertThat(signIn.tryCode("right-code", NOON.plusSeconds(61))).isFalse();
        assertThat(signIn.tryLink("right-link", NOON.plusSeconds(62))).isFalse();
    }

    @Test
    void aRightLinkIsRightOnceAndUsesUpTheCode() {
        request(NOON);
        assertThat(signIn.tryLink("right-link", NOON.plusSeconds(60))).isTrue();
        assertThat(signIn.tryLink("right-link", NOON.plusSeconds(61))).isFalse();
        assertThat(signIn.tryCode("right-code", NOON.plusSeconds(62))).isFalse();
    }

    @Test
    void theSixthTryIsInVain() {
        request(NOON);
        for (int wrong = 0; wrong < 5; wrong++) {
            assertThat(signIn.tryCode("wrong", NOON)).isFalse();
        }
        assertThat(signIn.tryCode("right-code", NOON)).isFalse();
    }

    @Test
    void theFifthTryStillCounts() {
        request(NOON);
        for (int wrong = 0; wrong < 4; wrong++) {
            signIn.tryCode("wrong", NOON);
        }
        assertThat(signIn.tryCode("right-code", NOON)).isTrue();
    }

    @Test
    void aCodeExpiresAfterTenMinutes() {
        request(NOON);
        assertThat(signIn.tryCode("right-code", NOON.plus(Duration.ofMinutes(10))))
                .isFalse();
        assertThat(signIn.tryLink("right-link", NOON.plus(Duration.ofMinutes(10))))
                .isFalse();
    }

    @Test
    void nothingIsRightBeforeACodeWasAskedFor() {
        assertThat(signIn.tryCode("right-code", NOON)).isFalse();
        assertThat(signIn.tryLink("right-link", NOON)).isFalse();
    }

    @Test
    void eachRequestRaisesOneMessage() {
        request(NOON);
        assertThat(signIn.raised()).singleElement().isInstanceOf(SendMessage.class);
    }

    @Test
    void anAddressGetsAFewCodesInAShortTime() {
        for (int i = 0; i < 3; i++) {
            assertThat(signIn.pause(LIMITS, NOON.plusSeconds(i))).isEmpty();
            request(NOON.plusSeconds(i));
        }
        assertThat(signIn.pause(LIMITS, NOON.plusSeconds(60))).contains(Duration.ofMinutes(14));
        assertThat(signIn.pause(LIMITS, NOON.plus(Duration.ofMinutes(15)))).isEmpty();
    }

    @Test
    void anAddressGetsNotManyMoreInADay() {
        for (int hour = 0; hour < 4; hour++) {
            request(NOON.plus(Duration.ofHours(hour)));
        }
        assertThat(signIn.pause(LIMITS, NOON.plus(Duration.ofHours(5)))).contains(Duration.ofHours(19));
        assertThat(signIn.pause(LIMITS, NOON.plus(Duration.ofHours(24)))).isEmpty();
    }
}
