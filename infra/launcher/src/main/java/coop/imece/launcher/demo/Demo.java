package coop.imece.launcher.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The demonstration network: organisations, subscribers, gatherings and two years of reports, entered through the
/// public API. Ids are derived from names, so that filling a filled network changes nothing.
public final class Demo {

    private static final int SUBSCRIBERS = 300;
    private static final List<String> KINDS = List.of("FAIR", "TRAINING", "WORKSHOP", "FORUM", "PRODUCER_MARKET");
    private static final List<String> REGIONS =
            List.of("TR-16", "TR-34", "TR-35", "TR-10", "TR-06", "TR-21", "TR-01", "TR-45", "IL-D");

    private final PublicApi api;
    private final Clock clock;
    private final Consumer<String> progress;
    private final JsonNode network;
    private final int subscribers;
    private final Map<String, String> tokens = new HashMap<>();

    /// The network that comes with the launcher.
    ///
    /// @param api where to enter it
    /// @param clock decides the years of the reports and the days of the gatherings
    /// @param progress told one line per step
    public Demo(PublicApi api, Clock clock, Consumer<String> progress) {
        this(api, clock, progress, network(), SUBSCRIBERS);
    }

    /// Another network.
    ///
    /// @param network `organisations` and `gatherings`, like those in `/demo/network.json`
    /// @param subscribers how many
    public Demo(PublicApi api, Clock clock, Consumer<String> progress, JsonNode network, int subscribers) {
        this.api = api;
        this.clock = clock;
        this.progress = progress;
        this.network = network;
        this.subscribers = subscribers;
    }

