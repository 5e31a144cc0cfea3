package coop.imece.events.gathering;

import static coop.imece.events.gathering.GatheringFixtures.FAIR;
import static coop.imece.events.gathering.GatheringFixtures.NEXT_YEAR;
import static coop.imece.events.gathering.GatheringFixtures.NILUFER_NAME;
import static coop.imece.events.gathering.GatheringFixtures.NOW;
import static coop.imece.events.gathering.GatheringFixtures.PUBLICATION;
import static coop.imece.events.gathering.GatheringFixtures.STORM;
import static coop.imece.events.gathering.GatheringFixtures.aCancelledFair;
import static coop.imece.events.gathering.GatheringFixtures.aDraft;
import static coop.imece.events.gathering.GatheringFixtures.aFair;
import static coop.imece.events.gathering.GatheringFixtures.about;
import static coop.imece.events.gathering.GatheringFixtures.anAnnouncedFair;
import static coop.imece.events.gathering.GatheringFixtures.at;
import static coop.imece.events.gathering.GatheringFixtures.called;
import static coop.imece.events.gathering.GatheringFixtures.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coop.imece.events.gathering.Gathering.CancellationOutcome;
import coop.imece.events.gathering.Gathering.PublicationOutcome;
import coop.imece.events.gathering.Gathering.RevisionOutcome;
import coop.imece.events.gathering.GatheringEvent.GatheringAnnounced;
import coop.imece.events.gathering.GatheringEvent.GatheringCancelled;
import coop.imece.events.gathering.GatheringEvent.GatheringChanged;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.text.LocalisedText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GatheringTests {

    @Test
    void aDraftIsHeardByNobody() {
        var gathering = aDraft();

        gathering.revise(called(aFair(), "Kooperatif Fuarı"), NILUFER_NAME, true, NOW);

        assertThat(gathering.raised()).isEmpty();
        assertThat(gathering.state()).isEqualTo(GatheringState.DRAFT);
        assertThat(gathering.content().title()).isEqualTo(LocalisedText.of("tr", "Kooperatif Fuarı"));
        assertThat(gathering.revision()).isZero();
    }

    @Test
    void announcesADraft() {
        var gathering = aDraft();

        var outcome = gathering.announce(PUBLICATION, true, NILUFER_NAME, NOW);

        assertThat(outcome).isInstanceOf(PublicationOutcome.Announced.class);
        assertThat(gathering.state()).isEqualTo(GatheringState.ANNOUNCED);
        assertThat(gathering.raised()).containsExactly(new GatheringAnnounced(PUBLICATION, true));
    }

    @Test
    void announcesOnceAndAnswersTheFirstPublicationAgain() {
        var gathering = anAnnouncedFair();

        var outcome = gathering.announce(UUID.randomUUID(), false, NILUFER_NAME, NOW);

        assertThat(outcome)
                .isEqualTo(new PublicationOutcome.Announced(new Gathering.Publication(PUBLICATION, true, NOW)));
        assertThat(gathering.raised()).hasSize(1);
    }

    @Test
    void announcesUnderTheNameTheOrganiserHasNow() {
        var gathering = aDraft();

        gathering.announce(PUBLICATION, true, LocalisedText.of("tr", "Nilüfer Kent Konseyi"), NOW);

        assertThat(gathering.organiserName().text("tr")).isEqualTo("Nilüfer Kent Konseyi");
        assertThat(gathering.listing().words()).contains("nilufer kent konseyi");
    }

    @Test
    void doesNotAnnounceWhatSaysNotWhere() {
        var gathering = aDraft(in(aFair(), null, null));

        assertThat(gathering.announce(PUBLICATION, true, NILUFER_NAME, NOW))
                .isInstanceOf(PublicationOutcome.NowhereToGo.class);
        assertThat(gathering.raised()).isEmpty();
        assertThat(gathering.state()).isEqualTo(GatheringState.DRAFT);
    }

    @Test
    void announcesWhatIsOnlineOnly() {
        var gathering = aDraft(in(aFair(), null, "https://toplanti.example/fuar"));

        assertThat(gathering.announce(PUBLICATION, true, NILUFER_NAME, NOW))
                .isInstanceOf(PublicationOutcome.Announced.class);
    }

    @Test
    void doesNotAnnounceWhatIsOver() {
        var gathering = aDraft(at(aFair(), NOW.minus(Duration.ofDays(2)), NOW));

        assertThat(gathering.announce(PUBLICATION, true, NILUFER_NAME, NOW))
                .isInstanceOf(PublicationOutcome.AlreadyOver.class);
    }

    @Test
    void announcesWhatHasBegunAndIsNotOver() {
        var gathering = aDraft(at(aFair(), NOW.minus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(2))));

        assertThat(gathering.announce(PUBLICATION, true, NILUFER_NAME, NOW))
                .isInstanceOf(PublicationOutcome.Announced.class);
    }

    @Test
    void aMaterialChangeAfterPublicationIsTold() {
        var gathering = anAnnouncedFair();
        var later = at(
                aFair(), Instant.parse(NEXT_YEAR + "-05-14T07:00:00Z"), Instant.parse(NEXT_YEAR + "-05-15T15:00:00Z"));

        gathering.revise(later, NILUFER_NAME, true, NOW);

        assertThat(gathering.revision()).isOne();
        assertThat(gathering.raised().getLast())
                .isEqualTo(new GatheringChanged(
                        1, Ids.derived("gathering-change", FAIR.toString(), "1"), List.of("starts", "ends"), true));
    }

    @Test
    void theOrganiserMayChooseNotToTellOfAChange() {
        var gathering = anAnnouncedFair();

        gathering.revise(called(aFair(), "Kooperatif Fuarı"), NILUFER_NAME, false, NOW);

        assertThat(gathering.raised().getLast())
                .isInstanceOfSatisfying(
                        GatheringChanged.class,
                        changed -> assertThat(changed.tell()).isFalse());
    }

    @Test
    void aChangeThatSendsNobodyToTheWrongPlaceIsPublishedButNotTold() {
        var gathering = anAnnouncedFair();

        gathering.revise(about(aFair(), "PRODUCER_MARKET", List.of("finance")), NILUFER_NAME, true, NOW);

        assertThat(gathering.raised().getLast()).isInstanceOfSatisfying(GatheringChanged.class, changed -> {
            assertThat(changed.fields()).containsExactly("kind", "topics");
            assertThat(changed.tell()).isFalse();
        });
    }

    @Test
    void aChangeOfWhatIsOverIsNotTold() {
        var gathering = anAnnouncedFair();

        gathering.revise(
                called(aFair(), "Kooperatif Fuarı"), NILUFER_NAME, true, Instant.parse(NEXT_YEAR + "-06-01T00:00:00Z"));

        assertThat(gathering.raised().getLast())
                .isInstanceOfSatisfying(
                        GatheringChanged.class,
                        changed -> assertThat(changed.tell()).isFalse());
    }

    @Test
    void whatIsToComeIsNotChangedIntoThePast() {
        var gathering = anAnnouncedFair();
        var over = at(aFair(), NOW.minus(Duration.ofDays(2)), NOW);

        assertThat(gathering.revise(over, NILUFER_NAME, true, NOW)).isEqualTo(new RevisionOutcome.IntoThePast());
        assertThat(gathering.raised()).hasSize(1);
        assertThat(gathering.content()).isEqualTo(aFair());
    }

    @Test
    void whatIsOverMayStillBePutRight() {
        var gathering = anAnnouncedFair();
        Instant after = aFair().timing().endsAt().plus(Duration.ofDays(1));
        var earlier = at(aFair(), NOW, NOW.plus(Duration.ofDays(1)));

        assertThat(gathering.revise(earlier, NILUFER_NAME, true, after))
                .isEqualTo(new RevisionOutcome.Revised(List.of("starts", "ends")));
    }

    @Test
    void eachChangeHasAnIdOfItsOwn() {
        var gathering = anAnnouncedFair();

        gathering.revise(called(aFair(), "Bir"), NILUFER_NAME, true, NOW);
        gathering.revise(called(aFair(), "İki"), NILUFER_NAME, true, NOW);

        assertThat(gathering.raised().stream()
                        .filter(GatheringChanged.class::isInstance)
                        .map(event -> ((GatheringChanged) event).changeId())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void theSameContentAgainChangesNothing() {
        var gathering = anAnnouncedFair();

        assertThat(gathering.revise(aFair(), NILUFER_NAME, true, NOW))
                .isEqualTo(new RevisionOutcome.Revised(List.of()));
        assertThat(gathering.raised()).hasSize(1);
        assertThat(gathering.revision()).isZero();
    }

    @Test
    void anAnnouncedGatheringKeepsAPlaceOrALink() {
        var gathering = anAnnouncedFair();

        assertThat(gathering.revise(in(aFair(), null, null), NILUFER_NAME, true, NOW))
                .isInstanceOf(RevisionOutcome.NowhereToGo.class);
        assertThat(gathering.content()).isEqualTo(aFair());
    }

    @Test
    void cancelsWithAReason() {
        var gathering = anAnnouncedFair();

        gathering.cancel(STORM, true, NOW);

        assertThat(gathering.state()).isEqualTo(GatheringState.CANCELLED);
        assertThat(gathering.publicState().cancellationReason()).isEqualTo(STORM);
        assertThat(gathering.raised().getLast())
                .isEqualTo(new GatheringCancelled(Ids.derived("gathering-cancellation", FAIR.toString()), true, STORM));
    }

    @Test
    void cancelsOnceAndAnswersTheFirstCancellationAgain() {
        var gathering = aCancelledFair();

        var outcome = gathering.cancel(LocalisedText.of("tr", "Başka neden"), true, NOW);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CancellationOutcome.Cancelled.class,
                        cancelled ->
                                assertThat(cancelled.cancellation().reason()).isEqualTo(STORM));
        assertThat(gathering.raised()).hasSize(2);
    }

    @Test
    void doesNotCancelADraft() {
        assertThat(aDraft().cancel(STORM, true, NOW)).isInstanceOf(CancellationOutcome.NotAnnounced.class);
    }

    @Test
    void doesNotCancelWhatIsOver() {
        var gathering = anAnnouncedFair();

        assertThat(gathering.cancel(STORM, true, Instant.parse(NEXT_YEAR + "-06-01T00:00:00Z")))
                .isInstanceOf(CancellationOutcome.AlreadyOver.class);
        assertThat(gathering.raised()).hasSize(1);
    }

    @Test
    void whatIsCancelledNeverChangesAgain() {
        var gathering = aCancelledFair();

        assertThat(gathering.revise(called(aFair(), "Yine de"), NILUFER_NAME, true, NOW))
                .isInstanceOf(RevisionOutcome.AlreadyCancelled.class);
        assertThat(gathering.announce(UUID.randomUUID(), true, NILUFER_NAME, NOW))
                .isInstanceOf(PublicationOutcome.AlreadyCancelled.class);
        assertThat(gathering.raised()).hasSize(2);
    }

    @Test
    void endsAfterItStartsAndWithinAYear() {
        Instant start = NOW;

        assertThatIllegalArgumentException().isThrownBy(() -> at(aFair(), start, start));
        assertThatIllegalArgumentException().isThrownBy(() -> at(aFair(), start, start.minusSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        at(aFair(), start, start.plus(Duration.ofDays(366)).plusSeconds(1)));
    }

    @Test
    void isListedByFoldedWordsLocalDaysAndLanguages() {
        var listing = aDraft().listing();

        assertThat(listing.words()).contains("nilufer uretici fuari", "nilufer belediyesi");
        assertThat(listing.firstDay()).isEqualTo(NEXT_YEAR + "-05-07");
        assertThat(listing.lastDay()).isEqualTo(NEXT_YEAR + "-05-08");
        assertThat(listing.languages()).containsExactly("he", "tr");
    }
}
