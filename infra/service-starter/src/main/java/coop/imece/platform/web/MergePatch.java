package coop.imece.platform.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A change after RFC 7396 (`application/merge-patch+json`); controllers take it as the request body.
///
/// @param change the patch
public record MergePatch(JsonNode change) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MergePatch {}

    /// Applies the patch to the present content and reads the result strictly.
    ///
    /// @param json the strict mapper
    /// @param present the present content, as the request record that would create it
    /// @param serverOwned names that are refused even though the content shows them
    /// @throws ProblemException 422 with the pointer of what was refused
    public <T> T applyTo(JsonMapper json, T present, Class<T> type, Set<String> serverOwned) {
        Checks checks = new Checks();
        checks.require(change.isObject(), "#", "wrong-type");
        for (String name : serverOwned) {
            checks.require(!change.has(name), "#/" + name, "read-only");
        }
        if (checks.failed()) {
            throw new ProblemException(Problem.invalid(checks.errors()));
        }
        JsonNode merged = merged(json.valueToTree(present), change);
        try {
            return json.treeToValue(merged, type);
        } catch (DatabindException e) {
            throw new ProblemException(Problem.invalid(java.util.List.of(ProblemMapping.refused(e))));
        }
    }

    private static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object : changes.objectNode();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                JsonNode present = result.get(change.getKey());
                result.set(
                        change.getKey(), merged(present == null ? changes.objectNode() : present, change.getValue()));
            }
        }
        return result;
    }
}
