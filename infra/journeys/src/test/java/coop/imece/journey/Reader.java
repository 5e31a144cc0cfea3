package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.RequestOptions;
import coop.imece.platform.browser.Sight;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// Somebody in front of a screen, in one language.
final class Reader {

    private final Imece imece;
    private final Page page;
    private final int width;
    private final String language;
    private final boolean script;
    private int status;

    Reader(Imece imece, BrowserContext context, String language, boolean script) {
        this.imece = imece;
        this.page = context.newPage();
        this.width = page.viewportSize().width;
        this.language = language;
        this.script = script;
        page.onResponse(this::remember);
    }

    private void remember(Response response) {
        if (response.request().isNavigationRequest()) {
            status = response.status();
        }
    }

    Page page() {
        return page;
    }

    String language() {
        return language;
    }

    /// What the last page was answered with.
    int status() {
        return status;
    }

    String path() {
        return URI.create(page.url()).getPath();
    }

    Sight sight() {
        return new Sight(page, path());
    }

    /// Opens a page and looks at it as at every page.
    void open(String path) {
        go(path);
        check();
    }

    void go(String path) {
        go(path, language);
    }

    void go(String path, String inLanguage) {
        page.navigate(imece.url(path + (path.contains("?") ? "&" : "?") + "lang=" + inLanguage)
                .toString());
    }

    /// Signs in by the link of a mail, without the pages.
    void signIn(Mailbox mailbox) {
        imece.api()
                .send("POST", "/sign-in", null, Map.of("email", mailbox.owner()))
                .expect(202);
        String own = imece.system().url().toString();
        int answer = page.context()
                .request()
                .post(
                        imece.url(mailbox.link("/sign-in/link/")).toString(),
                        RequestOptions.create()
                                .setHeader("Origin", own)
                                .setHeader("Sec-Fetch-Site", "same-origin")
                                .setMaxRedirects(0))
                .status();
        assertThat(answer).isEqualTo(303);
    }

    void fill(String name, String value) {
        page.locator("main [name='" + name + "']").first().fill(value);
    }

    void select(String name, String value) {
        page.locator("main select[name='" + name + "']").selectOption(value);
    }

    void check(String name, String value) {
        page.locator("main input[name='" + name + "'][value='" + value + "']").check();
    }

    /// Presses the page's one main button.
    void submit() {
        press("main form button.btn:not(.plain):not(.small)");
    }

    /// Presses the first of these buttons or links.
    void press(String selector) {
        page.locator(selector).first().click();
        page.waitForLoadState();
    }

    /// What holds on every page.
    void check() {
        page.waitForLoadState();
        Sight sight = sight().speaks(language).isNoWiderThan(width);
        if (script) {
            sight.fits().isOpenToAll();
        }
    }

    /// Looks at a page and, if `imece.pictures` says where to, takes a picture of it.
    void picture(String name) {
        check();
        String folder = System.getProperty("imece.pictures");
        if (folder != null) {
            sight().picture(
                            Path.of("../..", folder),
                            name + (width < 600 ? "-phone" : "-wide") + (language.equals("tr") ? "" : "-" + language));
        }
    }
}
