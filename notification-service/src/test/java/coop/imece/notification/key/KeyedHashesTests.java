package coop.imece.notification.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedHashesTests {

    private static final byte[] FIRST = key(1);
    private static final byte[] SECOND = key(2);
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    private final KeyedHashes hashes = new KeyedHashes(List.of(FIRST));

    @Test
    void opensItsOwnTokens() {
        assertThat(hashes.open("stop", hashes.sign("stop", CONTENT))).hasValue(CONTENT);
    }

    @Test
    void aTokenForOneUseIsWorthlessForAnother() {
        assertThat(hashes.open("preferences", hashes.sign("stop", CONTENT))).isEmpty();
    }

    @Test
    void everyChangedByteMakesATokenWorthless() {
        byte[] token = Base64.getUrlDecoder().decode(hashes.sign("stop", CONTENT));
        for (int i = 0; i < token.length; i++) {
            byte[] forged = token.clone();
            forged[i] ^= 1;
            assertThat(hashes.open("stop", Base64.getUrlEncoder().encodeToString(forged)))
                    .as("byte %d", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%", "🙂", "AAAA", "../../etc", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesWhatIsNoToken(String token) {
        assertThat(hashes.open("stop", token)).isEmpty();
    }

    @Test
    void tokensOfAReplacedKeyStillOpenAndAddressesAreStillFound() {
        var replaced = new KeyedHashes(List.of(FIRST, SECOND));

        assertThat(replaced.open("stop", hashes.sign("stop", CONTENT))).hasValue(CONTENT);
        assertThat(replaced.of("address", "a")).isEqualTo(hashes.of("address", "a"));
        assertThat(hashes.open("stop", replaced.sign("stop", CONTENT))).isEmpty();
    }

    @Test
    void refusesShortKeys() {
        assertThatIllegalStateException().isThrownBy(() -> new KeyedHashes(List.of(new byte[31])));
    }

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return key;
    }
}
