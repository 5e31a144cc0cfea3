package coop.imece.impact;

import coop.imece.impact.organisation.KnownOrganisation;
import coop.imece.platform.inbox.View;
import coop.imece.platform.test.ApiConformance;
import coop.imece.platform.test.ApiConformance.Example;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class ApiConformanceIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("impact-service");
    private static final UUID ACCOUNT = UUID.randomUUID();

    @LocalServerPort
    int port;

    @Autowired
    View<KnownOrganisation> knownOrganisationView;

    private ApiConformance api = new ApiConformance(0);

    /// A report and whose it is.
    private record Filed(String path, UUID cooperative) {

        String representative() {
            return TOKENS.representative(ACCOUNT, cooperative);
        }

        String body(int members) {
            return "{\"organisation\":\"%s\",\"period\":\"2025\",\"values\":[{\"indicator\":\"M01\",\"value\":%d}]}"
                    .formatted(cooperative, members);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsTheRules() throws Exception {
        api = new ApiConformance(port);
        return api.with("listIndicators", () -> Example.of("/api/v1/indicators"))
                .with("readResults", () -> Example.of("/api/v1/results"))
                .with(
                        "findReports",
                        () -> Example.of("/api/v1/reports")
                                .by(ApiConformanceIntegrationTests::reviewer)
                                .growing(this::submitted))
                .with("readReport", () -> {
                    Filed report = drafted();
                    return Example.of(report.path()).by(report::representative);
                })
                .with("writeReport", () -> {
                    Filed report = drafted();
                    return Example.of(report.path())
                            .body(report.body(72))
                            .by(report::representative)
                            .at("\"0\"");
                })
                .with("changeReport", () -> {
                    Filed report = drafted();
                    return Example.of(report.path())
                            .body("{\"values\":[{\"indicator\":\"M01\",\"value\":73}]}")
                            .by(report::representative)
                            .at("\"0\"");
                })
                .with("submitReport", () -> {
                    Filed report = drafted();
                    return Example.of(report.path() + "/submission").body("{}").by(report::representative);
                })
                .with(
                        "returnReport",
                        () -> Example.of(submitted().path() + "/return")
                                .body("{\"comment\":\"Hangisi doğru?\"}")
                                .by(ApiConformanceIntegrationTests::reviewer))
                .with(
                        "approveReport",
                        () -> Example.of(submitted().path() + "/approval")
                                .body("{}")
                                .by(ApiConformanceIntegrationTests::reviewer))
                .tests();
    }

    private static String reviewer() {
        return TOKENS.reviewer(UUID.nameUUIDFromBytes(new byte[] {1}));
    }

    private Filed drafted() throws Exception {
        UUID cooperative = UUID.randomUUID();
        knownOrganisationView.apply(ContractAssertions.received(
                "directory.organisation.restated.v1", cooperative, 1, """
                        {"state": {"id": "%s", "type": "COOPERATIVE", "kind": "KGI",
                          "name": {"tr": {"text": "Tomurcuk Kooperatifi", "state": "SOURCE"}},
                          "place": {"country": "TR", "region": "TR-16"}, "state": "VERIFIED",
                          "languages": ["tr"], "sdgs": []},
                         "fact": {}}""".formatted(cooperative)));
        var report = new Filed("/api/v1/reports/" + UUID.randomUUID(), cooperative);
        api.prepare("PUT", report.path(), report.representative(), report.body(71));
        return report;
    }

    private Filed submitted() throws Exception {
        Filed report = drafted();
        api.prepare("POST", report.path() + "/submission", report.representative(), "{}");
        return report;
    }
}
