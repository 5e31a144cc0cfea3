package coop.imece.gateway.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The OpenAPI document, for everybody. It does not describe itself.
@RestController
class ApiDocumentController {

    static final String PATH = "/api/v1/openapi.json";

    private final ApiDescription description;

    ApiDocumentController(ApiDescription description) {
        this.description = description;
    }

    @Hidden
    @GetMapping(PATH)
    ResponseEntity<String> document(HttpServletRequest request) {
        var document = description.current(request);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ZERO).cachePublic())
                .eTag("\"" + document.version() + "\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(document.text());
    }
}
