package coop.imece.events;

import coop.imece.platform.test.TextRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TextTests {

    @Test
    void everyTextIsThereInFiveLanguages() {
        TextRules.holdIn(Path.of("."));
    }
}