    private static JsonNode network() {
        try (InputStream file = Objects.requireNonNull(Demo.class.getResourceAsStream("/demo/network.json"))) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Enters everything.
    ///
    /// @param administrator the e-mail address of the network's administrator
    public void fill(String administrator) {
        String admin = api.signIn(administrator);
        List<JsonNode> organisations =
                network.required("organisations").valueStream().toList();
        for (JsonNode organisation : organisations) {
            register(organisation, admin);
        }
        progress.accept(organisations.size() + " organisations registered and verified");
        subscribeAll();
        progress.accept(subscribers + " subscribers confirmed");
        List<JsonNode> gatherings = network.required("gatherings").valueStream().toList();
        gatherings.forEach(this::announce);
        progress.accept(gatherings.size() + " gatherings announced");
        int thisYear = LocalDate.now(clock).getYear();
        List<JsonNode> cooperatives =
                organisations.stream().filter(o -> o.has("members")).toList();
        for (int year = thisYear - 2; year < thisYear; year++) {
            for (JsonNode cooperative : cooperatives) {
                report(cooperative, year, admin);
            }
        }
        progress.accept(2 * cooperatives.size() + " reports submitted, most of them approved");
    }

    private void register(JsonNode organisation, String admin) {
        String key = organisation.required("key").asString();
        String token = api.signIn(organisation.required("owner").asString());
        tokens.put(key, token);
        var body = new LinkedHashMap<String, Object>();
        for (String field : List.of("type", "kind", "name", "place", "description", "languages", "founded", "sdgs")) {
            if (organisation.has(field)) {
                body.put(field, organisation.get(field));
            }
        }
        if (organisation.has("sectors")) {
            body.put(
                    "sectors",
                    organisation
                            .get("sectors")
                            .valueStream()
                            .map(code -> Map.of("scheme", "NACE2", "code", code.asString()))
                            .toList());
        }
        body.put(
                "contactPoints",
                List.of(Map.of(
                        "channel", "EMAIL", "value", organisation.get("owner").asString(), "visibility", "PUBLIC")));
        String id = id("organisation", key).toString();
        if (entered("/organisations/" + id, token, body).equals("SUBMITTED")) {
            api.send("POST", "/organisations/" + id + "/verification", admin, Map.of())
                    .expect(200, 201);
        }
    }

    /// Enters it, unless it is there already; the state it is in. What somebody has made of it since stays.
    private String entered(String path, String token, Object body) {
        var answer = api.send("PUT", path, token, body);
        return (answer.status() == 428 ? api.send("GET", path, token, null) : answer)
                .expect(200, 201)
                .body()
                .required("state")
                .asString();
    }

    private void subscribeAll() {
        Map<String, String> consent = Map.of("EMAIL", consentText("EMAIL"), "SMS", consentText("SMS"));
        Random random = new Random(20261121);
        var tasks = new ArrayList<Callable<Void>>();
        for (int number = 1; number <= subscribers; number++) {
            boolean phone = random.nextInt(5) == 0;
            String language = random.nextInt(10) < 7
                    ? "tr"
                    : List.of("en", "he", "sl", "it").get(random.nextInt(4));
            String address =
                    phone ? "+90555" + (4_000_000 + number * 10 + 1) : "abone%03d@posta.example".formatted(number);
            var subscription = Map.of(
                    "address",
                    Map.of(phone ? "phone" : "email", address),
                    "language",
                    language,
                    "criteria",
                    Map.of("kinds", pick(KINDS, random), "regions", pick(REGIONS, random)),
                    "frequency",
                    "AT_ONCE",
                    "consent",
                    Map.of("textVersion", Objects.requireNonNull(consent.get(phone ? "SMS" : "EMAIL"))));
            tasks.add(() -> {
                if (api.messages(address).isEmpty()) {
                    api.subscribe(subscription, phone ? null : address, phone ? address : null);
                }
                return null;
            });
        }
        inParallel(tasks);
    }

    private String consentText(String channel) {
        return api.send("GET", "/consent-texts?language=tr&channel=" + channel, null, null)
                .expect(200)
                .body()
                .required("version")
                .asString();
    }

    private void announce(JsonNode gathering) {
        String organiser = gathering.required("organiser").asString();
        String token = Objects.requireNonNull(tokens.get(organiser), organiser);
        ZoneId zone = ZoneId.of(gathering.required("zone").asString());
        var starts = LocalDate.now(clock)
                .plusDays(gathering.required("inDays").asInt())
                .atTime(gathering.required("hour").asInt(), 0)
                .atZone(zone);
        var ends = starts.plusDays(gathering.required("days").asInt() - 1L)
                .plusHours(gathering.required("hours").asInt());
        var body = new LinkedHashMap<String, Object>();
        body.put("organiser", id("organisation", organiser));
        for (String field : List.of("kind", "topics", "title", "description", "place", "link")) {
            if (gathering.has(field)) {
                body.put(field, gathering.get(field));
            }
        }
        body.put("starts", moment(starts));
        body.put("ends", moment(ends));
        String id = id("gathering", gathering.required("title").toString()).toString();
        // A network filled on an earlier day holds it already, with that day's dates.
        if (entered("/gatherings/" + id, token, body).equals("DRAFT")) {
            api.send("POST", "/gatherings/" + id + "/publication", token, Map.of("notify", true))
                    .expect(200, 201);
        }
    }

    private static Map<String, String> moment(java.time.ZonedDateTime at) {
        return Map.of(
                "at",
                at.toOffsetDateTime().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                "zone",
                at.getZone().getId());
    }

    private void report(JsonNode cooperative, int year, String admin) {
        String key = cooperative.required("key").asString();
        String token = Objects.requireNonNull(tokens.get(key), key);
        Random random = new Random(Objects.hash(key, year));
        double growth = year == LocalDate.now(clock).getYear() - 1 ? 1 : 0.86 + random.nextDouble() / 8;
        int members = (int) Math.round(cooperative.required("members").asInt() * growth);
        int women = Math.min(members, (int) Math.round(cooperative.path("women").asInt() * growth));
        int jobs = (int) Math.round(cooperative.path("jobs").asInt() * growth);
        String id = id("report", key + year).toString();
        var body = Map.of(
                "organisation",
                id("organisation", key),
                "period",
                String.valueOf(year),
                "values",
                List.of(
                        Map.of("indicator", "M01", "value", members),
                        Map.of("indicator", "M02", "value", women),
                        Map.of("indicator", "W01", "value", jobs)));
        String state = entered("/reports/" + id, token, body);
        if (state.equals("DRAFT")) {
            api.send("POST", "/reports/" + id + "/submission", token, Map.of()).expect(200, 201);
        }
        if (!state.equals("APPROVED") && !state.equals("RETURNED") && random.nextInt(8) > 0) {
            api.send("POST", "/reports/" + id + "/approval", admin, Map.of()).expect(200, 201);
        }
    }

    private static List<String> pick(List<String> from, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> List.of();
            case 1 ->
                List.of(from.get(random.nextInt(from.size())), from.get(0)).stream()
                        .distinct()
                        .toList();
            default -> List.of(from.get(random.nextInt(from.size())));
        };
    }

    private static UUID id(String kind, String name) {
        return UUID.nameUUIDFromBytes(("imece-demo/" + kind + "/" + name).getBytes(StandardCharsets.UTF_8));
    }

    private static void inParallel(List<Callable<Void>> tasks) {
        try (var workers = Executors.newFixedThreadPool(6)) {
            for (Future<Void> done : workers.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("demo subscriber failed", e.getCause());
        }
    }
}
