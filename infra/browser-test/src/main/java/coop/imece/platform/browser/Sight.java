package coop.imece.platform.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.List;

/// A page as it is looked at, and what holds for every page of the site: the language and its direction, one heading,
/// no text missing, no sideways scroll, nothing axe knows to be in somebody's way, nothing that moves.
///
/// axe, the widths of elements and the keyboard need script in the page; the rest does not.
///
/// @param page as Playwright drives it
/// @param name in messages and as name of the picture
public record Sight(Page page, String name) {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice");

    /// What a text without words looks like: Thymeleaf shows the key between question marks.
    private static final String MISSING_TEXT = "\\?\\?[\\w.-]+_\\w\\w\\?\\?";

    /// What is wider than the window, outermost first; what is hidden for readers of the screen alone does not count.
    private static final String TOO_WIDE = """
            () => {
              const root = document.scrollingElement;
              if (root.scrollWidth <= root.clientWidth) return [];
              return [root.scrollWidth + ' > ' + root.clientWidth,
                ...[...document.querySelectorAll('body *')]
                  .filter(e => { const b = e.getBoundingClientRect();
                    return e.checkVisibility() && b.width > 1 && (b.right > root.clientWidth + 1 || b.left < -1); })
                  .slice(0, 5).map(e => e.outerHTML.slice(0, 120))];
            }""";

    private static final String MOVES = """
            () => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
                return s.animationName !== 'none' || s.transitionDuration.split(', ').some(t => parseFloat(t) > 0)
                  || s.scrollBehavior === 'smooth'; })
              .map(e => e.outerHTML.slice(0, 120))""";

    private static final String PRINTED = """
            () => [...document.querySelectorAll('.top, .foot, .skip, .btn, .tabs, .facets')]
              .filter(e => e.getClientRects().length > 0).map(e => e.outerHTML.slice(0, 120))""";

    private static final String FOCUS = """
            () => {
              const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
              const seen = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2
                && b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth;
              return seen ? '' : e.outerHTML.slice(0, 120);
            }""";

    public Sight speaks(String language) {
        assertThat(page.locator("html").getAttribute("lang")).as(name).isEqualTo(language);
        assertThat(page.locator("html").getAttribute("dir"))
                .as("direction of %s", name)
                .isEqualTo(language.equals("he") ? "rtl" : "ltr");
        assertThat(page.locator("h1").count()).as("one heading on %s", name).isEqualTo(1);
        assertThat(page.content()).as("texts of %s", name).doesNotContainPattern(MISSING_TEXT);
        return this;
    }

    /// Also where the page runs no script.
    public Sight isNoWiderThan(int width) {
        assertThat(page.locator("body").boundingBox().width)
                .as("no sideways scroll on %s", name)
                .isLessThanOrEqualTo(width);
        return this;
    }

    public Sight fits() {
        assertThat(page.evaluate(TOO_WIDE))
                .as("sideways scroll on %s at %d px", name, page.viewportSize().width)
                .isEqualTo(List.of());
        return this;
    }

    /// As [#fits], with letters twice as large as the reader's browser would show them.
    public Sight fitsWithLettersTwiceAsLarge() {
        page.evaluate("document.documentElement.style.fontSize = '200%'");
        try {
            assertThat(page.evaluate(TOO_WIDE))
                    .as("sideways scroll with 200 %% text on %s", name)
                    .isEqualTo(List.of());
        } finally {
            page.evaluate("document.documentElement.style.fontSize = ''");
        }
        return this;
    }

    /// Nothing against WCAG 2.2 AA that axe can see.
    public Sight isOpenToAll() {
        assertThat(new AxeBuilder(page)
                        .withTags(RULES).setLegacyMode(true).analyze().getViolations().stream()
                                .map(rule -> rule.getId() + " "
                                        + rule.getNodes().getFirst().getHtml()))
                .as("axe on %s", name)
                .isEmpty();
        return this;
    }

    /// Not even for those who did not ask for less motion.
    public Sight standsStill() {
        assertThat(page.evaluate(MOVES)).as("what moves on %s", name).isEqualTo(List.of());
        return this;
    }

    /// On paper there is nothing to press.
    public Sight printsItsContentAlone() {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        try {
            assertThat(page.evaluate(PRINTED)).as("printed of %s", name).isEqualTo(List.of());
        } finally {
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        }
        return this;
    }

    /// Who uses the keyboard sees where they are.
    public Sight showsTheFocus() {
        assertThat(page.evaluate(FOCUS))
                .as("element with unseen focus on %s", name)
                .isEqualTo("");
        return this;
    }

    /// The same page in a window of another width, light or dark.
    public Sight through(int width, boolean dark) {
        page.setViewportSize(width, Chromium.height(width));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
        return this;
    }

    public Sight picture(Path folder, String of) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(folder.resolve(of + ".png"))
                .setFullPage(true));
        return this;
    }
}
