package coop.imece.platform.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/// What every operation refers to: problems, and the two ways to say who one is.
final class SharedComponents implements GlobalOpenApiCustomizer {

    static final String PROBLEM = "Problem";
    static final String PERSON = "person";
    static final String PROGRAM = "program";

    private final String service;

    SharedComponents(String service) {
        this.service = service;
    }

    @Override
    public void customise(OpenAPI api) {
        api.info(new Info().title(service).version("1"));
        api.servers(List.of(new Server().url("/")));
        Components components = api.getComponents() == null ? new Components() : api.getComponents();
        components.addSchemas(PROBLEM, problem());
        components.addSchemas("ProblemError", problemError());
        components.addSecuritySchemes(
                PERSON,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("The token of a person, from `POST /sign-in/code`"));
        components.addSecuritySchemes(
                PROGRAM,
                new SecurityScheme()
                        .type(SecurityScheme.Type.OAUTH2)
                        .description("The token of a program, for its organisation")
                        .flows(new OAuthFlows()
                                .clientCredentials(new OAuthFlow()
                                        .tokenUrl("/oauth2/token")
                                        .scopes(scopes()))));
        api.components(components);
        if (api.getPaths() != null) {
            api.getPaths()
                    .forEach((path, item) ->
                            item.readOperations().forEach(operation -> operation.tags(List.of(path.split("/", 5)[3]))));
        }
    }

    private static Scopes scopes() {
        return new Scopes()
                .addString("directory:write", "Write organisations")
                .addString("gatherings:write", "Announce, change and cancel gatherings")
                .addString("impact:write", "Write and submit reports")
                .addString("impact:review", "Return and approve reports")
                .addString("notifications:send", "Estimate reach and send")
                .addString("network:admin", "Administer the network");
    }

    private static Schema<?> problem() {
        var errors = new JsonSchema();
        errors.typesItem("array");
        errors.setItems(new JsonSchema().$ref("#/components/schemas/ProblemError"));
        var problem = new JsonSchema();
        problem.typesItem("object")
                .description("RFC 9457; `type` opens a page that explains it")
                .addProperty("type", text().format("uri-reference"))
                .addProperty("title", text())
                .addProperty("status", new JsonSchema().typesItem("integer").format("int32"))
                .addProperty("detail", text())
                .addProperty("instance", text())
                .addProperty("errors", errors);
        problem.setRequired(List.of("type", "title", "status"));
        return problem;
    }

    private static Schema<?> problemError() {
        var error = new JsonSchema();
        error.typesItem("object")
                .description("What is wrong with one field")
                .addProperty("pointer", text().description("RFC 6901, as a fragment"))
                .addProperty("code", text())
                .addProperty("detail", text());
        error.setRequired(List.of("pointer", "code"));
        return error;
    }

    private static Schema<?> text() {
        return new JsonSchema().typesItem("string");
    }
}
