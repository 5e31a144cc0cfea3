package coop.imece.events.supply;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.inbox.View;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

@ServiceTest
class SupplyMessagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final View<KnownOrganisation> organisations;
    private final View<KnownRepresentation> representations;
    private final View<KnownBroadcast> broadcasts;
    private final MongoOperations mongo;

    @Autowired
    SupplyMessagesIntegrationTests(
            View<KnownOrganisation> organisations,
            View<KnownRepresentation> representations,
            View<KnownBroadcast> broadcasts,
            MongoOperations mongo) {
        this.organisations = organisations;
        this.representations = representations;
        this.broadcasts = broadcasts;
        this.mongo = mongo;
    }

    @Test
    void everyMessageAboutAnOrganisationEvenOneNobodyKnowsUpdatesTheView() {
        takesAll("directory.organisation.v1", organisations);
    }

    @Test
    void everyMessageAboutARepresentationEvenOneNobodyKnowsUpdatesTheView() {
        takesAll("directory.representation.v1", representations);
    }

    @Test
    void everyMessageAboutABroadcastEvenOneNobodyKnowsUpdatesTheView() {
        takesAll("notification.broadcast.v1", broadcasts);
    }

    @Test
    void hearsOfOrganisationsRepresentationsAndBroadcastsEachMessageTwice() {
        UUID organisation = UUID.randomUUID();
        UUID representation = UUID.randomUUID();
        UUID broadcast = UUID.randomUUID();
        try (var broker = new TestBroker()) {
            for (int time = 0; time < 2; time++) {
                broker.sendExample(
                        "directory.organisation.v1", "directory.organisation.registered.v1", organisation, 1);
                broker.sendExample("directory.organisation.v1", "directory.organisation.verified.v1", organisation, 2);
                broker.sendExample(
                        "directory.representation.v1", "directory.representation.appointed.v1", representation, 1);
                broker.sendExample("notification.broadcast.v1", "notification.broadcast.finished.v1", broadcast, 1);
            }
            // The stale one comes last and changes nothing.
            broker.sendExample("directory.organisation.v1", "directory.organisation.registered.v1", organisation, 1);

            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(organisations.find(organisation)).hasValueSatisfying(known -> {
                    assertThat(known.verified()).isTrue();
                    assertThat(known.name().text("tr")).isEqualTo("Nilüfer Belediyesi");
                    assertThat(known.language()).isEqualTo("tr");
                });
                assertThat(representations.find(representation))
                        .hasValueSatisfying(
                                known -> assertThat(known.standing()).hasValue(OrganisationRole.REPRESENTATIVE));
                assertThat(broadcasts.find(broadcast))
                        .hasValueSatisfying(known -> assertThat(known.sent()).isEqualTo(2));
            });
        }
    }

    @Test
    void theViewsHaveTheIndexesTheyAreAskedBy() {
        assertThat(mongo.indexOps(SupplyMessages.REPRESENTATIONS).getIndexInfo())
                .anyMatch(index -> index.isIndexForFields(List.of("state.account", "state.organisation")));
        assertThat(mongo.indexOps(SupplyMessages.BROADCASTS).getIndexInfo())
                .anyMatch(index -> index.isIndexForFields(List.of("state.gathering")));
    }

    private static void takesAll(String topic, View<?> view) {
        UUID id = UUID.randomUUID();
        for (ReceivedMessage message : ContractAssertions.allReceived(topic, id)) {
            assertThat(view.apply(message)).as(message.type()).isTrue();
            assertThat(view.apply(message)).as("%s again", message.type()).isFalse();
            assertThat(view.find(id)).as(message.type()).isPresent();
        }
    }
}
