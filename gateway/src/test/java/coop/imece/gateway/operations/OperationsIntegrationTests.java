package coop.imece.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.gateway.Http;
import coop.imece.gateway.SignedIn;
import coop.imece.gateway.StubService;
import coop.imece.gateway.StubService.Answer;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestErasure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// The audit, erasures and dead letters over real sockets, with stubs in place of the services.
@ServiceTest
class OperationsIntegrationTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String AUDIT = "/api/v1/operations/audit";
    private static final String AUDIT_TOPIC = "platform.audit.v1";
    private static final String AUDIT_DEAD = "platform.audit.v1.gateway.auditRecords.dlt";
    private static final String ADMIN = "ops-admin@x.example";
    private static final List<String> SERVICES =
            List.of("directory-service", "events-service", "impact-service", "notification-service");

    private static final ZoneId ISTANBUL = ZoneId.of("Europe/Istanbul");

    /// A few days ago: old entries would be forgotten.
    private static final Instant NOON =
            LocalDate.now(ISTANBUL).minusDays(3).atTime(12, 0).atZone(ISTANBUL).toInstant();

    private static final StubService DIRECTORY = new StubService();
    private static final StubService EVENTS = new StubService();
    private static final StubService IMPACT = new StubService();

    private static TestBroker broker;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("imece.edge.services.directory.url", DIRECTORY::url);
        properties.add("imece.edge.services.events.url", EVENTS::url);
        properties.add("imece.edge.services.impact.url", IMPACT::url);
        // Nothing listens there.
        properties.add("imece.edge.services.notification.url", () -> "http://127.0.0.1:1");
        properties.add("imece.admin-email", () -> ADMIN);
    }

    @BeforeAll
    static void connect() {
        broker = new TestBroker();
    }

    @AfterAll
    static void disconnect() {
        broker.close();
        DIRECTORY.close();
        EVENTS.close();
        IMPACT.close();
    }

    @LocalServerPort
    int port;

    @Autowired
    AuditTrail records;

    @Autowired
    Erasures erasures;

    @Autowired
    MongoTemplate mongo;

    @Autowired
    Unsealing unsealing;

    private static @Nullable String admin;

    private Http http;

    @BeforeEach
    void client() {
        http = new Http(port);
        for (StubService service : List.of(DIRECTORY, EVENTS, IMPACT)) {
            service.answers(
                    _ -> Answer.json("{\"broker\":true,\"waiting\":0,\"oldest\":null,\"deadLetters\":0,\"items\":[]}"));
        }
    }

    private String admin() {
        if (admin == null) {
            admin = "Bearer " + new SignedIn(http, unsealing).token(ADMIN);
        }
        return admin;
    }

    private String somebody() {
        return "Bearer " + new SignedIn(http, unsealing).token("ops" + UUID.randomUUID() + "@x.example");
    }

    private UUID accountOf(String token) {
        return UUID.fromString(http.get("/api/v1/me", "Authorization", token)
                .json()
                .required("account")
                .asString());
    }

    private static ReceivedMessage entry(String json) {
        ContractAssertions.assertMatchesSchema(AuditTrail.TYPE, json);
        return ContractAssertions.received(AuditTrail.TYPE, Ids.v7(), 0, json);
    }

    private static String json(UUID account, UUID organisation, UUID subject, Instant at) {
        return """
                {"service":"events-service","operation":"POST /api/v1/gatherings/{id}/publication",
                 "aggregate":"gatherings","subject":"%s","facts":["events.gathering.announced.v1"],
                 "account":"%s","organisation":"%s","session":"a-session","at":"%s"}""".formatted(subject, account, organisation, at);
    }

    private JsonNode audit(String query) {
        Http.Answer answer = http.get(AUDIT + query, "Authorization", admin());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.required("items").forEach(item -> ids.add(item.required("id").asString()));
        return ids;
    }

    @Test
    void keepsEachEntryOnceHoweverOftenItComes() {
        UUID subject = UUID.randomUUID();
        String data = ContractAssertions.example(AuditTrail.TYPE)
                .replace("0192f0c5-1111-7222-8333-444455556666", subject.toString())
                .replace("2027-05-07T07:00:00Z", NOON.toString());
        Map<String, String> headers = TestBroker.headers(AuditTrail.TYPE, subject.toString(), 0);
        for (int time = 0; time < 3; time++) {
            broker.send(AUDIT_TOPIC, subject.toString(), data.getBytes(StandardCharsets.UTF_8), headers);
        }
        broker.send(AUDIT_TOPIC, "platform.audit.invented.v1", subject, 0, "{}");
        UUID after = UUID.randomUUID();
        broker.send(
                AUDIT_TOPIC,
                AuditTrail.TYPE,
                after,
                0,
                json(UUID.randomUUID(), UUID.randomUUID(), after, Instant.now()));

        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(ids(audit("?subject=" + subject))).hasSize(1));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ids(audit("?subject=" + after))).hasSize(1));
        JsonNode item = audit("?subject=" + subject).required("items").get(0);
        assertThat(item.required("id").asString()).isEqualTo(headers.get("ce_id"));
        assertThat(item.required("operation").asString()).isEqualTo("POST /api/v1/gatherings/{id}/publication");
        assertThat(item.required("at").asString()).isEqualTo(NOON.toString());
        assertThat(item.required("facts").toString()).contains("events.gathering.announced.v1");
    }

    @Test
    void setsAnEntryThatLacksAFieldAsideAndLetsAnAdministratorGiveItUp() {
        UUID subject = UUID.randomUUID();
        broker.send(AUDIT_TOPIC, AuditTrail.TYPE, subject, 0, "{\"service\":\"events-service\"}");
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(broker.records(AUDIT_DEAD, subject)).hasSize(1));
        String id = AUDIT_DEAD + "@"
                + broker.records(AUDIT_DEAD, subject).getFirst().offset();
        String letters = "/api/v1/operations/dead-letters";

        Http.Answer list = http.get(letters, "Authorization", admin());
        assertThat(list.body()).contains(id);
        assertThat(http.get(letters + "/" + id, "Authorization", admin())
                        .json()
                        .required("body")
                        .asString())
                .contains("events-service");
        Http.Answer replayed = http.post(letters + "/" + id + "/replay", "", "Authorization", admin());
        assertThat(replayed.status()).as(replayed.body()).isEqualTo(200);
        assertThat(replayed.json().required("decision").asString()).isEqualTo("REPLAYED");
        assertThat(replayed.json().required("decidedBy").asString())
                .isEqualTo(accountOf(admin()).toString());
        assertThat(http.post(letters + "/" + id + "/discard", "", "Authorization", admin())
                        .status())
                .isEqualTo(422);
        assertThat(http.post(letters + "/" + id + "/discard", "{\"reason\":\"OUTDATED\"}", "Authorization", admin())
                        .status())
                .isEqualTo(409);
        // What is still wrong dies again, under a new id.
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(broker.records(AUDIT_DEAD, subject)).hasSize(2));
        String again =
                AUDIT_DEAD + "@" + broker.records(AUDIT_DEAD, subject).getLast().offset();
        String discard = "/operations/dead-letters/" + again + "/discard";
        String[] page = {"Authorization", admin(), "Origin", "http://localhost:8080", "Accept-Language", "en"};
        Http.Answer unreasoned = http.form(discard, "", page);
        assertThat(unreasoned.status()).isEqualTo(422);
        assertThat(unreasoned.body()).contains("Why it is given up", "href=\"#f-reason");
        assertThat(http.form(discard, "reason=INVALID", page).status()).isEqualTo(303);
        assertThat(http.get(letters, "Authorization", admin()).body()).doesNotContain(again);
        Http.Answer all = http.page(
                "/operations/dead-letters?decided=true&done=discarded",
                "Authorization",
                admin(),
                "Accept-Language",
                "en");
        assertThat(all.body()).contains(again.substring(0, again.indexOf('@'))).contains("Given up");
        assertThat(http.page("/operations/dead-letters/" + again, page).body())
                .contains("Nobody will ever be able to handle it");

        await().atMost(LONG).untilAsserted(() -> {
            String decided =
                    audit("?service=gateway&account=" + accountOf(admin())).toString();
            assertThat(decided)
                    .contains("POST /api/v1/operations/dead-letters/{id}/replay")
                    .contains("POST /operations/dead-letters/{id}/discard")
                    .contains("\"reason\":\"INVALID\"");
            assertThat(http.page("/operations/audit?account=" + accountOf(admin()), page)
                            .body())
                    .contains("Because: Nobody will ever be able to handle it");
        });
    }

    @Test
    void pagesStayWhereTheyAreWhateverComesBefore() {
        UUID account = UUID.randomUUID();
        UUID organisation = UUID.randomUUID();
        Instant noon = NOON;
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            // Three in one instant, to be told apart by their ids.
            ReceivedMessage message =
                    entry(json(account, organisation, UUID.randomUUID(), noon.plusSeconds(i < 3 ? 0 : i)));
            records.on(message);
            written.add(message.id().toString());
        }

        List<String> seen = new ArrayList<>();
        JsonNode page = audit("?account=" + account + "&limit=3");
        seen.addAll(ids(page));
        records.on(entry(json(account, organisation, UUID.randomUUID(), noon.plusSeconds(60))));
        while (!page.required("next").isNull()) {
            String next = page.required("next").asString();
            assertThat(next)
                    .startsWith(AUDIT + "?")
                    .contains("account=" + account)
                    .contains("limit=3");
            page = audit(next.substring(AUDIT.length()));
            seen.addAll(ids(page));
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
        List<String> ordered = new ArrayList<>();
        audit("?account=" + account)
                .required("items")
                .forEach(item -> ordered.add(item.required("at").asString()));
        assertThat(ordered)
                .hasSize(8)
                .isSortedAccordingTo((a, b) -> Instant.parse(b).compareTo(Instant.parse(a)));
    }

    @Test
    void filtersByEverythingItSays() {
        UUID account = UUID.randomUUID();
        UUID organisation = UUID.randomUUID();
        UUID subject = UUID.randomUUID();
        Instant at = NOON;
        LocalDate day = NOON.atZone(ISTANBUL).toLocalDate();
        ReceivedMessage message = entry(json(account, organisation, subject, at));
        records.on(message);
        records.on(entry(json(account, UUID.randomUUID(), UUID.randomUUID(), at.plusSeconds(3_600))));
        String id = message.id().toString();
        String by = "?account=" + account;

        assertThat(ids(audit(by))).hasSize(2);
        assertThat(ids(audit("?organisation=" + organisation))).containsExactly(id);
        assertThat(ids(audit("?subject=" + subject))).containsExactly(id);
        assertThat(ids(audit(by + "&service=events-service"))).hasSize(2);
        assertThat(ids(audit(by + "&service=impact-service"))).isEmpty();
        assertThat(ids(audit(by + "&operation=POST%20/api/v1/gatherings/%7Bid%7D/publication")))
                .hasSize(2);
        assertThat(ids(audit(by + "&operation=POST"))).isEmpty();
        assertThat(ids(audit(by + "&to=" + NOON.plusSeconds(1)))).containsExactly(id);
        assertThat(ids(audit(by + "&from=" + day + "&to=" + day))).hasSize(2);
        assertThat(ids(audit(by + "&from=" + day.plusDays(1)))).isEmpty();
        assertThat(ids(audit(by + "&client=" + account))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account=me",
                "from=yesterday",
                "to=2026-02-30",
                "limit=0",
                "limit=201",
                "limit=x",
                "cursor=!",
                "cursor=YQ",
                "acount=0192f0c5-1111-7222-8333-444455556666"
            })
    void refusesWhatItDoesNotUnderstand(String query) {
        assertThat(http.get(AUDIT + "?" + query, "Authorization", admin()).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "account, by-account",
        "concerns, by-organisation",
        "client, by-client",
        "subject, by-subject",
        "service, by-service",
        "operation, by-operation",
        ", newest"
    })
    void everyFilterHasItsIndex(@Nullable String field, String index) {
        UUID id = UUID.randomUUID();
        AuditQuery query = new AuditQuery(
                "account".equals(field) ? id : null,
                "concerns".equals(field) ? id : null,
                "client".equals(field) ? id : null,
                "subject".equals(field) ? id : null,
                "service".equals(field) ? "events-service" : null,
                "operation".equals(field) ? "POST /x" : null,
                null,
                null,
                new AuditQuery.Cursor(Instant.now(), id),
                20);
        Document explained = mongo.execute(
                AuditRecord.COLLECTION,
                collection -> collection
                        .find(AuditTrail.page(query).getQueryObject())
                        .sort(AuditTrail.page(query).getSortObject())
                        .limit(20)
                        .explain());
        Document planner = explained.get("queryPlanner", Document.class);
        // Among few entries several indexes are equally good, so its own may come second.
        assertThat(planner.toString()).contains("indexName=" + index + ",");
        assertThat(planner.get("winningPlan", Document.class).toString())
                .contains("IXSCAN")
                .doesNotContain("stage=SORT,")
                .doesNotContain("COLLSCAN");
    }

    @Test
    void forgetsAfterFourHundredDays() {
        assertThat(mongo.indexOps(AuditRecord.COLLECTION).getIndexInfo()).anySatisfy(index -> {
            assertThat(index.getName()).isEqualTo("kept");
            assertThat(index.getExpireAfter()).contains(Duration.ofDays(400));
        });
    }

    @Test
    void showsAllToAdministratorsAndItsOwnToAnOrganisation() {
        String token = somebody();
        UUID account = accountOf(token);
        UUID organisation = UUID.randomUUID();
        UUID representation = Ids.v7();
        UUID subject = UUID.randomUUID();
        records.on(entry(json(UUID.randomUUID(), organisation, subject, Instant.now())));
        String own = AUDIT + "?organisation=" + organisation;

        assertThat(http.get(AUDIT).status()).isEqualTo(401);
        assertThat(http.get(AUDIT, "Authorization", token).status()).isEqualTo(403);
        assertThat(http.get(own, "Authorization", token).status()).isEqualTo(403);
        assertThat(http.page("/operations/audit?organisation=" + organisation).header("Location"))
                .endsWith("/sign-in?return=%2Foperations%2Faudit%3Forganisation%3D" + organisation);
        assertThat(http.page("/operations/audit", "Authorization", token).status())
                .isEqualTo(403);

        broker.send(
                "directory.representation.v1",
                "directory.representation.appointed.v1",
                representation,
                1,
                """
                {"state":{"id":"%s","organisation":"%s","account":"%s","role":"REPRESENTATIVE","state":"APPOINTED"},"fact":{}}
                """.formatted(representation, organisation, account));
        await().atMost(LONG).until(() -> http.get(own, "Authorization", token).status() == 200);
        JsonNode item =
                http.get(own, "Authorization", token).json().required("items").get(0);
        assertThat(item.required("subject").asString()).isEqualTo(subject.toString());
        assertThat(item.path("session").isNull() || item.path("session").isMissingNode())
                .isTrue();
        assertThat(audit("?organisation=" + organisation)
                        .required("items")
                        .get(0)
                        .required("session")
                        .asString())
                .isEqualTo("a-session");
        assertThat(http.get(AUDIT, "Authorization", token).status()).isEqualTo(403);
        assertThat(http.get(AUDIT + "?organisation=" + UUID.randomUUID(), "Authorization", token)
                        .status())
                .isEqualTo(403);
        assertThat(http.page("/operations/audit", "Authorization", token).header("Location"))
                .endsWith("/operations/audit?organisation=" + organisation);
        Http.Answer page = http.page(
                "/operations/audit?organisation=" + organisation, "Authorization", token, "Accept-Language", "tr");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("Etkinlik yayımlandı").doesNotContain("a-session");
    }

    @Test
    void recordsWhatTheGatewayItselfDoes() {
        somebody();
        await().atMost(LONG).untilAsserted(() -> {
            JsonNode found = audit("?service=gateway&operation=POST%20/api/v1/sign-in");
            assertThat(ids(found)).isNotEmpty();
            assertThat(found.toString()).doesNotContain("@");
        });
    }

    @Test
    void followsAnErasureUntilEveryStoreHasConfirmed() {
        UUID erasure = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        // A receipt may be heard before the request is.
        confirm(erasure, SERVICES.getFirst());
        TestErasure.send(broker, erasure, account);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(http.get("/api/v1/erasures/" + erasure).status())
                                .isEqualTo(200));
        await().atMost(LONG)
                .until(() -> !http.get("/api/v1/erasures/" + erasure)
                        .json()
                        .required("receipts")
                        .get(0)
                        .required("confirmedAt")
                        .isNull());
        assertThat(stored(erasure).get("account")).isEqualTo(account);
        JsonNode open = http.get("/api/v1/erasures/" + erasure).json();
        assertThat(open.required("state").asString()).isEqualTo("OPEN");
        assertThat(open.required("receipts").size()).isEqualTo(4);
        assertThat(open.required("requestedAt").asString()).isEqualTo("2026-11-21T12:00:00Z");
        Http.Answer page = http.page("/erasures/" + erasure, "Accept-Language", "tr");
        assertThat(page.body()).contains("Bekleniyor").contains("Onaylandı").doesNotContain(account.toString());

        SERVICES.forEach(service -> confirm(erasure, service));
        SERVICES.forEach(service -> confirm(erasure, service));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(http.get("/api/v1/erasures/" + erasure)
                                .json()
                                .required("state")
                                .asString())
                        .isEqualTo("DONE"));
        assertThat(stored(erasure).toString()).doesNotContain(account.toString());
        assertThat(http.page("/erasures/" + erasure, "Accept-Language", "he").body())
                .contains("הכול נמחק")
                .contains("dir=\"rtl\"");
    }

    @Test
    void asksAgainWhereAReceiptStaysAway() {
        UUID erasure = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        TestErasure.send(broker, erasure, account);
        await().atMost(LONG).until(() -> mongo.findById(erasure, Document.class, "erasures") != null);
        assertThat(http.get("/api/v1/operations", "Authorization", admin())
                        .json()
                        .required("overdueErasures")
                        .toString())
                .contains(erasure.toString());
        assertThat(erasures.askAgain()).isZero();
        mongo.updateFirst(
                Query.query(Criteria.where("_id").is(erasure)),
                Update.update("dueAt", Date.from(Instant.now().minusSeconds(1))),
                "erasures");

        assertThat(erasures.askAgain()).isEqualTo(1);
        assertThat(erasures.askAgain()).isZero();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(broker.distinct(EraseSubject.TOPIC, account))
                        .hasSize(2)
                        .allSatisfy(record -> assertThat(new String(record.value(), StandardCharsets.UTF_8))
                                .contains(erasure.toString())
                                .contains("2026-11-21T12:00:00Z")));
        assertThat(http.page("/operations", "Authorization", admin()).body()).contains("/erasures/" + erasure);
    }

    @Test
    void saysOfAnErasureNobodyAskedForThatItIsNotKnown() {
        Http.Answer answer = http.get("/api/v1/erasures/" + UUID.randomUUID());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(http.get("/api/v1/erasures/mine").status()).isEqualTo(400);
    }

    private static void confirm(UUID erasure, String service) {
        String data = ContractAssertions.example(Erasures.CONFIRMED)
                .replace("0192f0c5-9999-7222-8333-444455556666", erasure.toString())
                .replace("directory-service", service);
        ContractAssertions.assertMatchesSchema(Erasures.CONFIRMED, data);
        broker.send(TestErasure.RECEIPTS, Erasures.CONFIRMED, erasure, 0, data);
    }

    private Document stored(UUID erasure) {
        return java.util.Objects.requireNonNull(mongo.findById(erasure, Document.class, "erasures"));
    }

    @Test
    void showsTheRestWhenAServiceIsAway() {
        IMPACT.answers(_ -> new Answer(503, Map.of("Content-Type", "application/problem+json"), "{}"));
        EVENTS.answers(_ -> Answer.json(
                "{\"broker\":false,\"waiting\":3,\"oldest\":\"2026-11-27T10:00:00Z\",\"deadLetters\":null,\"new\":1}"));

        JsonNode state =
                http.get("/api/v1/operations", "Authorization", admin()).json();
        Map<String, String> conditions = new java.util.LinkedHashMap<>();
        state.required("services")
                .forEach(line -> conditions.put(
                        line.required("service").asString(),
                        line.required("condition").asString()));
        assertThat(conditions)
                .containsEntry("gateway", "UP")
                .containsEntry("directory-service", "UP")
                .containsEntry("events-service", "UP")
                .containsEntry("impact-service", "STORE_AWAY")
                .containsEntry("notification-service", "AWAY");
        Http.Answer page = http.page("/operations", "Authorization", admin(), "Accept-Language", "tr");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("Yanıt vermiyor").contains("Veritabanı yanıt vermiyor");
        assertThat(DIRECTORY.last().uri().getPath()).isEqualTo("/internal/operations/state");
        assertThat(DIRECTORY.last().header("Authorization")).startsWith("Bearer ");
    }

    @Test
    void letsAnAdministratorDecideAboutTheDeadLettersOfEveryService() {
        String id = "events.gathering.v1.events.somethingEvents.dlt@7";
        String letter = """
                {"id":"%s","topic":"events.gathering.v1","group":"events.somethingEvents","key":"k","type":"a.b.c.v1",
                 "reason":"invalid: <poison>","diedAt":"2026-11-27T10:00:00Z","decision":null,"body":"{}","headers":{"ce_type":"a.b.c.v1"}}""".formatted(id);
        EVENTS.answers(asked -> switch (asked.uri().getPath()) {
            case "/internal/operations/dead-letters" -> Answer.json("{\"items\":[" + letter + "]}");
            case "/internal/operations/dead-letters/" + "events.gathering.v1.events.somethingEvents.dlt@7" ->
                Answer.json(letter);
            default -> Answer.json(letter.replace("\"decision\":null", "\"decision\":\"REPLAYED\""));
        });

        JsonNode list = http.get("/api/v1/operations/dead-letters", "Authorization", admin())
                .json();
        assertThat(list.toString()).contains(id);
        assertThat(list.required("missing").toString()).isEqualTo("[\"notification-service\"]");
        Http.Answer page = http.page("/operations/dead-letters", "Authorization", admin(), "Accept-Language", "he");
        assertThat(page.body()).contains("invalid: &lt;poison&gt;").contains("שירותים אחדים אינם מגיבים");
        assertThat(http.page("/operations/dead-letters/" + id, "Authorization", admin())
                        .body())
                .contains("a.b.c.v1")
                .contains("/operations/dead-letters/events.gathering.v1.events.somethingEvents.dlt@7/replay");

        Http.Answer replayed =
                http.post("/api/v1/operations/dead-letters/" + id + "/replay", "", "Authorization", admin());
        assertThat(replayed.status()).as(replayed.body()).isEqualTo(200);
        assertThat(EVENTS.last().method()).isEqualTo("POST");
        assertThat(EVENTS.last().uri().getPath()).isEqualTo("/internal/operations/dead-letters/" + id + "/replay");

        assertThat(http.post(
                                "/api/v1/operations/dead-letters/a.notification.x.dlt@1/replay",
                                "",
                                "Authorization",
                                admin())
                        .status())
                .isEqualTo(503);
        assertThat(http.post("/api/v1/operations/dead-letters/a.nobody.x.dlt@1/replay", "", "Authorization", admin())
                        .status())
                .isEqualTo(404);
        assertThat(http.get("/api/v1/operations/dead-letters/nonsense", "Authorization", admin())
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/operations",
                "/api/v1/operations/dead-letters",
                "/api/v1/operations/dead-letters/a.events.x.dlt@1"
            })
    void isClosedToEverybodyElse(String path) {
        assertThat(http.get(path).status()).isEqualTo(401);
        String token = somebody();
        assertThat(http.get(path, "Authorization", token).status()).isEqualTo(403);
        String page = path.substring("/api/v1".length());
        assertThat(http.page(page).header("Location")).contains("/sign-in?return=/operations");
        assertThat(http.page(page, "Authorization", token).status()).isEqualTo(403);
    }

    @Test
    void nobodyElseDecides() {
        String token = somebody();
        for (String step : List.of("replay", "discard")) {
            String path = "/api/v1/operations/dead-letters/a.events.x.dlt@1/" + step;
            assertThat(http.post(path, "").status()).isEqualTo(401);
            assertThat(http.post(path, "", "Authorization", token).status()).isEqualTo(403);
        }
        assertThat(EVENTS.asked()).isEmpty();
    }
}
