package coop.imece.launcher.demo;

import coop.imece.launcher.demo.PublicApi.Answer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// A supporter and those who want to hear from it, made through the public API: each instance makes its own, so that
/// journeys and measurements share one running system without meeting.
public final class People {

    private static final AtomicInteger NEXT = new AtomicInteger((int) (System.nanoTime() / 1000 % 400_000) * 10);
    private static final ZoneId ISTANBUL = ZoneId.of("Europe/Istanbul");

    private final PublicApi api;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<UUID, String> organisers = new ConcurrentHashMap<>();
    private final Map<String, String> consentTexts = new ConcurrentHashMap<>();
    private String supporterToken = "";
    private UUID supporter = new UUID(0, 0);

    public People(PublicApi api) {
        this.api = api;
    }

    /// Registers a supporter, has it verified, and returns its representative's token.
    public String verifiedSupporter(String name) {
        supporterToken = api.signIn("etkinlik-" + run + "@belediye.example");
        supporter = UUID.randomUUID();
        var organisation = Map.of(
                "type",
                "SUPPORTER",
                "kind",
                "MUNICIPALITY",
                "name",
                Map.of("tr", name + " " + run),
                "place",
                Map.of("country", "TR", "region", "TR-16", "locality", "Nilüfer"));
        api.send("PUT", "/organisations/" + supporter, supporterToken, organisation)
                .expect(201);
        api.send("POST", "/organisations/" + supporter + "/verification", administrator(), Map.of())
                .expect(201);
        return supporterToken;
    }

    /// A token of the network's administrator.
    public String administrator() {
        return api.signIn("admin@imece.example");
    }

    /// The supporter's id.
    public UUID supporter() {
        return supporter;
    }

    /// Subscribes and confirms a new e-mail address.
    public String subscriberByMail(String language, String kind, String region) {
        String address = "abone-" + run + "-" + NEXT.incrementAndGet() + "@posta.example";
        api.subscribe(subscription(Map.of("email", address), "EMAIL", language, kind, region), address, null);
        return address;
    }

    /// Subscribes and confirms a new phone number.
    public String subscriberByPhone(String language, String kind, String region) {
        String number = "+90532%07d".formatted(1_000_001 + NEXT.addAndGet(10));
        api.subscribe(subscription(Map.of("phone", number), "SMS", language, kind, region), null, number);
        return number;
    }

    /// Drafts a fair in Bursa.
    public UUID draftedFair(String token) {
        return drafted(token, "FAIR", "TR-16");
    }

    /// Drafts a gathering of a kind in a region.
    public UUID drafted(String token, String kind, String region) {
        UUID id = UUID.randomUUID();
        api.send("PUT", "/gatherings/" + id, token, gathering(kind, region)).expect(201);
        organisers.put(id, token);
        return id;
    }

    /// The body of such a gathering.
    public Map<String, Object> gathering(String kind, String region) {
        var starts = LocalDate.now(ISTANBUL).plusDays(60).atTime(10, 0).atZone(ISTANBUL);
        return Map.of(
                "organiser",
                supporter,
                "kind",
                kind,
                "topics",
                List.of("marketing"),
                "title",
                Map.of("tr", "Nilüfer Üretici Fuarı", "he", "יריד יצרנים בנילופר"),
                "description",
                Map.of("tr", "Kırk kooperatif bir arada."),
                "starts",
                moment(starts),
                "ends",
                moment(starts.plusHours(8)),
                "place",
                Map.of("country", "TR", "region", region, "locality", "Nilüfer"));
    }

    /// Publishes it to everyone concerned.
    public Answer publish(UUID gathering) {
        return api.send("POST", "/gatherings/" + gathering + "/publication", token(gathering), Map.of("notify", true))
                .expect(201);
    }

    /// Cancels it.
    public void cancel(UUID gathering, String reason) {
        api.send(
                        "POST",
                        "/gatherings/" + gathering + "/cancellation",
                        token(gathering),
                        Map.of("reason", Map.of("tr", reason)))
                .expect(201);
    }

    /// Reads what a `Location` names, as the supporter.
    public JsonNode read(String location) {
        String path = location.substring(location.indexOf("/api/v1") + "/api/v1".length());
        return api.send("GET", path, supporterToken, null).expect(200).body();
    }

    private String token(UUID gathering) {
        return Objects.requireNonNull(organisers.get(gathering));
    }

    private Map<String, ?> subscription(
            Map<String, String> address, String channel, String language, String kind, String region) {
        String version = consentTexts.computeIfAbsent(channel, this::consentText);
        return Map.of(
                "address",
                address,
                "language",
                language,
                "criteria",
                Map.of("kinds", List.of(kind), "regions", List.of(region)),
                "frequency",
                "AT_ONCE",
                "consent",
                Map.of("textVersion", version));
    }

    private String consentText(String channel) {
        return api.send("GET", "/consent-texts?language=tr&channel=" + channel, null, null)
                .expect(200)
                .body()
                .required("version")
                .asString();
    }

    private static Map<String, String> moment(java.time.ZonedDateTime at) {
        return Map.of(
                "at",
                at.toOffsetDateTime().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                "zone",
                at.getZone().getId());
    }
}
