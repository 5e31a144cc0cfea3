package coop.imece.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTests {

    @Test
    void leadsBackToAPathOfThisSite() {
        assertThat(ReturnPath.safe("/gatherings/new?kind=FAIR")).isEqualTo("/gatherings/new?kind=FAIR");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: x",
                "/a b",
                "/{x}",
                "/gatherings?q={x}",
                "/sign-in",
                "/api/v1/me",
                "evil"
            })
    void leadsNowhereElse(String path) {
        assertThat(ReturnPath.safe(path)).isEqualTo("/desk");
    }
}
