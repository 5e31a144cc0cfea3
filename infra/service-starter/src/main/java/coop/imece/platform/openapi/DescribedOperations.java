package coop.imece.platform.openapi;

import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.QueryParameters;
import coop.imece.platform.web.ServerOwned;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/// Completes operations by the rules of the API: what every reader of a signature knows, a reader of the document
/// should know, too.
final class DescribedOperations implements GlobalOperationComponentsCustomizer {

    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String PROBLEM_JSON = "application/problem+json";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        return operation;
    }

    @Override
    public Operation customize(Operation operation, @Nullable Components components, HandlerMethod handler) {
        Described described = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Described.class);
        if (described == null || components == null) {
            return operation;
        }
        var signature = new Signature(handler);
        body(operation, described, signature, components);
        parameters(operation, signature);
        responses(operation, described, signature, components);
        security(operation, described, signature);
        return operation;
    }

    private static void body(Operation operation, Described described, Signature signature, Components components) {
        if (described.takes() != Void.class) {
            Schema<?> schema = reference(described.takes(), components);
            operation.requestBody(new RequestBody()
                    .required(true)
                    .content(new Content()
                            .addMediaType(
                                    signature.takes(MergePatch.class) ? MERGE_PATCH : JSON,
                                    new MediaType().schema(schema))));
        }
        RequestBody body = operation.getRequestBody();
        if (body == null || described.required().length == 0 || body.getContent() == null) {
            return;
        }
        for (MediaType media : body.getContent().values()) {
            Schema<?> schema = components.getSchemas().get(name(media.getSchema()));
            if (schema != null) {
                schema.setRequired(List.of(described.required()));
            }
        }
    }

    private static void parameters(Operation operation, Signature signature) {
        for (String name : signature.declaredQuery()) {
            operation.addParametersItem(new Parameter()
                    .in("query")
                    .name(name)
                    .schema(new JsonSchema().typesItem(name.equals("limit") ? "integer" : "string")));
        }
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getName().equals("limit") && parameter.getSchema() != null)
                    .forEach(parameter -> parameter
                            .getSchema()
                            .minimum(java.math.BigDecimal.ONE)
                            .maximum(java.math.BigDecimal.valueOf(200)));
        }
        if (signature.takes(IfMatch.class)) {
            operation.addParametersItem(header("If-Match", "The `ETag` of the version the change is meant for"));
        }
        if (signature.creates()) {
            operation.addParametersItem(
                    header("Idempotency-Key", "Kept for 24 hours: the same key and body bring the first answer again"));
        }
    }

    private static Parameter header(String name, String description) {
        return new Parameter()
                .in("header")
                .name(name)
                .description(description)
                .schema(new JsonSchema().typesItem("string"));
    }

    private static void responses(
            Operation operation, Described described, Signature signature, Components components) {
        var responses = new ApiResponses();
        for (int status : described.success()) {
            responses.addApiResponse(Integer.toString(status), success(status, described, signature, components));
        }
        for (int status : refusals(operation, described, signature)) {
            responses.addApiResponse(Integer.toString(status), refusal(status));
        }
        operation.responses(responses);
    }

    private static ApiResponse success(int status, Described described, Signature signature, Components components) {
        var response = new ApiResponse().description(reason(status));
        if (described.answers() != Void.class && status != 204 && status != 202) {
            Schema<?> schema = reference(described.answers(), components);
            Class<?> request = described.takes() == Void.class ? signature.body() : described.takes();
            markServerOwned(components.getSchemas().get(name(schema)), request);
            response.content(new Content().addMediaType(JSON, new MediaType().schema(schema)));
        }
        if (described.versioned() && status != 204) {
            response.addHeaderObject("ETag", text("The version"));
        }
        if (status == 201) {
            response.addHeaderObject("Location", text("Where it is"));
        }
        return response;
    }

    private static Header text(String description) {
        return new Header().description(description).schema(new JsonSchema().typesItem("string"));
    }

    private static ApiResponse refusal(int status) {
        var response = new ApiResponse()
                .description(reason(status))
                .content(new Content()
                        .addMediaType(
                                PROBLEM_JSON,
                                new MediaType()
                                        .schema(new JsonSchema()
                                                .$ref("#/components/schemas/" + SharedComponents.PROBLEM))));
        if (status == 429 || status == 503) {
            response.addHeaderObject("Retry-After", text("Seconds to wait"));
        }
        if (status == 412 || status == 428) {
            response.addHeaderObject("ETag", text("The present version"));
        }
        return response;
    }

    private static Set<Integer> refusals(Operation operation, Described described, Signature signature) {
        // Also for everybody: a token that is not to be trusted is refused, whatever was asked for.
        Set<Integer> statuses = new TreeSet<>(Set.of(400, 401, 429, 503));
        Arrays.stream(described.refuses()).forEach(statuses::add);
        // Without a scope a program may only read.
        if (described.access() == Described.Access.SIGNED_IN || !signature.reads()) {
            statuses.add(403);
        }
        if (signature.has(PathVariable.class)) {
            statuses.add(404);
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(Set.of(413, 415, 422));
        }
        if (signature.takes(IfMatch.class)) {
            statuses.add(412);
            // A step may name the version that was seen; a change must.
            if (!signature.creates()) {
                statuses.add(428);
            }
        }
        if (signature.creates()) {
            statuses.addAll(Set.of(409, 422));
        }
        return statuses;
    }

    private static void security(Operation operation, Described described, Signature signature) {
        List<SecurityRequirement> ways = new ArrayList<>();
        if (described.access() == Described.Access.EVERYBODY) {
            ways.add(new SecurityRequirement());
        }
        ways.add(new SecurityRequirement().addList(SharedComponents.PERSON));
        NeedsScope scope = signature.scope();
        if (scope != null) {
            ways.add(new SecurityRequirement().addList(SharedComponents.PROGRAM, scope.value()));
        } else if (signature.reads()) {
            ways.add(new SecurityRequirement().addList(SharedComponents.PROGRAM, List.of()));
        }
        operation.security(ways);
    }

    /// What the server sets is shown, but not taken: the answer has it, the request refuses it.
    @SuppressWarnings("rawtypes")
    private static void markServerOwned(@Nullable Schema<?> answer, Class<?> request) {
        ServerOwned owned = request.getAnnotation(ServerOwned.class);
        if (answer == null || answer.getProperties() == null || owned == null) {
            return;
        }
        for (String name : owned.value()) {
            Schema property = answer.getProperties().get(name);
            if (property != null) {
                property.setReadOnly(true);
            }
        }
    }

    private static Schema<?> reference(Class<?> type, Components components) {
        ResolvedSchema resolved =
                ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
        resolved.referencedSchemas.forEach((name, schema) -> {
            if (components.getSchemas() == null || !components.getSchemas().containsKey(name)) {
                components.addSchemas(name, schema);
            }
        });
        return resolved.schema;
    }

    private static String name(@Nullable Schema<?> reference) {
        String ref = reference == null ? null : reference.get$ref();
        return ref == null ? "" : ref.substring(ref.lastIndexOf('/') + 1);
    }

    private static String reason(int status) {
        return HttpStatus.valueOf(status).getReasonPhrase();
    }

    /// What the signature of a handler says.
    private record Signature(HandlerMethod handler) {

        boolean takes(Class<?> type) {
            return Arrays.stream(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == type);
        }

        boolean has(Class<? extends Annotation> annotation) {
            return Arrays.stream(handler.getMethodParameters())
                    .anyMatch((MethodParameter parameter) -> parameter.hasParameterAnnotation(annotation));
        }

        Class<?> body() {
            return Arrays.stream(handler.getMethodParameters())
                    .filter(parameter ->
                            parameter.hasParameterAnnotation(org.springframework.web.bind.annotation.RequestBody.class))
                    .<Class<?>>map(MethodParameter::getParameterType)
                    .findFirst()
                    .orElse(Void.class);
        }

        boolean creates() {
            return handler.hasMethodAnnotation(PostMapping.class);
        }

        boolean reads() {
            return handler.hasMethodAnnotation(org.springframework.web.bind.annotation.GetMapping.class);
        }

        List<String> declaredQuery() {
            QueryParameters declared = handler.getMethodAnnotation(QueryParameters.class);
            return declared == null ? List.of() : List.of(declared.value());
        }

        @Nullable
        NeedsScope scope() {
            NeedsScope own = handler.getMethodAnnotation(NeedsScope.class);
            return own != null
                    ? own
                    : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), NeedsScope.class);
        }
    }
}
