package coop.imece.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.message.SendMessage;
import coop.imece.notification.recipient.PendingConfirmation.Request;
import coop.imece.notification.recipient.RecipientEvent.ConsentGiven;
import coop.imece.notification.recipient.RecipientEvent.ConsentWithdrawn;
import coop.imece.notification.recipient.RecipientEvent.RecipientErased;
import coop.imece.platform.text.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecipientTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Criteria FAIRS_IN_BURSA = new Criteria(List.of("FAIR"), List.of("TR-16"), List.of());

    private final Recipient recipient =
            Recipient.of(UUID.randomUUID(), new Recipient.Address(Channel.EMAIL, "encrypted"), Language.HE);

    @Test
    void nobodyIsFoundBeforeTheyConfirm() {
        ask("proof", FAIRS_IN_BURSA, NOW);

        assertThat(recipient.channels()).isEmpty();
        assertThat(recipient.matchKeys()).isEmpty();
        assertThat(recipient.consents()).isEmpty();
        assertThat(recipient.raised()).singleElement().isInstanceOf(SendMessage.class);
        assertThat(recipient.forgetAt()).isEqualTo(NOW.plus(Duration.ofDays(3)));
    }

    @Test
    void theRightTokenGivesTheConsentWithTextLanguageTimeAndSource() {
        ask("proof", FAIRS_IN_BURSA, NOW);

        assertThat(recipient.confirmByToken("proof", later(1))).isTrue();

        assertThat(recipient.consents()).singleElement().satisfies(consent -> {
            assertThat(consent.status()).isEqualTo(Consent.Status.GIVEN);
            assertThat(consent.textVersion()).isEqualTo("2026-11-21");
            assertThat(consent.language()).isEqualTo("he");
            assertThat(consent.at()).isEqualTo(later(1));
            assertThat(consent.source()).isEqualTo(Consent.Source.WEB);
        });
        assertThat(recipient.matchKeys()).containsExactly("FAIR|TR-16");
        assertThat(recipient.forgetAt()).isNull();
        assertThat(recipient.raised()).last().isInstanceOf(ConsentGiven.class);
    }

    @Test
    void aSecondPressOfTheButtonChangesNothing() {
        ask("proof", FAIRS_IN_BURSA, NOW);
        recipient.confirmByToken("proof", later(1));

        assertThat(recipient.confirmByToken("proof", later(2))).isTrue();

        assertThat(recipient.consents()).hasSize(1);
        assertThat(recipient.interests()).hasSize(1);
    }

    @Test
    void aLinkOlderThanTwoDaysConfirmsNothing() {
        ask("proof", FAIRS_IN_BURSA, NOW);

        assertThat(recipient.confirmByToken("proof", NOW.plus(Duration.ofHours(48))))
                .isFalse();
        assertThat(recipient.channels()).isEmpty();
    }

    @Test
    void aUsedLinkDoesNotBringBackAConsentThatWasWithdrawn() {
        ask("proof", FAIRS_IN_BURSA, NOW);
        recipient.confirmByToken("proof", later(1));
        recipient.stop(Channel.EMAIL, Consent.Source.ONE_CLICK, later(2));

        assertThat(recipient.confirmByToken("proof", later(3))).isFalse();
        assertThat(recipient.channels()).isEmpty();
    }

    @Test
    void stoppingTakesBackWhatStillWaitsToBeConfirmed() {
        ask("proof", FAIRS_IN_BURSA, NOW);

        assertThat(recipient.stop(Channel.EMAIL, Consent.Source.SMS, later(1))).isTrue();

        assertThat(recipient.confirmByToken("proof", later(2))).isFalse();
    }

    @Test
    void stoppingAddsAnEntryAndLeavesTheFirstAsItWas() {
        ask("proof", FAIRS_IN_BURSA, NOW);
        recipient.confirmByToken("proof", later(1));

        assertThat(recipient.stop(Channel.EMAIL, Consent.Source.ONE_CLICK, later(2)))
                .isTrue();
        assertThat(recipient.stop(Channel.EMAIL, Consent.Source.ONE_CLICK, later(3)))
                .isFalse();

        assertThat(recipient.consents())
                .extracting(Consent::status)
                .containsExactly(Consent.Status.GIVEN, Consent.Status.WITHDRAWN);
        assertThat(recipient.matchKeys()).isEmpty();
        assertThat(recipient.raised()).last().isInstanceOf(ConsentWithdrawn.class);
    }

    @Test
    void fiveWrongCodesEndTheCode() {
        askBySms("right", NOW);
        for (int i = 0; i < PendingConfirmation.MOST_TRIES; i++) {
            assertThat(recipient.confirmByCode("wrong", later(1))).isFalse();
        }

        assertThat(recipient.confirmByCode("right", later(2))).isFalse();
    }

    @Test
    void aCodeIsGoodForTenMinutes() {
        askBySms("right", NOW);

        assertThat(recipient.confirmByCode("right", NOW.plus(Duration.ofMinutes(10))))
                .isFalse();
        assertThat(recipient.confirmByCode("right", NOW.plus(Duration.ofMinutes(9))))
                .isTrue();
    }

    @Test
    void aFreshCodeProvesOnceAndConfirmsNoSubscription() {
        recipient.ask(pending(Channel.EMAIL, "fresh", NOW, Duration.ofMinutes(10), null), message(), NOW);

        assertThat(recipient.confirmByToken("fresh", later(1))).isFalse();
        assertThat(recipient.prove("fresh", later(1))).isTrue();
        assertThat(recipient.prove("fresh", later(1))).isFalse();
    }

    @Test
    void asksAtMostFiveTimesADay() {
        for (int i = 0; i < Recipient.MOST_CONFIRMATIONS_A_DAY; i++) {
            assertThat(recipient.mayBeAsked(later(i))).isTrue();
            ask("proof" + i, FAIRS_IN_BURSA, later(i));
        }

        assertThat(recipient.mayBeAsked(later(10))).isFalse();
        assertThat(recipient.mayBeAsked(NOW.plus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void aHundredThousandSignUpsOfOneVictimSendOneMailADay() {
        int attempts = 100_000;
        Duration days = Duration.ofDays(3);
        List<Instant> mails = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            Instant now = NOW.plus(days.multipliedBy(i).dividedBy(attempts));
            if (recipient.maySubscribe(Channel.EMAIL, now)) {
                ask("proof" + i, new Criteria(List.of("FAIR"), List.of("TR-" + i % 81), List.of()), now);
                mails.add(now);
            }
        }

        assertThat(mails).hasSize(3);
        for (int i = 1; i < mails.size(); i++) {
            assertThat(Duration.between(mails.get(i - 1), mails.get(i))).isGreaterThanOrEqualTo(Duration.ofDays(1));
        }
    }

    @Test
    void whoLostTheMailAsksAgainADayLaterAndWhoConfirmedAtOnce() {
        ask("lost", FAIRS_IN_BURSA, NOW);
        assertThat(recipient.maySubscribe(Channel.EMAIL, NOW.plus(Duration.ofHours(23))))
                .isFalse();
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        assertThat(recipient.maySubscribe(Channel.EMAIL, tomorrow)).isTrue();

        ask("found", FAIRS_IN_BURSA, tomorrow);
        recipient.confirmByToken("found", tomorrow);
        assertThat(recipient.maySubscribe(Channel.EMAIL, tomorrow.plusSeconds(60)))
                .isTrue();
    }

    @Test
    void theSameInterestIsHeldOnceAndTheOldestGivesWayToTheEleventh() {
        for (int i = 0; i < Recipient.MOST_INTERESTS + 1; i++) {
            var criteria = new Criteria(List.of("FAIR"), List.of("TR-" + (10 + i)), List.of());
            ask("a" + i, criteria, later(i));
            ask("b" + i, criteria, later(i));
            recipient.confirmByToken("a" + i, later(i));
            recipient.confirmByToken("b" + i, later(i));
        }

        assertThat(recipient.interests()).hasSize(Recipient.MOST_INTERESTS);
        assertThat(recipient.matchKeys()).doesNotContain("FAIR|TR-10").contains("FAIR|TR-20");
    }

    @Test
    void anErasedRecipientKeepsNothingButTheFact() {
        ask("proof", FAIRS_IN_BURSA, NOW);
        recipient.confirmByToken("proof", later(1));

        recipient.erase();

        assertThat(recipient.erased()).isTrue();
        assertThat(recipient.addresses()).isEmpty();
        assertThat(recipient.interests()).isEmpty();
        assertThat(recipient.consents()).isEmpty();
        assertThat(recipient.pending()).isEmpty();
        assertThat(recipient.matchKeys()).isEmpty();
        assertThat(recipient.raised()).last().isInstanceOf(RecipientErased.class);
    }

    private static Instant later(int minutes) {
        return NOW.plus(Duration.ofMinutes(minutes));
    }

    private void ask(String proof, Criteria criteria, Instant now) {
        recipient.ask(
                pending(Channel.EMAIL, proof, now, PendingConfirmation.LINK_VALID, request(criteria)), message(), now);
    }

    private void askBySms(String proof, Instant now) {
        recipient.ask(
                pending(Channel.SMS, proof, now, PendingConfirmation.CODE_VALID, request(FAIRS_IN_BURSA)),
                message(),
                now);
    }

    private static Request request(Criteria criteria) {
        return new Request(criteria, "he", "2026-11-21", Consent.Source.WEB);
    }

    private static PendingConfirmation pending(
            Channel channel, String proof, Instant now, Duration valid, @Nullable Request request) {
        return new PendingConfirmation(UUID.randomUUID(), channel, proof, now.plus(valid), 0, null, request);
    }

    private static SendMessage message() {
        return new SendMessage(UUID.randomUUID(), "subscription-confirmation", "EMAIL", "he", NOW, "sealed");
    }
}
