package coop.imece.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import coop.imece.platform.inbox.InvalidMessage;
import coop.imece.platform.json.PlatformJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTests {

    private final OctetKeyPair key = generated();
    private final Sealing sealing =
            new JweSealing(new SealingKey("k", key.toPublicJWK().toJSONString()), PlatformJson.strict());
    private final Unsealing unsealing =
            new JweUnsealing(new SealingKey("k", key.toJSONString()), PlatformJson.lenient());

    record Address(String email) {}

    private static OctetKeyPair generated() {
        try {
            return new OctetKeyPairGenerator(Curve.X25519).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void onlyTheHolderOfThePrivateKeyReadsWhatWasSealed() {
        String sealed = sealing.seal(new Address("dana@agudah.example"));

        assertThat(sealed).doesNotContain("dana");
        assertThat(sealed.split("\\.")).hasSize(5);
        assertThat(unsealing.open(sealed, Address.class)).isEqualTo(new Address("dana@agudah.example"));
        assertThat(sealing.seal(new Address("dana@agudah.example"))).isNotEqualTo(sealed);
        var stranger = new JweUnsealing(new SealingKey("k", generated().toJSONString()), PlatformJson.lenient());
        assertThatThrownBy(() -> stranger.open(sealed, Address.class)).isInstanceOf(InvalidMessage.class);
    }

    @Test
    void whatWasChangedOrNeverSealedIsInvalidAndNotRepeated() {
        String sealed = sealing.seal(new Address("dana@agudah.example"));
        int middle = sealed.lastIndexOf('.') - 5;
        char other = sealed.charAt(middle) == 'A' ? 'B' : 'A';
        String changed = sealed.substring(0, middle) + other + sealed.substring(middle + 1);
        assertThatThrownBy(() -> unsealing.open(changed, Address.class)).isInstanceOf(InvalidMessage.class);
        assertThatThrownBy(() -> unsealing.open("dana@agudah.example", Address.class))
                .isInstanceOf(InvalidMessage.class)
                .hasMessageNotContaining("dana");
        assertThatThrownBy(() -> unsealing.open(sealing.seal("some words"), Address.class))
                .isInstanceOf(InvalidMessage.class)
                .hasMessageNotContaining("words");
    }

    @Test
    void takesAKeyFromAFileAndSaysWhatIsWrongWithAnother(@TempDir Path folder) throws IOException, JOSEException {
        Path file = Files.writeString(folder.resolve("key.json"), key.toJSONString());
        assertThat(new SealingKey("k", file.toString()).get()).isEqualTo(key);
        assertThatThrownBy(() -> new SealingKey("imece.sealing.public-key", "{}"))
                .hasMessageContaining("imece.sealing.public-key");
        String another = new ECKeyGenerator(Curve.P_256).generate().toJSONString();
        assertThatThrownBy(() -> new SealingKey("imece.sealing.public-key", another))
                .hasMessageContaining("imece.sealing.public-key");
        assertThatThrownBy(() -> new SealingKey("imece.sealing.public-key", "").get())
                .hasMessageContaining("imece.sealing.public-key");
    }
}
