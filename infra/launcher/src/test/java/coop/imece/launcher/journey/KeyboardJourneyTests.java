package coop.imece.launcher.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import coop.imece.launcher.demo.PublicApi;
import coop.imece.platform.browser.Chromium;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who has no mouse: everything is reached by Tab, pressed by Enter, chosen by Space and arrows, and at each step one
/// sees where one is.
@ExtendWith(ImeceExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyboardJourneyTests {

    private static final int DESK = 1280;
    private static final int PHONE = 390;

    /// More stops than any page has.
    private static final int FAR = 200;

    private final Imece imece;
    private final PublicApi api;
    private Chromium chromium;

    KeyboardJourneyTests(Imece imece) {
        this.imece = imece;
        this.api = imece.api();
    }

    @BeforeAll
    void openBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @Test
    void signsIn() {
        var person = new Mailbox(api, "klavye-" + UUID.randomUUID() + "@posta.example");
        try (BrowserContext context = chromium.context(DESK, true)) {
            var keys = new Keys(new Reader(imece, context, "tr", true));
            keys.reader.go("/sign-in");
            keys.skipsToTheContent();
            keys.type("[name=address]", person.owner());
            keys.enter();
            keys.type("[name=code]", person.code());
            keys.enter();
            assertThat(keys.reader.path()).isEqualTo("/desk");
        }
    }

    @Test
    void subscribesOnAPhoneWithKeys() {
        var subscriber = new Mailbox(api, "klavye-" + UUID.randomUUID() + "@posta.example");
        try (BrowserContext context = chromium.context(PHONE, true)) {
            var keys = new Keys(new Reader(imece, context, "tr", true));
            keys.reader.go("/subscriptions");
            keys.to("[name='criteria.kinds'][value=FAIR]");
            keys.space();
            keys.choose("[name='criteria.regions']", "TR-16");
            keys.type("[name='address.email']", subscriber.owner());
            keys.to("[name='consent.textVersion']");
            keys.space();
            keys.press("main form .actions button");
            keys.reader.go(subscriber.link("/subscriptions/confirmation"));
            keys.press("main form button");
            assertThat(keys.reader.path()).startsWith("/preferences/");
        }
    }

    /// The keyboard, and nothing else, of somebody in front of a screen.
    private record Keys(Reader reader) {

        void skipsToTheContent() {
            to(".skip");
            page().keyboard().press("Enter");
            assertThat(page().evaluate("document.activeElement.id")).isEqualTo("content");
        }

        /// Goes on from stop to stop.
        void to(String selector) {
            for (int stop = 0; stop < FAR; stop++) {
                page().keyboard().press("Tab");
                reader.sight().showsTheFocus();
                if (page().evaluate("selector => document.activeElement.matches(selector)", selector)
                        .equals(true)) {
                    return;
                }
            }
            throw new AssertionError("no way by keyboard to " + selector + " on " + reader.path());
        }

        void type(String selector, String text) {
            to(selector);
            page().keyboard().type(text);
        }

        void space() {
            page().keyboard().press("Space");
        }

        void enter() {
            page().waitForNavigation(() -> page().keyboard().press("Enter"));
        }

        void press(String selector) {
            to(selector);
            enter();
        }

        void choose(String selector, String value) {
            to(selector);
            for (int step = 0; step < FAR; step++) {
                if (page().evaluate("document.activeElement.value").equals(value)) {
                    return;
                }
                page().keyboard().press("ArrowDown");
            }
            throw new AssertionError("no choice " + value + " in " + selector);
        }

        private Page page() {
            return reader.page();
        }
    }
}
