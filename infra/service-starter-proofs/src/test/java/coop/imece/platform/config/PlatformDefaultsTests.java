package coop.imece.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PlatformDefaultsTests {

    @Test
    void addsTimeoutsToWhateverAddressIsGiven() {
        assertThat(PlatformDefaults.withTimeouts("mongodb://h:1"))
                .startsWith("mongodb://h:1/?serverSelectionTimeoutMS=2000&")
                .contains("&timeoutMS=2500");
        assertThat(PlatformDefaults.withTimeouts("mongodb://h:1/?replicaSet=imece"))
                .startsWith("mongodb://h:1/?replicaSet=imece&serverSelectionTimeoutMS=2000");
        assertThat(PlatformDefaults.withTimeouts("mongodb://h:1?replicaSet=imece"))
                .startsWith("mongodb://h:1/?replicaSet=imece&");
        assertThat(PlatformDefaults.withTimeouts("mongodb+srv://h.example")).startsWith("mongodb+srv://h.example/?");
        assertThat(PlatformDefaults.withTimeouts("mongodb://h:1/?timeoutMS=9"))
                .contains("timeoutMS=9")
                .doesNotContain("timeoutMS=2500");
    }

    @Test
    void givesUpADatabaseThatIsAwayWithinThreeSeconds() {
        var settings = new ConnectionString(PlatformDefaults.withTimeouts("mongodb://h:1"));

        // The first covers the whole of an operation: the choice of a server, the connection and every repeat.
        assertThat(settings.getTimeout()).isEqualTo(2_500);
        assertThat(List.of(
                        settings.getServerSelectionTimeout(),
                        settings.getConnectTimeout(),
                        settings.getSocketTimeout(),
                        settings.getMaxWaitTime()))
                .allMatch(millis -> millis <= 2_500);
    }

    @Test
    void stepsBackBeforeAnythingTheServiceSays() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new MapPropertySource("own", Map.of("server.address", "0.0.0.0")));

        new PlatformDefaults().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("server.address")).isEqualTo("0.0.0.0");
        assertThat(environment.getProperty("spring.threads.virtual.enabled")).isEqualTo("true");
    }

    @Test
    void listensForRequestsToEveryServiceBesideTheServicesOwnFunctions() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "own",
                        Map.of(
                                "spring.application.name",
                                "events-service",
                                "spring.cloud.function.definition",
                                "organisationEvents")));

        new PlatformDefaults().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("spring.cloud.function.definition"))
                .isEqualTo("organisationEvents;erasureCommands;restatementRequests");
        assertThat(environment.getProperty("spring.cloud.stream.bindings.restatementRequests-in-0.group"))
                .isEqualTo("events.restatementRequests");
        assertThat(environment.getProperty("spring.cloud.stream.bindings.erasureCommands-in-0.destination"))
                .isEqualTo("platform.erasure.commands.v1");
    }
}
