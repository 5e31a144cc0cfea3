package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.launcher.demo.PublicApi;
import coop.imece.platform.browser.Chromium;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The main job by hand, in a real Chromium: on a phone and on a desk, in Turkish and in Hebrew, with script and
/// without. On each page: the right language and direction, no sideways scroll and, with script, no violation that
/// axe knows. `-Dimece.pictures=infra/docs/images` (from the repository's root) makes the README's pictures anew.
@ExtendWith(ImeceExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserJourneyTests {

    private static final Pattern CODE = Pattern.compile("\\b(\\d{8})\\b");
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final Imece imece;
    private final PublicApi api;
    private final Chromium chromium;

    BrowserJourneyTests(Imece imece, Chromium chromium) {
        this.imece = imece;
        this.chromium = chromium;
        this.api = imece.api();
    }

    @ParameterizedTest(name = "{0} px, {1}, script {2}")
    @CsvSource({"390, tr, false", "1280, tr, true", "390, he, true", "1280, he, false"})
    void aSupporterAnnouncesAFairAndASubscriberHearsOfItAndStops(int width, String language, boolean script) {
        String run = UUID.randomUUID().toString().substring(0, 8);
        String supporter = "etkinlik-" + run + "@belediye.example";
        String subscriber = "abone-" + run + "@posta.example";
        // One region per run, so that runs do not write to each other's subscribers.
        String region = "TR-" + (width == 390 ? "5" : "6") + (language.equals("tr") ? "1" : "2");
        try (var office = chromium.context(width, script);
                var home = chromium.context(width, script)) {
            var desk = new Reader(imece, office, language, script);
            desk.open("/");
            desk.picture("home");
            desk.open("/sign-in");
            signIn(desk, supporter);
            String organisation = register(desk, "Belediye " + run, region);
            api.send("POST", "/organisations/" + organisation + "/verification", administrator(), Map.of())
                    .expect(201);

            var reader = new Reader(imece, home, language, script);
            subscribe(reader, subscriber, region);

            announce(desk, region);
            JsonNode mail = await().atMost(Duration.ofSeconds(30))
                    .until(() -> api.messages(subscriber), mails -> mails.size() == 2)
                    .getFirst();
            assertThat(mail.path("html").asString()).contains("lang=\"" + language + "\"");
            if (language.equals("he")) {
                assertThat(mail.path("html").asString()).contains("dir=\"rtl\"");
            }

            stop(reader, mail);
            cancel(desk);
            desk.open("/gatherings");
            desk.picture("gatherings");
            assertThat(api.messages(subscriber)).hasSize(2);
        }
    }

    private String administrator() {
        return api.signIn("admin@imece.example");
    }

    private void signIn(Reader reader, String address) {
        reader.fill("address", address);
        reader.submit();
        String code = await().atMost(Duration.ofSeconds(20))
                .until(() -> code(address), Optional::isPresent)
                .orElseThrow();
        reader.fill("code", code);
        reader.picture("sign-in-code");
        reader.submit();
        assertThat(reader.path()).isEqualTo("/desk");
        reader.picture("desk");
    }

    private Optional<String> code(String address) {
        return api.messages(address).stream()
                .map(mail -> CODE.matcher(mail.path("text").asString()))
                .filter(java.util.regex.Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    private String register(Reader reader, String name, String region) {
        reader.open("/organisations/new");
        reader.submit();
        assertThat(reader.page().locator("#errors").isVisible())
                .as("an empty form is refused with a summary")
                .isTrue();
        reader.fill("name." + reader.language(), name);
        reader.select("kind", "MUNICIPALITY");
        reader.select("place.region", region);
        reader.fill("place.locality", "Merkez");
        reader.submit();
        reader.picture("organisation");
        String path = reader.path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void subscribe(Reader reader, String address, String region) {
        reader.open("/subscriptions");
        reader.check("criteria.kinds", "FAIR");
        reader.select("criteria.regions", region);
        reader.fill("address.email", address);
        reader.select("language", reader.language());
        reader.page().locator("input[name='consent.textVersion']").check();
        reader.picture("subscribe");
        reader.submit();
        String link = await().atMost(Duration.ofSeconds(20))
                .until(() -> api.messages(address), mails -> !mails.isEmpty())
                .getFirst()
                .path("text")
                .asString();
        reader.open(firstLink(link, "confirmation"));
        reader.submit();
        reader.check();
    }

    private void announce(Reader reader, String region) {
        reader.open("/gatherings/new");
        reader.fill("title." + reader.language(), reader.language().equals("he") ? "יריד יצרנים" : "Üretici Fuarı");
        reader.select("kind", "FAIR");
        String day = LocalDate.now(java.time.ZoneOffset.UTC).plusDays(30).toString();
        reader.fill("starts.date", day);
        reader.fill("starts.time", "10:00");
        reader.fill("ends.date", day);
        reader.fill("ends.time", "18:00");
        reader.select("region", region);
        reader.fill("locality", "Merkez");
        reader.picture("announce");
        reader.page().locator("main form button[value=publication]").click();
        reader.check();
        reader.page().locator("input[name=notify]").check();
        reader.picture("publish");
        reader.submit();
        reader.check();
        assertThat(reader.path()).startsWith("/gatherings/");
        reader.picture("gathering");
    }

    private void cancel(Reader reader) {
        String gathering = reader.path();
        reader.open(gathering + "/cancellation");
        reader.fill("reason." + reader.language(), "Fırtına");
        reader.submit();
        reader.check();
    }

    private void stop(Reader reader, JsonNode mail) {
        reader.open(firstLink(mail.path("text").asString(), "/unsubscribe/"));
        reader.picture("unsubscribe");
        reader.submit();
        reader.check();
        reader.picture("unsubscribed");
    }

    private static String firstLink(String text, String containing) {
        return LINK.matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .filter(link -> link.contains(containing))
                .map(URI::create)
                .map(link -> link.getRawQuery() == null ? link.getPath() : link.getPath() + "?" + link.getRawQuery())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link with " + containing + " in: " + text));
    }
}
