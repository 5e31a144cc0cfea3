package coop.imece.notification.delivery;

import coop.imece.notification.channel.Channel;
import java.util.EnumMap;
import java.util.Map;

/// The books of a broadcast, counted by index and never kept: accepted = sent + failed + suppressed + inDoubt + open,
/// and nothing is open in the end.
///
/// @param byChannel only channels with a delivery
public record Books(Map<Channel, Line> byChannel) {

    public Books {
        byChannel = byChannel.isEmpty() ? Map.of() : new EnumMap<>(byChannel);
    }

    /// One line.
    public record Line(long accepted, long sent, long failed, long suppressed, long inDoubt) {

        static final Line EMPTY = new Line(0, 0, 0, 0, 0);

        Line plus(Delivery.State state, long count) {
            return new Line(
                    accepted + count,
                    sent + (state == Delivery.State.SENT ? count : 0),
                    failed + (state == Delivery.State.FAILED ? count : 0),
                    suppressed + (state == Delivery.State.SUPPRESSED ? count : 0),
                    inDoubt + (state == Delivery.State.IN_DOUBT ? count : 0));
        }

        Line plus(Line other) {
            return new Line(
                    accepted + other.accepted,
                    sent + other.sent,
                    failed + other.failed,
                    suppressed + other.suppressed,
                    inDoubt + other.inDoubt);
        }

        /// Still waiting or under way.
        public long open() {
            return accepted - sent - failed - suppressed - inDoubt;
        }
    }

    /// All channels together.
    public Line total() {
        return byChannel.values().stream().reduce(Line.EMPTY, Line::plus);
    }
}
