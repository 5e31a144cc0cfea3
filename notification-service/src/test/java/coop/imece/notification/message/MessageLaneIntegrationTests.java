package coop.imece.notification.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.channel.EmailChannel;
import coop.imece.notification.channel.OutgoingEmail;
import coop.imece.notification.channel.OutgoingSms;
import coop.imece.notification.channel.SendResult;
import coop.imece.notification.channel.SmsChannel;
import coop.imece.notification.channel.sms.ScriptedOperator;
import coop.imece.notification.channel.sms.SmsText;
import coop.imece.notification.message.StoredMessage.State;
import coop.imece.platform.seal.Sealing;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.text.Language;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;
import tools.jackson.databind.json.JsonMapper;

/// Both lanes on the real broker and store. What the servers outside answer is written in the address.
@ServiceTest
class MessageLaneIntegrationTests {

    private static final String TOPIC = "notification.urgent.commands.v1";
    private static final String ORDINARY_TOPIC = "notification.message.commands.v1";
    private static final String ORGANISATION = "Tomurcuk Kooperatifi";
    private static final String TYPE = "notification.send-message.v1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<OutgoingEmail> MAILS = new CopyOnWriteArrayList<>();
    private static final Semaphore HANGING = new Semaphore(0);
    private static final List<OutgoingSms> SMS = new CopyOnWriteArrayList<>();
    private static final List<OutgoingEmail> ORDINARY_MAILS = new CopyOnWriteArrayList<>();
    private static final ScriptedOperator OPERATOR = new ScriptedOperator();

    @TestBean(name = "urgentEmail")
    private EmailChannel email;

    @TestBean(name = "broadcastEmail")
    private EmailChannel ordinaryEmail;

    @TestBean(name = "urgentSms")
    private SmsChannel sms;

    @Autowired
    private Sealing sealing;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private StoredMessages messages;

    @Autowired
    private MessageTexts texts;

    @Autowired
    private JsonMapper json;

    private final TestBroker broker = new TestBroker();

    static EmailChannel email() {
        return mail -> {
            MAILS.add(mail);
            if (mail.to().startsWith("hang")) {
                HANGING.acquireUninterruptibly();
            }
            long tries =
                    MAILS.stream().filter(sent -> sent.to().equals(mail.to())).count();
            if (mail.to().startsWith("bounce")) {
                return new SendResult.Refused("550", "5.1.1 no such mailbox");
            }
            if (mail.to().startsWith("later") && tries == 1) {
                return new SendResult.Deferred("451 greylisted");
            }
            if (mail.to().startsWith("silent") && tries == 1) {
                return new SendResult.Unknown("connection lost after the data");
            }
            return new SendResult.Accepted("queue-id", "250 ok");
        };
    }

    static EmailChannel ordinaryEmail() {
        return mail -> {
            ORDINARY_MAILS.add(mail);
            return new SendResult.Accepted("ordinary-id", "250 ok");
        };
    }

    static SmsChannel sms() {
        return sms -> {
            SMS.add(sms);
            return sms.to().endsWith("999") ? new SendResult.Unknown("no answer") : new SendResult.Accepted("7", "ok");
        };
    }

