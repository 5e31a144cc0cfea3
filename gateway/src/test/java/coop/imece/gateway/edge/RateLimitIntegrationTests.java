package coop.imece.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.gateway.Http;
import coop.imece.platform.test.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@ServiceTest
@TestPropertySource(
        properties = {
            "imece.limits.reads=5",
            "imece.limits.writes=2",
            "imece.limits.sign-ins=3",
            "imece.limits.loopback-factor=1"
        })
class RateLimitIntegrationTests {

    @LocalServerPort
    int port;

    @Test
    void whoAsksTooOftenIsToldWhenToAskAgainAndAssetsStayFree() {
        Http http = new Http(port);
        for (int i = 0; i < 3; i++) {
            assertThat(http.post("/api/v1/sign-in", "{}").status()).isEqualTo(422);
        }
        Http.Answer refused = http.post("/api/v1/sign-in", "{}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("/problems/too-many-requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
        assertThat(http.form("/sign-in", "address=a%40x.example").status()).isEqualTo(429);

        String stylesheet = http.page("/help").body().replaceAll("(?s).*href=\"(/assets/imece\\.[^\"]+)\".*", "$1");
        for (int i = 0; i < 4; i++) {
            assertThat(http.page("/help").status()).isEqualTo(200);
        }
        assertThat(http.page("/help").status()).isEqualTo(429);
        assertThat(http.get(stylesheet).status()).isEqualTo(200);
        assertThat(http.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
}
