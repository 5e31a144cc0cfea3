package coop.imece.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessageSendingTests {

    @Test
    void aConfirmationIsTriedLessAndLessOften() {
        Duration lifetime = Duration.ofHours(48);
        assertThat(MessageSending.pause(1, lifetime)).isEqualTo(Duration.ofSeconds(2));
        for (int attempt = 1; attempt < 12; attempt++) {
            assertThat(MessageSending.pause(attempt + 1, lifetime))
                    .isEqualTo(MessageSending.pause(attempt, lifetime).multipliedBy(2));
        }
        assertThat(MessageSending.pause(13, lifetime)).isEqualTo(Duration.ofHours(2));
        assertThat(MessageSending.pause(1_000, lifetime)).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aSignInCodeIsTriedInShortStepsAsLongAsItIsGood() {
        Duration lifetime = Duration.ofMinutes(10);
        Duration waited = Duration.ZERO;
        for (int attempt = 1; attempt < MessageSending.MOST_TRIES; attempt++) {
            assertThat(MessageSending.pause(attempt, lifetime)).isLessThan(Duration.ofSeconds(40));
            waited = waited.plus(MessageSending.pause(attempt, lifetime));
        }
        assertThat(waited).as("it expires before it is given up").isGreaterThan(lifetime);
    }
}
