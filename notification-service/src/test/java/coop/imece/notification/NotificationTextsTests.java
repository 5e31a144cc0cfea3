package coop.imece.notification;

import coop.imece.platform.test.TextRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NotificationTextsTests {

    @Test
    void everyTextIsThereInFiveLanguages() {
        TextRules.holdIn(Path.of(""));
    }
}
