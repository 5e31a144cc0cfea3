package coop.imece.notification.message;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.message.StoredMessage.State;
import coop.imece.platform.inbox.InvalidMessage;
import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.seal.Unsealing;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.SmartLifecycle;

/// What comes on one topic of commands, by rule 4: the message is stored under an id derived from the command's, then
/// sent, then marked; acknowledged as soon as it is stored. A command that comes twice finds its message. At least
/// once: a mail may be repeated after a kill, with the same Message-ID; an SMS becomes IN_DOUBT.
///
/// There are two: `notification.urgent.commands.v1` for codes somebody waits for, `notification.message.commands.v1`
/// for everything else. They share the collection and nothing more, so that no number of ordinary messages delays a
/// code.
///
/// The consumer only stores and wakes [DueMessages], of which each channel has its own. A command that cannot be
/// opened, or for which there are no words, goes to the dead letters.
class MessageLane implements SmartLifecycle {

    private final StoredMessage.Lane lane;
    private final StoredMessages messages;
    private final MessageSending sending;
    private final Unsealing unsealing;
    private final Map<Channel, DueMessages> due;
    private volatile boolean running;

    MessageLane(StoredMessage.Lane lane, StoredMessages messages, MessageSending sending, Unsealing unsealing) {
        this.lane = lane;
        this.messages = messages;
        this.sending = sending;
        this.unsealing = unsealing;
        this.due = Arrays.stream(Channel.values())
                .collect(Collectors.toMap(
                        channel -> channel, channel -> new DueMessages(lane, channel, messages, this::attempt)));
    }

    void on(ReceivedMessage received) {
        if (!received.type().equals("notification.send-message.v1")) {
            return;
        }
        SendMessage command = received.command(SendMessage.class);
        Channel channel = checked(command);
        messages.keep(MessageSending.idOf(command.messageId()), command, channel, lane)
                .ifPresent(message -> {
                    if (message.state() == State.EXPIRED) {
                        sending.countExpired(message);
                    } else {
                        Objects.requireNonNull(due.get(channel)).wake();
                    }
                });
    }

    private Channel checked(SendMessage command) {
        if (Stream.of(
                        command.messageId(),
                        command.template(),
                        command.channel(),
                        command.language(),
                        command.expiresAt(),
                        command.sealed())
                .anyMatch(Objects::isNull)) {
            throw new InvalidMessage("a required field is missing");
        }
        if (MessageTemplate.of(command.template()).isEmpty()) {
            throw new InvalidMessage("unknown template");
        }
        MessageSending.open(command.sealed(), unsealing);
        return channel(command.channel()).orElseThrow(() -> new InvalidMessage("unknown channel"));
    }

    private static Optional<Channel> channel(String name) {
        return Arrays.stream(Channel.values())
                .filter(channel -> channel.name().equals(name))
                .findFirst();
    }

    /// One try of a message this process claimed, given as it was before.
    private void attempt(StoredMessage message) {
        int attempt = message.attempts() + 1;
        boolean begun = message.state() == State.SENDING;
        if (begun && message.channel() == Channel.SMS) {
            sending.leaveInDoubt(message, attempt);
        } else {
            sending.send(message, attempt);
        }
    }

    @Override
    public void start() {
        messages.releaseClaimsOfEarlierProcesses();
        due.values().forEach(DueMessages::start);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        due.values().forEach(DueMessages::stop);
        try {
            for (DueMessages one : due.values()) {
                one.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
