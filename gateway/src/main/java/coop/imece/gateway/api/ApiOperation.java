package coop.imece.gateway.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/// An operation of the API as the page shows it.
///
/// @param id its `operationId`
/// @param tag the resource it belongs to
/// @param method `GET`
/// @param path its template
/// @param summary one line, in English like all of the document
/// @param forEverybody whether nobody has to sign in
/// @param scope the scope a program needs; empty if none
/// @param parameters what stands in its path and query
record ApiOperation(
        String id,
        String tag,
        String method,
        String path,
        String summary,
        boolean forEverybody,
        String scope,
        List<Parameter> parameters) {

    /// @param inPath whether it stands in the path, not in the query
    record Parameter(String name, boolean inPath, boolean required) {}

    /// Whether it can be tried by opening an address.
    public boolean reads() {
        return method.equals("GET");
    }

    /// The operations of a document, in the order of their paths.
    static List<ApiOperation> of(JsonNode document) {
        List<ApiOperation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(of(path.getKey(), method.getKey(), method.getValue()))));
        return operations;
    }

    private static ApiOperation of(String path, String method, JsonNode json) {
        return new ApiOperation(
                json.path("operationId").asString(""),
                json.path("tags").path(0).asString(""),
                method.toUpperCase(Locale.ROOT),
                path,
                json.path("summary").asString(""),
                json.path("security").valueStream().anyMatch(JsonNode::isEmpty),
                json.path("security")
                        .valueStream()
                        .flatMap(way -> way.path("program").valueStream())
                        .map(scope -> scope.asString(""))
                        .findFirst()
                        .orElse(""),
                json.path("parameters")
                        .valueStream()
                        .filter(parameter -> !parameter.path("in").asString("").equals("header"))
                        .map(parameter -> new Parameter(
                                parameter.path("name").asString(""),
                                parameter.path("in").asString("").equals("path"),
                                parameter.path("required").asBoolean(false)))
                        .toList());
    }

    /// The address that reads with these values; what is empty is left out.
    String address(Map<String, String> values) {
        String address = path;
        List<String> query = new ArrayList<>();
        for (Parameter parameter : parameters) {
            String value = values.getOrDefault(parameter.name(), "").strip();
            if (parameter.inPath()) {
                address = address.replace(
                        "{" + parameter.name() + "}",
                        UriUtils.encode(value.isEmpty() ? "-" : value, StandardCharsets.UTF_8));
            } else if (!value.isEmpty()) {
                query.add(parameter.name() + "=" + UriUtils.encode(value, StandardCharsets.UTF_8));
            }
        }
        return query.isEmpty() ? address : address + "?" + String.join("&", query);
    }
}
