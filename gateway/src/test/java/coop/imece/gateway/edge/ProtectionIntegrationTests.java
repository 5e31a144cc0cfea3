package coop.imece.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import coop.imece.gateway.Http;
import coop.imece.gateway.SignedIn;
import coop.imece.gateway.StubService;
import coop.imece.gateway.StubService.Answer;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ServiceTest;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/// An installation on the internet, with little patience and small limits: what it says to browsers, whom it tells to
/// wait, and that those who are slow or many take nothing from the others. Each test comes from a network of its own.
@ServiceTest
@TestPropertySource(
        properties = {
            "imece.public-url=https://imece.example",
            "imece.limits.work=400",
            "imece.limits.reads=120",
            "imece.limits.lists=60",
            "imece.limits.writes=6",
            "imece.limits.network-factor=1",
            "imece.limits.sign-ins=5",
            "imece.limits.ceiling=1200",
            "imece.bodies.time=2s",
            "imece.bodies.memory=1MB",
            "imece.shares.requests=20",
            "imece.edge.header-time=2s",
            "imece.edge.request-time=20s",
            "spring.http.clients.read-timeout=3s",
            "resilience4j.bulkhead.configs.default.max-concurrent-calls=5",
            "resilience4j.bulkhead.configs.expensive.max-concurrent-calls=2",
            "resilience4j.bulkhead.configs.all.max-concurrent-calls=30"
        })
class ProtectionIntegrationTests {

