package coop.imece.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import coop.imece.gateway.Http;
import coop.imece.gateway.KeyFiles;
import coop.imece.gateway.SignedIn;
import coop.imece.gateway.StubService;
import coop.imece.gateway.account.AccountAddresses;
import coop.imece.gateway.account.AccountOpening;
import coop.imece.gateway.account.Address;
import coop.imece.gateway.organisation.KnownRepresentations;
import coop.imece.gateway.session.FreshProof;
import coop.imece.gateway.session.Sessions;
import coop.imece.gateway.token.AccessKeyPair;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.AccessMatrix;
import coop.imece.platform.test.AccessMatrix.Attempt;
import coop.imece.platform.test.ApiConformance;
import coop.imece.platform.test.ApiConformance.Example;
import coop.imece.platform.test.ApiDocument;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import coop.imece.platform.text.Language;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/// The rules of the API in the gateway's own part of it, and who may do what there and with its forms.
@ServiceTest
class ApiConformanceIntegrationTests {

    /// `self` is the account that is asked about, and represents the organisation; `stale` is the same when the
    /// last proof of an address is old. `program`: one of the organisation with all scopes it can have;
    /// `network`: one of the network with the scope `network:admin`; `unscoped`: one without it.
    private static final String API = """
            |                                                 | anyone | person | self | stale | viewer | editor | represents | stranger | reviewer | administrator | program | network | unscoped |
            | POST /sign-in                                   | 202    | 202    | 202  | 202   | 202    | 202    | 202        | 202      | 202      | 202           | 403     | 403     | 403      |
            | POST /sign-in/code wrong                        | 422    | 422    | 422  | 422   | 422    | 422    | 422        | 422      | 422      | 422           | 403     | 403     | 403      |
            | GET /me                                         | 401    | 200    | 200  | 200   | 200    | 200    | 200        | 200      | 200      | 200           | 200     | 200     | 200      |
            | GET /sessions                                   | 401    | 200    | 200  | 200   | 200    | 200    | 200        | 200      | 200      | 200           | 200     | 200     | 200      |
            | DELETE /sessions                                | 401    | 204    | 204  | 204   | 204    | 204    | 204        | 204      | 204      | 204           | 403     | 403     | 403      |
            | DELETE /sessions/{id} of self                   | 401    | 404    | 204  | 204   | 404    | 404    | 404        | 404      | 404      | 404           | 403     | 403     | 403      |
            | GET /account                                    | 401    | 200    | 200  | 200   | 200    | 200    | 200        | 200      | 200      | 200           | 404     | 404     | 404      |
            | POST /account/addresses                         | 401    | 202    | 202  | 403   | 202    | 202    | 202        | 202      | 202      | 202           | 403     | 403     | 403      |
            | POST /account/addresses/confirmation wrong      | 401    | 422    | 422  | 403   | 422    | 422    | 422        | 422      | 422      | 422           | 403     | 403     | 403      |
            | DELETE /account/addresses/{id} of self          | 401    | 404    | 409  | 403   | 404    | 404    | 404        | 404      | 404      | 404           | 403     | 403     | 403      |
            | POST /account/proof by an address of self       | 401    | 422    | 202  | 202   | 422    | 422    | 422        | 422      | 422      | 422           | 403     | 403     | 403      |
            | POST /account/proof/confirmation wrong          | 401    | 422    | 422  | 422   | 422    | 422    | 422        | 422      | 422      | 422           | 403     | 403     | 403      |
            | GET /account/export                             | 401    | 200    | 200  | 403   | 200    | 200    | 200        | 200      | 200      | 200           | 403     | 403     | 403      |
            | POST /account/erasure                           | 401    | 202    | 202  | 403   | 202    | 202    | 202        | 202      | 202      | 409           | 403     | 403     | 403      |
            | GET /accounts                                   | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 200           | 403     | 200     | 403      |
            | GET /accounts/{id}                              | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 200           | 403     | 200     | 403      |
            | PUT /accounts/{id}/network-roles                | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 200           | 403     | 200     | 403      |
            | GET /clients                                    | 401    | 200    | 200  | 200   | 200    | 200    | 200        | 200      | 200      | 200           | 403     | 403     | 403      |
            | GET /clients/{id} of the organisation           | 401    | 404    | 200  | 200   | 404    | 404    | 200        | 404      | 404      | 404           | 403     | 403     | 403      |
            | GET /clients/{id} of the network                | 401    | 404    | 404  | 404   | 404    | 404    | 404        | 404      | 404      | 200           | 403     | 403     | 403      |
            | POST /clients for the organisation              | 401    | 403    | 201  | 201   | 403    | 403    | 201        | 403      | 403      | 403           | 403     | 403     | 403      |
            | POST /clients for the network                   | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 201           | 403     | 403     | 403      |
            | PATCH /clients/{id} of the organisation         | 401    | 404    | 200  | 200   | 404    | 404    | 200        | 404      | 404      | 404           | 403     | 403     | 403      |
            | PATCH /clients/{id} of the network              | 401    | 404    | 404  | 404   | 404    | 404    | 404        | 404      | 404      | 409           | 403     | 403     | 403      |
            | POST /clients/{id}/rotation of the organisation | 401    | 404    | 201  | 201   | 404    | 404    | 201        | 404      | 404      | 404           | 403     | 403     | 403      |
            | POST /clients/{id}/rotation of the network      | 401    | 404    | 404  | 404   | 404    | 404    | 404        | 404      | 404      | 409           | 403     | 403     | 403      |
            | DELETE /clients/{id} of the organisation        | 401    | 404    | 204  | 204   | 404    | 404    | 204        | 404      | 404      | 404           | 403     | 403     | 403      |
            | DELETE /clients/{id} of the network             | 401    | 404    | 404  | 404   | 404    | 404    | 404        | 404      | 404      | 204           | 403     | 403     | 403      |
            | GET /operations                                 | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 200           | 403     | 200     | 403      |
            | GET /operations/dead-letters                    | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 200           | 403     | 200     | 403      |
            | GET /operations/dead-letters/{id}               | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 200           | 403     | 200     | 403      |
            | POST /operations/dead-letters/{id}/replay       | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 200           | 403     | 200     | 403      |
            | POST /operations/dead-letters/{id}/discard      | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 200           | 403     | 200     | 403      |
            | GET /operations/audit                           | 401    | 403    | 403  | 403   | 403    | 403    | 403        | 403      | 403      | 200           | 403     | 200     | 403      |
            | GET /operations/audit of the organisation       | 401    | 403    | 200  | 200   | 403    | 403    | 200        | 403      | 403      | 200           | 200     | 200     | 403      |
            | GET /erasures/{id} unknown                      | 404    | 404    | 404  | 404   | 404    | 404    | 404        | 404      | 404      | 404           | 404     | 404     | 404      |
            """;

