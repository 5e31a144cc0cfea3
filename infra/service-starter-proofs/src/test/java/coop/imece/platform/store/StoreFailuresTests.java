package coop.imece.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.ServerAddress;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;
import org.springframework.integration.MessageDispatchingException;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.support.GenericMessage;

class StoreFailuresTests {

    @Test
    void anAbsentStoreOrBrokerIsToBeWaitedForHoweverDeepItHides() {
        assertThat(StoreFailures.unavailable(
                        new UncategorizedMongoDbException("x", new MongoOperationTimeoutException("x"))))
                .isTrue();
        assertThat(StoreFailures.unavailable(new MessagingException(
                        "x", new MongoSocketOpenException("x", new ServerAddress(), new java.io.IOException()))))
                .isTrue();
        assertThat(StoreFailures.unavailable(new IllegalStateException(new TimeoutException("x"))))
                .isTrue();
    }

    @Test
    void aServiceThatIsBeingStoppedRefusesNothing() {
        assertThat(StoreFailures.unavailable(
                        new MessageDispatchingException(new GenericMessage<>("x"), "no subscribers")))
                .isTrue();
    }

    @Test
    void aRefusalOrADefectIsNot() {
        assertThat(StoreFailures.unavailable(new DuplicateKeyException("x"))).isFalse();
        assertThat(StoreFailures.unavailable(new NullPointerException())).isFalse();
        assertThat(StoreFailures.unavailable(null)).isFalse();
        assertThat(StoreFailures.transientFault(new OptimisticLockingFailureException("x")))
                .isTrue();
        assertThat(StoreFailures.transientFault(new IllegalArgumentException("x")))
                .isFalse();
    }
}
