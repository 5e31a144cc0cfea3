package coop.imece.events.gathering;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestErasure;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@ServiceTest
class ErasureIntegrationTests {

    @Test
    void confirmsThatItHoldsNothingOfAnAccount() {
        try (var broker = new TestBroker()) {
            var receipt = TestErasure.confirmedTwice(broker, "events-service", UUID.randomUUID());
            assertThat(receipt.path("erased").isEmpty()).isTrue();
        }
    }
}
