package coop.imece.gateway;

import coop.imece.platform.test.TextRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TextTests {

    @Test
    void speaksFiveLanguagesAndNothingLiterally() {
        TextRules.holdIn(Path.of(""));
    }
}
