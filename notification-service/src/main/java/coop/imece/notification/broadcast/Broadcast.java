package coop.imece.notification.broadcast;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.notification.broadcast.BroadcastEvent.BroadcastFinished;
import coop.imece.notification.broadcast.BroadcastEvent.BroadcastProgressed;
import coop.imece.notification.delivery.Books;
import coop.imece.notification.delivery.Delivery.Wording;
import coop.imece.notification.delivery.SendChunk;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.StateTopic;
import coop.imece.platform.text.LocalisedText;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// One announcement, change or cancellation of a gathering on its way to everyone concerned.
///
/// Its id is the business fact that asked for it (publication, change or cancellation id), so that a message heard
/// twice makes one broadcast.
///
/// Invariants:
/// - WAITING → EXPANDING → SENDING → SENT, or EXPIRED from the beginning; nothing leads back;
/// - it begins only when no earlier broadcast of the gathering is open; an earlier one that is superseded hands out
///   nothing more;
/// - the cursor of the expansion and the commands that hand out what was expanded are one write;
/// - it is SENT when no delivery is open; the numbers it tells are the books at that time.
@Document("broadcasts")
@CompoundIndex(name = "gathering", def = "{'gathering': 1, 'place': 1}")
@StateTopic(value = "notification.broadcast.v1", restated = "notification.broadcast.restated.v1")
final class Broadcast extends AggregateRoot {

    private final UUID gathering;
    private final UUID organiser;
    private final Wording kind;
    private final long place;
    private final boolean silent;
    private final Notice notice;
    private final @Nullable LocalisedText cancellationReason;

    private State state;

    @Indexed(name = "open", sparse = true)
    private @Nullable Boolean open;

    private boolean superseded;
    private boolean cutShort;
    private boolean tellsUntold;
    private Phase phase = Phase.HEARD;
    private @Nullable UUID cursor;
    private Numbers numbers = Numbers.NONE;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;

    enum State {
        WAITING,
        EXPANDING,
        SENDING,
        SENT,
        EXPIRED
    }

    /// Whom the expansion is looking for.
    enum Phase {
        /// Those who heard of the gathering before; an announcement skips them.
        HEARD,
        /// Those who want to hear of such gatherings and have not heard of this one.
        INTERESTED
    }

    record Numbers(long accepted, long sent, long failed, long suppressed, long inDoubt) {
        static final Numbers NONE = new Numbers(0, 0, 0, 0, 0);
    }

    /// What others may know.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PublicState(
            UUID id,
            UUID gathering,
            UUID organiser,
            Wording kind,
            State state,
            long accepted,
            long sent,
            long failed,
            long suppressed,
            long inDoubt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    Broadcast(
            UUID id,
            UUID gathering,
            UUID organiser,
            Wording kind,
            long place,
            boolean silent,
            Notice notice,
            @Nullable LocalisedText cancellationReason,
            State state) {
        super(id);
        this.gathering = gathering;
        this.organiser = organiser;
        this.kind = kind;
        this.place = place;
        this.silent = silent;
        this.notice = notice;
        this.cancellationReason = cancellationReason;
        this.state = state;
    }

    /// Waits for its turn.
    ///
    /// @param place the sequence of the gathering's message: the order among broadcasts of one gathering
    /// @param silent whether nobody is to be told: it only stops what an earlier one has not sent
    static Broadcast waiting(
            UUID id,
            Wording kind,
            long place,
            boolean silent,
            Notice notice,
            @Nullable LocalisedText cancellationReason) {
        var broadcast = new Broadcast(
                id, notice.id(), notice.organiser(), kind, place, silent, notice, cancellationReason, State.WAITING);
        broadcast.open = true;
        return broadcast;
    }

    /// Heard of too late to tell anybody; kept, so that it can be seen.
    static Broadcast expired(UUID id, Wording kind, long place, Notice notice, Instant now) {
        var broadcast =
                new Broadcast(id, notice.id(), notice.organiser(), kind, place, true, notice, null, State.EXPIRED);
        broadcast.finishedAt = now;
        broadcast.raise(new BroadcastFinished());
        return broadcast;
    }

    /// Its turn has come.
    ///
    /// @param cutShort whether an earlier broadcast was superseded before everyone had heard
    ///     (then a change tells those who have not, too, as an announcement)
    void begin(boolean cutShort, Instant now) {
        require(State.WAITING);
        startedAt = now;
        state = State.EXPANDING;
        phase = kind == Wording.ANNOUNCEMENT ? Phase.INTERESTED : Phase.HEARD;
        tellsUntold = kind == Wording.ANNOUNCEMENT || kind == Wording.CHANGE && cutShort;
        raise(new BroadcastProgressed());
    }

    /// A page of the audience is stored as deliveries.
    ///
    /// @param after where the next page begins; null if this one was the last of its phase
    void expanded(@Nullable UUID after, Collection<SendChunk> chunks) {
        require(State.EXPANDING);
        chunks.forEach(this::raise);
        cursor = after;
        if (after == null) {
            if (phase == Phase.HEARD && tellsUntold) {
                phase = Phase.INTERESTED;
            } else {
                state = State.SENDING;
            }
        }
    }

    /// The audience is known.
    void audienceKnown(Books.Line books) {
        numbers = numbers(books);
        raise(new BroadcastProgressed());
    }

    /// Hands out deliveries that waited, or that nobody seems to work on.
    void handOut(Collection<SendChunk> chunks) {
        chunks.forEach(this::raise);
    }

    /// A later broadcast of the gathering takes over: nothing more is handed out.
    void supersede() {
        if (!superseded && open()) {
            superseded = true;
            cutShort = reachesUntold();
            state = State.SENDING;
        }
    }

    /// Every delivery has its outcome.
    void finish(Books.Line books, Instant now) {
        require(State.SENDING);
        numbers = numbers(books);
        state = State.SENT;
        open = null;
        finishedAt = now;
        raise(new BroadcastFinished());
    }

    private void require(State required) {
        if (state != required) {
            throw new IllegalStateException("broadcast " + id() + " is " + state + ", not " + required);
        }
    }

    private static Numbers numbers(Books.Line books) {
        return new Numbers(books.accepted(), books.sent(), books.failed(), books.suppressed(), books.inDoubt());
    }

    @Override
    protected PublicState publicState() {
        return new PublicState(
                id(),
                gathering,
                organiser,
                kind,
                state,
                numbers.accepted(),
                numbers.sent(),
                numbers.failed(),
                numbers.suppressed(),
                numbers.inDoubt(),
                startedAt,
                finishedAt);
    }

    UUID gathering() {
        return gathering;
    }

    UUID organiser() {
        return organiser;
    }

    Wording kind() {
        return kind;
    }

    long place() {
        return place;
    }

    boolean silent() {
        return silent;
    }

    Notice notice() {
        return notice;
    }

    @Nullable
    LocalisedText cancellationReason() {
        return cancellationReason;
    }

    State state() {
        return state;
    }

    boolean open() {
        return Boolean.TRUE.equals(open);
    }

    boolean superseded() {
        return superseded;
    }

    /// Whether somebody was to hear of the gathering for the first time, and may now not have.
    boolean cutShort() {
        return cutShort;
    }

    private boolean reachesUntold() {
        return kind == Wording.ANNOUNCEMENT || kind == Wording.CHANGE && (tellsUntold || state == State.WAITING);
    }

    Phase phase() {
        return phase;
    }

    @Nullable
    UUID cursor() {
        return cursor;
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }
}
