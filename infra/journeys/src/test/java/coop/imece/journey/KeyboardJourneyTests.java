package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import coop.imece.launcher.demo.PublicApi;
import coop.imece.platform.browser.Chromium;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
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
    private final Chromium chromium;

    KeyboardJourneyTests(Imece imece, Chromium chromium) {
        this.imece = imece;
        this.chromium = chromium;
        this.api = imece.api();
    }

    @Test
    void signsInAnnouncesAndReports() {
        var office = new Office(api);
        try (BrowserContext context = chromium.context(DESK, true)) {
            var keys = new Keys(new Reader(imece, context, "tr", true));
            keys.reader.go("/sign-in");
            keys.skipsToTheContent();
            keys.type("[name=address]", office.mailbox().owner());
            keys.enter();
            keys.type("[name=code]", office.mailbox().code());
            keys.enter();
            assertThat(keys.reader.path()).isEqualTo("/desk");

            announce(keys);
            assertThat(keys.reader.path()).startsWith("/gatherings/");
            assertThat(keys.reader.page().locator(".notice.ok").count()).isPositive();

            report(keys);
            assertThat(keys.reader.path()).startsWith("/reports/");
            assertThat(keys.reader.page().locator(".badge.submitted").count()).isPositive();
        }
    }

    private static void announce(Keys keys) {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(30);
        // Chromium speaks American here: the month first.
        String typed = day.format(DateTimeFormatter.ofPattern("MMddyyyy"));
        keys.reader.go("/gatherings/new");
        keys.press("button[value=publication]");
        assertThat(keys.reader.page().evaluate("document.activeElement.id"))
                .as("the summary of what is wrong has the focus")
                .isEqualTo("errors");
        keys.choose("select[name=organiser]", 1);
        keys.type("[name='title.tr']", "Klavyeyle Fuar");
        keys.choose("[name=kind]", "FAIR");
        keys.type("[name='starts.date']", typed);
        keys.type("[name='starts.time']", "1000AM");
        keys.type("[name='ends.date']", typed);
        keys.type("[name='ends.time']", "0600PM");
        keys.choose("[name=region]", "TR-16");
        keys.type("[name=locality]", "Nilüfer");
        keys.press("button[value=publication]");
        assertThat(keys.reader.path()).endsWith("/publication");
        keys.to("[name=notify]");
        keys.space();
        keys.press("main form .actions button");
    }

    private static void report(Keys keys) {
        keys.reader.go("/reports/new");
        keys.choose("[name=organisation]", 1);
        keys.choose("[name=period]", 1);
        keys.type("input.num", "120");
        keys.press("button[value=submit]");
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

        void choose(String selector, int steps) {
            to(selector);
            for (int step = 0; step < steps; step++) {
                page().keyboard().press("ArrowDown");
            }
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
