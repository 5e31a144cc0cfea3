package coop.imece.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.CommandType;
import coop.imece.platform.aggregate.CurrentOrigin;
import coop.imece.platform.aggregate.EventType;
import coop.imece.platform.aggregate.OutboxEntry;
import coop.imece.platform.aggregate.OutboxEntryWriter;
import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.json.PlatformJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Holds messages against the schemas and examples of infra/contracts.
public final class ContractAssertions {

    private static final JsonMapper JSON = PlatformJson.lenient();
    private static final Map<String, Schema> SCHEMAS = schemas();

    private ContractAssertions() {}

    /// Every type that has a schema.
    public static List<String> types() {
        return List.copyOf(SCHEMAS.keySet());
    }

    /// The data of a message satisfies the schema of its type; fails if there is none.
    public static void assertMatchesSchema(String type, String data) {
        Schema schema = SCHEMAS.get(type);
        if (schema == null) {
            throw new AssertionError("infra/contracts has no schema of " + type);
        }
        assertThat(schema.validate(JSON.readTree(data)))
                .as("%s against its schema: %s", type, data)
                .isEmpty();
    }

    /// Everything the aggregate raised and did not yet save satisfies its schemas, as it would travel. Returns what
    /// would be published.
    public static List<OutboxEntry> assertPublishes(AggregateRoot aggregate) {
        List<OutboxEntry> entries = entriesOf(aggregate);
        assertThat(entries).as("messages of %s", aggregate).isNotEmpty();
        entries.forEach(entry -> assertMatchesSchema(entry.type(), entry.data()));
        return entries;
    }

    /// What the aggregate raised and did not yet save, as it would be saved.
    public static List<OutboxEntry> entriesOf(AggregateRoot aggregate) {
        new OutboxEntryWriter(PlatformJson.strict(), Clock.systemUTC(), new CurrentOrigin(), "test")
                .onBeforeConvert(aggregate, "test");
        return aggregate.pendingMessages();
    }

    /// Every event of the sealed interface, and every command given, has a schema and an example that satisfies it.
    public static void assertEveryTypeIsPublished(Class<?> sealed) {
        Class<?>[] types = sealed.isSealed() ? sealed.getPermittedSubclasses() : new Class<?>[] {sealed};
        for (Class<?> type : types) {
            if (type.isSealed()) {
                assertEveryTypeIsPublished(type);
            } else {
                String name = name(type);
                assertMatchesSchema(name, example(name));
            }
        }
    }

    /// The published example of a type.
    public static String example(String type) {
        try (InputStream in = ContractAssertions.class.getResourceAsStream("/contracts/examples/" + type + ".json")) {
            assertThat(in).as("example of %s in infra/contracts", type).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The example of a type as a consumer receives it, about the given aggregate.
    public static ReceivedMessage received(String type, UUID id, long sequence) {
        return received(type, id, sequence, example(type));
    }

    /// A message as a consumer receives it, now.
    public static ReceivedMessage received(String type, UUID id, long sequence, String data) {
        return new ReceivedMessage(
                UUID.randomUUID(),
                type,
                "/test",
                id.toString(),
                sequence,
                Instant.now().toString(),
                null,
                JSON.readTree(data),
                JSON);
    }

    /// The examples of all types of a state topic, plus the last of them under a type nobody knows and with a field
    /// nobody knows: a consumer must take them all.
    public static List<ReceivedMessage> allReceived(String topic, UUID id) {
        String prefix = topic.substring(0, topic.lastIndexOf('.') + 1);
        List<ReceivedMessage> messages = new ArrayList<>();
        for (String type : types()) {
            if (type.startsWith(prefix)) {
                messages.add(received(type, id, messages.size() + 1));
            }
        }
        assertThat(messages).as("types of topic %s in infra/contracts", topic).isNotEmpty();
        ObjectNode unknown = (ObjectNode) messages.getLast().data().deepCopy();
        ((ObjectNode) unknown.required("state")).put("invented", true);
        messages.add(received(prefix + "invented.v1", id, messages.size() + 1, unknown.toString()));
        return messages;
    }

    private static String name(Class<?> type) {
        EventType event = type.getAnnotation(EventType.class);
        if (event != null) {
            return event.value();
        }
        CommandType command = type.getAnnotation(CommandType.class);
        assertThat(command).as("%s carries @EventType or @CommandType", type).isNotNull();
        return command.value();
    }

    private static Map<String, Schema> schemas() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Map<String, Schema> byType = new LinkedHashMap<>();
        try {
            Resource[] files = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:contracts/schemas/*.schema.json");
            Arrays.sort(files, (a, b) -> String.valueOf(a.getFilename()).compareTo(String.valueOf(b.getFilename())));
            for (Resource file : files) {
                JsonNode whole = JSON.readTree(file.getContentAsString(StandardCharsets.UTF_8));
                for (String definition : whole.path("$defs").propertyNames()) {
                    if (definition.contains(".")) {
                        ObjectNode schema = (ObjectNode) whole.deepCopy();
                        schema.remove("$id");
                        schema.put("$ref", "#/$defs/" + definition);
                        byType.put(definition, registry.getSchema(schema));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return byType;
    }
}
