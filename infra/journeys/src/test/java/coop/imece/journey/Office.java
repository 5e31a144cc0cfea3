package coop.imece.journey;

import static org.awaitility.Awaitility.await;

import coop.imece.launcher.demo.PublicApi;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Somebody who acts for a supporter and for a cooperative, both verified, with what the pages show of them.
final class Office {

    private final PublicApi api;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Mailbox mailbox;
    private final String token;
    private final UUID supporter;
    private final UUID cooperative;

    Office(PublicApi api) {
        this.api = api;
        this.mailbox = new Mailbox(api, "ofis-" + run + "@belediye.example");
        this.token = api.signIn(mailbox.owner());
        this.supporter = register(token, "SUPPORTER", "MUNICIPALITY", "Belediye " + run);
        this.cooperative = register(token, "COOPERATIVE", "KGI", "Kooperatif " + run);
        verify(supporter);
        verify(cooperative);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.send("GET", "/me", token, null)
                                .body()
                                .path("organisations")
                                .size()
                        == 2);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    String token() {
        return token;
    }

    UUID supporter() {
        return supporter;
    }

    UUID cooperative() {
        return cooperative;
    }

    UUID account() {
        return UUID.fromString(api.send("GET", "/me", token, null)
                .expect(200)
                .body()
                .required("account")
                .asString());
    }

    UUID address() {
        return UUID.fromString(api.send("GET", "/account", token, null)
                .expect(200)
                .body()
                .path("addresses")
                .path(0)
                .path("id")
                .asString());
    }

    private UUID register(String of, String type, String kind, String name) {
        UUID id = UUID.randomUUID();
        api.send(
                        "PUT",
                        "/organisations/" + id,
                        of,
                        Map.of(
                                "type", type,
                                "kind", kind,
                                "name", Map.of("tr", name),
                                "description", Map.of("tr", "Bursa’da kırk üreticinin ortak işi."),
                                "sdgs", List.of("5", "8"),
                                "place", Map.of("country", "TR", "region", "TR-16", "locality", "Nilüfer"),
                                "contactPoints",
                                        List.of(Map.of(
                                                "channel", "EMAIL",
                                                "value", "bilgi-" + run + "@ortak.example",
                                                "visibility", "PUBLIC"))))
                .expect(201);
        return id;
    }

    private void verify(UUID organisation) {
        api.send("POST", "/organisations/" + organisation + "/verification", administrator(), Map.of())
                .expect(201);
    }

    private String administrator() {
        return api.signIn("admin@imece.example");
    }

    /// An organisation whose only representative erased the account.
    ///
    /// @param organisation nobody acts for it
    /// @param erasure the address of the receipts
    record Deserted(UUID organisation, String erasure) {}

    Deserted deserted() {
        String gone = api.signIn("giden-" + run + "@posta.example");
        UUID organisation = register(gone, "COOPERATIVE", "KGI", "Sahipsiz " + run);
        verify(organisation);
        return new Deserted(
                organisation,
                api.send("POST", "/account/erasure", gone, Map.of())
                        .expect(202)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow());
    }

    UUID draft() {
        UUID id = UUID.randomUUID();
        String day = LocalDate.now(ZoneOffset.UTC).plusDays(40).toString();
        api.send(
                        "PUT",
                        "/gatherings/" + id,
                        token,
                        Map.of(
                                "organiser", supporter,
                                "kind", "FAIR",
                                "topics", List.of("marketing"),
                                "title", Map.of("tr", "Nilüfer Üretici Fuarı", "he", "יריד יצרנים בנילופר"),
                                "description", Map.of("tr", "Kırk kooperatif bir arada."),
                                "starts", moment(day + "T10:00:00+03:00"),
                                "ends", moment(day + "T18:00:00+03:00"),
                                "place", Map.of("country", "TR", "region", "TR-16", "locality", "Nilüfer")))
                .expect(201);
        return id;
    }

    private static Map<String, String> moment(String at) {
        return Map.of("at", at, "zone", "Europe/Istanbul");
    }

    /// Tells everybody concerned, and returns the id of the broadcast.
    String publish(UUID gathering) {
        String location = api.send("POST", "/gatherings/" + gathering + "/publication", token, Map.of("notify", true))
                .expect(201)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    UUID submittedReport(int yearsAgo) {
        UUID id = UUID.randomUUID();
        api.send(
                        "PUT",
                        "/reports/" + id,
                        token,
                        Map.of(
                                "organisation", cooperative,
                                "period",
                                        String.valueOf(
                                                LocalDate.now(ZoneOffset.UTC).getYear() - yearsAgo),
                                "values", List.of(Map.of("indicator", "M01", "value", 120))))
                .expect(201);
        api.send("POST", "/reports/" + id + "/submission", token, Map.of()).expect(200, 201);
        return id;
    }

    void approve(UUID report) {
        api.send("POST", "/reports/" + report + "/approval", administrator(), Map.of())
                .expect(200, 201);
    }

    void invite(String email) {
        api.send(
                        "POST",
                        "/organisations/" + supporter + "/invitations",
                        token,
                        Map.of("email", email, "role", "EDITOR", "language", "tr"))
                .expect(201);
    }
}
