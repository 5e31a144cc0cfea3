package coop.imece.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/// The table of api.md and of the team: which first segment belongs to which service.
class PathTableTests {

    private final Upstreams upstreams;

    PathTableTests() throws IOException {
        var environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        ConfigurationPropertySources.attach(environment);
        upstreams = Binder.get(environment).bind("imece.edge", Upstreams.class).get();
    }

    @ParameterizedTest
    @CsvSource({
        "organisations,directory-service",
        "invitations,directory-service",
        "code-lists,directory-service",
        "regions,directory-service",
        "gatherings,events-service",
        "indicators,impact-service",
        "reports,impact-service",
        "results,impact-service",
        "consent-texts,notification-service",
        "subscriptions,notification-service",
        "preferences,notification-service",
        "unsubscribe,notification-service",
        "broadcasts,notification-service",
        "reach-estimates,notification-service"
    })
    void aFirstSegmentBelongsToOneServiceAsApiPageAndFragment(String segment, String service) {
        for (String path : new String[] {"/api/v1/", "/", "/fragments/"}) {
            assertThat(upstreams.of(path + segment).orElseThrow().service()).isEqualTo(service);
            assertThat(upstreams.of(path + segment + "/x/y").orElseThrow().service())
                    .isEqualTo(service);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sign-in",
                "/sign-in/code",
                "/sign-out",
                "/sessions",
                "/me",
                "/desk",
                "/accounts",
                "/clients",
                "/oauth2/token",
                "/.well-known/oauth-authorization-server",
                "/operations",
                "/help",
                "/problems/not-found",
                "/assets/imece.css",
                "/api/v1/sign-in",
                "/api/v1/me",
                "/api/v1/openapi.json"
            })
    void theGatewaysOwnPathsGoToNoService(String path) {
        assertThat(upstreams.of(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/keys",
                "/actuator/health",
                "/organisationsx",
                "/api/v2/organisations",
                "/api/organisations",
                "/ORGANISATIONS",
                "/api/v1/",
                "/fragments",
                "",
                "/error"
            })
    void anUnknownPathGoesToNoService(String path) {
        assertThat(upstreams.of(path)).isEmpty();
    }

    @Test
    void eachServiceHasItsPlace() {
        assertThat(upstreams.all())
                .extracting(Upstream::service)
                .containsExactlyInAnyOrder(
                        "directory-service", "events-service", "impact-service", "notification-service");
    }
}
