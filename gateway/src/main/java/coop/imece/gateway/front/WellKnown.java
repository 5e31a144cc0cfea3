package coop.imece.gateway.front;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Files that browsers and search engines ask every site for.
@RestController
class WellKnown {

    private final String robots;
    private final byte[] mark;

    WellKnown() throws IOException {
        // What is private or endless is not worth a visit; the pages say so themselves, too.
        this.robots = """
                User-agent: *
                Disallow: /api/
                Disallow: /fragments/
                Disallow: /sign-in
                Disallow: /desk
                Disallow: /sessions
                Disallow: /preferences/
                Disallow: /unsubscribe/
                """;
        this.mark = new ClassPathResource("imece/assets/mark.svg").getContentAsByteArray();
    }

    @GetMapping("/robots.txt")
    ResponseEntity<String> robots() {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic())
                .body(robots);
    }

    /// Browsers take an SVG here, whatever the name says.
    @GetMapping("/favicon.ico")
    ResponseEntity<byte[]> favicon() {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("image/svg+xml"))
                .cacheControl(CacheControl.maxAge(Duration.ofDays(7)).cachePublic())
                .body(mark);
    }
}
