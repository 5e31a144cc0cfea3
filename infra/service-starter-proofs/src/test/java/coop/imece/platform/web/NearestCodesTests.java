package coop.imece.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestCodesTests {

    private static final List<String> KINDS = List.of("FAIR", "TRAINING", "WORKSHOP", "FORUM", "WEBINAR");

    @Test
    void findsWhatWasMisspelt() {
        assertThat(NearestCodes.of("FAIRE", KINDS)).startsWith("FAIR").hasSize(3);
        assertThat(NearestCodes.of("webnar", KINDS)).startsWith("WEBINAR");
        assertThat(NearestCodes.of("work", KINDS)).startsWith("WORKSHOP");
    }

    @Test
    void copesWithAnything() {
        assertThat(NearestCodes.of("", KINDS)).hasSize(3);
        assertThat(NearestCodes.of("x".repeat(100_000), KINDS)).hasSize(3);
        assertThat(NearestCodes.of("a", List.of())).isEmpty();
    }
}
