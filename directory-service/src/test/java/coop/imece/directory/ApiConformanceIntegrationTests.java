package coop.imece.directory;

import static org.awaitility.Awaitility.await;

import coop.imece.directory.representation.Representatives;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.test.AccessMatrix;
import coop.imece.platform.test.AccessMatrix.Attempt;
import coop.imece.platform.test.ApiConformance;
import coop.imece.platform.test.ApiConformance.Example;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// The rules of the API, and who may do what.
@ServiceTest
class ApiConformanceIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("directory-service");
    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final UUID REVIEWER = UUID.randomUUID();
    private static final List<String> STATES = List.of("submitted", "verified");
    private static final String PEOPLE = "/organisations/{organisation}/representatives";
    private static final String PEOPLE_PAGE = "/organisations/{organisation}/people";
    private static final String INVITATIONS = "/organisations/{organisation}/invitations";
    private static final String MERGED = "{\"description\":{\"tr\":\"Yeni\"}}";

    private static final String INVITATION = "{\"email\":\"dana@agudah.example\",\"role\":\"EDITOR\"}";

    /// `stranger` represents another, verified organisation; of `pretender` only the token says a role.
    /// Contact points are P(ublic), for M(embers), for R(epresentatives).
    private static final String API = """
            |                                                                          | anyone | person | viewer | reporter | editor | represents | stranger | pretender | reviewer | administrator | program | unscoped |
            | GET /code-lists                                                          | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200       | 200      | 200           | 200     | 200      |
            | GET /code-lists/{name}                                                   | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200       | 200      | 200           | 200     | 200      |
            | GET /regions                                                             | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200       | 200      | 200           | 200     | 200      |
            | PUT /code-lists/{name}                                                   | 401    | 403    | 403    | 403      | 403    | 403        | 403      | 403       | 403      | 200           | 403     | 403      |
            | PATCH /code-lists/{name}                                                 | 401    | 403    | 403    | 403      | 403    | 403        | 403      | 403       | 403      | 200           | 403     | 403      |
            | GET /organisations                                                       | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200       | 200      | 200           | 200     | 200      |
            | GET /organisations which contacts                                        | P      | P      | P      | P        | P      | P          | P        | P         | P        | P             | P       | P        |
            | GET /organisations how many submitted                                    | 0      | 0      | 0      | 0        | 0      | 0          | 0        | 0         | 1        | 1             | 0       | 0        |
            | GET /organisations unrepresented                                         | 401    | 403    | 403    | 403      | 403    | 403        | 403      | 403       | 403      | 200           | 403     | 403      |
            | GET /organisations/{id} submitted                                        | 404    | 404    | 200    | 200      | 200    | 200        | 404      | 404       | 200      | 200           | 200     | 200      |
            | GET /organisations/{id} which contacts                                   | P      | P      | PMR    | PMR      | PMR    | PMR        | PM       | P         | PMR      | PMR           | PMR     | PMR      |
            | PUT /organisations/{id} new                                              | 401    | 201    | 201    | 201      | 201    | 201        | 201      | 201       | 201      | 201           | 403     | 403      |
            | PUT /organisations/{id} submitted                                        | 401    | 404    | 403    | 403      | 200    | 200        | 404      | 404       | 403      | 200           | 200     | 403      |
            | PUT /organisations/{id} verified                                         | 401    | 403    | 403    | 403      | 200    | 200        | 403      | 403       | 403      | 200           | 200     | 403      |
            | PATCH /organisations/{id} submitted                                      | 401    | 404    | 403    | 403      | 200    | 200        | 404      | 404       | 403      | 200           | 200     | 403      |
            | PATCH /organisations/{id} verified                                       | 401    | 403    | 403    | 403      | 200    | 200        | 403      | 403       | 403      | 200           | 200     | 403      |
            | POST /organisations/{id}/verification submitted                          | 401    | 404    | 403    | 403      | 403    | 403        | 404      | 404       | 201      | 201           | 403     | 403      |
            | POST /organisations/{id}/verification verified                           | 401    | 403    | 403    | 403      | 403    | 403        | 403      | 403       | 200      | 200           | 403     | 403      |
            | GET /organisations/{organisation}/representatives submitted              | 401    | 404    | 403    | 403      | 403    | 200        | 404      | 404       | 403      | 200           | 200     | 200      |
            | GET /organisations/{organisation}/representatives verified               | 401    | 403    | 403    | 403      | 403    | 200        | 403      | 403       | 403      | 200           | 200     | 200      |
            | POST /organisations/{organisation}/representatives submitted             | 401    | 404    | 403    | 403      | 403    | 201        | 404      | 404       | 403      | 201           | 403     | 403      |
            | POST /organisations/{organisation}/representatives verified              | 401    | 403    | 403    | 403      | 403    | 201        | 403      | 403       | 403      | 201           | 403     | 403      |
            | GET /organisations/{organisation}/representatives/{account} submitted    | 401    | 404    | 403    | 403      | 403    | 200        | 404      | 404       | 403      | 200           | 200     | 200      |
            | GET /organisations/{organisation}/representatives/{account} verified     | 401    | 403    | 403    | 403      | 403    | 200        | 403      | 403       | 403      | 200           | 200     | 200      |
            | PATCH /organisations/{organisation}/representatives/{account} submitted  | 401    | 404    | 403    | 403      | 403    | 200        | 404      | 404       | 403      | 200           | 403     | 403      |
            | PATCH /organisations/{organisation}/representatives/{account} verified   | 401    | 403    | 403    | 403      | 403    | 200        | 403      | 403       | 403      | 200           | 403     | 403      |
            | DELETE /organisations/{organisation}/representatives/{account} submitted | 401    | 404    | 403    | 403      | 403    | 204        | 404      | 404       | 403      | 204           | 403     | 403      |
            | DELETE /organisations/{organisation}/representatives/{account} verified  | 401    | 403    | 403    | 403      | 403    | 204        | 403      | 403       | 403      | 204           | 403     | 403      |
            | POST /organisations/{organisation}/handover submitted                    | 401    | 404    | 403    | 403      | 403    | 204        | 404      | 404       | 403      | 409           | 403     | 403      |
            | POST /organisations/{organisation}/handover verified                     | 401    | 403    | 403    | 403      | 403    | 204        | 403      | 403       | 403      | 409           | 403     | 403      |
            | GET /organisations/{organisation}/invitations submitted                  | 401    | 404    | 403    | 403      | 403    | 200        | 404      | 404       | 403      | 200           | 200     | 200      |
            | GET /organisations/{organisation}/invitations verified                   | 401    | 403    | 403    | 403      | 403    | 200        | 403      | 403       | 403      | 200           | 200     | 200      |
            | POST /organisations/{organisation}/invitations submitted                 | 401    | 404    | 403    | 403      | 403    | 201        | 404      | 404       | 403      | 201           | 403     | 403      |
            | POST /organisations/{organisation}/invitations verified                  | 401    | 403    | 403    | 403      | 403    | 201        | 403      | 403       | 403      | 201           | 403     | 403      |
            | DELETE /organisations/{organisation}/invitations/{invitation} submitted  | 401    | 404    | 403    | 403      | 403    | 204        | 404      | 404       | 403      | 204           | 403     | 403      |
            | DELETE /organisations/{organisation}/invitations/{invitation} verified   | 401    | 403    | 403    | 403      | 403    | 204        | 403      | 403       | 403      | 204           | 403     | 403      |
            | GET /invitations/{token}                                                 | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200       | 200      | 200           | 200     | 200      |
            | POST /invitations/{token}/acceptance                                     | 401    | 201    | 201    | 201      | 201    | 201        | 201      | 201       | 201      | 201           | 403     | 403      |
            | GET /organisations/{id}/claims represented                               | 401    | 409    | 409    | 409      | 409    | 409        | 409      | 409       | 409      | 409           | 409     | 409      |
            | GET /organisations/{id}/claims abandoned                                 | 401    | 200    | 200    | 200      | 200    | 409        | 200      | 200       | 200      | 200           | 200     | 200      |
            | POST /organisations/{id}/claims represented                              | 401    | 409    | 409    | 409      | 409    | 409        | 409      | 409       | 409      | 409           | 403     | 403      |
            | POST /organisations/{id}/claims abandoned                                | 401    | 202    | 202    | 202      | 202    | 409        | 202      | 202       | 202      | 202           | 403     | 403      |
            """;

    private static final String PAGES = """
            |                                                                                         | anyone | person | viewer | editor | represents | stranger | pretender | reviewer | administrator | program |
            | POST /organisations/new                                                                 | 401    | 303    | 303    | 303    | 303        | 303      | 303       | 303      | 303           | 403     |
            | POST /organisations/new over another                                                    | 401    | 404    | 403    | 428    | 428        | 404      | 404       | 403      | 428           | 403     |
            | POST /organisations/{id}/edit submitted                                                 | 404    | 404    | 403    | 303    | 303        | 404      | 404       | 403      | 303           | 403     |
            | POST /organisations/{id}/edit verified                                                  | 401    | 403    | 403    | 303    | 303        | 403      | 403       | 403      | 303           | 403     |
            | POST /organisations/{id}/verification submitted                                         | 401    | 404    | 403    | 403    | 403        | 404      | 404       | 303      | 303           | 403     |
            | POST /organisations/{id}/verification verified                                          | 401    | 403    | 403    | 403    | 403        | 403      | 403       | 303      | 303           | 403     |
            | POST /organisations/{id}/claim abandoned                                                | 401    | 200    | 200    | 200    | 409        | 200      | 200       | 200      | 200           | 403     |
            | POST /organisations/{organisation}/people/{account}/role submitted                      | 401    | 404    | 403    | 403    | 303        | 404      | 404       | 403      | 303           | 403     |
            | POST /organisations/{organisation}/people/{account}/role verified                       | 401    | 403    | 403    | 403    | 303        | 403      | 403       | 403      | 303           | 403     |
            | POST /organisations/{organisation}/people/{account}/dismissal submitted                 | 401    | 404    | 403    | 403    | 303        | 404      | 404       | 403      | 303           | 403     |
            | POST /organisations/{organisation}/people/{account}/dismissal verified                  | 401    | 403    | 403    | 403    | 303        | 403      | 403       | 403      | 303           | 403     |
            | POST /organisations/{organisation}/people/{account}/handover submitted                  | 401    | 404    | 403    | 403    | 303        | 404      | 404       | 403      | 409           | 403     |
            | POST /organisations/{organisation}/people/{account}/handover verified                   | 401    | 403    | 403    | 403    | 303        | 403      | 403       | 403      | 409           | 403     |
            | POST /organisations/{organisation}/people/invitations submitted                         | 401    | 404    | 403    | 403    | 303        | 404      | 404       | 403      | 303           | 403     |
            | POST /organisations/{organisation}/people/invitations verified                          | 401    | 403    | 403    | 403    | 303        | 403      | 403       | 403      | 303           | 403     |
            | POST /organisations/{organisation}/people/invitations/{invitation}/withdrawal submitted | 401    | 404    | 403    | 403    | 303        | 404      | 404       | 403      | 303           | 403     |
            | POST /organisations/{organisation}/people/invitations/{invitation}/withdrawal verified  | 401    | 403    | 403    | 403    | 303        | 403      | 403       | 403      | 303           | 403     |
            | POST /organisations/{organisation}/people/invitations/{invitation}/handover submitted   | 401    | 404    | 403    | 403    | 303        | 404      | 404       | 403      | 409           | 403     |
            | POST /organisations/{organisation}/people/invitations/{invitation}/handover verified    | 401    | 403    | 403    | 403    | 303        | 403      | 403       | 403      | 409           | 403     |
            | POST /invitations/{token}                                                               | 303    | 303    | 303    | 303    | 303        | 303      | 303       | 303      | 303           | 403     |
            """;

    @LocalServerPort
    int port;

    @Autowired
    Representatives representatives;

    @Autowired
    Unsealing unsealing;

    @Autowired
    JsonMapper json;

    @Autowired
    MongoOperations mongo;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private ApiConformance api;

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsTheRules() throws Exception {
        api = new ApiConformance(port);
        return api.with("listCodeLists", () -> Example.of("/api/v1/code-lists"))
                .with("readCodeList", () -> Example.of("/api/v1/code-lists/topics"))
                .with("readRegions", () -> Example.of("/api/v1/regions"))
                .with("writeCodeList", () -> topics())
                .with("changeCodeList", () -> topics())
                .with(
                        "findOrganisations",
                        () -> Example.of("/api/v1/organisations").growing(this::verified))
                .with("readOrganisation", () -> Example.of(registered()).by(ApiConformanceIntegrationTests::account))
                .with(
                        "writeOrganisation",
                        () -> Example.of(registered())
                                .body(municipality())
                                .by(ApiConformanceIntegrationTests::account)
                                .at("\"0\""))
                .with(
                        "changeOrganisation",
                        () -> Example.of(registered())
                                .body(MERGED)
                                .by(ApiConformanceIntegrationTests::account)
                                .at("\"0\""))
                .with(
                        "verifyOrganisation",
                        () -> Example.of(registered() + "/verification")
                                .body("{}")
                                .by(() -> TOKENS.reviewer(REVIEWER)))
                .with(
                        "listRepresentatives",
                        () -> Example.of(registered() + "/representatives").by(ApiConformanceIntegrationTests::account))
                .with(
                        "appointRepresentative",
                        () -> Example.of(registered() + "/representatives")
                                .body("{\"account\":\"" + UUID.randomUUID() + "\"}")
                                .by(ApiConformanceIntegrationTests::account))
                .with("dismissRepresentative", () -> appointed())
                .with("readRepresentative", () -> appointed())
                .with(
                        "changeRole",
                        () -> appointed().body("{\"role\":\"VIEWER\"}").at("\"0\""))
                .with("handOver", () -> handover())
                .with(
                        "listInvitations",
                        () -> Example.of(registered() + "/invitations").by(ApiConformanceIntegrationTests::account))
                .with(
                        "invite",
                        () -> Example.of(registered() + "/invitations")
                                .body(INVITATION)
                                .by(ApiConformanceIntegrationTests::account))
                .with("withdrawInvitation", () -> {
                    String path = registered() + "/invitations";
                    return Example.of(path + "/" + invited(path)).by(ApiConformanceIntegrationTests::account);
                })
                .with("readInvitation", () -> Example.of(link()))
                .with(
                        "acceptInvitation",
                        () -> Example.of(link() + "/acceptance").by(ApiConformanceIntegrationTests::account))
                .with("findClaimWays", () -> abandoned())
                .with("claimOrganisation", () -> abandoned().body("{}"))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsWhatTheTableSays() throws Exception {
        api = new ApiConformance(port);
        UUID some = verifiedOne();
        var matrix = people(AccessMatrix.ofApi(port, API), some)
                .row("GET /code-lists", () -> Attempt.at("/api/v1/code-lists").of(some))
                .row(
                        "GET /code-lists/{name}",
                        () -> Attempt.at("/api/v1/code-lists/topics").of(some))
                .row("GET /regions", () -> Attempt.at("/api/v1/regions").of(some))
                .row("PUT /code-lists/{name}", () -> relabelled("topics").of(some))
                .row("PATCH /code-lists/{name}", () -> relabelled("sdgs").of(some))
                .row(
                        "GET /organisations",
                        () -> Attempt.at("/api/v1/organisations").of(some))
                .row("GET /organisations which contacts", () -> {
                    UUID id = verifiedOne();
                    return contacts(id, "/api/v1/organisations?q=" + id, "/items/0");
                })
                .row("GET /organisations how many submitted", () -> {
                    UUID id = submittedOne();
                    return Attempt.at("/api/v1/organisations?q=" + id)
                            .of(id)
                            .showing(list -> json.readTree(list).path("total").asString());
                })
                .row(
                        "GET /organisations unrepresented",
                        () -> Attempt.at("/api/v1/organisations?represented=false")
                                .of(some))
                .row("GET /organisations/{id} submitted", () -> about(submittedOne(), ""))
                .row("GET /organisations/{id} which contacts", () -> {
                    UUID id = verifiedOne();
                    return contacts(id, "/api/v1/organisations/" + id, "");
                })
                .row("PUT /organisations/{id} new", () -> {
                    UUID fresh = UUID.randomUUID();
                    return Attempt.create("/api/v1/organisations/" + fresh)
                            .of(some)
                            .sending(municipality())
                            .watching(() -> stored(fresh));
                });
        for (String state : STATES) {
            Callable<UUID> one = state.equals("verified") ? this::verifiedOne : this::submittedOne;
            matrix.row(
                            "PUT /organisations/{id} " + state,
                            () -> about(one.call(), "").sending(municipality()))
                    .row(
                            "PATCH /organisations/{id} " + state,
                            () -> about(one.call(), "").sending(MERGED))
                    .row(
                            "POST /organisations/{id}/verification " + state,
                            () -> about(one.call(), "/verification").sending("{}"))
                    .row("GET " + PEOPLE + " " + state, () -> about(one.call(), "/representatives"))
                    .row(
                            "POST " + PEOPLE + " " + state,
                            () -> about(one.call(), "/representatives")
                                    .sending("{\"account\":\"" + UUID.randomUUID() + "\"}"))
                    .row("GET " + PEOPLE + "/{account} " + state, () -> colleague(one.call(), "/representatives/%s"))
                    .row(
                            "PATCH " + PEOPLE + "/{account} " + state,
                            () -> colleague(one.call(), "/representatives/%s").sending("{\"role\":\"VIEWER\"}"))
                    .row("DELETE " + PEOPLE + "/{account} " + state, () -> colleague(one.call(), "/representatives/%s"))
                    .row("POST /organisations/{organisation}/handover " + state, () -> {
                        UUID id = one.call();
                        return about(id, "/handover").sending("{\"account\":\"" + colleague(id) + "\"}");
                    })
                    .row("GET " + INVITATIONS + " " + state, () -> about(one.call(), "/invitations"))
                    .row(
                            "POST " + INVITATIONS + " " + state,
                            () -> about(one.call(), "/invitations").sending(INVITATION))
                    .row("DELETE " + INVITATIONS + "/{invitation} " + state, () -> {
                        UUID id = one.call();
                        return about(id, "/invitations/" + invited(id));
                    });
        }
        String link = link(invited(some));
        return matrix.row("GET /invitations/{token}", () -> Attempt.at(link).of(some))
                .row("POST /invitations/{token}/acceptance", () -> accepting("", "/acceptance"))
                .row("GET /organisations/{id}/claims represented", () -> about(verifiedOne(), "/claims"))
                .row("GET /organisations/{id}/claims abandoned", () -> about(abandonedOne(), "/claims"))
                .row(
                        "POST /organisations/{id}/claims represented",
                        () -> about(verifiedOne(), "/claims").sending("{\"contactPoint\":0}"))
                .row(
                        "POST /organisations/{id}/claims abandoned",
                        () -> about(abandonedOne(), "/claims").sending("{\"contactPoint\":0}"))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsFromFormsWhatTheTableSays() throws Exception {
        api = new ApiConformance(port);
        UUID some = verifiedOne();
        var matrix = people(AccessMatrix.ofPages(port, mappings, "coop.imece.directory", PAGES), some)
                .row("POST /organisations/new", () -> {
                    UUID fresh = UUID.randomUUID();
                    return Attempt.at("/organisations/new")
                            .of(some)
                            .sending(form(fresh))
                            .watching(() -> stored(fresh));
                })
                .row("POST /organisations/new over another", () -> {
                    UUID there = submittedOne();
                    return Attempt.at("/organisations/new")
                            .of(there)
                            .sending(form(there))
                            .watching(() -> stored(there));
                })
                .row("POST /organisations/{id}/claim abandoned", () -> page(abandonedOne(), "/claim", "contactPoint=0"))
                .row("POST /invitations/{token}", () -> accepting("/api/v1", ""));
        for (String state : STATES) {
            Callable<UUID> one = state.equals("verified") ? this::verifiedOne : this::submittedOne;
            String version = state.equals("verified") ? "&version=1" : "&version=0";
            matrix.row("POST /organisations/{id}/edit " + state, () -> {
                        UUID id = one.call();
                        return page(id, "/edit", form(id) + version);
                    })
                    .row(
                            "POST /organisations/{id}/verification " + state,
                            () -> page(one.call(), "/verification", version))
                    .row("POST " + PEOPLE_PAGE + "/{account}/role " + state, () -> {
                        UUID id = one.call();
                        return page(id, "/people/" + colleague(id) + "/role", "role=VIEWER&version=0");
                    })
                    .row("POST " + PEOPLE_PAGE + "/{account}/dismissal " + state, () -> {
                        UUID id = one.call();
                        return page(id, "/people/" + colleague(id) + "/dismissal", "");
                    })
                    .row("POST " + PEOPLE_PAGE + "/{account}/handover " + state, () -> {
                        UUID id = one.call();
                        return page(id, "/people/" + colleague(id) + "/handover", "");
                    })
                    .row(
                            "POST " + PEOPLE_PAGE + "/invitations " + state,
                            () -> page(
                                    one.call(),
                                    "/people/invitations",
                                    "address=dana%40agudah.example&role=EDITOR&language=tr&id=" + UUID.randomUUID()))
                    .row("POST " + PEOPLE_PAGE + "/invitations/{invitation}/withdrawal " + state, () -> {
                        UUID id = one.call();
                        return page(id, "/people/invitations/" + invited(id) + "/withdrawal", "");
                    })
                    .row("POST " + PEOPLE_PAGE + "/invitations/{invitation}/handover " + state, () -> {
                        UUID id = one.call();
                        return page(id, "/people/invitations/" + invited(id) + "/handover", "");
                    });
        }
        return matrix.tests();
    }

    /// Roles are asked from the truth, whatever a token says.
    private AccessMatrix people(AccessMatrix matrix, UUID elsewhere) {
        matrix.callers(TOKENS)
                .caller("represents", (own, operation) -> appointed(own, OrganisationRole.REPRESENTATIVE))
                .caller("pretender", (own, operation) -> TOKENS.representative(UUID.randomUUID(), own))
                .caller("stranger", (own, operation) -> TOKENS.account(founder(elsewhere)));
        for (OrganisationRole role :
                List.of(OrganisationRole.EDITOR, OrganisationRole.REPORTER, OrganisationRole.VIEWER)) {
            matrix.caller(role.name().toLowerCase(Locale.ROOT), (own, operation) -> appointed(own, role));
        }
        return matrix;
    }

    private String appointed(UUID organisation, OrganisationRole role) throws Exception {
        UUID account = UUID.randomUUID();
        appoint(organisation, account, role);
        return TOKENS.account(account);
    }

    private void appoint(UUID organisation, UUID account, OrganisationRole role) throws Exception {
        api.prepare(
                "POST",
                "/api/v1/organisations/" + organisation + "/representatives",
                TOKENS.administrator(UUID.randomUUID()),
                "{\"account\":\"%s\",\"role\":\"%s\"}".formatted(account, role));
    }

    private UUID colleague(UUID organisation) throws Exception {
        UUID account = UUID.randomUUID();
        appoint(organisation, account, OrganisationRole.REPRESENTATIVE);
        return account;
    }

    private Attempt colleague(UUID organisation, String path) throws Exception {
        return about(organisation, path.formatted(colleague(organisation)));
    }

    private Attempt about(UUID organisation, String step) {
        return Attempt.at("/api/v1/organisations/" + organisation + step)
                .of(organisation)
                .watching(() -> stored(organisation));
    }

    private Attempt page(UUID organisation, String step, String form) {
        return Attempt.at("/organisations/" + organisation + step)
                .of(organisation)
                .sending(form)
                .watching(() -> stored(organisation));
    }

    /// @param prefix what the path of the link has and that of the attempt has not
    private Attempt accepting(String prefix, String step) throws Exception {
        UUID organisation = verifiedOne();
        String link = link(invited(organisation)).substring(prefix.length());
        return Attempt.at(link + step).of(organisation).watching(() -> stored(organisation));
    }

    private Attempt contacts(UUID organisation, String path, String where) {
        return Attempt.at(path)
                .of(organisation)
                .showing(answer -> json.readTree(answer)
                        .at(where)
                        .path("contactPoints")
                        .valueStream()
                        .map(contact -> contact.path("visibility").asString().substring(0, 1))
                        .collect(Collectors.joining()));
    }

    private Attempt relabelled(String list) throws Exception {
        String path = "/api/v1/code-lists/" + list;
        String label = "Ad " + UUID.randomUUID();
        String codes = api.prepare("GET", path, null, null)
                .body()
                .replaceFirst("\"name\":\"" + list + "\",", "")
                .replaceFirst("\"tr\":\"[^\"]*\"", "\"tr\":\"" + label + "\"");
        return Attempt.at(path)
                .sending(codes)
                .watching(() -> api.prepare("GET", path, null, null).body().contains(label));
    }

    /// Everything stored about an organisation and its people, apart from messages on their way.
    private List<Document> stored(UUID organisation) {
        List<Document> all = new ArrayList<>(
                mongo.find(Query.query(Criteria.where("_id").is(organisation)), Document.class, "organisations"));
        for (String collection : List.of("representations", "invitations")) {
            all.addAll(mongo.find(
                    Query.query(Criteria.where("organisation").is(organisation)), Document.class, collection));
        }
        all.forEach(document -> document.remove("outbox"));
        return all;
    }

    private static UUID founder(UUID organisation) {
        return UUID.nameUUIDFromBytes(organisation.toString().getBytes(StandardCharsets.UTF_8));
    }

    private UUID submittedOne() throws Exception {
        UUID id = UUID.randomUUID();
        api.prepare("PUT", "/api/v1/organisations/" + id, TOKENS.account(founder(id)), """
                {"type":"SUPPORTER","kind":"MUNICIPALITY","name":{"tr":"Belediye %s"},
                 "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"},
                 "contactPoints":[
                   {"channel":"EMAIL","value":"all@nilufer.example","visibility":"PUBLIC"},
                   {"channel":"WEB","value":"https://nilufer.example/","visibility":"MEMBERS"},
                   {"channel":"EMAIL","value":"own@nilufer.example","visibility":"REPRESENTATIVES"}]}""".formatted(id));
        return id;
    }

    private UUID verifiedOne() throws Exception {
        UUID id = submittedOne();
        api.prepare("POST", "/api/v1/organisations/" + id + "/verification", TOKENS.reviewer(REVIEWER), "{}");
        return id;
    }

    private UUID abandonedOne() throws Exception {
        UUID id = verifiedOne();
        representatives.accountErased(founder(id));
        return id;
    }

    private static String form(UUID organisation) {
        return "id=%s&name.tr=Belediye+%s&kind=MUNICIPALITY&place.region=TR-16&place.locality=Bursa&languages=tr"
                .formatted(organisation, UUID.randomUUID());
    }

    private static String account() {
        return TOKENS.account(ACCOUNT);
    }

    private static String municipality() {
        return """
                {"type":"SUPPORTER","kind":"MUNICIPALITY","name":{"tr":"Belediye %s"},
                 "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"}}""".formatted(UUID.randomUUID());
    }

    private String registered() throws Exception {
        String path = "/api/v1/organisations/" + UUID.randomUUID();
        api.prepare("PUT", path, account(), municipality());
        return path;
    }

    private String verified() throws Exception {
        String path = registered();
        api.prepare("POST", path + "/verification", TOKENS.reviewer(REVIEWER), "{}");
        return path;
    }

    private Example handover() throws Exception {
        String path = registered();
        UUID colleague = UUID.randomUUID();
        api.prepare("POST", path + "/representatives", account(), "{\"account\":\"" + colleague + "\"}");
        return Example.of(path + "/handover")
                .body("{\"account\":\"" + colleague + "\"}")
                .by(ApiConformanceIntegrationTests::account);
    }

    private String invited(String path) throws Exception {
        return json.readTree(api.prepare("POST", path, account(), INVITATION).body())
                .path("id")
                .asString();
    }

    record Content(Map<String, String> parameters) {}

    /// The address of an invitation, as it is in the message.
    private String link() throws Exception {
        return link(UUID.fromString(invited(registered() + "/invitations")));
    }

    private UUID invited(UUID organisation) throws Exception {
        String path = "/api/v1/organisations/" + organisation + "/invitations";
        var answer = api.prepare(
                "POST", path, TOKENS.administrator(UUID.randomUUID()), INVITATION.replace("EDITOR", "REPRESENTATIVE"));
        return UUID.fromString(json.readTree(answer.body()).path("id").asString());
    }

    private String link(UUID invitation) throws Exception {
        UUID message = Ids.derived("invitation-message", invitation.toString());
        try (TestBroker broker = new TestBroker()) {
            var sent = await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> broker.records("notification.message.commands.v1", message),
                            found -> !found.isEmpty());
            String sealed =
                    json.readTree(sent.getFirst().value()).path("sealed").asString();
            String link = String.valueOf(
                    unsealing.open(sealed, Content.class).parameters().get("link"));
            return "/api/v1/invitations/" + link.substring(link.lastIndexOf('/') + 1);
        }
    }

    /// The claims of an organisation whose only representative is erased.
    private Example abandoned() throws Exception {
        UUID first = UUID.randomUUID();
        UUID claimant = UUID.randomUUID();
        String path = "/api/v1/organisations/" + UUID.randomUUID();
        String contact = "{\"contactPoints\":[{\"channel\":\"EMAIL\",\"value\":\"info@tomurcuk.example\"}],\"type\"";
        api.prepare("PUT", path, TOKENS.account(first), municipality().replace("{\"type\"", contact));
        api.prepare("POST", path + "/verification", TOKENS.reviewer(REVIEWER), "{}");
        representatives.accountErased(first);
        return Example.of(path + "/claims").by(() -> TOKENS.account(claimant));
    }

    private Example appointed() throws Exception {
        String path = registered() + "/representatives";
        UUID colleague = UUID.randomUUID();
        api.prepare("POST", path, account(), "{\"account\":\"" + colleague + "\"}");
        return Example.of(path + "/" + colleague).by(ApiConformanceIntegrationTests::account);
    }

    /// The list as it stands, one label changed.
    private Example topics() throws Exception {
        var answer = api.prepare("GET", "/api/v1/code-lists/topics", null, null);
        String codes = answer.body().replaceFirst("\"name\":\"topics\",", "");
        return Example.of("/api/v1/code-lists/topics")
                .body(codes.replaceFirst("\"tr\":\"[^\"]*\"", "\"tr\":\"Konu " + UUID.randomUUID() + "\""))
                .by(() -> TOKENS.administrator(ACCOUNT))
                .at(ApiConformance.etag(answer));
    }
}