    private static final String PAGES = """
            |                                                 | anyone | person | stale | represents | administrator | program |
            | POST /sign-in without address                   | 422    | 422    | 422   | 422        | 422           | 403     |
            | POST /sign-in/code wrong                        | 303    | 303    | 303   | 303        | 303           | 403     |
            | POST /sign-in/link/{link} unknown               | 422    | 422    | 422   | 422        | 422           | 403     |
            | POST /sign-out                                  | 303    | 303    | 303   | 303        | 303           | 403     |
            | POST /sessions/ending                           | 303    | 303    | 303   | 303        | 303           | 403     |
            | POST /sessions/{id}/ending of another           | 303    | 404    | 404   | 404        | 404           | 403     |
            | POST /account/proof                             | 303    | 422    | 422   | 422        | 422           | 403     |
            | POST /account/proof/code                        | 303    | 303    | 303   | 303        | 303           | 403     |
            | POST /account/addresses/new                     | 303    | 422    | 303   | 422        | 422           | 403     |
            | POST /account/addresses/code                    | 303    | 303    | 303   | 303        | 303           | 403     |
            | POST /account/addresses/{id}/removal of another | 303    | 404    | 303   | 404        | 404           | 403     |
            | POST /account/erasure not understood            | 303    | 422    | 303   | 422        | 422           | 403     |
            | POST /accounts/search                           | 303    | 403    | 403   | 403        | 422           | 403     |
            | POST /accounts/{id}/network-roles               | 303    | 403    | 403   | 403        | 303           | 403     |
            | POST /clients/new                               | 401    | 403    | 200   | 200        | 403           | 403     |
            | POST /clients/{id}                              | 401    | 404    | 303   | 303        | 404           | 403     |
            | POST /clients/{id}/rotation                     | 401    | 404    | 200   | 200        | 404           | 403     |
            | POST /clients/{id}/ending                       | 401    | 404    | 303   | 303        | 404           | 403     |
            | POST /operations/dead-letters/{id}/replay       | 401    | 403    | 403   | 403        | 303           | 403     |
            | POST /operations/dead-letters/{id}/discard      | 401    | 403    | 403   | 403        | 303           | 403     |
            | POST /internal/operations/address-rotation      | 404    | 404    | 404   | 404        | 404           | 404     |
            """;

