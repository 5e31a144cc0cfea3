package coop.imece.notification.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import coop.imece.notification.broadcast.Broadcast.Phase;
import coop.imece.notification.broadcast.Broadcast.State;
import coop.imece.notification.broadcast.BroadcastEvent.BroadcastFinished;
import coop.imece.notification.broadcast.BroadcastEvent.BroadcastProgressed;
import coop.imece.notification.channel.Channel;
import coop.imece.notification.delivery.Books;
import coop.imece.notification.delivery.Delivery.Wording;
import coop.imece.notification.delivery.SendChunk;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Place;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BroadcastTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Books.Line BOOKS = new Books.Line(10, 7, 1, 1, 1);

    @Test
    void handsOutEachPageWithTheCursorThatFollowsIt() {
        var broadcast = waiting(Wording.ANNOUNCEMENT);
        broadcast.begin(false, NOW);
        UUID last = UUID.randomUUID();
        var chunk = SendChunk.of(broadcast.id(), UUID.randomUUID(), Channel.EMAIL);
        broadcast.expanded(last, List.of(chunk));
        assertThat(broadcast.cursor()).isEqualTo(last);
        assertThat(broadcast.state()).isEqualTo(State.EXPANDING);
        assertThat(broadcast.raised()).containsExactly(new BroadcastProgressed(), chunk);
        broadcast.expanded(null, List.of());
        assertThat(broadcast.state()).isEqualTo(State.SENDING);
    }

    @Test
    void anAnnouncementLooksForTheInterestedAndACancellationOnlyForThoseWhoHeard() {
        var announcement = waiting(Wording.ANNOUNCEMENT);
        announcement.begin(false, NOW);
        assertThat(announcement.phase()).isEqualTo(Phase.INTERESTED);
        var cancellation = waiting(Wording.CANCELLATION);
        cancellation.begin(true, NOW);
        assertThat(cancellation.phase()).isEqualTo(Phase.HEARD);
        cancellation.expanded(null, List.of());
        assertThat(cancellation.state()).isEqualTo(State.SENDING);
    }

    @Test
    void aChangeThatCutAnAnnouncementShortTellsTheOthersToo() {
        var change = waiting(Wording.CHANGE);
        change.begin(true, NOW);
        assertThat(change.phase()).isEqualTo(Phase.HEARD);
        change.expanded(null, List.of());
        assertThat(change.state()).isEqualTo(State.EXPANDING);
        assertThat(change.phase()).isEqualTo(Phase.INTERESTED);
        change.expanded(null, List.of());
        assertThat(change.state()).isEqualTo(State.SENDING);
    }

    @Test
    void aChangeAfterAFinishedAnnouncementTellsOnlyThoseWhoHeard() {
        var change = waiting(Wording.CHANGE);
        change.begin(false, NOW);
        change.expanded(null, List.of());
        assertThat(change.state()).isEqualTo(State.SENDING);
    }

    @Test
    void whatIsSupersededHandsOutNoMore() {
        var broadcast = waiting(Wording.ANNOUNCEMENT);
        broadcast.begin(false, NOW);
        broadcast.supersede();
        assertThat(broadcast.state()).isEqualTo(State.SENDING);
        assertThat(broadcast.cutShort()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> broadcast.expanded(null, List.of()));
        broadcast.finish(BOOKS, NOW);
        assertThat(broadcast.open()).isFalse();
    }

    @Test
    void aFinishedBroadcastStaysAsItIs() {
        var broadcast = finished();
        broadcast.supersede();
        assertThat(broadcast.state()).isEqualTo(State.SENT);
        assertThat(broadcast.superseded()).isFalse();
        assertThat(broadcast.raised()).endsWith(new BroadcastFinished());
        assertThatIllegalStateException().isThrownBy(() -> broadcast.finish(BOOKS, NOW));
        assertThat(broadcast.publicState().accepted()).isEqualTo(10);
    }

    static Broadcast waiting(Wording kind) {
        return Broadcast.waiting(UUID.randomUUID(), kind, 1, false, notice(), null);
    }

    static Broadcast onItsWay() {
        var broadcast = waiting(Wording.ANNOUNCEMENT);
        broadcast.begin(false, NOW);
        broadcast.expanded(
                null,
                List.of(
                        SendChunk.of(broadcast.id(), UUID.randomUUID(), Channel.EMAIL),
                        SendChunk.of(broadcast.id(), UUID.randomUUID(), Channel.SMS)));
        broadcast.audienceKnown(new Books.Line(10, 0, 0, 0, 0));
        return broadcast;
    }

    static Broadcast finished() {
        var broadcast = onItsWay();
        broadcast.finish(BOOKS, NOW);
        return broadcast;
    }

    static Broadcast expired() {
        return Broadcast.expired(UUID.randomUUID(), Wording.CHANGE, 2, notice(), NOW);
    }

    static Notice notice() {
        return new Notice(
                UUID.randomUUID(),
                UUID.randomUUID(),
                LocalisedText.of("tr", "Nilüfer Belediyesi"),
                "FAIR",
                List.of("marketing"),
                LocalisedText.of("tr", "Nilüfer Üretici Fuarı"),
                null,
                new Moment(OffsetDateTime.parse("2027-05-07T10:00:00+03:00"), ZoneId.of("Europe/Istanbul")),
                new Moment(OffsetDateTime.parse("2027-05-08T18:00:00+03:00"), ZoneId.of("Europe/Istanbul")),
                new Place("TR", "TR-16", "Nilüfer", null),
                null);
    }
}
