package coop.imece.platform.seal;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/// An X25519 key (RFC 8037) given as JWK, or as the path of a file that holds one. Read at start if given, so that a
/// wrong one is noticed
/// before the first message; a service that neither seals nor opens needs none.
final class SealingKey {

    private final String property;
    private final @Nullable OctetKeyPair key;

    SealingKey(String property, String value) {
        this.property = property;
        this.key = value.isBlank() ? null : parse(property, value.strip());
    }

    OctetKeyPair get() {
        if (key == null) {
            throw new IllegalStateException("set " + property + " to a JWK or to the path of a file with one");
        }
        return key;
    }

    private static OctetKeyPair parse(String property, String value) {
        try {
            OctetKeyPair key = OctetKeyPair.parse(value.startsWith("{") ? value : Files.readString(Path.of(value)));
            if (!Curve.X25519.equals(key.getCurve())) {
                throw new IllegalStateException(property + " holds a key of another curve than X25519");
            }
            return key;
        } catch (ParseException e) {
            throw new IllegalStateException(property + " holds no X25519 key as JWK");
        } catch (IOException e) {
            throw new UncheckedIOException(property + " cannot be read", e);
        }
    }
}