    private static final StubService EVENTS = new StubService();
    private static final String LETTER = "events.gathering.v1.events.somethingEvents.dlt@7";
    private static final List<String> SCOPES =
            List.of("directory:write", "gatherings:write", "impact:write", "notifications:send");

    private static final UUID AUDITED = UUID.randomUUID();
    private static final String ISSUER = "http://localhost:8080";

    private static TestBroker broker;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        properties.add("imece.edge.services.events.url", EVENTS::url);
        // Nothing listens there.
        for (String away : List.of("directory", "impact", "notification")) {
            properties.add("imece.edge.services." + away + ".url", () -> "http://127.0.0.1:1");
        }
        for (String limit :
                List.of("work", "reads", "lists", "writes", "expensive", "ceiling", "sign-ins", "sign-ins-per-day")) {
            properties.add("imece.limits." + limit, () -> "1000000");
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    AccountOpening accounts;

    @Autowired
    AccountAddresses addresses;

    @Autowired
    Sessions sessions;

    @Autowired
    KnownRepresentations representations;

    @Autowired
    MongoTemplate mongo;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    AccessKeyPair keys;

    @Autowired
    Unsealing unsealing;

    private final Map<List<String>, JsonNode> networks = new HashMap<>();
    private @Nullable UUID administrator;
    private Http http;

    @BeforeAll
    static void connect() {
        broker = new TestBroker();
    }

    @AfterAll
    static void stop() {
        broker.close();
        EVENTS.close();
    }

    @BeforeEach
    void client() {
        http = new Http(port);
        EVENTS.answers(asked -> switch (asked.uri().getPath()) {
            case "/internal/openapi" -> new StubService.Answer(404, Map.of(), "{}");
            case "/internal/operations/state" ->
                StubService.Answer.json("{\"broker\":true,\"waiting\":0,\"oldest\":null,\"deadLetters\":0}");
            case "/internal/operations/dead-letters" -> StubService.Answer.json("{\"items\":[]}");
            default -> StubService.Answer.json("""
                    {"id":"%s","topic":"events.gathering.v1","group":"events.somethingEvents","key":"k",
                     "type":"a.b.c.v1","reason":"invalid","diedAt":"2026-11-27T10:00:00Z","decision":null,
                     "body":"{}","headers":{}}""".formatted(LETTER));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsTheRules() throws Exception {
        return new ApiConformance(port, own())
                .with("requestSignInCode", () -> Example.of("/api/v1/sign-in").body(email(address())))
                .with("signIn", () -> {
                    String email = address();
                    http.post("/api/v1/sign-in", email(email));
                    return Example.of("/api/v1/sign-in/code").body(withCode(email));
                })
                .with("readMe", () -> by(account(), "/me"))
                .with("listSessions", () -> by(account(), "/sessions"))
                .with("endOtherSessions", () -> by(account(), "/sessions"))
                .with("endSession", () -> {
                    UUID account = account();
                    return by(
                            account,
                            "/sessions/"
                                    + sessions.startForProgram(account, null).id());
                })
                .with("readOwnAccount", () -> by(account(), "/account"))
                .with(
                        "requestAddressCode",
                        () -> by(account(), "/account/addresses").body(email(address())))
                .with("addAddress", () -> {
                    UUID account = account();
                    String email = address();
                    http.post("/api/v1/account/addresses", email(email), "Authorization", bearer(account));
                    return by(account, "/account/addresses/confirmation").body(withCode(email));
                })
                .with("removeAddress", () -> {
                    UUID account = account();
                    addresses.add(account, Address.email(address()).orElseThrow());
                    return by(
                            account,
                            "/account/addresses/"
                                    + addresses.of(account).getFirst().id());
                })
                .with("requestProofCode", () -> {
                    UUID account = account();
                    return by(account, "/account/proof").body("{\"address\":\"" + held(account) + "\"}");
                })
                .with("proveAddress", () -> {
                    String email = address();
                    UUID account = account(email);
                    String held = "{\"address\":\"" + held(account) + "\"";
                    http.post("/api/v1/account/proof", held + "}", "Authorization", bearer(account));
                    return by(account, "/account/proof/confirmation").body(held + ",\"code\":\"" + code(email) + "\"}");
                })
                .with("exportOwnAccount", () -> by(account(), "/account/export"))
                .with("eraseOwnAccount", () -> by(account(), "/account/erasure"))
                .lastly("eraseOwnAccount")
                .with("readErasure", () -> Example.of(erased()))
                .with("listAccounts", () -> by(administrator(), "/accounts?role=REVIEWER"))
                .with("readAccount", () -> by(administrator(), "/accounts/" + account()))
                .with("assignNetworkRoles", () -> {
                    String path = "/accounts/" + account();
                    String etag = http.get("/api/v1" + path, "Authorization", bearer(administrator()))
                            .header("ETag");
                    return by(administrator(), path + "/network-roles")
                            .body("{\"networkRoles\":[\"REVIEWER\"]}")
                            .at(etag);
                })
                .with("listClients", () -> by(administrator(), "/clients"))
                .with("readClient", () -> ofAnOrganisation(""))
                .with("registerClient", () -> {
                    UUID organisation = organisation();
                    return by(self(organisation), "/clients").body(registration(organisation, SCOPES));
                })
                .with(
                        "changeClient",
                        () -> ofAnOrganisation("").body("{\"name\":\"Yeni\"}").at("\"0\""))
                .with("rotateClientSecret", () -> ofAnOrganisation("/rotation").body("{}"))
                .with("endClient", () -> ofAnOrganisation(""))
                .with("readOperations", () -> by(administrator(), "/operations"))
                .with("findDeadLetters", () -> by(administrator(), "/operations/dead-letters"))
                .with("readDeadLetter", () -> by(administrator(), "/operations/dead-letters/" + LETTER))
                .with("replayDeadLetter", () -> by(administrator(), "/operations/dead-letters/" + LETTER + "/replay"))
                .with(
                        "discardDeadLetter",
                        () -> by(administrator(), "/operations/dead-letters/" + LETTER + "/discard")
                                .body("{\"reason\":\"OUTDATED\"}"))
                .with(
                        "readAudit",
                        () -> by(administrator(), "/operations/audit?organisation=" + AUDITED)
                                .growing(this::audited))
                .tests();
    }

    private ApiDocument own() {
        return ApiDocument.of(http.get("/api/v1/openapi.json").body());
    }

    private Example by(UUID account, String path) {
        return Example.of("/api/v1" + path).by(() -> bearer(account));
    }

    private Example ofAnOrganisation(String step) {
        UUID organisation = organisation();
        UUID self = self(organisation);
        return by(self, "/clients/" + registered(bearer(self), organisation, SCOPES) + step);
    }

    private static String email(String email) {
        return "{\"email\":\"" + email + "\"}";
    }

    private String withCode(String email) {
        return "{\"email\":\"%s\",\"code\":\"%s\"}".formatted(email, code(email));
    }

    private String code(String email) {
        return new SignedIn(http, unsealing).last(email).code();
    }

    /// Where an erasure is followed, once the gateway heard of it.
    private String erased() {
        String followed = "/api/v1"
                + http.post("/api/v1/account/erasure", "", "Authorization", bearer(account()))
                        .header("Location");
        await().atMost(Duration.ofSeconds(20)).until(() -> http.get(followed).status() == 200);
        return followed;
    }

    private UUID audited() {
        UUID subject = UUID.randomUUID();
        broker.send("platform.audit.v1", "platform.audit.recorded.v1", subject, 0, """
                {"service":"events-service","operation":"POST /api/v1/gatherings/{id}/publication",
                 "aggregate":"gatherings","subject":"%s","facts":["events.gathering.announced.v1"],
                 "account":"%s","organisation":"%s","session":"a-session","at":"%s"}""".formatted(
                        subject, UUID.randomUUID(), AUDITED, Instant.now()));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> http.get(
                                "/api/v1/operations/audit?subject=" + subject, "Authorization", bearer(administrator()))
                        .body()
                        .contains(subject.toString()));
        return subject;
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsWhatTheTableSays() {
        AccessMatrix matrix = callers(AccessMatrix.ofApi(port, own(), API))
                .row("POST /sign-in", () -> anybodys("/sign-in").sending(email(address())))
                .row("POST /sign-in/code wrong", () -> anybodys("/sign-in/code").sending(wrongCode()))
                .row("GET /me", () -> ones("/me"))
                .row("GET /sessions", () -> ones("/sessions"))
                .row("DELETE /sessions", () -> ones("/sessions"))
                .row("DELETE /sessions/{id} of self", () -> {
                    UUID organisation = organisation();
                    UUID other =
                            sessions.startForProgram(self(organisation), null).id();
                    return about(organisation, "/sessions/" + other, self(organisation), "accounts")
                            .watching(() -> mongo.findById(other, Document.class, "sessions"));
                })
                .row("GET /account", () -> ones("/account"))
                .row("POST /account/addresses", () -> ones("/account/addresses").sending(email(address())))
                .row(
                        "POST /account/addresses/confirmation wrong",
                        () -> ones("/account/addresses/confirmation").sending(wrongCode()))
                .row("DELETE /account/addresses/{id} of self", () -> {
                    UUID organisation = organisation();
                    return about(
                            organisation,
                            "/account/addresses/" + held(self(organisation)),
                            self(organisation),
                            "accounts");
                })
                .row("POST /account/proof by an address of self", () -> {
                    UUID organisation = organisation();
                    return about(organisation, "/account/proof", self(organisation), "accounts")
                            .sending("{\"address\":\"" + held(self(organisation)) + "\"}");
                })
                .row("POST /account/proof/confirmation wrong", () -> {
                    UUID organisation = organisation();
                    return about(organisation, "/account/proof/confirmation", self(organisation), "accounts")
                            .sending("{\"address\":\"" + held(self(organisation)) + "\",\"code\":\"00000000\"}");
                })
                .row("GET /account/export", () -> ones("/account/export"))
                .row("POST /account/erasure", () -> ones("/account/erasure"))
                .row("GET /accounts", () -> ones("/accounts?role=REVIEWER"))
                .row("GET /accounts/{id}", () -> {
                    UUID organisation = organisation();
                    return about(organisation, "/accounts/" + self(organisation), self(organisation), "accounts");
                })
                .row("PUT /accounts/{id}/network-roles", () -> {
                    UUID organisation = organisation();
                    UUID account = self(organisation);
                    return about(organisation, "/accounts/" + account + "/network-roles", account, "accounts")
                            .sending("{\"networkRoles\":[\"REVIEWER\"]}");
                })
                .row("GET /clients", () -> ones("/clients"))
                .row("POST /clients for the organisation", () -> {
                    UUID organisation = organisation();
                    return Attempt.at("/api/v1/clients")
                            .of(organisation)
                            .sending(registration(organisation, SCOPES))
                            .watching(() -> clientsOf(organisation));
                })
                .row(
                        "POST /clients for the network",
                        () -> ones("/clients").sending(registration(null, List.of("network:admin"))))
                .row("GET /operations", () -> ones("/operations"))
                .row("GET /operations/dead-letters", () -> ones("/operations/dead-letters"))
                .row("GET /operations/dead-letters/{id}", () -> ones("/operations/dead-letters/" + LETTER))
                .row(
                        "POST /operations/dead-letters/{id}/replay",
                        () -> ones("/operations/dead-letters/" + LETTER + "/replay"))
                .row(
                        "POST /operations/dead-letters/{id}/discard",
                        () -> ones("/operations/dead-letters/" + LETTER + "/discard")
                                .sending("{\"reason\":\"OUTDATED\"}"))
                .row("GET /operations/audit", () -> ones("/operations/audit"))
                .row("GET /operations/audit of the organisation", () -> {
                    UUID organisation = organisation();
                    return Attempt.at("/api/v1/operations/audit?organisation=" + organisation)
                            .of(organisation);
                })
                .row("GET /erasures/{id} unknown", () -> anybodys("/erasures/" + UUID.randomUUID()));
        for (String owner : List.of("organisation", "network")) {
            boolean network = owner.equals("network");
            matrix.row("GET /clients/{id} of the " + owner, () -> program(network, "/api/v1", ""))
                    .row(
                            "PATCH /clients/{id} of the " + owner,
                            () -> program(network, "/api/v1", "").sending("{\"name\":\"Yeni\"}"))
                    .row("POST /clients/{id}/rotation of the " + owner, () -> program(network, "/api/v1", "/rotation"))
                    .row("DELETE /clients/{id} of the " + owner, () -> program(network, "/api/v1", ""));
        }
        untrusted(matrix);
        return matrix.tests();
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsFromFormsWhatTheTableSays() {
        AccessMatrix matrix = callers(AccessMatrix.ofPages(port, own(), mappings, "coop.imece.gateway", PAGES))
                .row("POST /sign-in without address", () -> form("/sign-in", ""))
                .row("POST /sign-in/code wrong", () -> form("/sign-in/code", "code=00000000"))
                .row("POST /sign-in/link/{link} unknown", () -> form("/sign-in/link/none", ""))
                .row("POST /sign-out", () -> form("/sign-out", ""))
                .row("POST /sessions/ending", () -> form("/sessions/ending", ""))
                .row("POST /sessions/{id}/ending of another", () -> {
                    UUID another = sessions.startForBrowser(account(), null).id();
                    return form("/sessions/" + another + "/ending", "")
                            .watching(() -> mongo.findById(another, Document.class, "sessions"));
                })
                .row("POST /account/proof", () -> form("/account/proof", ""))
                .row("POST /account/proof/code", () -> form("/account/proof/code", "code=00000000"))
                .row("POST /account/addresses/new", () -> form("/account/addresses/new", ""))
                .row("POST /account/addresses/code", () -> form("/account/addresses/code", "code=00000000"))
                .row(
                        "POST /account/addresses/{id}/removal of another",
                        () -> form("/account/addresses/" + held(self(organisation())) + "/removal", ""))
                .row("POST /account/erasure not understood", () -> form("/account/erasure", ""))
                .row("POST /accounts/search", () -> form("/accounts/search", "address=nobody%40x.example"))
                .row("POST /accounts/{id}/network-roles", () -> {
                    UUID account = account();
                    return form("/accounts/" + account + "/network-roles", "networkRoles=REVIEWER&version=0")
                            .watching(() -> stored("accounts", account));
                })
                .row("POST /clients/new", () -> {
                    UUID organisation = organisation();
                    return Attempt.at("/clients/new")
                            .of(organisation)
                            .sending("id=%s&organisation=%s&name=Depo&scopes=gatherings:write"
                                    .formatted(UUID.randomUUID(), organisation))
                            .watching(() -> clientsOf(organisation));
                })
                .row(
                        "POST /clients/{id}",
                        () -> program(false, "", "").sending("name=Yeni&scopes=gatherings:write&version=0"))
                .row(
                        "POST /clients/{id}/rotation",
                        () -> program(false, "", "/rotation").sending(""))
                .row(
                        "POST /clients/{id}/ending",
                        () -> program(false, "", "/ending").sending(""))
                .row(
                        "POST /operations/dead-letters/{id}/replay",
                        () -> form("/operations/dead-letters/" + LETTER + "/replay", ""))
                .row(
                        "POST /operations/dead-letters/{id}/discard",
                        () -> form("/operations/dead-letters/" + LETTER + "/discard", "reason=OUTDATED"))
                .row(
                        "POST /internal/operations/address-rotation",
                        () -> form("/internal/operations/address-rotation", ""));
        return matrix.tests();
    }

    private AccessMatrix callers(AccessMatrix matrix) {
        return matrix.caller("anyone", (own, operation) -> null)
                .caller("person", (own, operation) -> bearer(account()))
                .caller("self", (own, operation) -> bearer(self(own)))
                .caller("stale", (own, operation) -> stale(self(own)))
                .caller("viewer", (own, operation) -> bearer(appointed(account(), own, "VIEWER")))
                .caller("editor", (own, operation) -> bearer(appointed(account(), own, "EDITOR")))
                .caller("represents", (own, operation) -> bearer(appointed(account(), own, "REPRESENTATIVE")))
                .caller("stranger", (own, operation) -> bearer(self(organisation())))
                .caller("reviewer", (own, operation) -> bearer(reviewer()))
                .caller("administrator", (own, operation) -> bearer(administrator()))
                .caller("program", (own, operation) -> access(bearer(self(own)), own, SCOPES))
                .caller("network", (own, operation) -> access(bearer(administrator()), null, List.of("network:admin")))
                .caller(
                        "unscoped",
                        (own, operation) -> access(bearer(administrator()), null, List.of("impact:review")));
    }

    /// Neither a person's secret nor a good access token: those of a program that may do everything, each wrong
    /// in one thing.
    private void untrusted(AccessMatrix matrix) {
        UUID program = UUID.fromString(network(bearer(administrator()), List.of("network:admin"))
                .required("id")
                .asString());
        ECKey own = keys.privateKey();
        matrix.fault("secret of nobody", () -> "Bearer " + UUID.randomUUID());
        matrix.fault("no bearer", () -> "Basic YTpi");
        matrix.fault("internal token", () -> TestTokens.of("gateway").administrator(UUID.randomUUID()));
        matrix.fault("alg=none", () -> "Bearer " + new PlainJWT(claims(program).build()).serialize());
        matrix.fault("foreign key", () -> signed(claims(program), foreign(own.getKeyID())));
        matrix.fault("foreign kid", () -> signed(claims(program), foreign("foreign")));
        matrix.fault("wrong audience", () -> signed(claims(program).audience(ISSUER), own));
        matrix.fault("wrong issuer", () -> signed(claims(program).issuer("http://evil.example"), own));
        matrix.fault(
                "expired",
                () -> signed(
                        claims(program).expirationTime(Date.from(Instant.now().minusSeconds(2))), own));
    }

    private static JWTClaimsSet.Builder claims(UUID program) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(ISSUER + "/api")
                .subject(program.toString())
                .claim("scope", "network:admin")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)));
    }

    private static ECKey foreign(String kid) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    }

