package coop.imece.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.channel.EmailChannel;
import coop.imece.notification.channel.OutgoingEmail;
import coop.imece.notification.channel.SendResult;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.test.AccessMatrix;
import coop.imece.platform.test.AccessMatrix.Attempt;
import coop.imece.platform.test.ApiConformance;
import coop.imece.platform.test.ApiConformance.Example;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The rules of the API, and who may do what.
@ServiceTest
class ApiConformanceIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("notification-service");
    private static final List<OutgoingEmail> MAILS = new CopyOnWriteArrayList<>();
    private static final Map<UUID, Addressees.Addressee> DELIVERIES = new ConcurrentHashMap<>();
    private static final UUID SOMEBODY = UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// That of the example `events.gathering.announced.v1`.
    private static final String BROADCAST = "0192f0c5-1111-7222-8333-444455556666";

    private static final UUID ORGANISER = UUID.fromString("0192f0c1-7d3a-7c11-8f00-6b1e5a2c9d01");

    /// Nobody signs in to subscribe: a mail's token is the key. Programs do nothing in a recipient's name.
    private static final String API = """
            |                                                    | anyone | person | viewer | reporter | editor | represents | stranger | reviewer | administrator | program | unscoped |
            | GET /consent-texts                                 | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200      | 200           | 200     | 200      |
            | POST /subscriptions                                | 202    | 202    | 202    | 202      | 202    | 202        | 202      | 202      | 202           | 403     | 403      |
            | POST /subscriptions/confirmation not asked for     | 422    | 422    | 422    | 422      | 422    | 422        | 422      | 422      | 422           | 403     | 403      |
            | GET /preferences/{token} own                       | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200      | 200           | 200     | 200      |
            | GET /preferences/{token} of nobody                 | 404    | 404    | 404    | 404      | 404    | 404        | 404      | 404      | 404           | 404     | 404      |
            | PATCH /preferences/{token} own                     | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200      | 200           | 403     | 403      |
            | PATCH /preferences/{token} of nobody               | 404    | 404    | 404    | 404      | 404    | 404        | 404      | 404      | 404           | 403     | 403      |
            | POST /preferences/{token}/code own                 | 202    | 202    | 202    | 202      | 202    | 202        | 202      | 202      | 202           | 403     | 403      |
            | POST /preferences/{token}/code of nobody           | 404    | 404    | 404    | 404      | 404    | 404        | 404      | 404      | 404           | 403     | 403      |
            | POST /preferences/{token}/export without the code  | 422    | 422    | 422    | 422      | 422    | 422        | 422      | 422      | 422           | 403     | 403      |
            | POST /preferences/{token}/export of nobody         | 404    | 404    | 404    | 404      | 404    | 404        | 404      | 404      | 404           | 403     | 403      |
            | POST /preferences/{token}/erasure without the code | 422    | 422    | 422    | 422      | 422    | 422        | 422      | 422      | 422           | 403     | 403      |
            | POST /preferences/{token}/erasure of nobody        | 404    | 404    | 404    | 404      | 404    | 404        | 404      | 404      | 404           | 403     | 403      |
            | GET /unsubscribe/{token} own                       | 303    | 303    | 303    | 303      | 303    | 303        | 303      | 303      | 303           | 303     | 303      |
            | GET /unsubscribe/{token} of nobody                 | 404    | 404    | 404    | 404      | 404    | 404        | 404      | 404      | 404           | 404     | 404      |
            | POST /unsubscribe/{token} own                      | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200      | 200           | 403     | 403      |
            | POST /unsubscribe/{token} of nobody                | 404    | 404    | 404    | 404      | 404    | 404        | 404      | 404      | 404           | 403     | 403      |
            | GET /broadcasts/{id}                               | 401    | 403    | 403    | 403      | 200    | 200        | 403      | 200      | 200           | 200     | 200      |
            | POST /reach-estimates                              | 401    | 403    | 403    | 403      | 200    | 200        | 200      | 200      | 200           | 200     | 403      |
            """;

    private static final String PAGES = """
            |                                                | anyone | person | represents | administrator | program |
            | POST /subscriptions                            | 422    | 422    | 422        | 422           | 403     |
            | POST /subscriptions/confirmation not asked for | 422    | 422    | 422        | 422           | 403     |
            | POST /preferences/{token}/language of nobody   | 404    | 404    | 404        | 404           | 403     |
            | POST /preferences/{token}/interests of nobody  | 404    | 404    | 404        | 404           | 403     |
            | POST /preferences/{token}/removal of nobody    | 404    | 404    | 404        | 404           | 403     |
            | POST /preferences/{token}/stop of nobody       | 404    | 404    | 404        | 404           | 403     |
            | POST /preferences/{token}/code of nobody       | 404    | 404    | 404        | 404           | 403     |
            | POST /preferences/{token}/export of nobody     | 404    | 404    | 404        | 404           | 403     |
            | POST /preferences/{token}/erasure of nobody    | 404    | 404    | 404        | 404           | 403     |
            | POST /unsubscribe/{token} of nobody            | 404    | 404    | 404        | 404           | 403     |
            """;

    private static final String WRONG_CODE = "{\"code\":\"00000000\"}";

    private static final List<String> STEPS =
            List.of("language", "interests", "removal", "stop", "code", "export", "erasure");

    @TestBean(name = "urgentEmail")
    private EmailChannel email;

    @TestBean
    private Addressees addressees;

    @LocalServerPort
    int port;

    @Autowired
    private KnownCodeLists lists;

    @Autowired
    private StopTokens stopTokens;

    @Autowired
    private PreferenceTokens preferenceTokens;

    @Autowired
    private StoredRecipients recipients;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private ApiConformance api = new ApiConformance(0);

    static EmailChannel email() {
        return mail -> {
            MAILS.add(mail);
            return new SendResult.Accepted("queued", "250 ok");
        };
    }

    static Addressees addressees() {
        return delivery -> Optional.ofNullable(DELIVERIES.get(delivery));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsTheRules() throws Exception {
        api = new ApiConformance(port);
        heardOfCodesAndOfAGathering();
        return api.with("readConsentText", () -> Example.of("/api/v1/consent-texts?channel=EMAIL"))
                .with("subscribe", () -> Example.of("/api/v1/subscriptions").body(subscription(newAddress())))
                .with(
                        "confirmSubscription",
                        () -> Example.of("/api/v1/subscriptions/confirmation")
                                .body("{\"token\":\"%s\"}".formatted(asked(newAddress()))))
                .with("readPreferences", () -> Example.of(preferences(newAddress())))
                .with("changePreferences", () -> {
                    String path = preferences(newAddress());
                    return Example.of(path)
                            .body("{\"language\":\"sl\"}")
                            .at(ApiConformance.etag(api.prepare("GET", path, null, null)));
                })
                .with("sendPreferencesCode", () -> Example.of(preferences(newAddress()) + "/code"))
                .with("exportRecipient", () -> proved("/export"))
                .with("eraseRecipient", () -> proved("/erasure"))
                .with("unsubscribe", () -> Example.of("/api/v1/unsubscribe/" + stopToken()))
                .with("openUnsubscribePage", () -> Example.of("/api/v1/unsubscribe/" + stopToken()))
                .with(
                        "readBroadcast",
                        () -> Example.of("/api/v1/broadcasts/" + BROADCAST).by(() -> TOKENS.reviewer(SOMEBODY)))
                .with(
                        "estimateReach",
                        () -> Example.of("/api/v1/reach-estimates")
                                .body("{\"kind\":\"FAIR\",\"region\":\"TR-16\"}")
                                .by(() -> TOKENS.representative(SOMEBODY, SOMEBODY)))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsWhatTheTableSays() throws Exception {
        api = new ApiConformance(port);
        heardOfCodesAndOfAGathering();
        UUID recipient = subscriber(newAddress());
        String preferences = "/api/v1/preferences/" + preferenceTokens.token(recipient);
        String nobodys = "/api/v1/preferences/" + preferenceTokens.token(UUID.randomUUID());
        String stop = "/api/v1/unsubscribe/" + stopToken();
        String nobodysStop = "/api/v1/unsubscribe/" + stopTokens.token(UUID.randomUUID());
        return AccessMatrix.ofApi(port, API)
                .callers(TOKENS)
                .row("GET /consent-texts", () -> Attempt.at("/api/v1/consent-texts?channel=EMAIL"))
                .row(
                        "POST /subscriptions",
                        () -> Attempt.at("/api/v1/subscriptions").sending(subscription(newAddress())))
                .row(
                        "POST /subscriptions/confirmation not asked for",
                        () -> Attempt.at("/api/v1/subscriptions/confirmation").sending("{\"token\":\"none\"}"))
                .row("GET /preferences/{token} own", () -> Attempt.at(preferences))
                .row("GET /preferences/{token} of nobody", () -> Attempt.at(nobodys))
                .row("PATCH /preferences/{token} own", () -> ofSomebody("", "{\"language\":\"sl\"}"))
                .row(
                        "PATCH /preferences/{token} of nobody",
                        () -> Attempt.at(nobodys).sending("{\"language\":\"tr\"}"))
                .row("POST /preferences/{token}/code own", () -> Attempt.at(preferences + "/code"))
                .row("POST /preferences/{token}/code of nobody", () -> Attempt.at(nobodys + "/code"))
                .row("POST /preferences/{token}/export without the code", () -> ofSomebody("/export", WRONG_CODE))
                .row(
                        "POST /preferences/{token}/export of nobody",
                        () -> Attempt.at(nobodys + "/export").sending(WRONG_CODE))
                .row("POST /preferences/{token}/erasure without the code", () -> ofSomebody("/erasure", WRONG_CODE))
                .row(
                        "POST /preferences/{token}/erasure of nobody",
                        () -> Attempt.at(nobodys + "/erasure").sending(WRONG_CODE))
                .row("GET /unsubscribe/{token} own", () -> Attempt.at(stop))
                .row("GET /unsubscribe/{token} of nobody", () -> Attempt.at(nobodysStop))
                .row("POST /unsubscribe/{token} own", () -> Attempt.at(stop))
                .row("POST /unsubscribe/{token} of nobody", () -> Attempt.at(nobodysStop))
                .row(
                        "GET /broadcasts/{id}",
                        () -> Attempt.at("/api/v1/broadcasts/" + BROADCAST).of(ORGANISER))
                .row(
                        "POST /reach-estimates",
                        () -> Attempt.at("/api/v1/reach-estimates")
                                .of(UUID.randomUUID())
                                .sending("{\"kind\":\"FAIR\",\"region\":\"TR-16\"}")
                                .watching(() -> "it only counts"))
                .tests();
    }

    /// A recipient of its own for each cell: two changes at once would be refused as such.
    private Attempt ofSomebody(String step, String body) throws Exception {
        String own = preferences(newAddress());
        return Attempt.at(own + step)
                .sending(body)
                .watching(() -> api.prepare("GET", own, null, null).body());
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsFromFormsWhatTheTableSays() throws Exception {
        String nobodys = "/preferences/" + preferenceTokens.token(UUID.randomUUID());
        String nobodysStop = "/unsubscribe/" + stopTokens.token(UUID.randomUUID());
        var matrix = AccessMatrix.ofPages(port, mappings, "coop.imece.notification", PAGES)
                .callers(TOKENS)
                .row(
                        "POST /subscriptions",
                        () -> Attempt.at("/subscriptions").sending("channel=EMAIL&address.email=no"))
                .row(
                        "POST /subscriptions/confirmation not asked for",
                        () -> Attempt.at("/subscriptions/confirmation").sending("token=none"))
                .row(
                        "POST /unsubscribe/{token} of nobody",
                        () -> Attempt.at(nobodysStop).sending(""));
        for (String step : STEPS) {
            matrix.row(
                    "POST /preferences/{token}/" + step + " of nobody",
                    () -> Attempt.at(nobodys + "/" + step).sending("code=00000000&language=tr"));
        }
        return matrix.tests();
    }

    private void heardOfCodesAndOfAGathering() {
        try (var broker = new TestBroker()) {
            for (String[] list :
                    new String[][] {{"gathering-kinds", "FAIR"}, {"regions", "TR-16"}, {"topics", "marketing"}}) {
                UUID id = KnownCodeLists.idOf(list[0]);
                broker.send("directory.code-list.v1", "directory.code-list.changed.v1", id, 1, """
                        {"state":{"id":"%s","name":"%s","codes":[
                           {"code":"%s","labels":{"en":"%s"},"active":true}]},"fact":{"codes":[]}}
                        """.formatted(
                                id, list[0], list[1], list[1]));
            }
            broker.sendExample(
                    "events.gathering.v1",
                    "events.gathering.announced.v1",
                    UUID.fromString("0192f0c2-1111-7222-8333-444455556666"),
                    1);
        }
        await().atMost(PATIENCE)
                .until(() -> Stream.of("gathering-kinds", "regions", "topics")
                        .noneMatch(list -> lists.codes(list).isEmpty()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> api.prepare(
                        "GET", "/api/v1/broadcasts/" + BROADCAST, TOKENS.reviewer(UUID.randomUUID()), null));
    }

    private static String newAddress() {
        return "c" + UUID.randomUUID().toString().substring(0, 13) + "@agudah.example";
    }

    private static String subscription(String address) {
        return """
                {"address":{"email":"%s"},"language":"tr","criteria":{"kinds":["FAIR"],"regions":["TR-16"]},
                 "frequency":"AT_ONCE","consent":{"textVersion":"2026-11-21"}}""".formatted(address);
    }

    /// The token of the mail that asks whether the address is right.
    private String asked(String address) throws Exception {
        api.prepare("POST", "/api/v1/subscriptions", null, subscription(address));
        return found("token=([A-Za-z0-9_-]+)", mailTo(address, 1));
    }

    private UUID subscriber(String address) throws Exception {
        String token = asked(address);
        api.prepare("POST", "/api/v1/subscriptions/confirmation", null, "{\"token\":\"" + token + "\"}");
        var contact = ((ContactPoint.Parsed.Valid) ContactPoint.email(address)).contactPoint();
        return recipients
                .change(contact, recipient -> StoredRecipients.Change.none(recipient.id()))
                .orElseThrow();
    }

    private String preferences(String address) throws Exception {
        return "/api/v1/preferences/" + preferenceTokens.token(subscriber(address));
    }

    private Example proved(String step) throws Exception {
        String address = newAddress();
        String preferences = preferences(address);
        api.prepare("POST", preferences + "/code", null, null);
        String code = found("\\b([0-9]{8})\\b", mailTo(address, 2));
        return Example.of(preferences + step).body("{\"code\":\"" + code + "\"}");
    }

    private String stopToken() throws Exception {
        UUID delivery = UUID.randomUUID();
        DELIVERIES.put(delivery, new Addressees.Addressee(subscriber(newAddress()), Channel.EMAIL));
        return stopTokens.token(delivery);
    }

    private static String mailTo(String address, int count) {
        return await().atMost(PATIENCE)
                .until(
                        () -> MAILS.stream()
                                .filter(mail -> mail.to().equals(address))
                                .toList(),
                        mails -> mails.size() == count)
                .getLast()
                .text();
    }

    private static String found(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
