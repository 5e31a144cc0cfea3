package coop.imece.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.TestBroker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Signs in the way a person does: asks for a code and reads it where notification-service would.
public final class SignedIn {

    private static final String URGENT = "notification.urgent.commands.v1";
    private static final String ORDINARY = "notification.message.commands.v1";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Letter> OPENED = new ConcurrentHashMap<>();

    /// A message that is on its way to somebody.
    public record Letter(JsonNode command, String address, Map<String, String> parameters) {

        public String code() {
            return parameters.getOrDefault("code", "");
        }

        /// The path of the link.
        public String link() {
            return parameters.getOrDefault("link", "").replaceFirst("^https?://[^/]+", "");
        }
    }

    /// What is sealed in a command.
    public record Content(String address, Map<String, String> parameters) {}

    private final Http http;
    private final Unsealing unsealing;

    public SignedIn(Http http, Unsealing unsealing) {
        this.http = http;
        this.unsealing = unsealing;
    }

    /// The bearer token of a person.
    public String token(String email) {
        assertThat(http.post("/api/v1/sign-in", "{\"email\":\"%s\"}".formatted(email))
                        .status())
                .isEqualTo(202);
        Http.Answer answer = http.post(
                "/api/v1/sign-in/code",
                "{\"email\":\"%s\",\"code\":\"%s\"}"
                        .formatted(email, last(email).code()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().required("token").asString();
    }

    /// The cookie of a person's browser: address and code typed into the pages.
    public String browser(String address, String... headers) {
        int before = all(address).size();
        Http.Answer asked = http.form("/sign-in", "address=" + typed(address), headers);
        assertThat(asked.status()).as(asked.body()).isEqualTo(303);
        String to = asked.header("Location").replaceAll(".*to=([^&]+).*", "$1");
        Http.Answer done = http.form(
                "/sign-in/code", "to=" + to + "&code=" + next(address, before).code(), headers);
        assertThat(done.status()).as(done.body()).isEqualTo(303);
        return done.cookie();
    }

    /// An address as a form sends it.
    public static String typed(String address) {
        return URLEncoder.encode(address, StandardCharsets.UTF_8);
    }

    /// The message to an address that follows so many others.
    public Letter next(String address, int before) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> all(address), letters -> letters.size() > before)
                .getLast();
    }

    /// The last message to an address, as soon as there is one more than before.
    public Letter last(String address) {
        return await().atMost(Duration.ofSeconds(10))
                .until(() -> all(address), letters -> !letters.isEmpty())
                .getLast();
    }

    /// All messages to an address.
    public List<Letter> all(String address) {
        return all(URGENT, address);
    }

    /// What an address was told by this template, as soon as it was.
    public Letter told(String address, String template) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> all(ORDINARY, address).stream()
                                .filter(letter -> letter.command()
                                        .required("template")
                                        .asString()
                                        .equals(template))
                                .toList(),
                        letters -> !letters.isEmpty())
                .getLast();
    }

    /// How often an address was told anything.
    public int told(String address) {
        return all(ORDINARY, address).size();
    }

    private List<Letter> all(String topic, String address) {
        try (TestBroker broker = new TestBroker()) {
            return broker.records(topic).stream()
                    .sorted(java.util.Comparator.comparingLong(
                            org.apache.kafka.clients.consumer.ConsumerRecord::timestamp))
                    .map(record -> letter(new String(record.value(), StandardCharsets.UTF_8)))
                    .filter(letter -> letter.address().equals(address))
                    .toList();
        }
    }

    private Letter letter(String command) {
        return OPENED.computeIfAbsent(command, this::opened);
    }

    private Letter opened(String command) {
        JsonNode json = JSON.readTree(command);
        Content content = unsealing.open(json.required("sealed").asString(), Content.class);
        return new Letter(json, content.address(), content.parameters());
    }
}
