package coop.imece.directory;

import coop.imece.platform.test.ApiConformance;
import coop.imece.platform.test.ApiConformance.Example;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class ApiConformanceIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("directory-service");
    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final UUID REVIEWER = UUID.randomUUID();
    private static final String MERGED = "{\"description\":{\"tr\":\"Yeni\"}}";

    @LocalServerPort
    int port;

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
                        () -> Example.of("/api/v1/organisations").growing(this::registered))
                .with("readOrganisation", () -> Example.of(registered()))
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
