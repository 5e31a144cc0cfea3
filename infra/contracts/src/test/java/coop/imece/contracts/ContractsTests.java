package coop.imece.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ContractsTests {

    private static final Path CONTRACTS = Path.of("src/main/resources/contracts");
    private static final Path PUBLISHED = Path.of("src/test/resources/published");
    private static final List<String> SERVICES =
            List.of("directory-service", "events-service", "impact-service", "notification-service", "gateway");
    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @MethodSource("messageTypes")
    void theExampleOfEachMessageKeepsItsSchema(String type) {
        JsonNode example = read(CONTRACTS.resolve("examples/" + type + ".json"));
        assertThat(definition(schemasByType().get(type), type).validate(example))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("messageTypes")
    void theSchemaOfEachMessageRefusesAnEmptyOne(String type) {
        assertThat(definition(schemasByType().get(type), type).validate(JSON.createObjectNode()))
                .isNotEmpty();
    }

    @Test
    void eachExampleBelongsToAMessage() {
        assertThat(names(CONTRACTS.resolve("examples")).map(n -> n.replace(".json", "")))
                .containsExactlyInAnyOrderElementsOf(schemasByType().keySet());
    }

    @Test
    void asyncApiDescribesEveryMessageAndEveryTopicAndNothingElse() {
        var messages = new TreeSet<String>();
        var addresses = new TreeSet<String>();
        names(CONTRACTS.resolve("asyncapi")).forEach(name -> {
            JsonNode document = yaml(CONTRACTS.resolve("asyncapi/" + name));
            document.path("components").path("messages").forEach(message -> {
                messages.add(message.path("name").asString());
                assertThat(CONTRACTS
                                .resolve("asyncapi")
                                .resolve(message.path("x-example").asString()))
                        .exists();
                String ref = message.path("payload").path("schema").path("$ref").asString();
                String[] parts = ref.split("#/\\$defs/", 2);
                assertThat(read(CONTRACTS.resolve("asyncapi").resolve(parts[0]))
                                .path("$defs")
                                .has(parts[1]))
                        .as(ref)
                        .isTrue();
            });
            document.path("channels")
                    .forEach(channel -> addresses.add(channel.path("address").asString()));
        });
        assertThat(messages).isEqualTo(schemasByType().keySet());
        assertThat(addresses).isEqualTo(topics());
    }

    @Test
    void aStateSchemaIsNamedLikeItsTopic() {
        assertThat(names(CONTRACTS.resolve("schemas"))
                        .map(n -> n.replace(".schema.json", ""))
                        .filter(n -> read(CONTRACTS.resolve("schemas/" + n + ".schema.json"))
                                .path("$defs")
                                .has("State")))
                .allSatisfy(topic -> assertThat(topics()).contains(topic));
    }

    @Test
    void everySchemaIsHeldAgainstWhatWasPublished() {
        assertThat(names(PUBLISHED).toList())
                .isEqualTo(names(CONTRACTS.resolve("schemas")).toList());
    }

    /// A group nobody binds collects dead letters nobody sees; a binding that is not listed has no topic for its own.
    @Test
    void theGroupsOfATopicAreThoseItsServicesBind() {
        var bound = new TreeSet<String>();
        SERVICES.forEach(service -> {
            JsonNode settings = yaml(Path.of("../..", service, "src/main/resources/application.yml"));
            settings.at("/spring/cloud/stream/bindings")
                    .forEach(binding -> bound.add(binding.path("destination").asString() + " "
                            + binding.path("group").asString()));
        });
        var listed = new TreeSet<String>();
        yaml(CONTRACTS.resolve("topics.yaml"))
                .path("topics")
                .forEach(topic -> topic.path("groups")
                        .forEach(group -> listed.add(topic.path("name").asString() + " " + group.asString())));
        // These are bound by the starter, in every service but the gateway.
        for (String service : List.of("directory", "events", "impact", "notification")) {
            bound.add("platform.restatement.commands.v1 " + service + ".restatementRequests");
            bound.add("platform.erasure.commands.v1 " + service + ".erasureCommands");
        }
        assertThat(listed).isEqualTo(bound);
    }

    /// Within v1 changes only add: what was published keeps its name, its type, and its being required.
    @ParameterizedTest
    @MethodSource("publishedSchemas")
    void schemasOnlyGrow(String name) {
        var breaks = new ArrayList<String>();
        compare("", read(PUBLISHED.resolve(name)), read(CONTRACTS.resolve("schemas/" + name)), breaks);
        assertThat(breaks).isEmpty();
    }

    @Test
    void theComparisonSeesARemovedFieldAChangedTypeAndADroppedPromise() {
        JsonNode before = JSON.readTree("""
                {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a"]}""");
        JsonNode after = JSON.readTree("""
                {"properties": {"a": {"type": "integer"}}, "required": []}""");
        var breaks = new ArrayList<String>();
        compare("", before, after, breaks);
        assertThat(breaks)
                .containsExactlyInAnyOrder(
                        "/properties/a/type is integer, was string", "/properties/b is gone", "/required lost a");
    }

    static Stream<String> messageTypes() {
        return schemasByType().keySet().stream();
    }

    static Stream<String> publishedSchemas() {
        return names(PUBLISHED);
    }

    private static void compare(String at, JsonNode before, JsonNode after, List<String> breaks) {
        children(before, (name, old) -> {
            String here = at + "/" + name;
            JsonNode now = after.path(name);
            switch (name) {
                case "description", "examples", "title", "$comment", "$id" -> {}
                case "required" ->
                    old.forEach(field -> {
                        if (now.valueStream().noneMatch(field::equals)) {
                            breaks.add(here + " lost " + field.asString());
                        }
                    });
                default -> {
                    if (now.isMissingNode()) {
                        breaks.add(here + " is gone");
                    } else if (old.isObject()) {
                        compare(here, old, now, breaks);
                    } else if (!old.equals(now)) {
                        breaks.add("%s is %s, was %s".formatted(here, now.asString(), old.asString()));
                    }
                }
            }
        });
    }

    private static void children(JsonNode node, BiConsumer<String, JsonNode> each) {
        node.properties().forEach(property -> each.accept(property.getKey(), property.getValue()));
    }

    private static Map<String, Path> schemasByType() {
        var byType = new TreeMap<String, Path>();
        names(CONTRACTS.resolve("schemas")).forEach(name -> {
            Path path = CONTRACTS.resolve("schemas").resolve(name);
            children(read(path).path("$defs"), (type, definition) -> {
                if (type.contains(".")) {
                    byType.put(type, path);
                }
            });
        });
        return byType;
    }

    private static TreeSet<String> topics() {
        var names = new TreeSet<String>();
        yaml(CONTRACTS.resolve("topics.yaml"))
                .path("topics")
                .forEach(topic -> names.add(topic.path("name").asString()));
        return names;
    }

    private static Schema definition(Path schema, String type) {
        ObjectNode root = (ObjectNode) read(schema);
        root.remove("$id");
        return REGISTRY.getSchema(root.put("$ref", "#/$defs/" + type));
    }

    private static JsonNode read(Path path) {
        return JSON.readTree(path.toFile());
    }

    private static JsonNode yaml(Path path) {
        try {
            return JSON.valueToTree(new Yaml().load(Files.readString(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> names(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
