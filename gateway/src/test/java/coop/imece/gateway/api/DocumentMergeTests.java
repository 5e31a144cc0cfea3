package coop.imece.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocumentMergeTests {

    private final JsonMapper json = JsonMapper.shared();

    @Test
    void writesWhatIsEqualOnceAndRenamesWhatMeansSomethingElse() {
        var merge = new DocumentMerge(json);
        merge.add("events", document("gatherings", "{\"type\":\"object\"}"));
        merge.add("impact", document("reports", "{\"type\":\"array\"}"));
        JsonNode result = merge.result("http://here", List.of());

        assertThat(result.path("components").path("schemas").propertyNames())
                .containsExactly("ImpactItem", "Item", "Problem");
        assertThat(result.at("/paths/~1api~1v1~1gatherings/get/schema/$ref").asString())
                .isEqualTo("#/components/schemas/Item");
        assertThat(result.at("/paths/~1api~1v1~1reports/get/schema/$ref").asString())
                .isEqualTo("#/components/schemas/ImpactItem");
        assertThat(result.has("x-missing")).isFalse();
    }

    @Test
    void namesWhatIsMissing() {
        var merge = new DocumentMerge(json);
        merge.add("events", document("gatherings", "{\"type\":\"object\"}"));
        assertThat(merge.result("http://here", List.of("impact-service"))
                        .path("x-missing")
                        .path(0)
                        .asString())
                .isEqualTo("impact-service");
    }

    private JsonNode document(String segment, String item) {
        return json.readTree("""
                {"paths": {"/api/v1/%s": {"get": {"schema": {"$ref": "#/components/schemas/Item"}}}},
                 "components": {"schemas": {"Item": %s, "Problem": {"type": "object"}}}}
                """.formatted(segment, item));
    }
}
