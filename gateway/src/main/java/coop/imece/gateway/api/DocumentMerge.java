package coop.imece.gateway.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes one OpenAPI document of several. What is equal is written once; a schema that means something else under a
/// name already taken gets the name of its service before its own.
final class DocumentMerge {

    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonMapper json;
    private final Map<String, JsonNode> paths = new TreeMap<>();
    private final Map<String, JsonNode> schemas = new TreeMap<>();
    private final ObjectNode securitySchemes;

    DocumentMerge(JsonMapper json) {
        this.json = json;
        this.securitySchemes = json.createObjectNode();
    }

    /// Adds the document of a service.
    ///
    /// @param name short name of the service: `directory`
    void add(String name, JsonNode document) {
        Map<String, JsonNode> own = new TreeMap<>();
        document.path("components").path("schemas").properties().forEach(e -> own.put(e.getKey(), e.getValue()));
        Map<String, String> names = new TreeMap<>();
        own.forEach((schema, content) -> {
            boolean taken = schemas.containsKey(schema) && !schemas.get(schema).equals(content);
            names.put(schema, taken ? prefixed(name, schema) : schema);
        });
        own.forEach((schema, content) -> schemas.put(names.get(schema), renamed(content, names)));
        document.path("paths").properties().forEach(e -> paths.put(e.getKey(), renamed(e.getValue(), names)));
        document.path("components")
                .path("securitySchemes")
                .properties()
                .forEach(e -> securitySchemes.set(e.getKey(), e.getValue()));
    }

    /// The document of all that was added.
    ///
    /// @param missing services whose part is not there
    ObjectNode result(String server, List<String> missing) {
        ObjectNode document = json.createObjectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "İmece")
                .put("version", "1")
                .put("description", "The network of cooperatives, for programs. Problems are RFC 9457.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", server);
        ArrayNode tags = document.putArray("tags");
        paths.keySet().stream()
                .map(path -> path.split("/", 5)[3])
                .distinct()
                .forEach(tag -> tags.addObject().put("name", tag));
        if (!missing.isEmpty()) {
            ArrayNode away = document.putArray("x-missing");
            missing.forEach(away::add);
        }
        ObjectNode all = document.putObject("paths");
        paths.forEach(all::set);
        ObjectNode components = document.putObject("components");
        ObjectNode named = components.putObject("schemas");
        schemas.forEach(named::set);
        components.set("securitySchemes", securitySchemes);
        return document;
    }

    private static String prefixed(String service, String schema) {
        return Character.toUpperCase(service.charAt(0)) + service.substring(1) + schema;
    }

    private static JsonNode renamed(JsonNode node, Map<String, String> names) {
        switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = object.objectNode();
                object.properties().forEach(e -> copy.set(e.getKey(), renamed(e.getValue(), names)));
                JsonNode reference = object.path("$ref");
                if (reference.isString() && reference.stringValue().startsWith(SCHEMAS)) {
                    String schema = reference.stringValue().substring(SCHEMAS.length());
                    copy.put("$ref", SCHEMAS + names.getOrDefault(schema, schema));
                }
                return copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = array.arrayNode();
                array.forEach(element -> copy.add(renamed(element, names)));
                return copy;
            }
            default -> {
                return node;
            }
        }
    }
}
