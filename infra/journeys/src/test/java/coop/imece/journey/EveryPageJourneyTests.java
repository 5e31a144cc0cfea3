package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.SelectOption;
import coop.imece.launcher.demo.PublicApi;
import coop.imece.platform.browser.Chromium;
import coop.imece.platform.browser.Sight;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every page there is, as somebody on a phone sees it in Turkish and somebody at a desk in Hebrew in the dark: nothing
/// axe knows to be in anybody's way (WCAG 2.2 AA), no sideways scroll, also with letters twice as large, nothing that
/// moves, nothing but the content on paper. With `-Dimece.look=true` the pictures are in `target/pages`.
///
/// A template nobody visits here fails the build, so a new page gets its visit.
@ExtendWith(ImeceExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageJourneyTests {

    private static final Path REPOSITORY = Path.of("../..");
    private static final Path PICTURES = Path.of("target", "pages");
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+\\.(?:css|js))\"");
    private static final int PHONE = 360;
    private static final int DESK = 1280;

    /// How somebody gets to a page.
    ///
    /// @param template which page it is
    /// @param status what it is answered with
    /// @param readable whether its address can be opened again, in another language
    private record Visit(String template, int status, boolean readable, Reader who, Runnable way) {}

    private final Imece imece;
    private final PublicApi api;
    private final List<Visit> visits = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final Chromium chromium;

    EveryPageJourneyTests(Imece imece, Chromium chromium) {
        this.imece = imece;
        this.chromium = chromium;
        this.api = imece.api();
    }

    @BeforeAll
    void meetEverybody() {
        var office = new Office(api);
        var stranger = reader();
        var supporter = reader();
        var administrator = reader();
        supporter.signIn(office.mailbox());
        administrator.signIn(new Mailbox(api, "admin@imece.example"));

        atTheFrontDoor(stranger);
        inTheCatalogues(stranger, office);
        asASubscriber(stranger, office);
        atTheDesk(supporter, administrator, office);
        withOnesAccount(supporter, office);
        withPrograms(supporter);
        asTheAdministrator(administrator, stranger, office);
    }

    private Reader reader() {
        BrowserContext context = chromium.context(PHONE, true);
        contexts.add(context);
        return new Reader(imece, context, "tr", true);
    }

    @AfterAll
    void sayGoodbye() {
        contexts.forEach(BrowserContext::close);
    }

    private void atTheFrontDoor(Reader stranger) {
        visit("front/home", stranger, "/");
        visit("front/help", stranger, "/help");
        visit("front/problem-type", stranger, "/problems/not-found");
        visit("imece/problem", 404, stranger, "/nothing-here");
        visit("imece/problem", 404, stranger, "/organisations/" + UUID.randomUUID());
        visit("api/overview", stranger, "/api");
        visit("api/operation", stranger, "/api/operations/findGatherings");
        visit("api/operation", stranger, "/api/operations/writeGathering");
        visit("signin/address", stranger, "/sign-in");
        visit("signin/code", 200, stranger, () -> {
            stranger.go("/sign-in");
            stranger.fill("address", "bakan@posta.example");
            stranger.submit();
        });
        visit("signin/link", stranger, "/sign-in/link/" + "x".repeat(43));
        answered("signin/link-used", 422, stranger, () -> {
            stranger.go("/sign-in/link/" + "x".repeat(43));
            stranger.submit();
        });
        answered("signin/address", 422, stranger, () -> {
            stranger.go("/sign-in");
            stranger.submit();
        });
    }

    private void inTheCatalogues(Reader stranger, Office office) {
        var fair = office.draft();
        office.publish(fair);
        office.approve(office.submittedReport(2));
        visit("organisation/list", stranger, "/organisations");
        visit("organisation/list", stranger, "/organisations?q=yokboylebirsey");
        visit("organisation/one", stranger, "/organisations/" + office.supporter());
        visit("gathering/list", stranger, "/gatherings");
        visit("gathering/one", stranger, "/gatherings/" + fair);
        visit("result/results", stranger, "/results");
        var invited = new Mailbox(api, "davetli-" + UUID.randomUUID() + "@posta.example");
        office.invite(invited.owner());
        String invitation = invited.link("/invitations/");
        visit("representation/invitation", stranger, invitation);
    }

    private void asASubscriber(Reader stranger, Office office) {
        var subscriber = new Mailbox(api, "abone-" + UUID.randomUUID() + "@posta.example");
        String version = api.send("GET", "/consent-texts?language=tr&channel=EMAIL", null, null)
                .expect(200)
                .body()
                .required("version")
                .asString();
        api.send(
                        "POST",
                        "/subscriptions",
                        null,
                        Map.of(
                                "address", Map.of("email", subscriber.owner()),
                                "language", "tr",
                                "criteria", Map.of("kinds", List.of("FAIR"), "regions", List.of("TR-16")),
                                "frequency", "AT_ONCE",
                                "consent", Map.of("textVersion", version)))
                .expect(202);
        String confirmation = subscriber.link("/subscriptions/confirmation");
        visit("recipient/subscribe", stranger, "/subscriptions");
        answered("recipient/subscribe", 422, stranger, () -> {
            stranger.go("/subscriptions");
            stranger.submit();
        });
        visit("recipient/sent", stranger, "/subscriptions/sent");
        visit("recipient/confirmation", stranger, confirmation);
        visit("recipient/confirmation", stranger, "/subscriptions/confirmation");
        visit("recipient/preferences", 200, stranger, () -> {
            stranger.go(confirmation);
            stranger.submit();
        });
        // Only now is there somebody to tell.
        var stop = new String[1];
        visit("recipient/unsubscribe", 200, stranger, () -> {
            office.publish(office.draft());
            stop[0] = subscriber.link("/unsubscribe/");
            stranger.go(stop[0]);
        });
        visit("recipient/unsubscribed", 200, stranger, () -> {
            stranger.go(stop[0]);
            stranger.submit();
        });
        visit("recipient/erased", stranger, "/subscriptions/erased");
    }

    private void atTheDesk(Reader supporter, Reader administrator, Office office) {
        var draft = office.draft();
        var fair = office.draft();
        String broadcast = office.publish(fair);
        var report = office.submittedReport(1);
        visit("front/desk", supporter, "/desk");
        visit("organisation/form", supporter, "/organisations/new");
        visit("organisation/form", supporter, "/organisations/" + office.supporter() + "/edit");
        answered("organisation/form", 422, supporter, () -> {
            supporter.go("/organisations/new");
            supporter.submit();
        });
        visit("organisation/one", supporter, "/organisations/" + office.supporter());
        visit("representation/people", supporter, "/organisations/" + office.supporter() + "/people");
        visit(
                "representation/question",
                supporter,
                "/organisations/" + office.supporter() + "/people/" + office.account() + "/dismissal");
        visit("gathering/form", supporter, "/gatherings/new");
        visit("gathering/form", supporter, "/gatherings/" + fair + "/edit");
        answered("gathering/form", 422, supporter, () -> {
            supporter.go("/gatherings/new");
            supporter.submit();
        });
        visit("gathering/publication", supporter, "/gatherings/" + draft + "/publication");
        visit("gathering/cancellation", supporter, "/gatherings/" + fair + "/cancellation");
        visit("gathering/one", supporter, "/gatherings/" + fair);
        visit("broadcast/show", supporter, "/broadcasts/" + broadcast);
        visit("report/list", supporter, "/reports");
        visit("report/form", supporter, "/reports/new");
        answered("report/form", 422, supporter, () -> {
            supporter.go("/reports/new");
            supporter.submit();
        });
        visit("report/report", supporter, "/reports/" + report);
        visit("operations/audit", supporter, "/operations/audit?organisation=" + office.supporter());
        visit("report/report", administrator, "/reports/" + report);
        visit("imece/problem", 403, supporter, "/operations");
    }

    private void withOnesAccount(Reader supporter, Office office) {
        visit("session/list", supporter, "/sessions");
        visit("person/overview", supporter, "/account");
        visit("person/new-address", supporter, "/account/addresses/new");
        answered("person/new-address", 422, supporter, () -> {
            supporter.go("/account/addresses/new");
            supporter.submit();
        });
        visit("person/removal", supporter, "/account/addresses/" + office.address() + "/removal");
        visit("person/erasure", supporter, "/account/erasure");
        visit("person/proof", supporter, "/account/proof");
        visit("person/code", 200, supporter, () -> {
            supporter.go("/account/proof");
            supporter.submit();
        });
    }

    private void withPrograms(Reader supporter) {
        visit("client/list", supporter, "/clients");
        visit("client/new", supporter, "/clients/new");
        answered("client/secret", 200, supporter, () -> {
            supporter.go("/clients/new");
            supporter.page().locator("main select[name=organisation]").selectOption(new SelectOption().setIndex(1));
            supporter.fill("name", "Stok yazılımı");
            supporter.check("scopes", "gatherings:write");
            supporter.submit();
        });
        visit("client/one", 200, supporter, () -> supporter.press("main .actions a.btn"));
        visit("client/list", supporter, "/clients");
    }

    private void asTheAdministrator(Reader administrator, Reader stranger, Office office) {
        Office.Deserted deserted = office.deserted();
        visit("front/desk", administrator, "/desk");
        visit("account/holders", administrator, "/accounts");
        visit("account/one", administrator, "/accounts/" + office.account());
        visit("operations/state", administrator, "/operations");
        visit("operations/audit", administrator, "/operations/audit");
        poison();
        visit("operations/dead-letters", 200, administrator, () -> {
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                administrator.go("/operations/dead-letters");
                return administrator.page().locator("main tbody tr").count() > 0;
            });
        });
        visit("operations/dead-letter", 200, administrator, () -> {
            administrator.go("/operations/dead-letters");
            administrator.press("main tbody a.btn");
        });
        answered("operations/dead-letters", 200, administrator, () -> {
            administrator.go("/operations/dead-letters");
            administrator.press("main tbody a.btn");
            administrator.check("reason", "OUTDATED");
            administrator.press("main .btn.danger");
        });
        visit("operations/erasure", 200, stranger, () -> {
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                stranger.go(deserted.erasure());
                return stranger.page().locator("main .notice.ok").count() == 1;
            });
        });
        visit("organisation/claim", 200, stranger, () -> {
            stranger.signIn(new Mailbox(api, "yeni-" + UUID.randomUUID() + "@posta.example"));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                stranger.go("/organisations/" + deserted.organisation() + "/claim");
                return stranger.status() == 200;
            });
        });
        visit("organisation/one", administrator, "/organisations/" + deserted.organisation());
    }

    /// What no consumer can handle.
    private void poison() {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", imece.system().kafkaBootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            var record = new ProducerRecord<>(
                    "events.gathering.v1", UUID.randomUUID().toString(), "no gathering");
            record.headers().add("ce_type", "events.gathering.announced.v1".getBytes(StandardCharsets.UTF_8));
            producer.send(record);
            producer.flush();
        }
    }

    private void visit(String template, Reader who, String address) {
        visit(template, 200, who, address);
    }

    private void visit(String template, int status, Reader who, String address) {
        visit(template, status, who, () -> who.go(address));
    }

    private void visit(String template, int status, Reader who, Runnable way) {
        visits.add(new Visit(template, status, true, who, way));
    }

    /// A page that is the answer to a form, and so cannot be opened again.
    private void answered(String template, int status, Reader who, Runnable way) {
        visits.add(new Visit(template, status, false, who, way));
    }

    @TestFactory
    Stream<DynamicTest> isOpenToAll() {
        return visits.stream()
                .map(visit -> DynamicTest.dynamicTest(
                        visit.template() + " " + visits.indexOf(visit) + " " + visit.status(), () -> look(visit)));
    }

    private void look(Visit visit) {
        Reader who = visit.who();
        who.sight().through(PHONE, false);
        visit.way().run();
        who.page().waitForLoadState();
        String name = visit.template().replace('/', '-') + "-" + visits.indexOf(visit);
        var sight = new Sight(who.page(), visit.template() + " at " + who.path());
        assertThat(who.status()).as(sight.name()).isEqualTo(visit.status());
        sight.speaks("tr").fits().isOpenToAll().standsStill();
        picture(sight, name + "-tr");
        sight.printsItsContentAlone().through(390, false).fitsWithLettersTwiceAsLarge();
        if (visit.readable()) {
            String here = who.page().url().replaceAll("[?&]lang=tr", "");
            who.go(here.substring(imece.system().url().toString().length()), "he");
            sight.speaks("he");
        }
        // The colours of the dark are held against axe on the style page, part by part.
        sight.through(DESK, true).fits();
        picture(sight, name + "-desk");
    }

    private static void picture(Sight sight, String name) {
        if (Boolean.getBoolean("imece.look")) {
            sight.picture(PICTURES, name);
        }
    }

    @Test
    void leavesNoPageOut() {
        assertThat(visits.stream().map(Visit::template).distinct())
                .as("templates of pages and the visits to them")
                .containsExactlyInAnyOrderElementsOf(templates());
    }

    /// What fills the shell, in all modules.
    private static List<String> templates() {
        try (Stream<Path> files = Files.find(
                REPOSITORY,
                10,
                (path, _) -> path.toString().contains("/src/main/resources/templates/")
                        && path.toString().endsWith(".html"))) {
            return files.filter(EveryPageJourneyTests::isPage)
                    .map(path -> path.toString()
                            .replaceAll(".*/src/main/resources/templates/", "")
                            .replace(".html", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPage(Path template) {
        try {
            return Files.readString(template).contains("th:replace=\"~{imece/shell :: page(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What somebody pays for who opens a list for the first time: page, style sheet and script.
    @Test
    void aListWeighsNoMoreThanSixtyKilobytes() throws IOException {
        try (BrowserContext context = chromium.context(PHONE, false)) {
            for (String list : List.of("/gatherings", "/organisations", "/results")) {
                String page = context.request().get(imece.url(list).toString()).text();
                int bytes = gzipped(page.getBytes(StandardCharsets.UTF_8));
                List<String> assets = ASSET.matcher(page)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
                assertThat(assets).as("style sheet and script of %s", list).hasSize(2);
                for (String asset : assets) {
                    bytes += gzipped(
                            context.request().get(imece.url(asset).toString()).body());
                }
                assertThat(bytes).as("bytes of %s", list).isLessThan(60_000);
            }
        }
    }

    private static int gzipped(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.size();
    }
}
