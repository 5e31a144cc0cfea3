package coop.imece.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import coop.imece.platform.browser.Chromium;
import coop.imece.platform.browser.Sight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

/// Every component as a browser draws it: in both directions, light and dark, on a phone and on a desk. The pictures
/// are in `target/style`.
@SpringBootTest(classes = StyleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StylePictureTests {

    private static final Path PICTURES = Path.of("target", "style");
    private static final Pattern CLASS = Pattern.compile("\\.([a-z][a-z0-9-]*)");

    @LocalServerPort
    int port;

    private Chromium chromium;

    @BeforeAll
    void openBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "he"})
    void showsEveryComponentInBothDirectionsLightAndDarkOnPhoneAndDesk(String language) {
        try (BrowserContext context = chromium.context(360, true)) {
            Sight style = open(context, "/style", language);
            style.speaks(language);
            for (int width : new int[] {360, 1280}) {
                for (boolean dark : new boolean[] {false, true}) {
                    style.through(width, dark)
                            .fits()
                            .isOpenToAll()
                            .picture(PICTURES, language + "-" + width + (dark ? "-dark" : ""));
                }
            }
            style.through(390, false)
                    .fitsWithLettersTwiceAsLarge()
                    .standsStill()
                    .printsItsContentAlone();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "he"})
    void showsWhatIsWrongWithAForm(String language) {
        try (BrowserContext context = chromium.context(360, true)) {
            Sight refused = open(context, "/style/refused", language);
            assertThat(refused.page().evaluate("document.activeElement.id")).isEqualTo("errors");
            refused.fits().isOpenToAll().picture(PICTURES, language + "-360-refused");
            refused.through(1280, true).fits().isOpenToAll();
        }
    }

    /// What the style sheet knows and this page does not show, nobody looked at. The desk of somebody signed in (`me`)
    /// is in the header of all other pages.
    @Test
    void leavesNoComponentOut() throws IOException {
        String sheet = new ClassPathResource("imece/assets/imece.css").getContentAsString(StandardCharsets.UTF_8);
        try (BrowserContext context = chromium.context(360, true)) {
            Page page = open(context, "/style", "en").page();
            assertThat(CLASS.matcher(sheet).results().map(name -> name.group(1)).distinct())
                    .contains("btn", "card", "stack")
                    .filteredOn(name -> !name.equals("me"))
                    .filteredOn(name -> page.locator("." + name).count() == 0)
                    .as("classes the style page does not show")
                    .isEmpty();
        }
    }

    private Sight open(BrowserContext context, String path, String language) {
        context.setExtraHTTPHeaders(Map.of("Accept-Language", language));
        Page page = context.newPage();
        page.navigate("http://localhost:" + port + path);
        return new Sight(page, "style page in " + language);
    }
}
