package coop.imece.notification.delivery;

import coop.imece.notification.channel.Channel;
import coop.imece.platform.aggregate.Command;
import coop.imece.platform.aggregate.CommandType;
import java.util.UUID;

/// Hands one chunk of a broadcast to a worker. Repeats are harmless: the deliveries know their state.
public sealed interface SendChunk extends Command {

    /// The type on both topics.
    String TYPE = "notification.send-chunk.v1";

    UUID broadcastId();

    UUID chunkId();

    /// Commands for one chunk never run side by side.
    @Override
    default String key() {
        return chunkId().toString();
    }

    static SendChunk of(UUID broadcast, UUID chunk, Channel channel) {
        return switch (channel) {
            case EMAIL -> new OfMails(broadcast, chunk, channel);
            case SMS -> new OfSms(broadcast, chunk, channel);
        };
    }

    /// How many deliveries a chunk may hold.
    static int most(Channel channel) {
        return switch (channel) {
            case EMAIL -> 500;
            case SMS -> 10;
        };
    }

    /// At most 500 mails.
    @CommandType(value = TYPE, topic = "notification.chunk.email.v1")
    record OfMails(UUID broadcastId, UUID chunkId, Channel channel) implements SendChunk {}

    /// At most 10 SMS.
    @CommandType(value = TYPE, topic = "notification.chunk.sms.v1")
    record OfSms(UUID broadcastId, UUID chunkId, Channel channel) implements SendChunk {}
}
