package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.launcher.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the whole costs the machine it runs on.
@ExtendWith(ImeceExtension.class)
class SystemJourneyTests {

    private static final long MAX_MEBIBYTES = 1536;

    private final Imece imece;

    SystemJourneyTests(Imece imece) {
        this.imece = imece;
    }

    @Test
    void theFiveServicesTogetherNeedNoMoreThanOneAndAHalfGibibytes() {
        var services = imece.system().parts().stream()
                .filter(part -> part.name().endsWith("-service") || part.name().equals("gateway"))
                .toList();

        assertThat(services).hasSize(5);
        assertThat(services.stream()
                        .mapToLong(SystemJourneyTests::residentMebibytes)
                        .sum())
                .isLessThanOrEqualTo(MAX_MEBIBYTES);
    }

    private static long residentMebibytes(Part part) {
        try {
            var process = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(part.pid())).start();
            var kibibytes = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return Long.parseLong(kibibytes) >> 10;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
