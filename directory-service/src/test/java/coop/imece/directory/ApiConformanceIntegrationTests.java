package coop.imece.directory;

import static org.awaitility.Awaitility.await;

import coop.imece.directory.representation.Representatives;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ApiConformance;
import coop.imece.platform.test.ApiConformance.Example;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class ApiConformanceIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("directory-service");
    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final UUID REVIEWER = UUID.randomUUID();
    private static final String MERGED = "{\"description\":{\"tr\":\"Yeni\"}}";

    private static final String INVITATION = "{\"email\":\"dana@agudah.example\",\"role\":\"EDITOR\"}";

    @LocalServerPort
    int port;

    @Autowired
    Representatives representatives;

    @Autowired
    Unsealing unsealing;

    @Autowired
    JsonMapper json;

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
        String invitation = invited(registered() + "/invitations");
        UUID message = Ids.derived("invitation-message", invitation);
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