    @DynamicPropertySource
    static void operator(DynamicPropertyRegistry properties) {
        properties.add("imece.sms.host", () -> "127.0.0.1");
        properties.add("imece.sms.port", OPERATOR::port);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @AfterAll
    static void end() {
        OPERATOR.close();
    }

    @Test
    void anInvitationGoesOnceOnTheOrdinaryConnectionsAndSaysWhyItCame() {
        SendMessage command = command("invitation", Channel.EMAIL, unique("ordinary"), later());
        sendOrdinary(command);
        sendOrdinary(command);
        SendMessage next = command("claim", Channel.EMAIL, unique("next"), later(), Language.TR);
        sendOrdinary(next);

        assertThat(stored(command, State.SENT).reference()).isEqualTo("ordinary-id");
        stored(next, State.SENT);
        assertThat(mailsOf(command)).as("not on the urgent connections").isEmpty();
        assertThat(ORDINARY_MAILS.stream().filter(mail -> mail.delivery().equals(id(command))))
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.text())
                            .contains(ORGANISATION)
                            .contains("https://imece.example/sign-in/code?t=x")
                            .contains("עריכה")
                            .contains("משום שאחד הנציגים");
                    assertThat(mail.html()).contains("dir=\"rtl\"").contains(ORGANISATION);
                    assertThat(mail.subject()).contains(ORGANISATION);
                });
        assertThat(ORDINARY_MAILS.stream().filter(mail -> mail.delivery().equals(id(next))))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("İmece rehberinde"));
    }

    @Test
    void anOrdinarySmsGoesOverTheOrdinarySession() {
        SendMessage command = command("invitation", Channel.SMS, "+905551112777", later(), Language.TR);
        sendOrdinary(command);

        stored(command, State.SENT);
        assertThat(OPERATOR.received)
                .as("nobody would book its receipt")
                .noneMatch(ScriptedOperator.Received::receiptAsked);
        assertThat(OPERATOR.received.stream().filter(sms -> sms.to().equals("+905551112777")))
                .singleElement()
                .satisfies(sms -> assertThat(sms.text()).contains(ORGANISATION));
        assertThat(SMS).noneMatch(sms -> sms.to().equals("+905551112777"));
    }

    @Test
    void anOrdinaryCommandWithoutWordsGoesToTheDeadLettersOfItsOwnGroup() {
        SendMessage unknown = command("invented", Channel.EMAIL, unique("unknown"), later());
        sendOrdinary(unknown);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.records(ORDINARY_TOPIC + ".notification.messageCommands.dlt"))
                        .extracting(record -> record.key())
                        .contains(unknown.messageId().toString()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Language.class,
            names = {"TR", "EN", "SL", "IT"})
    void anInvitationIsOneSms(Language language) {
        Map<String, String> parameters = Map.of(
                "organisation",
                "Bursa Bezelye Gida Kooperatifi",
                "role",
                "EDITOR",
                "link",
                "https://imece.example/invitations/0123456789abcdefABCDEF");

        String sms = texts.sms(MessageTemplate.INVITATION, language, parameters, Duration.ofDays(14));

        assertThat(sms).contains("0123456789abcdefABCDEF", "14");
        assertThat(SmsText.of(sms).segments()).as(sms).isEqualTo(1);
    }

    @Test
    void aLongNameDoesNotMakeTheSmsLong() {
        String sms = texts.sms(
                MessageTemplate.INVITATION,
                Language.EN,
                Map.of(
                        "organisation",
                        "x".repeat(200),
                        "role",
                        "VIEWER",
                        "link",
                        "https://imece.example/invitations/t"),
                Duration.ofDays(14));

        assertThat(SmsText.of(sms).segments()).as(sms).isEqualTo(1);
    }

    @Test
    void aCommandThatComesTwiceIsSentOnce() {
        SendMessage command = command("sign-in", Channel.EMAIL, unique("dana"), later());
        send(command);
        send(command);
        SendMessage next = command("sign-in", Channel.EMAIL, unique("next"), later());
        send(next);

        assertThat(stored(command, State.SENT).reference()).isEqualTo("queue-id");
        stored(next, State.SENT);
        assertThat(mailsOf(command)).singleElement().satisfies(mail -> {
            assertThat(mail.language()).isEqualTo(Language.HE);
            assertThat(mail.text()).contains("40718253").contains("https://imece.example/sign-in/code?t=x");
            assertThat(mail.html()).contains("dir=\"rtl\"").contains("40718253");
            assertThat(mail.subject()).doesNotContain("\n").doesNotContain("40718253");
            assertThat(mail.headers())
                    .as("the letterhead refuses what it sets itself")
                    .isEmpty();
        });
        assertThat(stored(command, State.SENT).sealed())
                .as("nothing is kept of the person")
                .isNull();
    }

    @Test
    void whatComesTooLateIsCountedAndNotSent() {
        SendMessage command =
                command("sign-in", Channel.EMAIL, unique("late"), Instant.now().minusSeconds(1));
        send(command);

        stored(command, State.EXPIRED);
        assertThat(mailsOf(command)).isEmpty();
    }

    @Test
    void aRefusedAddressIsAFailedMessageAndNoRetryStorm() {
        SendMessage command = command("fresh-code", Channel.EMAIL, unique("bounce"), later());
        send(command);

        assertThat(stored(command, State.FAILED).detail()).startsWith("550");
        assertThat(mailsOf(command)).hasSize(1);
    }

    @Test
    void aDeferredMailAndOneWithoutAnswerGoAgainUnderTheSameDelivery() {
        SendMessage deferred = command("sign-in", Channel.EMAIL, unique("later"), later());
        SendMessage silent = command("sign-in", Channel.EMAIL, unique("silent"), later());
        send(deferred);
        send(silent);

        stored(deferred, State.SENT);
        stored(silent, State.SENT);
        assertThat(mailsOf(deferred)).hasSize(2);
        assertThat(mailsOf(silent)).hasSize(2);
    }

    @Test
    void anSmsWithoutAnswerIsInDoubtAndNotSentAgain() {
        SendMessage command = command("sign-in", Channel.SMS, "+905551112999", later());
        send(command);

        stored(command, State.IN_DOUBT);
        assertThat(SMS.stream().filter(sms -> sms.delivery().equals(id(command))))
                .hasSize(1);
    }

    @Test
    void everyTemplateHasWordsForEveryChannelInEveryLanguage() {
        for (MessageTemplate template : MessageTemplate.values()) {
            for (Language language : Language.values()) {
                SendMessage mail = command(template.id(), Channel.EMAIL, unique("words"), later(), language);
                SendMessage sms = command(template.id(), Channel.SMS, "+905551112233", later(), language);
                send(mail);
                send(sms);
                stored(mail, State.SENT);
                stored(sms, State.SENT);
            }
        }
        assertThat(SMS.stream().filter(sms -> sms.to().equals("+905551112233")))
                .hasSize(45)
                .allSatisfy(sms -> assertThat(sms.text()).containsAnyOf("40718253", ORGANISATION, "p…@x.example"));
    }

    @Test
    void whatADeadProcessLeftIsSentAgainByMailAndLeftInDoubtBySms() {
        SendMessage mail = command("sign-in", Channel.EMAIL, unique("left"), later());
        SendMessage sms = command("sign-in", Channel.SMS, "+905551112234", later());
        left(mail, Channel.EMAIL, State.SENDING, 1);
        left(sms, Channel.SMS, State.SENDING, 1);

        stored(mail, State.SENT);
        stored(sms, State.IN_DOUBT);
    }

    @Test
    void whatWasPutOffTooOftenFailsVisibly() {
        SendMessage often = command("subscription-confirmation", Channel.EMAIL, unique("later"), later());
        left(often, Channel.EMAIL, State.WAITING, MessageSending.MOST_TRIES - 1);

        assertThat(stored(often, State.FAILED).detail()).isEqualTo("451 greylisted");
        assertThat(mailsOf(often)).hasSize(1);
    }

    private void left(SendMessage command, Channel channel, State state, int attempts) {
        mongo.insert(new StoredMessage(
                id(command),
                command.template(),
                channel,
                command.language(),
                StoredMessage.Lane.URGENT,
                state,
                Instant.now(),
                command.expiresAt(),
                Instant.EPOCH,
                attempts,
                "gone/1",
                command.sealed(),
                null,
                null));
    }

    @Test
    void aServerThatHangsHoldsUpNoOtherChannelAndNobodySendsItsMailsTwice() {
        List<SendMessage> hanging = IntStream.range(0, 40)
                .mapToObj(i -> command("sign-in", Channel.EMAIL, unique("hang"), later()))
                .toList();
        HANGING.drainPermits();
        hanging.forEach(this::send);
        await().atMost(PATIENCE)
                .until(() -> hanging.stream()
                                .filter(command -> !mailsOf(command).isEmpty())
                                .count()
                        >= 32);

        SendMessage sms = command("sign-in", Channel.SMS, "+905551112235", later());
        send(sms);
        stored(sms, State.SENT);
        assertThat(hanging.stream()
                        .map(MessageLaneIntegrationTests::id)
                        .map(id -> mongo.findById(id, StoredMessage.class)))
                .as("what has no place is nobody's")
                .filteredOn(message -> message.state() == State.WAITING)
                .hasSize(8)
                .allMatch(message -> message.claimedBy() == null);

        HANGING.release(hanging.size());
        hanging.forEach(command -> stored(command, State.SENT));
        assertThat(hanging).allMatch(command -> mailsOf(command).size() == 1);
    }

    @Test
    void aClaimIsKeptWhileItsTryRunsAndByNobodyElse() {
        SendMessage command = command("sign-in", Channel.EMAIL, unique("hang"), later());
        HANGING.drainPermits();
        send(command);
        await().atMost(PATIENCE).until(() -> !mailsOf(command).isEmpty());
        mongo.updateFirst(
                new Query(where("_id").is(id(command))), Update.update("dueAt", later()), StoredMessages.COLLECTION);

        var other = new StoredMessages(mongo, Clock.systemUTC(), "other");
        other.keepClaims(List.of(id(command)));
        assertThat(mongo.findById(id(command), StoredMessage.class).dueAt())
                .isAfter(Instant.now().plus(StoredMessages.CLAIM));
        messages.keepClaims(List.of(id(command)));
        assertThat(mongo.findById(id(command), StoredMessage.class).dueAt())
                .isBefore(Instant.now().plus(StoredMessages.CLAIM).plusSeconds(1));

        HANGING.release();
        stored(command, State.SENT);
        messages.keepClaims(List.of(id(command)));
        assertThat(stored(command, State.SENT).dueAt()).isNull();
    }

    @Test
    void claimingUsesItsIndex() {
        Document plan = mongo.getCollection(StoredMessages.COLLECTION)
                .find(StoredMessages.due(Channel.EMAIL, StoredMessage.Lane.URGENT, Instant.now())
                        .getQueryObject())
                .sort(new Document("dueAt", 1))
                .explain();
        assertThat(plan.get("queryPlanner", Document.class)
                        .get("winningPlan", Document.class)
                        .toJson())
                .contains("\"indexName\": \"waiting\"")
                .doesNotContain("\"SORT\"");
    }

    @Test
    void whatCannotBeOpenedOrHasNoWordsGoesAloneToTheDeadLetters() {
        SendMessage foreign =
                new SendMessage(UUID.randomUUID(), "sign-in", "EMAIL", "tr", later(), "eyJhbGciOiJFQ0RILUVTIn0..x.y.z");
        SendMessage unknown = command("invented", Channel.EMAIL, unique("unknown"), later());
        SendMessage fax = new SendMessage(
                UUID.randomUUID(), "sign-in", "FAX", "tr", later(), sealing.seal(contents(unique("fax"))));
        SendMessage good = command("sign-in", Channel.EMAIL, unique("good"), later());
        List.of(foreign, unknown, fax).forEach(this::send);
        broker.send(TOPIC, UUID.randomUUID().toString(), "{}".getBytes(StandardCharsets.UTF_8), headers());
        send(good);

        stored(good, State.SENT);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.records(TOPIC + ".notification.urgentCommands.dlt"))
                        .extracting(record -> record.key())
                        .contains(
                                foreign.messageId().toString(),
                                unknown.messageId().toString(),
                                fax.messageId().toString()));
    }

    private static Map<String, String> headers() {
        return TestBroker.headers(TYPE, UUID.randomUUID().toString(), 0);
    }

    private SendMessage command(String template, Channel channel, String address, Instant expiresAt) {
        return command(template, channel, address, expiresAt, Language.HE);
    }

    private SendMessage command(
            String template, Channel channel, String address, Instant expiresAt, Language language) {
        return new SendMessage(
                UUID.randomUUID(),
                template,
                channel.name(),
                language.tag(),
                expiresAt,
                sealing.seal(contents(address)));
    }

    private static SendMessage.Contents contents(String address) {
        return new SendMessage.Contents(
                address,
                Map.of(
                        "code",
                        "40718253",
                        "link",
                        "https://imece.example/sign-in/code?t=x",
                        "organisation",
                        ORGANISATION,
                        "role",
                        "EDITOR",
                        "address",
                        "p…@x.example"));
    }

    private void send(SendMessage command) {
        broker.send(TOPIC, TYPE, command.messageId(), 0, json.writeValueAsString(command));
    }

    private void sendOrdinary(SendMessage command) {
        broker.send(ORDINARY_TOPIC, TYPE, command.messageId(), 0, json.writeValueAsString(command));
    }

    private StoredMessage stored(SendMessage command, State state) {
        return await().atMost(PATIENCE)
                .until(
                        () -> mongo.findById(id(command), StoredMessage.class),
                        message -> message != null && message.state() == state);
    }

    private static List<OutgoingEmail> mailsOf(SendMessage command) {
        return MAILS.stream()
                .filter(mail -> mail.delivery().equals(id(command)))
                .toList();
    }

    private static UUID id(SendMessage command) {
        return MessageSending.idOf(command.messageId());
    }

    private static Instant later() {
        return Instant.now().plusSeconds(600);
    }

    private static String unique(String name) {
        return name + UUID.randomUUID().toString().substring(0, 8) + "@agudah.example";
    }
}
