package coop.imece.notification.broadcast;

import coop.imece.notification.delivery.SendChunk;
import coop.imece.platform.test.ContractAssertions;
import org.junit.jupiter.api.Test;

class BroadcastContractTests {

    @Test
    void everyTypeHasASchemaAndAnExampleThatSatisfiesIt() {
        ContractAssertions.assertEveryTypeIsPublished(BroadcastEvent.class);
        ContractAssertions.assertEveryTypeIsPublished(SendChunk.class);
    }

    @Test
    void whatABroadcastTellsOnItsWaySatisfiesItsSchemas() {
        ContractAssertions.assertPublishes(BroadcastTests.onItsWay());
        ContractAssertions.assertPublishes(BroadcastTests.finished());
        ContractAssertions.assertPublishes(BroadcastTests.expired());
    }
}
