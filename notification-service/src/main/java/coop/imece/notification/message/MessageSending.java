package coop.imece.notification.message;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.channel.EmailChannel;
import coop.imece.notification.channel.OutgoingEmail;
import coop.imece.notification.channel.OutgoingSms;
import coop.imece.notification.channel.SendResult;
import coop.imece.notification.channel.SmsChannel;
import coop.imece.notification.message.StoredMessage.State;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.inbox.InvalidMessage;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.text.Language;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/// One try to send one message, and what is written of it.
///
/// A mail whose answer never came is repeated with the same Message-ID; an SMS is not repeated, because the person
/// would get and pay attention to two codes of which one is dead.
@Component
class MessageSending {

    private static final Logger LOG = LoggerFactory.getLogger(MessageSending.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    /// About a day for what is valid for two; what is valid for minutes expires before.
    static final int MOST_TRIES = 24;

    private final StoredMessages messages;
    private final MessageTexts texts;
    private final Unsealing unsealing;
    private final Channels channels;
    private final MeterRegistry metrics;
    private final Clock clock;

    MessageSending(
            StoredMessages messages,
            MessageTexts texts,
            Unsealing unsealing,
            Channels channels,
            MeterRegistry metrics,
            Clock clock) {
        this.messages = messages;
        this.texts = texts;
        this.unsealing = unsealing;
        this.channels = channels;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Urgent messages go on connections of their own, ordinary ones beside the broadcasts.
    @Component
    record Channels(
            @Qualifier("urgentEmail") EmailChannel urgentEmail,
            @Qualifier("urgentSms") SmsChannel urgentSms,
            @Qualifier("broadcastEmail") EmailChannel ordinaryEmail,
            @Qualifier("broadcastSms") SmsChannel ordinarySms) {

        EmailChannel email(StoredMessage message) {
            return message.ordinary() ? ordinaryEmail : urgentEmail;
        }

        SmsChannel sms(StoredMessage message) {
            return message.ordinary() ? ordinarySms : urgentSms;
        }
    }

    /// Carries out the try this process claimed.
    ///
    /// @param attempt the number of the try, as the claim counted it
    void send(StoredMessage message, int attempt) {
        Instant now = clock.instant();
        if (!now.isBefore(message.expiresAt())) {
            finish(message, attempt, State.EXPIRED, null, null);
            return;
        }
        SendResult result;
        try {
            result = handOver(message, Duration.between(now, message.expiresAt()));
        } catch (InvalidMessage cannotBeOpened) {
            finish(message, attempt, State.FAILED, null, cannotBeOpened.getMessage());
            return;
        }
        switch (result) {
            case SendResult.Accepted accepted ->
                finish(message, attempt, State.SENT, accepted.reference(), accepted.detail());
            case SendResult.Refused refused ->
                finish(message, attempt, State.FAILED, null, refused.code() + " " + refused.text());
            case SendResult.Deferred deferred -> postpone(message, attempt, deferred.reason());
            case SendResult.Unknown unknown -> {
                if (message.channel() == Channel.SMS) {
                    finish(message, attempt, State.IN_DOUBT, null, unknown.reason());
                } else {
                    postpone(message, attempt, unknown.reason());
                }
            }
        }
    }

    private SendResult handOver(StoredMessage message, Duration valid) {
        MessageTemplate template = MessageTemplate.of(message.template())
                .orElseThrow(() -> new InvalidMessage("unknown template " + message.template()));
        Language language = Language.of(message.language()).orElse(Language.EN);
        SendMessage.Contents contents = open(message.sealed() == null ? "" : message.sealed(), unsealing);
        return switch (message.channel()) {
            case EMAIL -> {
                var mail = texts.mail(template, language, contents.parameters(), valid);
                yield channels.email(message)
                        .send(new OutgoingEmail(
                                message.id(),
                                contents.address(),
                                language,
                                mail.subject(),
                                mail.text(),
                                mail.html(),
                                Map.of()));
            }
            case SMS ->
                channels.sms(message)
                        .send(new OutgoingSms(
                                message.id(),
                                contents.address(),
                                texts.sms(template, language, contents.parameters(), valid),
                                false));
        };
    }

    /// What was sealed for us; [InvalidMessage] if it was not, or lacks something.
    static SendMessage.Contents open(String sealed, Unsealing unsealing) {
        return unsealing.open(sealed, SendMessage.Contents.class);
    }

    /// An SMS that a dead process may have sent.
    void leaveInDoubt(StoredMessage message, int attempt) {
        finish(message, attempt, State.IN_DOUBT, null, "the process that sent it ended");
    }

    private void postpone(StoredMessage message, int attempt, String reason) {
        if (attempt >= MOST_TRIES) {
            finish(message, attempt, State.FAILED, null, reason);
            return;
        }
        Duration pause = pause(attempt, Duration.between(message.receivedAt(), message.expiresAt()));
        messages.postpone(message.id(), attempt, clock.instant().plus(pause), reason);
        count(message, "postponed");
        LOG.info("Message {} postponed: {}", message.id(), reason);
    }

    /// Doubles up to two hours, but never beyond a sixteenth of the time the message is good for: who waits for a code
    /// waits seconds, and a confirmation is no reason to knock every other minute for two days.
    static Duration pause(int attempt, Duration lifetime) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 12));
        return Stream.of(pause, LONGEST_PAUSE, lifetime.dividedBy(16))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private void finish(
            StoredMessage message, int attempt, State state, @Nullable String reference, @Nullable String detail) {
        messages.finish(message.id(), attempt, state, reference, detail);
        count(message, state.name());
        if (state != State.SENT) {
            LOG.info("Message {} {}", message.id(), state);
        }
    }

    private void count(StoredMessage message, String outcome) {
        metrics.counter(
                        "imece.messages",
                        "template",
                        message.template(),
                        "channel",
                        message.channel().name(),
                        "outcome",
                        outcome)
                .increment();
    }

    /// Counts a message that came too late to be tried at all.
    void countExpired(StoredMessage message) {
        count(message, State.EXPIRED.name());
        LOG.info("Message {} came too late", message.id());
    }

    static UUID idOf(UUID messageId) {
        return Ids.derived("message", messageId.toString());
    }
}
