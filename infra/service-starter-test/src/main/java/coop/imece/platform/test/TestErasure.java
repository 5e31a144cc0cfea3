package coop.imece.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks for the erasure of an account, as the gateway does, and reads the receipts.
public final class TestErasure {

    public static final String COMMANDS = "platform.erasure.commands.v1";
    public static final String RECEIPTS = "platform.erasure.v1";
    public static final String ERASE = "platform.erase-subject.v1";
    public static final String CONFIRMED = "platform.erasure.confirmed.v1";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestErasure() {}

    /// Sends the command, repeats it, and returns the service's receipt; all receipts satisfy the schema, agree and do
    /// not name the account.
    public static JsonNode confirmedTwice(TestBroker broker, String service, UUID account) {
        UUID erasure = UUID.randomUUID();
        send(broker, erasure, account);
        send(broker, erasure, account);
        List<JsonNode> receipts = await().atMost(PATIENCE)
                .until(() -> receipts(broker, erasure, service), received -> received.size() == 2);
        assertThat(receipts).allMatch(receipts.getFirst()::equals);
        assertThat(receipts.getFirst().toString()).doesNotContain(account.toString());
        return receipts.getFirst();
    }

    /// Sends the command once.
    public static void send(TestBroker broker, UUID erasure, UUID account) {
        String data = "{\"erasure\":\"%s\",\"account\":\"%s\",\"requestedAt\":\"2026-11-21T12:00:00Z\"}"
                .formatted(erasure, account);
        ContractAssertions.assertMatchesSchema(ERASE, data);
        broker.send(COMMANDS, ERASE, account, 0, data);
    }

    /// The receipts of a service so far.
    public static List<JsonNode> receipts(TestBroker broker, UUID erasure, String service) {
        return broker.distinct(RECEIPTS, erasure).stream()
                .map(TestErasure::receipt)
                .filter(receipt -> receipt.path("service").asString().equals(service))
                .toList();
    }

    private static JsonNode receipt(ConsumerRecord<String, byte[]> record) {
        String data = new String(record.value(), StandardCharsets.UTF_8);
        ContractAssertions.assertMatchesSchema(CONFIRMED, data);
        return JsonMapper.shared().readTree(data);
    }
}
