package coop.imece.platform.page;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coop.imece.platform.test.TextRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTests {

    @Test
    void everyTextIsThereInFiveLanguagesAndNoTemplateHoldsOne() {
        TextRules.holdIn(Path.of(""));
    }

    @Test
    void theRulesSeeWhatIsWrong(@TempDir Path module) throws IOException {
        Path bundle = Files.createDirectories(module.resolve("src/main/resources/report"));
        for (String language : new String[] {"", "_tr", "_sl", "_he"}) {
            Files.writeString(bundle.resolve("messages" + language + ".properties"), "a=A {0}\nb=B\n");
        }
        Files.writeString(bundle.resolve("messages_tr.properties"), "a=A\nc=\n");
        Path templates = Files.createDirectories(module.resolve("src/main/resources/templates/report"));
        Files.writeString(
                templates.resolve("list.html"),
                "<html><head><title th:text=\"#{b}\">Fine</title></head><body><p>Stray <b th:text=\"#{gone}\">x</b></p>"
                        + "<a title=\"Spoken\">…</a><input placeholder=\"12\"></body></html>");

        assertThatThrownBy(() -> TextRules.holdIn(module))
                .hasMessageContaining("messages_it.properties")
                .hasMessageContaining("messages_tr lacks b")
                .hasMessageContaining("messages_tr alone has c")
                .hasMessageContaining("messages_tr is empty at c")
                .hasMessageContaining("messages_tr has other arguments at a")
                .hasMessageContaining("says literally: Stray")
                .hasMessageContaining("says literally: Spoken")
                .hasMessageContaining("the unknown text gone");
    }
}