    private static final StubService DIRECTORY = new StubService();
    private static final StubService EVENTS = new StubService();
    private static final StubService IMPACT = new StubService();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("imece.edge.services.directory.url", DIRECTORY::url);
        properties.add("imece.edge.services.events.url", EVENTS::url);
        properties.add("imece.edge.services.impact.url", IMPACT::url);
        properties.add("imece.edge.services.notification.url", () -> BREAKING.url());
    }

    /// Begins to answer and goes no further; a long answer it breaks off.
    private static final class BreakingService implements AutoCloseable {

        private final ServerSocket server;
        private final List<Socket> open = new ArrayList<>();

        BreakingService() {
            try {
                server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket socket = server.accept();
                        open.add(socket);
                        if (request(socket).contains("/broadcasts/")) {
                            answer(socket, "Transfer-Encoding: chunked\r\n\r\n75300\r\n" + "a".repeat(400_000));
                            socket.close();
                        } else {
                            answer(socket, "Content-Length: 5000\r\n\r\n<p>half");
                        }
                    } catch (IOException e) {
                        return;
                    }
                }
            });
        }

        /// All of it: what nobody has read when a socket is closed takes the answer along.
        private static String request(Socket socket) throws IOException {
            var text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                text.append((char) socket.getInputStream().read());
            }
            return text.toString();
        }

        private static void answer(Socket socket, String rest) throws IOException {
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + rest)
                            .getBytes(StandardCharsets.US_ASCII));
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static final BreakingService BREAKING = new BreakingService();

    @AfterAll
    static void stop() throws IOException {
        DIRECTORY.close();
        EVENTS.close();
        IMPACT.close();
        BREAKING.close();
    }

    @LocalServerPort
    int port;

    @Autowired
    Unsealing unsealing;

    @Autowired
    BulkheadRegistry bulkheads;

    @Autowired
    Buffers buffers;

    private static int networks = 0;

    private String here = "";
    private Http http;

    @BeforeEach
    void client() {
        here = "127.1." + networks++ + ".1";
        http = new Http(port).from(here);
        for (StubService service : List.of(DIRECTORY, EVENTS, IMPACT)) {
            service.answers(_ -> Answer.json("{\"ok\":true}"));
        }
    }

    @Test
    void browsersAreToldToComeByTlsAndCookiesStayWithThisHost() {
        String email = "s" + UUID.randomUUID().toString().substring(0, 12) + "@x.example";
        Http.Answer page = http.page("/help?lang=sl");
        assertThat(page.header("Strict-Transport-Security")).isEqualTo("max-age=31536000; includeSubDomains");
        assertThat(page.headers("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-imece-lang=sl;")
                .contains("Path=/;", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
        assertThat(http.page("/help", "Cookie", page.cookie()).body()).contains("lang=\"sl\"");
        assertThat(http.page("/help", "Cookie", "imece-lang=he").body())
                .as("of a name anybody could set")
                .contains("lang=\"en\"");

        http.post("/api/v1/sign-in", "{\"email\":\"%s\"}".formatted(email));
        String link = new SignedIn(http, unsealing).last(email).link();
        Http.Answer signedIn = http.form(link, "", "Sec-Fetch-Site", "same-origin");
        assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(303);
        assertThat(signedIn.headers("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-imece-session=")
                .contains("Path=/;", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
        assertThat(http.page("/sessions", "Cookie", signedIn.cookie()).status()).isEqualTo(200);
        assertThat(http.page("/sessions", "Cookie", signedIn.cookie().replace("__Host-", ""))
                        .status())
                .isEqualTo(303);
    }

    @Test
    void whoSignsInTooOftenIsToldWhenToComeAgainAndEverythingElseStaysFree() {
        for (int i = 0; i < 5; i++) {
            assertThat(http.post("/api/v1/sign-in", "{}").status()).isEqualTo(422);
        }
        Http.Answer refused = http.post("/api/v1/sign-in", "{}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("/problems/too-many-requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
        assertThat(http.form("/sign-in", "address=a%40x.example").status()).isEqualTo(429);
        assertThat(http.get("/api/v1/organisations").status()).isEqualTo(200);
        assertThat(new Http(port)
                        .from("127.2.0.1")
                        .post("/api/v1/sign-in", "{}")
                        .status())
                .as("from elsewhere")
                .isEqualTo(422);
    }

    @Test
    void whoChangesTooMuchMayStillReadAndAPersonIsCountedForItself() {
        String token = "Bearer "
                + new SignedIn(http, unsealing)
                        .token("l" + UUID.randomUUID().toString().substring(0, 12) + "@x.example");
        for (int i = 0; i < 6; i++) {
            assertThat(http.post("/api/v1/gatherings", "{}").status()).isEqualTo(200);
        }
        assertThat(http.post("/api/v1/gatherings", "{}").status()).isEqualTo(429);
        assertThat(http.get("/api/v1/gatherings/7").status()).isEqualTo(200);
        assertThat(http.post("/api/v1/gatherings", "{}", "Authorization", token).status())
                .isEqualTo(200);
        String stylesheet = http.page("/help").body().replaceAll("(?s).*href=\"(/assets/imece\\.[^\"]+)\".*", "$1");
        assertThat(http.get(stylesheet).status()).isEqualTo(200);
        assertThat(http.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void guessingTokensCostsTheGuessersNetworkOnly() {
        int refused = 0;
        while (http.get("/api/v1/me", "Authorization", "Bearer guess-" + refused)
                        .status()
                == 401) {
            refused++;
        }
        assertThat(refused).isBetween(50, 400);
        assertThat(http.get("/api/v1/organisations").status()).isEqualTo(429);
        assertThat(new Http(port).from("127.2.1.1").get("/api/v1/organisations").status())
                .isEqualTo(200);
    }

    @Test
    void aSlowServiceKeepsItsOwnCallersWaitingAndNobodyElse() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        IMPACT.answers(_ -> {
            slow.await(30, TimeUnit.SECONDS);
            return Answer.json("{}");
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> waiting =
                    all(callers, 5, () -> http.get("/api/v1/results/1").status());
            await().until(() -> IMPACT.asked().size() == 5);
            // While these wait: refused at once, in words for both kinds of readers.
            Http.Answer refused = http.get("/api/v1/results/1", "Accept-Language", "tr");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.body()).contains("/problems/part-busy").contains("Raporlar ve etki");
            assertThat(http.page("/results", "Accept-Language", "he").body()).contains("<header");
            for (int i = 0; i < 10; i++) {
                assertThat(http.get("/api/v1/gatherings/" + i).status()).isEqualTo(200);
            }
            assertThat(IMPACT.asked()).hasSize(5);
            assertThat(waiting).noneMatch(Future::isDone);
            slow.countDown();
            for (Future<Integer> one : waiting) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
        assertThat(http.get("/api/v1/results/1").status()).isEqualTo(200);
    }

    @Test
    void expensiveWorkLeavesRoomForReading() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        EVENTS.answers(asked -> {
            if (asked.uri().getPath().contains("overlaps")) {
                slow.await(30, TimeUnit.SECONDS);
            }
            return Answer.html("<p>x</p>");
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            all(callers, 2, () -> http.get("/fragments/gatherings/overlaps").status());
            await().until(() -> EVENTS.asked().size() == 2);
            assertThat(http.get("/fragments/gatherings/overlaps").status()).isEqualTo(503);
            assertThat(http.get("/api/v1/gatherings/7").status()).isEqualTo(200);
            slow.countDown();
        }
    }

    @Test
    void moreThanCanBeWorkedOnInAllIsRefusedAtOnce() {
        var all = bulkheads.bulkhead("all");
        for (int i = 0; i < 30; i++) {
            all.acquirePermission();
        }
        try {
            Http.Answer refused = http.get("/api/v1/gatherings/7");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.body()).contains("/problems/busy-now");
            assertThat(http.get("/actuator/health/liveness").status()).isEqualTo(200);
        } finally {
            for (int i = 0; i < 30; i++) {
                all.onComplete();
            }
        }
        assertThat(http.get("/api/v1/gatherings/7").status()).isEqualTo(200);
    }

    private static <T> List<Future<T>> all(ExecutorService callers, int count, Callable<T> call) {
        List<Future<T>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(callers.submit(call));
        }
        return all;
    }

    /// A connection of somebody who is in no hurry.
    private final class SlowClient implements AutoCloseable {

        private final Socket socket;
        private final StringBuilder answer = new StringBuilder();
        private boolean closed;

        SlowClient(String start) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.ofLiteral(here), 0);
            socket.setSoTimeout(50);
            send(start);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }

        /// One byte more, and whether the other side has had enough.
        boolean cutAfterOneMore(String text) {
            try {
                send(text);
                read();
            } catch (IOException _) {
                closed = true;
            }
            return closed;
        }

        private void read() throws IOException {
            try {
                int read = socket.getInputStream().read();
                for (; read >= 0; read = socket.getInputStream().read()) {
                    answer.append((char) read);
                }
                closed = true;
            } catch (java.net.SocketTimeoutException _) {
                // Nothing yet.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void whoSendsHeadersByteByByteIsCut() throws IOException {
        try (var client = new SlowClient("GET /help HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> client.cutAfterOneMore("a"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/gatherings", "/api/v1/sign-in/code"})
    void whoSendsABodyByteByByteIsToldAndCut(String path) throws IOException {
        try (var client = new SlowClient("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n{")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> client.cutAfterOneMore(" ") || !client.answer.isEmpty());
            assertThat(client.answer.toString()).startsWith("HTTP/1.1 408").contains("/problems/too-slow");
        }
        assertThat(EVENTS.asked()).isEmpty();
    }

    @Test
    void slowSendersHoldNoPlaceWithAService() throws IOException {
        List<SlowClient> slow = new ArrayList<>();
        long free = buffers.free();
        try {
            for (int i = 0; i < 6; i++) {
                slow.add(new SlowClient("POST /api/v1/gatherings HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n{"));
            }
            await().until(() -> buffers.free() <= free - 6 * Buffers.BLOCK);
            assertThat(bulkheads.bulkhead("events").getMetrics().getAvailableConcurrentCalls())
                    .isEqualTo(5);
            assertThat(http.get("/api/v1/gatherings/7").status()).isEqualTo(200);
        } finally {
            for (SlowClient client : slow) {
                client.close();
            }
        }
        await().until(() -> buffers.free() == free);
    }

    @Test
    void aServiceThatBreaksOffIsAwayInTime() {
        Http.Answer answer = http.get("/api/v1/consent-texts/1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("/problems/part-away");
        assertThat(bulkheads.bulkhead("notification").getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(5);
    }

    @Test
    void anAnswerThatBreaksOffUnderWayIsNotTakenForWhole() {
        assertThatThrownBy(() -> http.get("/api/v1/broadcasts/1")).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void aNetworkThatHoldsItsShareIsToldToWaitAndNoOther() throws IOException {
        List<SlowClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                slow.add(new SlowClient("POST /api/v1/account HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n{"));
            }
            await().until(() -> http.get("/help").status() == 429);
            assertThat(new Http(port).from("127.2.3.1").get("/help").status()).isEqualTo(200);
        } finally {
            for (SlowClient client : slow) {
                client.close();
            }
        }
        await().until(() -> http.get("/help").status() == 200);
    }

    @Test
    void nothingIsLongerThanItNeedsToBe() {
        Http.Answer address = http.get("/api/v1/organisations?q=" + "a".repeat(5000));
        assertThat(address.status()).isEqualTo(414);
        assertThat(address.body()).contains("/problems/address-too-long");
        assertThat(http.get("/help", "X-Long", "a".repeat(20_000)).status()).isEqualTo(400);
        assertThat(http.post("/api/v1/sign-in", "{\"email\":\"" + "a".repeat(20_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(http.post("/api/v1/gatherings", "{\"a\":\"" + "a".repeat(20_000) + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(http.send("POST", "/api/v1/gatherings", BodyPublishers.ofByteArray(new byte[2_200_000]))
                        .status())
                .isEqualTo(413);
        assertThat(http.send("POST", "/api/v1/gatherings", BodyPublishers.ofByteArray(new byte[1_500_000]))
                        .status())
                .as("more than there is memory for")
                .isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Proxy-Authorization",
                "Cookie",
                "Forwarded",
                "Via",
                "X-Forwarded-For",
                "X-Forwarded-Prefix",
                "x-forwarded-port",
                "X_Forwarded_For",
                "X-Real-IP",
                "True-Client-IP",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "Imece-Account",
                "Imece_Account",
                "imece-anything",
                "Tracestate",
                "Baggage",
                "Origin",
                "Sec-Fetch-Site",
                "Access-Control-Request-Headers"
            })
    void whatOnlyTheHouseMaySayNeverReachesAService(String name) {
        String value = name.equals("Authorization") ? "Bearer " + signedInToken() : "forged=1";
        assertThat(http.get("/api/v1/organisations/7", name, value, "X-Harmless", "1")
                        .status())
                .isEqualTo(200);
        assertThat(DIRECTORY.last().header("X-Harmless")).isEqualTo("1");
        String received = String.valueOf(DIRECTORY.last().header(name));
        assertThat(received).doesNotContain(value).doesNotContain("forged");
        if (!name.equals("Authorization")) {
            assertThat(received).isEqualTo("null");
        }
    }

    private String signedInToken() {
        return new SignedIn(http, unsealing)
                .token("h" + UUID.randomUUID().toString().substring(0, 12) + "@x.example");
    }

    @Test
    void whatOnlyTheHouseMaySayAboutItselfIsSaidByIt() {
        http.get(
                "/api/v1/organisations/7",
                "X-Forwarded-Host",
                "evil.example",
                "X-Forwarded-Proto",
                "gopher",
                "traceparent",
                "00-11111111111111111111111111111111-2222222222222222-01",
                "Imece-Correlation-Id",
                "chosen-by-caller",
                "Accept-Language",
                "xx");
        StubService.Asked asked = DIRECTORY.last();
        assertThat(asked.headers().get("X-Forwarded-Host")).containsExactly("imece.example");
        assertThat(asked.headers().get("X-Forwarded-Proto")).containsExactly("https");
        assertThat(asked.headers().get("Accept-Language")).containsExactly("en");
        assertThat(asked.headers().get("Imece-Correlation-Id")).singleElement().isNotEqualTo("chosen-by-caller");
        assertThat(asked.headers().get("traceparent")).hasSize(1);
    }

    @Test
    void noOtherSiteMayReadUs() {
        DIRECTORY.answers(_ -> new Answer(
                200,
                Map.of(
                        "Content-Type", "application/json",
                        "Access-Control-Allow-Origin", "*",
                        "Imece-Inside", "1",
                        "X-Powered-By", "stub"),
                "{}"));
        for (String path : List.of("/api/v1/organisations", "/api/v1/me", "/help")) {
            Http.Answer preflight = http.send(
                    "OPTIONS",
                    path,
                    BodyPublishers.noBody(),
                    "Origin",
                    "https://evil.example",
                    "Access-Control-Request-Method",
                    "GET");
            assertThat(preflight.status()).isEqualTo(403);
            Http.Answer read = http.get(path, "Origin", "https://evil.example");
            for (Http.Answer answer : List.of(preflight, read)) {
                assertThat(answer.raw().headers().map().keySet())
                        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT)
                                        .startsWith("access-control-")
                                || name.toLowerCase(java.util.Locale.ROOT).startsWith("imece-")
                                || name.equalsIgnoreCase("X-Powered-By"));
            }
        }
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        DIRECTORY.answers(asked -> asked.uri().getPath().startsWith("/api/")
                ? new Answer(
                        200,
                        Map.of("Content-Type", "application/json", "Cache-Control", "max-age=0, public"),
                        "{\"items\":[]}")
                : Answer.html("<p>" + asked.header("Accept-Language") + "</p>"));
        for (String path : List.of("/api/v1/organisations", "/organisations", "/help")) {
            Http.Answer first = http.page(path, "Accept-Language", "it");
            String tag = first.header("ETag");
            assertThat(tag).as(path).startsWith("W/\"");
            Http.Answer again = http.page(path, "Accept-Language", "it", "If-None-Match", tag);
            assertThat(again.status()).as(path).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.header("ETag")).isEqualTo(tag);
            assertThat(again.header("Content-Security-Policy")).isNotBlank();
            assertThat(http.page(path, "Accept-Language", "it", "If-None-Match", "W/\"other\"")
                            .status())
                    .isEqualTo(200);
        }
        String italian = http.page("/organisations", "Accept-Language", "it").header("ETag");
        assertThat(http.page("/organisations", "Accept-Language", "tr", "If-None-Match", italian)
                        .status())
                .as("another language is another page")
                .isEqualTo(200);
        assertThat(http.page("/organisations").header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void aVersionStaysAVersionAndWhatMayNotBeKeptGetsNoTag() {
        DIRECTORY.answers(asked -> new Answer(
                200,
                Map.of(
                        "Content-Type",
                        "application/json",
                        asked.uri().getPath().endsWith("7") ? "ETag" : "Cache-Control",
                        asked.uri().getPath().endsWith("7") ? "\"12\"" : "no-store"),
                "{}"));
        assertThat(http.get("/api/v1/organisations/7").header("ETag")).isEqualTo("\"12\"");
        assertThat(http.get("/api/v1/organisations/7", "If-None-Match", "\"12\"")
                        .status())
                .isEqualTo(304);
        assertThat(http.get("/api/v1/organisations/8").headers("ETag")).isEmpty();
    }

    @Test
    void textIsPackedForWhoeverCanUnpackIt() throws IOException {
        String text = "{\"text\":\"" + "üzüm ".repeat(2000) + "\"}";
        DIRECTORY.answers(_ -> new Answer(
                200, Map.of("Content-Type", "application/json", "Cache-Control", "max-age=0, public"), text));
        assertThat(http.get("/api/v1/organisations").body()).isEqualTo(text);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.ofLiteral(here), 0)) {
            socket.getOutputStream()
                    .write(("GET /api/v1/organisations HTTP/1.0\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            String head = new String(answer, StandardCharsets.ISO_8859_1);
            int body = head.indexOf("\r\n\r\n") + 4;
            assertThat(head.substring(0, body).toLowerCase(java.util.Locale.ROOT))
                    .contains("content-encoding: gzip")
                    .contains("accept-encoding");
            assertThat(answer.length).isLessThan(2000);
            try (var unpacked =
                    new GZIPInputStream(new java.io.ByteArrayInputStream(answer, body, answer.length - body))) {
                assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void aLongListStreamsThroughWhole() {
        String text = "{\"text\":\"" + "a".repeat(700_000) + "\"}";
        DIRECTORY.answers(_ -> Answer.json(text));
        assertThat(http.get("/api/v1/organisations").body()).isEqualTo(text);
    }
}
