package coop.imece.notification.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.notification.channel.email.ScriptedRelay;
import coop.imece.notification.channel.sms.ScriptedOperator;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/// What the service writes into its log, as in production, while people subscribe, confirm, hear and stop.
@ServiceTest
@TestPropertySource(properties = "logging.structured.format.console=ecs")
@ExtendWith(OutputCaptureExtension.class)
class LoggedLinesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ScriptedRelay RELAY = new ScriptedRelay("PIPELINING 8BITMIME");
    private static final ScriptedOperator OPERATOR = new ScriptedOperator();

    @Autowired
    private MockMvc web;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry properties) {
        properties.add("imece.smtp.host", () -> "127.0.0.1");
        properties.add("imece.smtp.port", RELAY::port);
        properties.add("imece.sms.host", () -> "127.0.0.1");
        properties.add("imece.sms.port", OPERATOR::port);
    }

    @AfterAll
    static void end() {
        RELAY.close();
        OPERATOR.close();
    }

    @Test
    void sayNothingOfThoseWhoSubscribeHearAndStop(CapturedOutput output) throws Exception {
        String address = "dana" + UUID.randomUUID().toString().substring(0, 13) + "@agudah.example";
        subscribe("{\"email\":\"%s\"}".formatted(address));
        String token = found("token=([A-Za-z0-9_-]+)", mail(address, text -> text.contains("token=")));
        confirm("{\"token\":\"%s\"}".formatted(token));

        String phone = "+90555%06d7".formatted(new Random().nextInt(1_000_000));
        subscribe("{\"phone\":\"%s\"}".formatted(phone));
        String code = found("([0-9]{8})", sms(phone, text -> true));
        confirm("{\"phone\":\"%s\",\"code\":\"%s\"}".formatted(phone, code));

        String full = "ela" + UUID.randomUUID().toString().substring(0, 13) + "@agudah.example";
        RELAY.refusals.put(full, "450 4.2.2 <%s>: mailbox full".formatted(full.toUpperCase(Locale.ROOT)));
        subscribe("{\"email\":\"%s\"}".formatted(full));
        await().atMost(PATIENCE).until(() -> output.getAll().contains("450 4.2.2"));

        UUID announcement = Ids.v7();
        UUID gathering = Ids.v7();
        try (var broker = new TestBroker()) {
            broker.send(
                    "events.gathering.v1",
                    "events.gathering.announced.v1",
                    gathering,
                    1,
                    BroadcastDeliveryIntegrationTests.announced(gathering, announcement, true));
        }
        String news = mail(address, text -> text.contains("List-Unsubscribe:"));
        sms(phone, text -> text.contains("Nilüfer"));
        await().atMost(PATIENCE).until(() -> output.getAll().contains("broadcast " + announcement + " finished"));

        String preferences = found("/preferences/([A-Za-z0-9_-]+)", news);
        web.perform(get("/preferences/" + preferences)).andExpect(status().isOk());
        web.perform(get("/preferences/x" + preferences)).andExpect(status().isNotFound());
        String stop = found("List-Unsubscribe: <[^>]+/api/v1(/unsubscribe/[A-Za-z0-9_-]+)>", news);
        web.perform(post(stop)
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content("List-Unsubscribe=One-Click"))
                .andExpect(status().isOk());
        OPERATOR.bring(phone, "RET");

        assertThat(output.getAll()).as("structured lines").contains("{\"@timestamp\":");
        for (String secret : List.of(
                address,
                address.substring(0, address.indexOf('@')),
                full,
                full.substring(0, full.indexOf('@')),
                phone.substring(1),
                phone.substring(3),
                token,
                code,
                preferences,
                stop)) {
            assertThat(output.getAll()).doesNotContainIgnoringCase(secret);
        }
    }

    private void subscribe(String address) throws Exception {
        json("/api/v1/subscriptions", """
                {"address":%s,"language":"tr","criteria":{},"frequency":"AT_ONCE",
                 "consent":{"textVersion":"2026-11-21"}}""".formatted(address), 202);
    }

    private void confirm(String body) throws Exception {
        json("/api/v1/subscriptions/confirmation", body, 200);
    }

    private void json(String path, String body, int expected) throws Exception {
        web.perform(post(path).contentType(MediaType.APPLICATION_JSON).content(body))
                .andExpect(status().is(expected));
    }

    private static String mail(String to, Predicate<String> wanted) {
        return await().atMost(PATIENCE)
                .until(
                        () -> RELAY.received.stream()
                                .filter(mail -> mail.to().equals(to))
                                .map(ScriptedRelay.Received::text)
                                .filter(wanted)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static String sms(String to, Predicate<String> wanted) {
        return await().atMost(PATIENCE)
                .until(
                        () -> OPERATOR.received.stream()
                                .filter(sms -> sms.to().equals(to))
                                .map(ScriptedOperator.Received::text)
                                .filter(wanted)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static String found(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
