package coop.imece.gateway.front;

import coop.imece.gateway.session.PublicAddress;
import jakarta.servlet.http.HttpServletResponse;
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
    private final SiteMap siteMap;

    WellKnown(SiteMap siteMap, PublicAddress address) throws IOException {
        this.siteMap = siteMap;
        // What is private or endless is not worth a visit; the pages say so themselves, too.
        this.robots = """
                User-agent: *
                Disallow: /api/
                Disallow: /fragments/
                Disallow: /sign-in
                Disallow: /desk
                Disallow: /sessions
                Disallow: /account
                Disallow: /clients
                Disallow: /operations
                Disallow: /erasures/
                Disallow: /broadcasts/
                Disallow: /reports
                Disallow: /try-api/
                Disallow: /preferences/
                Disallow: /invitations/
                Disallow: /unsubscribe/
                Disallow: /*/new
                Disallow: /*/edit
                Disallow: /*/people
                Disallow: /*/claim
                Disallow: /*/publication
                Disallow: /*/cancellation

                Sitemap: %s
                """.formatted(address.of("/sitemap.xml"));
        this.mark = new ClassPathResource("imece/assets/mark.svg").getContentAsByteArray();
    }

    @GetMapping("/robots.txt")
    ResponseEntity<String> robots() {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic())
                .body(robots);
    }

    /// Long, and so written as it is made.
    @GetMapping("/sitemap.xml")
    void siteMap(HttpServletResponse response) throws IOException {
        response.setContentType("application/xml;charset=UTF-8");
        response.setHeader("Cache-Control", "public, max-age=3600");
        siteMap.write(response.getWriter());
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
