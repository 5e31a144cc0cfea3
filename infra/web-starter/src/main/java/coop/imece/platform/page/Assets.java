package coop.imece.platform.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.HttpRequestHandler;

/// Style sheet, script and mark at addresses that hold their fingerprint: `/assets/imece.1f2e3d4c5b6a.css`.
///
/// The same starter gives the same addresses in every service, so a page of one is served with the assets of another
/// (in production the gateway's). What an address holds never changes: browsers keep it for a year.
final class Assets implements HttpRequestHandler {

    private static final Map<String, String> SOURCES = Map.of(
            "imece.css", "classpath*:imece/assets/imece.css",
            "mark.svg", "classpath*:imece/assets/mark.svg",
            "htmx.js", "classpath*:META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js");

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Map<String, Asset> assets = new LinkedHashMap<>();

    Assets() {
        var resolver = new PathMatchingResourcePatternResolver();
        SOURCES.forEach((name, source) -> {
            try {
                Resource[] found = resolver.getResources(source);
                if (found.length == 0) {
                    throw new IllegalStateException("asset not on the class path: " + source);
                }
                add(name, found[0].getContentAsByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void add(String name, byte[] content) throws IOException {
        int dot = name.lastIndexOf('.');
        String ending = name.substring(dot);
        String address = "/assets/" + name.substring(0, dot) + "." + fingerprint(content) + ending;
        addresses.put(name, address);
        assets.put(address, new Asset(type(ending), content, gzip(content)));
    }

    private static String type(String ending) {
        return switch (ending) {
            case ".css" -> "text/css;charset=UTF-8";
            case ".js" -> "text/javascript;charset=UTF-8";
            case ".svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException(ending);
        };
    }

    private static String fingerprint(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /// The address of an asset by its plain name.
    String address(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException("no such asset: " + name);
        }
        return address;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Asset asset = assets.get(request.getRequestURI());
        if (asset == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String accepted = request.getHeader("Accept-Encoding");
        boolean zipped = accepted != null && accepted.contains("gzip");
        byte[] body = zipped ? asset.gzipped() : asset.content();
        response.setContentType(asset.type());
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Vary", "Accept-Encoding");
        if (zipped) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLength(body.length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(body);
        }
    }

    private record Asset(String type, byte[] content, byte[] gzipped) {}
}
