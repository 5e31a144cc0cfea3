package coop.imece.impact;

import coop.imece.platform.test.TextRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TextTests {

    @Test
    void everyTextIsThereInFiveLanguagesAndNoTemplateHoldsOne() {
        TextRules.holdIn(Path.of(""));
    }
}
