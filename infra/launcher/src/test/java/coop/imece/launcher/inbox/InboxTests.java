package coop.imece.launcher.inbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InboxTests {

    private static final String MAIL = """
            From: =?UTF-8?Q?=C4=B0mece?= <imece@imece.example>
            To: dana@agudah.example
            Subject: =?UTF-8?B?15nXqNeZ15M=?=
            Message-ID: <7@imece.example>
            List-Unsubscribe: <https://imece.example/unsubscribe/abc>
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=x

            --x
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            =D7=A9=D7=9C=D7=95=D7=9D
            --x
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 8bit

            <html dir="rtl"><p>שלום</p></html>
            --x--
            """;

    @TempDir
    static Path folder;

    private final Path ledgerFile = folder.resolve("ledger-" + System.nanoTime());
    private final Ledger ledger = Ledger.open(ledgerFile);
    private final Inbox inbox = new Inbox(Clock.systemUTC(), true, ledger);
    private final EmailSink emailSink = EmailSink.start(inbox, 0);
    private final SmsSink smsSink = SmsSink.start(inbox, 0);
    private final InboxServer server = InboxServer.start(inbox, smsSink, 0);
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<DeliverSm> brought = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        server.close();
        smsSink.close();
        emailSink.close();
        ledger.close();
    }

    @Test
    void showsAMailAsAPersonReadsIt() throws Exception {
        send("dana@agudah.example", MAIL);

        var message = api("?to=DANA@agudah.example&channel=EMAIL&limit=1").required(0);

        assertThat(message.required("subject").asString()).isEqualTo("יריד");
        assertThat(message.required("from").asString()).isEqualTo("İmece <imece@imece.example>");
        assertThat(message.required("to").asString()).isEqualTo("dana@agudah.example");
        assertThat(message.required("text").asString()).isEqualTo("שלום");
        assertThat(message.required("html").asString()).contains("<p>שלום</p>");
        assertThat(message.required("headers").required("List-Unsubscribe").asString())
                .isEqualTo("<https://imece.example/unsubscribe/abc>");
        assertThat(message.required("receivedAt").asString()).endsWith("Z");
        assertThat(message.required("segments").asInt()).isEqualTo(1);
        assertThat(get("/mail/" + message.required("id").asString()).body())
                .contains("שלום")
                .contains("<base target=\"_blank\">");
    }

    @Test
    void listsTheNewestFirstAndForgetsWhenAsked() throws Exception {
        send("a@a.example", "Subject: one\n\n1\n");
        send("a@a.example", "Subject: two\n\n2\n");
        send("b@a.example", "Subject: other\n\n3\n");

        assertThat(api("?to=a@a.example")
                        .valueStream()
                        .map(m -> m.required("subject").asString()))
                .containsExactly("two", "one");
        assertThat(api("")).hasSize(3);

        assertThat(http.send(request("/api/messages").DELETE().build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(204);
        assertThat(api("")).isEmpty();
    }

    @Test
    void writesOneLinePerMessageIntoTheLedger() throws Exception {
        send("dana@agudah.example", MAIL);

        await().atMost(5, SECONDS)
                .untilAsserted(() -> assertThat(Files.readString(ledgerFile))
                        .matches("\\d{13}\tEMAIL\t<7@imece.example>\tdana@agudah.example\t\\d+\n"));
    }

    @Test
    void keepsListeningWhenSendersHangUpBeforeTheyAreGreeted() throws Exception {
        for (int n = 0; n < 500; n++) {
            var hasty = new Socket(InetAddress.getLoopbackAddress(), emailSink.port());
            // Closed like this a socket is reset.
            hasty.setSoLinger(true, 0);
            hasty.close();
        }

        send("dana@agudah.example", "Subject: still there\n\n1\n");

        assertThat(api("?to=dana@agudah.example")).hasSize(1);
    }

    @Test
    void keepsAnsweringOthersWhileOneIsServedSlowly() throws Exception {
        try (var slow = new SmtpClient(emailSink.port())) {
            slow.write("EHLO here\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<slow@a.example>\r\n");

            send("fast@a.example", "Subject: fast\n\n1\n");

            assertThat(api("?to=fast@a.example")).hasSize(1);
        }
    }

    @Test
    void readsAnSmsOfSeveralPartsWithTurkishShiftTables() throws Exception {
        var session = bind();
        // "ığ" by single shift, then "İş" by locking shift in the second part
        submit(session, "905551112233", 0x40, 0, 5, 0, 3, 9, 2, 1, 0x1B, 0x69, 0x1B, 0x67);
        assertThat(api("?to=+905551112233")).isEmpty();
        submit(session, "905551112233", 0x40, 0, 8, 0, 3, 9, 2, 2, 0x25, 1, 1, 0x40, 0x1D);
        submit(session, "905551112234", 0x40, 0, 8, 0, 3, 9, 2, 1, 0x24, 1, 1, 0x1B, 0x69, 0x1B, 0x67);
        submit(session, "905551112234", 0x40, 0, 8, 0, 3, 9, 2, 2, 0x25, 1, 1, 0x40, 0x1D);

        var message = api("?to=+905551112234&channel=SMS").required(0);
        assertThat(message.required("text").asString()).isEqualTo("ığİş");
        assertThat(message.required("segments").asInt()).isEqualTo(2);
        assertThat(message.required("from").asString()).isEqualTo("IMECE");
        assertThat(api("?to=%2B905551112233").required(0).required("text").asString())
                .isEqualTo("igİş");
        session.unbindAndClose();
    }

    @Test
    void readsUcs2() throws Exception {
        var session = bind();
        var octets = "שלום".getBytes(StandardCharsets.UTF_16BE);
        submit(session, "972501112233", 0, 8, octets);

        assertThat(api("?to=+972501112233").required(0).required("text").asString())
                .isEqualTo("שלום");
        session.unbindAndClose();
    }

    @Test
    void sendsAReceiptAfterASecondAndRefusesNumbersThatEndInZeros() throws Exception {
        var session = bind();
        var id = submit(session, "905551112233", 0, 0, 'a');

        var receipt = brought.poll(10, SECONDS);
        assertThat(receipt).isNotNull();
        assertThat(receipt.isSmscDeliveryReceipt()).isTrue();
        assertThat(receipt.getShortMessageAsDeliveryReceipt().getId()).isEqualTo(id);
        assertThat(receipt.getSourceAddr()).isEqualTo("905551112233");

        assertThat(catchThrowableOfType(
                                NegativeResponseException.class, () -> submit(session, "905551112000", 0, 0, 'a'))
                        .getCommandStatus())
                .isEqualTo(0x0B);
        session.unbindAndClose();
    }

    @Test
    void bringsWhatAPersonWritesAlsoToOneWhoIsBoundLater() throws Exception {
        var answer = http.send(
                request("/api/messages")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"channel\":\"SMS\",\"from\":\"+905551112233\",\"text\":\"RET\"}"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(202);

        var session = bind();

        var message = brought.poll(10, SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.getSourceAddr()).isEqualTo("905551112233");
        assertThat(new String(message.getShortMessage(), StandardCharsets.US_ASCII))
                .isEqualTo("RET");
        session.unbindAndClose();
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        assertThat(get("/api/messages?limit=0").statusCode()).isEqualTo(400);
        assertThat(get("/api/messages?channel=FAX").statusCode()).isEqualTo(400);
        assertThat(get("/api/messages?form=x").statusCode()).isEqualTo(400);
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(post("not json")).isEqualTo(400);
        assertThat(post("{\"channel\":\"EMAIL\",\"from\":\"a@a.example\",\"text\":\"x\"}"))
                .isEqualTo(422);
        assertThat(post("{\"channel\":\"SMS\",\"from\":\"0555\",\"text\":\"x\"}"))
                .isEqualTo(422);
    }

    @Test
    void speaksTheLanguageOfTheReader() throws Exception {
        assertThat(get("/?lang=he").body()).contains("lang=\"he\" dir=\"rtl\"").contains("תיבת הדואר");
        assertThat(get("/?lang=tr").body()).contains("gelen kutusu");
        assertThat(get("/?lang=xx").body()).contains("Inbox of this machine");
        assertThat(get("/inbox.css").statusCode()).isEqualTo(200);
        assertThat(get("/inbox.js").statusCode()).isEqualTo(200);
    }

    private void send(String to, String mail) throws IOException {
        try (var client = new SmtpClient(emailSink.port())) {
            client.write("EHLO here\r\nMAIL FROM:<imece@imece.example>\r\nRCPT TO:<" + to + ">\r\nDATA\r\n"
                    + mail.replace("\n", "\r\n") + ".\r\nQUIT\r\n");
            assertThat(client.readAll()).contains("250 delivered");
        }
    }

    private static final class SmtpClient implements AutoCloseable {
        private final Socket socket;

        SmtpClient(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        String readAll() throws IOException {
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return String.join("\n", lines.lines().toList());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private SMPPSession bind() throws IOException {
        var session = new SMPPSession();
        session.setMessageReceiverListener(new MessageReceiverListener() {
            @Override
            public void onAcceptDeliverSm(DeliverSm message) {
                brought.add(message);
            }

            @Override
            public void onAcceptAlertNotification(AlertNotification notification) {
                throw new UnsupportedOperationException();
            }

            @Override
            public DataSmResult onAcceptDataSm(DataSm message, Session source) {
                throw new UnsupportedOperationException();
            }
        });
        session.connectAndBind(
                "127.0.0.1",
                smsSink.port(),
                new BindParameter(
                        BindType.BIND_TRX,
                        SmsSink.SYSTEM_ID,
                        SmsSink.PASSWORD,
                        "",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        null));
        return session;
    }

    private static String submit(SMPPSession session, String to, int esmClass, int dataCoding, int... octets)
            throws Exception {
        var bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return submit(session, to, esmClass, dataCoding, bytes);
    }

    private static String submit(SMPPSession session, String to, int esmClass, int dataCoding, byte[] octets)
            throws Exception {
        return session.submitShortMessage(
                        "",
                        TypeOfNumber.ALPHANUMERIC,
                        NumberingPlanIndicator.UNKNOWN,
                        "IMECE",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        to,
                        new ESMClass(esmClass),
                        (byte) 0,
                        (byte) 0,
                        null,
                        null,
                        new RegisteredDelivery(1),
                        (byte) 0,
                        new RawDataCoding((byte) dataCoding),
                        (byte) 0,
                        octets)
                .getMessageId();
    }

    private JsonNode api(String query) throws Exception {
        var answer = get("/api/messages" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }

    private int post(String body) throws Exception {
        return http.send(
                        request("/api/messages")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
