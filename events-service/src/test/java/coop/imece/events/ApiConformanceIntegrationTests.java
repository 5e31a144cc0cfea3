package coop.imece.events;

import coop.imece.platform.test.ApiConformance;
import coop.imece.platform.test.ApiConformance.Example;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

@ServiceTest
@Import(Neighbourhood.class)
class ApiConformanceIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("events-service");

    @LocalServerPort
    int port;

    @Autowired
    Neighbourhood neighbourhood;

    private final UUID account = UUID.randomUUID();
    private UUID organiser = account;
    private ApiConformance api = new ApiConformance(0);

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsTheRules() throws Exception {
        neighbourhood.hasCodeLists();
        organiser = neighbourhood.hasSupporter(account);
        api = new ApiConformance(port);
        return api.with("findGatherings", () -> Example.of("/api/v1/gatherings").growing(this::announced))
                .with("readGathering", () -> Example.of(announced()))
                .with(
                        "writeGathering",
                        () -> Example.of(drafted())
                                .body(fair("Başka bir fuar"))
                                .by(this::token)
                                .at("\"0\""))
                .with(
                        "changeGathering",
                        () -> Example.of(drafted())
                                .body("{\"title\":{\"tr\":\"Yeni ad\"}}")
                                .by(this::token)
                                .at("\"0\""))
                .with(
                        "publishGathering",
                        () -> Example.of(drafted() + "/publication")
                                .body("{\"notify\":true}")
                                .by(this::token))
                .with(
                        "cancelGathering",
                        () -> Example.of(announced() + "/cancellation")
                                .body("{\"reason\":{\"tr\":\"Fırtına uyarısı\"}}")
                                .by(this::token))
                .tests();
    }

    private String token() {
        return TOKENS.representative(account, organiser);
    }

    private String drafted() throws Exception {
        String path = "/api/v1/gatherings/" + UUID.randomUUID();
        api.prepare("PUT", path, token(), fair("Nilüfer Üretici Fuarı"));
        return path;
    }

    private String announced() throws Exception {
        String path = drafted();
        api.prepare("POST", path + "/publication", token(), "{\"notify\":true}");
        return path;
    }

    private String fair(String title) {
        return """
                {"organiser":"%s","kind":"FAIR","topics":["marketing"],"title":{"tr":"%s"},
                 "starts":{"at":"2027-05-07T10:00:00+03:00","zone":"Europe/Istanbul"},
                 "ends":{"at":"2027-05-08T18:00:00+03:00","zone":"Europe/Istanbul"},
                 "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"}}""".formatted(organiser, title);
    }
}
