package coop.imece.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.gateway.account.AddressKeys;
import coop.imece.gateway.edge.InternalPort;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ServiceTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/// Several gateways on one database: one is restarted, one has new keys, and nobody signed in notices.
@ServiceTest
@TestPropertySource(properties = {"imece.sign-in.loopback-factor=1", "imece.sign-in.sms-per-day=8"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoGatewaysIntegrationTests {

    private static final AtomicInteger STARTED = new AtomicInteger(1);

    /// What every gateway of the installation has in common.
    private static final List<String> SHARED = List.of(
            "spring.mongodb.uri",
            "spring.mongodb.database",
            "spring.kafka.bootstrap-servers",
            "imece.nightly-restatement",
            "imece.gateway-keys",
            "imece.sealing.public-key",
            "imece.sealing.private-key",
            "imece.sign-in.loopback-factor",
            "imece.sign-in.sms-per-day",
            "logging.structured.format.console");

    @LocalServerPort
    int port;

    @Autowired
    Unsealing unsealing;

    @Autowired
    Environment environment;

    @TempDir
    Path folder;

    private final List<ConfigurableApplicationContext> others = new ArrayList<>();
    private Http first;
    private SignedIn signedIn;

    @BeforeEach
    void client() {
        first = new Http(port);
        signedIn = new SignedIn(first, unsealing);
    }

    @AfterEach
    void stopTheOthers() {
        others.forEach(ConfigurableApplicationContext::close);
    }

    /// @param settings what it has of its own
    private ConfigurableApplicationContext anotherGateway(String... settings) {
        List<String> all = new ArrayList<>();
        SHARED.forEach(name -> all.add("--" + name + "=" + environment.getProperty(name, "")));
        all.add("--server.port=0");
        all.add("--imece.instance=" + environment.getProperty("imece.instance") + "-" + STARTED.incrementAndGet());
        ConfigurableApplicationContext started = new SpringApplicationBuilder(GatewayApplication.class)
                .initializers(context -> TestPropertyValues.of(settings).applyTo(context))
                .run(all.toArray(String[]::new));
        others.add(started);
        return started;
    }

    private static Http http(ConfigurableApplicationContext gateway) {
        return new Http(gateway.getEnvironment().getProperty("local.server.port", Integer.class, 0));
    }

    private static String someMail() {
        return "p" + UUID.randomUUID().toString().substring(0, 12) + "@nilufer.example";
    }

    private static int me(Http gateway, String token) {
        return gateway.get("/api/v1/me", "Authorization", "Bearer " + token).status();
    }

    @Test
    void aSessionIsTheSameAtBothAndEndsAtBothWithinASecond() {
        Http second = http(anotherGateway());
        String mail = someMail();
        String token = signedIn.token(mail);
        assertThat(me(second, token)).isEqualTo(200);
        String cookie = signedIn.browser(mail);
        assertThat(second.get("/api/v1/me", "Cookie", cookie).status()).isEqualTo(200);

        assertThat(first.send(
                                "DELETE",
                                "/api/v1/sessions",
                                BodyPublishers.noBody(),
                                "Cookie",
                                cookie,
                                "Sec-Fetch-Site",
                                "same-origin")
                        .status())
                .isEqualTo(204);
        assertThat(me(first, token)).isEqualTo(401);
        // What the second remembers of it lasts half a second.
        await().atMost(Duration.ofSeconds(1)).until(() -> me(second, token) == 401);
        assertThat(second.get("/api/v1/me", "Cookie", cookie).status()).isEqualTo(200);
    }

    @Test
    void aSessionSurvivesARestart() {
        ConfigurableApplicationContext before = anotherGateway();
        Http second = http(before);
        String token = new SignedIn(second, unsealing).token(someMail());
        assertThat(me(second, token)).isEqualTo(200);
        before.close();
        assertThat(me(first, token)).isEqualTo(200);
        assertThat(me(http(anotherGateway()), token)).isEqualTo(200);
    }

    @Test
    void theCeilingOfSmsIsOneForBoth() throws InterruptedException {
        Http second = http(anotherGateway());
        List<Callable<Integer>> wishes = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Http gateway = i % 2 == 0 ? first : second;
            String phone = "+90555" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
            wishes.add(() -> gateway.post("/api/v1/sign-in", "{\"phone\":\"%s\"}".formatted(phone))
                    .status());
        }
        List<Integer> statuses;
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            statuses = pool.invokeAll(wishes).stream().map(Future::resultNow).toList();
        }
        assertThat(Collections.frequency(statuses, 202)).as("%s", statuses).isEqualTo(8);
        assertThat(Collections.frequency(statuses, 429)).isEqualTo(16);
        Http.Answer refused = first.post("/api/v1/sign-in", "{\"phone\":\"+905551112233\"}");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        // Mail goes on, and other countries never had any.
        assertThat(first.post("/api/v1/sign-in", "{\"email\":\"%s\"}".formatted(someMail()))
                        .status())
                .isEqualTo(202);
        Http.Answer foreign = second.post("/api/v1/sign-in", "{\"phone\":\"+4915123456789\"}");
        assertThat(foreign.status()).isEqualTo(422);
        assertThat(foreign.body()).contains("#/phone").contains("country-not-served");
    }

    /// Last, because afterwards a gateway without the new key cannot start on this database any more.
    @Test
    @Order(Integer.MAX_VALUE)
    void addressesMoveUnderANewKeyAndTheOldOneMayGo() throws IOException {
        String mail = someMail();
        Browser browser = new Browser(first, signedIn.browser(mail));
        String account = browser.account();
        String file = Files.copy(Path.of(KeyFiles.addressKeysFile()), folder.resolve("keys.json"))
                .toString();
        AddressKeys.carryOut("--add-address-key", file);
        AddressKeys.carryOut("--use-newest-address-key", file);
        ConfigurableApplicationContext rotating = anotherGateway("imece.address-keys=" + file);
        Http internal = new Http(InternalPort.of(rotating));
        Http.Answer rotated = internal.post("/internal/operations/address-rotation", "");
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
        assertThat(rotated.json().required("complete").asBoolean()).isFalse();
        assertThat(rotated.body())
                .contains("\"accounts\"")
                .contains("\"sign_ins\"")
                .contains("\"internal_keys\"");
        Http.Answer again = internal.post("/internal/operations/address-rotation", "");
        assertThat(again.json().required("complete").asBoolean())
                .as(again.body())
                .isTrue();
        assertThat(http(rotating)
                        .post("/internal/operations/address-rotation", "")
                        .status())
                .isEqualTo(404);

        AddressKeys.carryOut("--drop-old-address-keys", file);
        Http after = http(anotherGateway("imece.address-keys=" + file));
        assertThat(after.page("/account", "Cookie", browser.cookie()).body()).contains("p…@nilufer.example");
        assertThat(new Browser(after, new SignedIn(after, unsealing).browser(mail)).account())
                .isEqualTo(account);
    }
}
