package coop.imece.directory;

import coop.imece.platform.test.TextRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TextTests {

    @Test
    void saysEverythingInFiveLanguages() {
        TextRules.holdIn(Path.of(""));
    }
}
