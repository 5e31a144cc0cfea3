package coop.imece.gateway.api;

import coop.imece.platform.page.SeeOther;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// What the API is, how to get a token, and every operation; those that read can be tried by a plain form, with the
/// session of whoever reads the page.
@Controller
class ApiPages {

    private static final List<String> SCOPES = List.of(
            "directory:write",
            "gatherings:write",
            "impact:write",
            "impact:review",
            "notifications:send",
            "network:admin");

    private final ApiDescription description;
    private final String server;

    ApiPages(ApiDescription description, @Value("${imece.public-url}") String server) {
        this.description = description;
        this.server = server;
    }

    @GetMapping("/api")
    String overview(HttpServletRequest request, HttpServletResponse response, Model model) {
        var document = description.current(request);
        Map<String, List<ApiOperation>> byTag = new LinkedHashMap<>();
        for (ApiOperation operation : ApiOperation.of(document.json())) {
            byTag.computeIfAbsent(operation.tag(), _ -> new java.util.ArrayList<>())
                    .add(operation);
        }
        model.addAttribute("missing", document.missing())
                .addAttribute("operations", byTag)
                .addAttribute("scopes", SCOPES)
                .addAttribute("document", ApiDocumentController.PATH)
                .addAttribute("asPerson", asPerson())
                .addAttribute("asProgram", asProgram());
        response.setHeader("Cache-Control", "private, no-cache");
        return "api/overview";
    }

    @GetMapping("/api/operations/{id}")
    String one(@PathVariable String id, HttpServletRequest request, HttpServletResponse response, Model model) {
        ApiOperation operation = operation(id, request);
        model.addAttribute("operation", operation).addAttribute("curl", curl(operation));
        response.setHeader("Cache-Control", "private, no-cache");
        return "api/operation";
    }

    /// Leads to the address the form describes. Not below `/api/`, where every parameter must be known beforehand.
    @GetMapping("/try-api/{id}")
    View attempt(@PathVariable String id, @RequestParam Map<String, String> values, HttpServletRequest request) {
        ApiOperation operation = operation(id, request);
        if (!operation.reads()) {
            throw new ProblemException(Problem.notFound());
        }
        return SeeOther.to(operation.address(values));
    }

    private ApiOperation operation(String id, HttpServletRequest request) {
        return ApiOperation.of(description.current(request).json()).stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    private String curl(ApiOperation operation) {
        var line = new StringBuilder("curl -X ").append(operation.method());
        if (!operation.forEverybody()) {
            line.append(" \\\n  -H 'Authorization: Bearer …'");
        }
        if (operation.method().equals("POST")) {
            line.append(" \\\n  -H 'Idempotency-Key: …'");
        }
        if (!operation.reads() && !operation.method().equals("DELETE")) {
            line.append(" \\\n  --json '{…}'");
        }
        return line.append(" \\\n  ").append(server).append(operation.path()).toString();
    }

    private String asPerson() {
        return """
                curl --json '{"email":"…"}' %1$s/api/v1/sign-in
                curl --json '{"email":"…","code":"12345678"}' %1$s/api/v1/sign-in/code
                """.formatted(server).strip();
    }

    private String asProgram() {
        return """
                curl -u 'id:secret' -d grant_type=client_credentials \\
                  -d scope=gatherings:write %s/oauth2/token
                """.formatted(server).strip();
    }
}
