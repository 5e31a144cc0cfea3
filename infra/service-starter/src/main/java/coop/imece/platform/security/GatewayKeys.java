package coop.imece.platform.security;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.DefaultResourceLoader;

/// The gateway's key set: read when first needed and whenever a token names a key that is not in it, but not more often
/// than once a second; the last good one is kept while the gateway is away.
final class GatewayKeys {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String address;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile JWKSet keys = new JWKSet();
    private long lastTry = System.nanoTime() - PAUSE.toNanos();
    private boolean answered;

    /// @param address `http:`, `file:` or `classpath:`
    GatewayKeys(String address) {
        this.address = address;
    }

    /// The key of that id; throws [Unreachable] if no key set was ever read.
    Optional<ECKey> find(String id) {
        Optional<ECKey> known = known(id);
        if (known.isPresent()) {
            return known;
        }
        fetching.lock();
        try {
            known = known(id);
            if (known.isPresent()) {
                return known;
            }
            if (System.nanoTime() - lastTry >= PAUSE.toNanos()) {
                fetch();
                lastTry = System.nanoTime();
            }
            if (!answered) {
                throw new Unreachable();
            }
            return known(id);
        } finally {
            fetching.unlock();
        }
    }

    private Optional<ECKey> known(String id) {
        @Nullable JWK key = keys.getKeyByKeyId(id);
        return key instanceof ECKey curve ? Optional.of(curve) : Optional.empty();
    }

    private void fetch() {
        try {
            keys = JWKSet.parse(read());
            answered = true;
        } catch (IOException | ParseException e) {
            LOG.warn("The gateway's key set at {} cannot be read: {}", address, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String read() throws IOException, InterruptedException {
        if (address.startsWith("http:") || address.startsWith("https:")) {
            try (HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build()) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                        .timeout(Duration.ofSeconds(2))
                        .build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IOException("status " + answer.statusCode());
                }
                return answer.body();
            }
        }
        try (InputStream in = new DefaultResourceLoader().getResource(address).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// No key set was ever read: nobody can be recognised.
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreachable() {
            super("the gateway's key set was never read", null, false, false);
        }
    }
}
