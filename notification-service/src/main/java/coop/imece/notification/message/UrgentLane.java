package coop.imece.notification.message;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.message.StoredMessage.State;
import coop.imece.platform.inbox.InvalidMessage;
import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.seal.Unsealing;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// `notification.urgent.commands.v1`, by rule 4: the message is stored under an id derived from the command's, then
/// sent, then marked; acknowledged as soon as it is stored. A command that comes twice finds its message. At least
/// once:
/// a mail may be repeated after a kill, with the same Message-ID; an SMS becomes IN_DOUBT.
///
/// A slow mail server holds up nobody but its own: tries run side by side, at most [#AT_ONCE]. A command that cannot be
/// opened, or for which there are no words, goes to the dead letters.
@Component
class UrgentLane implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(UrgentLane.class);
    private static final int AT_ONCE = 32;
    private static final int LONGEST_SWEEP = 200;

    private final StoredMessages messages;
    private final MessageSending sending;
    private final Unsealing unsealing;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ExecutorService senders = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("urgent-", 0).factory());

    UrgentLane(StoredMessages messages, MessageSending sending, Unsealing unsealing) {
        this.messages = messages;
        this.sending = sending;
        this.unsealing = unsealing;
    }

    void on(ReceivedMessage received) {
        if (!received.type().equals("notification.send-message.v1")) {
            return;
        }
        SendMessage command = received.command(SendMessage.class);
        Channel channel = checked(command);
        messages.claimNew(MessageSending.idOf(command.messageId()), command, channel)
                .ifPresent(message -> {
                    if (message.state() == State.EXPIRED) {
                        sending.countExpired(message);
                    } else {
                        submit(() -> sending.send(message, message.attempts()), message.id());
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

    /// Takes up what waits, and what a dead process left.
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void sweep() {
        for (int taken = 0; taken < LONGEST_SWEEP; taken++) {
            Optional<StoredMessage> due = messages.claimDue();
            if (due.isEmpty()) {
                return;
            }
            StoredMessage message = due.get();
            int attempt = message.attempts() + 1;
            boolean begun = message.state() == State.SENDING;
            submit(
                    () -> {
                        if (begun && message.channel() == Channel.SMS) {
                            sending.leaveInDoubt(message, attempt);
                        } else {
                            sending.send(message, attempt);
                        }
                    },
                    message.id());
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void takeUpWhatEarlierProcessesLeft() {
        messages.releaseClaimsOfEarlierProcesses();
    }

    private void submit(Runnable send, UUID message) {
        places.acquireUninterruptibly();
        senders.execute(() -> {
            try {
                send.run();
            } catch (RuntimeException e) {
                // It stays claimed and falls due again.
                LOG.warn("Message {} could not be handled now", message, e);
            } finally {
                places.release();
            }
        });
    }

    /// Lets begun tries end: what they hand over must be written down.
    @Override
    public void destroy() throws InterruptedException {
        senders.shutdown();
        if (!senders.awaitTermination(8, TimeUnit.SECONDS)) {
            LOG.warn("Some urgent messages did not end in time; they fall due again");
        }
    }
}
