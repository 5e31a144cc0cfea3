package coop.imece.platform.inbox;

import coop.imece.platform.outbox.MessageSender;
import coop.imece.platform.store.StoreFailures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ConsumerAwareRecordRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/// What happens when a handler throws, in one place.
///
/// | cause | then |
/// |---|---|
/// | own store or broker does not answer | again, for ever, in steps of at most ten seconds |
/// | transient fault | three tries in two seconds, then the dead letters |
/// | anything else | the dead letters at once, alone; the rest of the batch goes on |
///
/// A dead letter that cannot be published is tried again for ever: nothing is skipped.
final class FailureHandling implements ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> {

    static final String REASON = "imece-reason";

    private static final Logger LOG = LoggerFactory.getLogger(FailureHandling.class);
    private static final Duration REFUSED = Duration.ofSeconds(2);
    private static final int LONGEST_REASON = 500;

    /// Why the record failed for which this consumer's thread is about to ask how long to wait.
    private static final ThreadLocal<@Nullable Exception> LATEST = new ThreadLocal<>();

    private final MessageSender sender;

    FailureHandling(MessageSender sender) {
        this.sender = sender;
    }

    @Override
    public void configure(AbstractMessageListenerContainer<?, ?> container, String destination, String group) {
        container.setCommonErrorHandler(errorHandler(container, group));
    }

    private DefaultErrorHandler errorHandler(AbstractMessageListenerContainer<?, ?> container, String group) {
        DeadLetterPublishingRecoverer deadLetters = deadLetters(group);
        var handler = new DefaultErrorHandler(
                (ConsumerAwareRecordRecoverer) (record, consumer, failed) -> {
                    Exception failure = Objects.requireNonNullElseGet(failed, IllegalStateException::new);
                    if (StoreFailures.unavailable(failure)) {
                        throw new KafkaException("not for the dead letters: the store or the broker is away", failure);
                    }
                    deadLetters.accept(record, consumer, failure);
                    LOG.warn(
                            "{}-{}@{} went to the dead letters of {}: {}",
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            group,
                            reason(failure));
                },
                // Only asked if the function below has no answer; one without retries would switch the function off.
                new FixedBackOff(1_000, 2));
        handler.setBackOffFunction((_, _) -> Again::new);
        handler.setResetStateOnRecoveryFailure(false);
        // Spring would log the whole batch, payloads included.
        handler.setLogLevel(KafkaException.Level.DEBUG);
        handler.setRetryListeners(new Patience(container));
        return handler;
    }

    private DeadLetterPublishingRecoverer deadLetters(String group) {
        var recoverer = new DeadLetterPublishingRecoverer(
                sender.template(), (record, _) -> new TopicPartition(DeadLetterTopics.dead(record.topic(), group), -1));
        recoverer.setFailIfSendResultIsError(true);
        recoverer.setWaitForSendResultTimeout(Duration.ofSeconds(5));
        recoverer.setVerifyPartition(false);
        recoverer.setLogRecoveryRecord(false);
        // The stack trace is 8 to 18 KB; the message of a foreign exception may repeat the payload.
        recoverer.excludeHeader(
                HeadersToAdd.EX_STACKTRACE, HeadersToAdd.EX_MSG, HeadersToAdd.EXCEPTION, HeadersToAdd.EX_CAUSE);
        recoverer.setHeadersFunction((_, failure) -> reasonHeader(failure));
        return recoverer;
    }

    private static Headers reasonHeader(@Nullable Exception failure) {
        return new RecordHeaders().add(REASON, reason(failure).getBytes(StandardCharsets.UTF_8));
    }

    /// The class of the cause, with its words only where we chose them ourselves.
    private static String reason(@Nullable Throwable failure) {
        @Nullable Throwable cause = failure;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            cause = next;
            if (next instanceof BatchListenerFailedException batch && batch.getCause() != null) {
                cause = batch.getCause();
                break;
            }
        }
        String reason = cause instanceof InvalidMessage invalid
                ? "invalid: " + invalid.getMessage()
                : cause == null ? "unknown" : cause.getClass().getName();
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    }

    /// How often one record comes again, decided anew at each of its failures: Spring asks for a back-off at the
    /// first one and keeps it, but what failed because the store was away may fail for its own reason later.
    private static final class Again implements BackOffExecution {

        private static final int FURTHER_TRIES = 2;

        private final BackOffExecution whileAway;
        private int faults;

        Again() {
            var unlimited = new ExponentialBackOff(500, 2);
            unlimited.setMaxInterval(10_000);
            this.whileAway = unlimited.start();
        }

        @Override
        public long nextBackOff() {
            Exception failure = LATEST.get();
            if (StoreFailures.unavailable(failure)) {
                return whileAway.nextBackOff();
            }
            if (StoreFailures.transientFault(failure) && faults < FURTHER_TRIES) {
                faults++;
                return 1_000;
            }
            return STOP;
        }
    }

    /// Waits after a dead letter was refused; without it the record would come round at once, over and over.
    private record Patience(AbstractMessageListenerContainer<?, ?> container) implements RetryListener {

        @Override
        public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception failure, int attempt) {
            LATEST.set(failure);
            if (attempt == 1 || attempt % 10 == 0) {
                LOG.warn(
                        "{}-{}@{} failed, attempt {}: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        attempt,
                        reason(failure));
            }
        }

        @Override
        public void recoveryFailed(ConsumerRecord<?, ?> record, @Nullable Exception original, Exception failure) {
            LOG.error(
                    "{}-{}@{} could not be moved to the dead letters and will come again: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    reason(failure));
            try {
                ListenerUtils.stoppableSleep(container, REFUSED.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
