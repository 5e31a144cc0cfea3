package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import coop.imece.launcher.demo.PublicApi;
import coop.imece.platform.browser.Chromium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// A cooperative from its first phone to its end here, by hand, on a phone, in Turkish: registered by SMS alone, a
/// colleague invited, the phone lost and the way back by e-mail, a program that announces, both in the audit, the
/// colleague dismissed, the account erased. With `-Dimece.look=true` the pictures are in `target/cooperative`.
@ExtendWith(ImeceExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CooperativeJourneyTests {

    private static final Path PICTURES = Path.of("target", "cooperative");
    private static final int PHONE = 390;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Imece imece;
    private final PublicApi api;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Chromium chromium;
    private int pictures;

    CooperativeJourneyTests(Imece imece, Chromium chromium) {
        this.imece = imece;
        this.chromium = chromium;
        this.api = imece.api();
    }

    @Test
    void lastsLongerThanAPhoneAndAColleague() throws Exception {
        String digits = "533%06d1".formatted(ThreadLocalRandom.current().nextInt(1_000_000));
        var phone = new Mailbox(api, "+90" + digits);
        var mail = new Mailbox(api, "ayse-" + run + "@posta.example");
        var colleagueMail = new Mailbox(api, "fatma-" + run + "@posta.example");
        try (BrowserContext lost = chromium.context(PHONE, true);
                BrowserContext borrowed = chromium.context(PHONE, true);
                BrowserContext other = chromium.context(PHONE, true)) {
            var founder = reader(lost);
            var colleague = reader(other);

            String organisation = register(founder, phone, "0" + digits);
            api.send(
                            "POST",
                            "/organisations/" + organisation + "/verification",
                            api.signIn("admin@imece.example"),
                            Map.of())
                    .expect(201);
            invite(founder, organisation, colleagueMail);
            accept(colleague, colleagueMail, organisation);
            addAddress(founder, mail);

            var back = reader(borrowed);
            recover(back, mail);
            founder.go("/desk");
            assertThat(founder.path())
                    .as("the lost phone shows nothing any more")
                    .isEqualTo("/sign-in");

            announceByProgram(back, organisation);
            readTheAudit(back, organisation);
            dismiss(back, colleague, organisation);
            erase(back);
        }
    }

    private Reader reader(BrowserContext context) {
        return new Reader(imece, context, "tr", true);
    }

    private String register(Reader founder, Mailbox phone, String number) {
        founder.go("/organisations/new");
        assertThat(founder.path()).isEqualTo("/sign-in");
        founder.fill("address", number);
        founder.submit();
        see(founder);
        founder.fill("code", phone.code());
        founder.submit();
        assertThat(founder.path()).isEqualTo("/organisations/new");
        founder.fill("name.tr", "Tomurcuk " + run);
        founder.select("kind", "KGI");
        founder.select("place.region", "TR-16");
        founder.fill("place.locality", "Nilüfer");
        founder.submit();
        see(founder);
        assertThat(founder.path()).matches("/organisations/[0-9a-f-]{36}");
        return founder.path().substring("/organisations/".length());
    }

    private void invite(Reader founder, String organisation, Mailbox colleague) {
        founder.go("/organisations/" + organisation + "/people");
        founder.page().locator("main aside [name=address]").fill(colleague.owner());
        founder.page().locator("main aside [name=role]").selectOption("EDITOR");
        founder.press("main aside button.btn");
        see(founder);
        assertThat(founder.page().locator(".notice.ok").count()).isEqualTo(1);
    }

    private void accept(Reader colleague, Mailbox mail, String organisation) {
        String invitation = mail.link("/invitations/");
        colleague.go(invitation);
        see(colleague);
        colleague.press("main a.btn");
        colleague.fill("address", mail.owner());
        colleague.submit();
        colleague.fill("code", mail.code());
        colleague.submit();
        assertThat(colleague.path()).isEqualTo(URI.create(invitation).getPath());
        colleague.press("main form button");
        see(colleague);
        assertThat(colleague.path()).isEqualTo("/organisations/" + organisation);
        colleague.go("/organisations/" + organisation + "/edit");
        assertThat(colleague.status()).isEqualTo(200);
    }

    private void addAddress(Reader founder, Mailbox mail) {
        founder.go("/account");
        founder.press("main a[href='/account/addresses/new']");
        founder.fill("address", mail.owner());
        founder.submit();
        founder.fill("code", mail.code());
        founder.submit();
        see(founder);
        assertThat(founder.path()).isEqualTo("/account");
        assertThat(founder.page().locator("main .list a[href*='/removal']").count())
                .isEqualTo(2);
    }

    private void recover(Reader back, Mailbox mail) {
        back.go("/sign-in");
        back.fill("address", mail.owner());
        back.submit();
        back.fill("code", mail.code());
        back.submit();
        see(back);
        assertThat(back.page().locator("main").innerText()).contains("Tomurcuk " + run);
        back.go("/sessions");
        see(back);
        back.press("main form[action='/sessions/ending'] button");
        back.go("/account");
        // The first address is the phone's.
        back.press("main .list a[href*='/removal']");
        see(back);
        back.press("main form button.danger");
        assertThat(back.path()).isEqualTo("/account");
        assertThat(back.page().locator("main .list a[href*='/removal']").count())
                .as("the last address stays")
                .isZero();
    }

    private void announceByProgram(Reader back, String organisation) throws Exception {
        back.go("/clients/new");
        back.fill("name", "Takvim " + run);
        back.check("scopes", "gatherings:write");
        back.submit();
        see(back);
        List<String> secret = back.page().locator("main .dl code").allInnerTexts();
        assertThat(secret).hasSize(2);

        String token = token(secret.getFirst(), secret.getLast());
        String day = LocalDate.now(ZoneOffset.UTC).plusDays(50).toString();
        UUID gathering = UUID.randomUUID();
        api.send(
                        "PUT",
                        "/gatherings/" + gathering,
                        token,
                        Map.of(
                                "organiser", organisation,
                                "kind", "TRAINING",
                                "title", Map.of("tr", "Keçe eğitimi"),
                                "starts", moment(day + "T10:00:00+03:00"),
                                "ends", moment(day + "T16:00:00+03:00"),
                                "place", Map.of("country", "TR", "region", "TR-16", "locality", "Nilüfer")))
                .expect(201);
        api.send("POST", "/gatherings/" + gathering + "/publication", token, Map.of("notify", false))
                .expect(201);
        back.go("/gatherings/" + gathering);
        see(back);
        assertThat(back.page().locator("h1").innerText()).isEqualTo("Keçe eğitimi");
    }

    private static Map<String, String> moment(String at) {
        return Map.of("at", at, "zone", "Europe/Istanbul");
    }

    private String token(String id, String secret) throws Exception {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(imece.url("/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=gatherings%3Awrite"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return new JsonMapper()
                    .readTree(answer.body())
                    .required("access_token")
                    .asString();
        }
    }

    private void readTheAudit(Reader back, String organisation) {
        Locator rows = back.page().locator("main tbody tr");
        await().atMost(PATIENCE).untilAsserted(() -> {
            back.go("/operations/audit?organisation=" + organisation);
            assertThat(rows.locator("td:nth-of-type(2) .badge").count())
                    .as("what the program did: the draft and its publication")
                    .isEqualTo(2);
            assertThat(rows.allInnerTexts())
                    .as("what the colleague did: the invitation taken")
                    .anyMatch(row -> row.contains("Davet kabul edildi"));
        });
        see(back);
    }

    private void dismiss(Reader back, Reader colleague, String organisation) {
        back.go("/organisations/" + organisation + "/people");
        see(back);
        // One's own row is marked; leaving is another question.
        back.press("main tbody tr:not(:has(th .badge)) a[href$='/dismissal']");
        see(back);
        back.press("main form button.danger");
        assertThat(back.page().locator(".notice.ok").count()).isEqualTo(1);

        colleague.press("main form .actions button.btn");
        assertThat(colleague.status())
                .as("what the colleague had begun before is refused, too")
                .isEqualTo(403);
        see(colleague);
        colleague.go("/organisations/" + organisation + "/edit");
        assertThat(colleague.status()).isEqualTo(403);
    }

    private void erase(Reader back) {
        back.go("/account/erasure");
        see(back);
        back.page().locator("main [name=understood]").check();
        back.press("main form button.danger");
        String receipts = back.path();
        assertThat(receipts).matches("/erasures/[0-9a-f-]{36}");
        await().atMost(PATIENCE).until(() -> {
            back.go(receipts);
            return back.page().locator("main .notice.ok").count() == 1;
        });
        see(back);
        assertThat(back.page().locator("main tbody .badge.approved").count())
                .as("every store has confirmed")
                .isEqualTo(back.page().locator("main tbody tr").count());
        back.go("/desk");
        assertThat(back.path()).isEqualTo("/sign-in");
    }

    /// Pages are looked at one by one in [EveryPageJourneyTests]; here they hold what somebody brought about.
    private void see(Reader reader) {
        reader.sight().speaks("tr").fits();
        if (Boolean.getBoolean("imece.look")) {
            reader.sight().picture(PICTURES, "%02d".formatted(++pictures));
        }
    }
}
