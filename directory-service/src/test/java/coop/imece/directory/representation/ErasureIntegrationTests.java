package coop.imece.directory.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestErasure;
import coop.imece.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
class ErasureIntegrationTests {

    private static final String AUDIT = "platform.audit.recorded.v1";

    @Autowired
    private MockMvc web;

    @Autowired
    private Representatives representatives;

    private final UUID account = UUID.randomUUID();
    private final UUID organisation = UUID.randomUUID();
    private final TestBroker broker = new TestBroker();

    @AfterEach
    void disconnect() {
        broker.close();
    }

    @Test
    void anErasedAccountActsForNobodyEvenWhereItWasTheLast() throws Exception {
        register();

        var receipt = TestErasure.confirmedTwice(broker, "directory-service", account);

        assertThat(receipt.path("erased").path("representations").asInt()).isEqualTo(1);
        assertThat(representatives.represents(organisation, account)).isFalse();
        UUID representation = Representation.idOf(organisation, account);
        await().untilAsserted(() -> assertThat(broker.records("directory.representation.v1", representation))
                .extracting(record -> TestBroker.header(record, "ce_type"))
                .endsWith("directory.representation.dismissed.v1"));
        // The consumer of a command is no command of a person.
        assertThat(audit(representation)).hasSize(1);
    }

    @Test
    void theAuditTellsForWhichOrganisationSomethingWasDone() throws Exception {
        register();

        await().untilAsserted(() -> assertThat(audit(organisation)).hasSize(1));
        assertThat(audit(organisation).getFirst())
                .contains("\"operation\":\"PUT /api/v1/organisations/{id}\"")
                .contains("\"organisation\":\"" + organisation + "\"")
                .contains("\"account\":\"" + account + "\"")
                .contains("directory.organisation.registered.v1")
                .doesNotContain("Nilüfer");
        UUID representation = Representation.idOf(organisation, account);
        await().untilAsserted(() -> assertThat(audit(representation)).hasSize(1));
        assertThat(audit(representation).getFirst()).contains("\"organisation\":\"" + organisation + "\"");
    }

    private void register() throws Exception {
        web.perform(put("/api/v1/organisations/{id}", organisation)
                        .header(
                                "Authorization",
                                TestTokens.of("directory-service").account(account))
                        .contentType("application/json")
                        .content("""
                                {"type":"SUPPORTER","kind":"MUNICIPALITY","name":{"tr":"Nilüfer %s"},
                                 "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"}}""".formatted(organisation)))
                .andExpect(status().isCreated());
    }

    private List<String> audit(UUID subject) {
        return broker.distinct("platform.audit.v1", subject).stream()
                .map(ErasureIntegrationTests::text)
                .toList();
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        String data = new String(record.value(), StandardCharsets.UTF_8);
        ContractAssertions.assertMatchesSchema(AUDIT, data);
        return data;
    }
}
