package coop.imece.platform.seal;

import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/// A key given as JWK, or as the path of a file that holds one. Read at start if given, so that a wrong one is noticed
/// before the first message; a service that neither seals nor opens needs none.
final class SealingKey {

    private final String property;
    private final @Nullable ECKey key;

    SealingKey(String property, String value) {
        this.property = property;
        this.key = value.isBlank() ? null : parse(property, value.strip());
    }

    ECKey get() {
        if (key == null) {
            throw new IllegalStateException("set " + property + " to a JWK or to the path of a file with one");
        }
        return key;
    }

    private static ECKey parse(String property, String value) {
        try {
            return ECKey.parse(value.startsWith("{") ? value : Files.readString(Path.of(value)));
        } catch (ParseException e) {
            throw new IllegalStateException(property + " holds no JWK of an elliptic curve");
        } catch (IOException e) {
            throw new UncheckedIOException(property + " cannot be read", e);
        }
    }
}