    private static String signed(JWTClaimsSet.Builder claims, ECKey key) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build();
        var token = new SignedJWT(header, claims.build());
        token.sign(new ECDSASigner(key));
        return "Bearer " + token.serialize();
    }

    private static String address() {
        return "a" + UUID.randomUUID() + "@" + UUID.randomUUID() + ".example";
    }

    private static String wrongCode() {
        return "{\"email\":\"" + address() + "\",\"code\":\"00000000\"}";
    }

    private UUID account() {
        return account(address());
    }

    private UUID account(String email) {
        return accounts.holderOf(Address.email(email).orElseThrow(), Language.EN);
    }

    private synchronized UUID administrator() {
        if (administrator == null) {
            administrator = account(KeyFiles.ADMINISTRATOR);
        }
        return administrator;
    }

    private UUID reviewer() {
        UUID account = account();
        String path = "/api/v1/accounts/" + account;
        String by = bearer(administrator());
        Http.Answer assigned = http.send(
                "PUT",
                path + "/network-roles",
                BodyPublishers.ofString("{\"networkRoles\":[\"REVIEWER\"]}"),
                "Content-Type",
                "application/json",
                "If-Match",
                "*",
                "Authorization",
                by);
        assertThat(assigned.status()).as(assigned.body()).isEqualTo(200);
        return account;
    }

    private String bearer(UUID account) {
        return "Bearer " + sessions.startForProgram(account, null).secret();
    }

    private String stale(UUID account) {
        Sessions.Started started = sessions.startForProgram(account, null);
        mongo.updateFirst(
                Query.query(Criteria.where("_id").is(started.id())),
                Update.update("provedAt", Instant.now().minus(FreshProof.LIFE)),
                "sessions");
        return "Bearer " + started.secret();
    }

    /// An organisation with a representative, who is `self`.
    private UUID organisation() {
        UUID organisation = Ids.v7();
        appointed(self(organisation), organisation, "REPRESENTATIVE");
        return organisation;
    }

    private UUID self(UUID organisation) {
        return account("self-of-" + organisation + "@x.example");
    }

    private UUID appointed(UUID account, UUID organisation, String role) {
        UUID id = Ids.derived("representation", organisation.toString(), account.toString());
        broker.send("directory.representation.v1", "directory.representation.appointed.v1", id, 1, """
                {"state":{"id":"%s","organisation":"%s","account":"%s","role":"%s","state":"APPOINTED"},"fact":{}}
                """.formatted(
                        id, organisation, account, role));
        await().atMost(Duration.ofSeconds(20)).until(() -> representations.await(account, organisation));
        return account;
    }

    private UUID held(UUID account) {
        return addresses.of(account).getFirst().id();
    }

    private static String registration(@Nullable UUID organisation, List<String> scopes) {
        return "{%s\"name\":\"Depo yazılımı\",\"scopes\":[\"%s\"]}"
                .formatted(
                        organisation == null ? "" : "\"organisation\":\"" + organisation + "\",",
                        String.join("\",\"", scopes));
    }

    private JsonNode client(String by, @Nullable UUID organisation, List<String> scopes) {
        Http.Answer answer = http.post("/api/v1/clients", registration(organisation, scopes), "Authorization", by);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private UUID registered(String by, @Nullable UUID organisation, List<String> scopes) {
        return UUID.fromString(client(by, organisation, scopes).required("id").asString());
    }

    /// The access token of a program.
    private String access(String by, @Nullable UUID organisation, List<String> scopes) {
        JsonNode client = organisation == null ? network(by, scopes) : client(by, organisation, scopes);
        String pair = client.required("id").asString() + ":"
                + client.required("secret").asString();
        Http.Answer granted = http.send(
                "POST",
                "/oauth2/token",
                BodyPublishers.ofString("grant_type=client_credentials"),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        assertThat(granted.status()).as(granted.body()).isEqualTo(200);
        return "Bearer " + granted.json().required("access_token").asString();
    }

    /// The network has but twenty: one for each set of scopes.
    private synchronized JsonNode network(String by, List<String> scopes) {
        return networks.computeIfAbsent(scopes, _ -> client(by, null, scopes));
    }

    /// Somebody's own matters: everybody has some.
    private Attempt ones(String path) {
        UUID organisation = organisation();
        return about(organisation, path, self(organisation), "accounts");
    }

    private Attempt anybodys(String path) {
        return Attempt.at("/api/v1" + path).of(organisation());
    }

    private Attempt about(UUID organisation, String path, UUID account, String collection) {
        return Attempt.at("/api/v1" + path).of(organisation).watching(() -> stored(collection, account));
    }

    private Attempt program(boolean network, String where, String step) {
        UUID organisation = organisation();
        UUID program = network ? ofTheNetwork() : registered(bearer(self(organisation)), organisation, SCOPES);
        return Attempt.at(where + "/clients/" + program + step)
                .of(organisation)
                .watching(() -> stored("api_clients", program));
    }

    /// A copy in the store, ended: more than twenty in use nobody can register.
    private UUID ofTheNetwork() {
        UUID original = UUID.fromString(network(bearer(administrator()), List.of("impact:review"))
                .required("id")
                .asString());
        Document copy = Objects.requireNonNull(mongo.findById(original, Document.class, "api_clients"));
        UUID id = Ids.v7();
        copy.put("_id", id);
        copy.put("state", "ENDED");
        copy.remove("outbox");
        mongo.insert(copy, "api_clients");
        return id;
    }

    private Attempt form(String path, String fields) {
        return Attempt.at(path).of(organisation()).sending(fields);
    }

    /// What is stored, apart from messages on their way and the traces of sign-ins.
    private @Nullable Document stored(String collection, UUID id) {
        Document stored = mongo.findById(id, Document.class, collection);
        if (stored != null) {
            List.of("outbox", "lastUsedAt", "version", "sequence").forEach(stored::remove);
        }
        return stored;
    }

    private List<Document> clientsOf(UUID organisation) {
        return mongo
                .find(Query.query(Criteria.where("organisation").is(organisation)), Document.class, "api_clients")
                .stream()
                .peek(client -> List.of("outbox", "lastUsedAt").forEach(client::remove))
                .toList();
    }
}
