package coop.imece.notification.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import coop.imece.notification.channel.Channel;
import coop.imece.notification.channel.email.ScriptedRelay;
import coop.imece.notification.channel.sms.ScriptedOperator;
import coop.imece.notification.delivery.Books;
import coop.imece.notification.delivery.Deliveries;
import coop.imece.notification.delivery.FakeRecipients;
import coop.imece.notification.delivery.SendChunk;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.codelist.KnownCodeList;
import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.inbox.View;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import coop.imece.platform.text.Language;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/// From the message of another service to the relay and the operator, on the real store and broker.
@ServiceTest
@Import(BroadcastDeliveryIntegrationTests.Fakes.class)
class BroadcastDeliveryIntegrationTests {

    private static final String GATHERINGS = "events.gathering.v1";
    private static final ScriptedRelay RELAY = new ScriptedRelay("PIPELINING 8BITMIME");
    private static final ScriptedOperator OPERATOR = new ScriptedOperator();
    private static final AtomicReference<Consumer<BsonDocument>> BEFORE_QUESTION = new AtomicReference<>(_ -> {});
    private static final Duration FRESH_FOR = Duration.ofSeconds(1);
    private static final Duration LETTERS_FRESH = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 10;
    private static final int WINDOW = 4;
    private static final UUID ORGANISER = UUID.fromString("0192f0c1-7d3a-7c11-8f00-6b1e5a2c9d01");

    @Autowired
    private FakeRecipients recipients;

    @Autowired
    private Broadcasts broadcasts;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private GatheringReaction reaction;

    @Autowired
    private View<KnownRepresentation> representations;

    @Autowired
    private View<KnownCodeList> codeLists;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private MockMvc mvc;

    private final TestBroker broker = new TestBroker();
    private final UUID gathering = Ids.v7();
    private final UUID announcement = Ids.v7();

    @TestConfiguration(proxyBeanMethods = false)
    static class Fakes {
        @Bean
        @Primary
        FakeRecipients fakeRecipients() {
            return new FakeRecipients();
        }

        @Bean
        MongoClientSettingsBuilderCustomizer beforeQuestions() {
            return settings -> settings.addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    BEFORE_QUESTION.get().accept(event.getCommand());
                }
            });
        }
    }

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry properties) {
        properties.add("imece.smtp.host", () -> "127.0.0.1");
        properties.add("imece.smtp.port", RELAY::port);
        properties.add("imece.sms.host", () -> "127.0.0.1");
        properties.add("imece.sms.port", OPERATOR::port);
        properties.add("imece.delivery.retry-after", () -> "300ms,300ms");
        properties.add("imece.delivery.unreachable-after", () -> "500ms");
        properties.add("imece.delivery.fresh-for", FRESH_FOR::toString);
        properties.add("imece.smtp.connections", () -> CONNECTIONS);
        properties.add("imece.sms.window", () -> WINDOW);
    }

    @BeforeEach
    void nobody() {
        recipients.clear();
        RELAY.shut = true;
        RELAY.received.clear();
        OPERATOR.received.clear();
    }

    @AfterAll
    static void end() {
        RELAY.close();
        OPERATOR.close();
    }

    @Test
    void anAnnouncementReachesEveryoneInTheirLanguageWithTheReason() throws Exception {
        recipients.email("dana@agudah.example", Language.HE);
        recipients.phone("+905551112233", Language.TR);
        announce(true);

        Books.Line books = finished(announcement);
        assertThat(books).isEqualTo(new Books.Line(2, 2, 0, 0, 0));
        var mail = RELAY.received.getFirst();
        assertThat(mail.to()).isEqualTo("dana@agudah.example");
        assertThat(mail.text())
                .contains("dir=\"rtl\"", "lang=\"he\"", "List-Unsubscribe-Post: List-Unsubscribe=One-Click")
                .contains("יריד יצרנים בנילופר", "קיבלתם הודעה זו")
                .containsPattern("List-Unsubscribe: <http[^>]+/api/v1/unsubscribe/[A-Za-z0-9_-]{40,}>")
                .doesNotContain("gapS", "gapP");
        assertThat(OPERATOR.received)
                .singleElement()
                .satisfies(
                        sms -> assertThat(sms.text()).contains("Nilüfer Üretici Fuarı", "Aboneliğiniz:", "RET yazın"));

        mvc.perform(get("/api/v1/broadcasts/" + announcement)
                        .header("Authorization", tokens().representative(UUID.randomUUID(), ORGANISER)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("SENT"))
                .andExpect(jsonPath("$.accepted").value(2))
                .andExpect(jsonPath("$.sent").value(2))
                .andExpect(jsonPath("$.byChannel.SMS.sent").value(1));
        mvc.perform(get("/broadcasts/" + announcement)
                        .header("Authorization", tokens().administrator(UUID.randomUUID()))
                        .header("Accept-Language", "tr"))
                .andExpect(status().isOk())
                .andExpect(content().string(org.hamcrest.Matchers.containsString("Tamamlandı")));
        broker.records("notification.broadcast.v1", announcement)
                .forEach(record -> ContractAssertions.assertMatchesSchema(
                        TestBroker.header(record, "ce_type"), new String(record.value(), StandardCharsets.UTF_8)));
    }

    @Test
    void whoAskedForAWholeCountryReadsItsName() {
        recipients.email("everywhere@x.example", Language.EN);
        recipients.phone("+905551112255", Language.TR);
        recipients.wholeCountry = true;
        announce(true);

        finished(announcement);
        assertThat(RELAY.received)
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("Türkiye"));
        assertThat(smsText()).matches(".*Aboneliğiniz: [^.]+, Türkiye\\. Durdurmak.*");
    }

    private static String smsText() {
        return OPERATOR.received.stream().map(ScriptedOperator.Received::text).collect(Collectors.joining());
    }

    @Test
    void aPlaceWithoutARegionIsToldByItsCountry() {
        recipients.email("italy@x.example", Language.IT);
        recipients.phone("+905551112266", Language.TR);
        broker.send(
                GATHERINGS,
                "events.gathering.announced.v1",
                gathering,
                1,
                announced(gathering, announcement, true)
                        .replaceFirst("\"place\": \\{[^}]*}", "\"place\": {\"country\": \"IT\"}"));

        finished(announcement);
        assertThat(RELAY.received)
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("Italia"));
        assertThat(smsText()).contains(", İtalya. Aboneliğiniz");
    }

    @Test
    void nobodyElseSeesABroadcast() throws Exception {
        announce(true);
        finished(announcement);
        mvc.perform(get("/api/v1/broadcasts/" + announcement)).andExpect(status().isUnauthorized());
        mvc.perform(get("/api/v1/broadcasts/" + announcement)
                        .header("Authorization", tokens().representative(UUID.randomUUID(), UUID.randomUUID())))
                .andExpect(status().isForbidden());
        mvc.perform(get("/api/v1/broadcasts/" + announcement)
                        .header("Authorization", tokens().program(UUID.randomUUID(), UUID.randomUUID())))
                .andExpect(status().isForbidden());
        mvc.perform(get("/api/v1/broadcasts/" + announcement)
                        .header("Authorization", tokens().program(UUID.randomUUID(), ORGANISER)))
                .andExpect(status().isOk());
        for (String scope : List.of("gatherings:write", "notifications:send")) {
            // What comes after the scope was found is not the question: no kind was named.
            mvc.perform(post("/api/v1/reach-estimates")
                            .header("Authorization", tokens().program(UUID.randomUUID(), ORGANISER, scope))
                            .contentType("application/json")
                            .content("{}"))
                    .andExpect(status().is(scope.equals("notifications:send") ? 422 : 403));
        }
        mvc.perform(get("/api/v1/broadcasts/" + UUID.randomUUID())
                        .header("Authorization", tokens().administrator(UUID.randomUUID())))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value(org.hamcrest.Matchers.endsWith("not-yet-known")));
        mvc.perform(get("/api/v1/broadcasts/nonsense")
                        .header("Authorization", tokens().administrator(UUID.randomUUID())))
                .andExpect(status().is4xxClientError());
    }

    @Test
    void representativesAndEditorsSeeHowFarItGotByTokenOrByWhatWasHeard() throws Exception {
        announce(true);
        finished(announcement);
        for (String role : List.of("REPRESENTATIVE", "EDITOR", "REPORTER", "VIEWER", "ARCHIVIST")) {
            int expected = role.equals("REPRESENTATIVE") || role.equals("EDITOR") ? 200 : 403;
            seen(tokens().member(UUID.randomUUID(), ORGANISER, role), expected);
            UUID heardOf = UUID.randomUUID();
            heard(heardOf, role, "APPOINTED");
            seen(tokens().account(heardOf), expected);
        }
    }

    @Test
    void aDismissalOutweighsTheToken() throws Exception {
        announce(true);
        finished(announcement);
        UUID dismissed = UUID.randomUUID();
        heard(dismissed, "REPRESENTATIVE", "DISMISSED");

        seen(tokens().representative(dismissed, ORGANISER), 403);
    }

    private void seen(String token, int expected) throws Exception {
        mvc.perform(get("/api/v1/broadcasts/" + announcement).header("Authorization", token))
                .andExpect(status().is(expected));
    }

    private void heard(UUID account, String role, String state) {
        UUID id = KnownRepresentation.idOf(ORGANISER, account);
        representations.apply(ContractAssertions.received(
                "directory.representation.restated.v1", id, 1, """
                        {"state": {"id": "%s", "organisation": "%s", "account": "%s", "role": "%s",
                          "state": "%s"}, "fact": {}}""".formatted(id, ORGANISER, account, role, state)));
    }

    @Test
    void theSameMessageTwiceAndARestatementReachNobodyTwice() {
        IntStream.range(0, 30).forEach(i -> recipients.email("p" + i + "@x.example", Language.TR));
        announce(true);
        finished(announcement);
        announce(true);
        broker.send(GATHERINGS, "events.gathering.restated.v1", gathering, 3, restated(gathering));
        broker.awaitHandled(GATHERINGS, "notification.gatheringEvents");
        UUID other = Ids.v7();
        broker.send(
                GATHERINGS, "events.gathering.announced.v1", Ids.v7(), 1, announced(UUID.randomUUID(), other, true));
        finished(other);
        assertThat(mongo.getCollection("broadcasts").countDocuments(new Document("gathering", gathering)))
                .as("nothing was made of the restatement")
                .isEqualTo(1);
        assertThat(RELAY.received).hasSize(60);
        assertThat(deliveries.books(announcement).total()).isEqualTo(new Books.Line(30, 30, 0, 0, 0));
    }

    @Test
    void takesEveryMessageOfTheTopicsItReadsEvenOneNobodyKnows() {
        for (ReceivedMessage message : ContractAssertions.allReceived(GATHERINGS, Ids.v7())) {
            reaction.on(message);
            reaction.on(message);
        }
        for (String fact : List.of(
                "0192f0c5-1111-7222-8333-444455556666",
                "0192f0c5-2222-8222-8333-444455556666",
                "0192f0c5-3333-8222-8333-444455556666")) {
            assertThat(broadcasts.findById(UUID.fromString(fact))).as(fact).isPresent();
        }
        assertThat(mongo.getCollection("broadcasts")
                        .countDocuments(
                                new Document("gathering", UUID.fromString("0192f0c2-1111-7222-8333-444455556666"))))
                .as("an announcement, a change and a cancellation")
                .isEqualTo(3);
        takesAll("directory.representation.v1", representations);
        takesAll("directory.code-list.v1", codeLists);
    }

    private static void takesAll(String topic, View<?> view) {
        UUID id = Ids.v7();
        for (ReceivedMessage message : ContractAssertions.allReceived(topic, id)) {
            assertThat(view.apply(message)).as(message.type()).isTrue();
            assertThat(view.apply(message)).as("%s again", message.type()).isFalse();
            assertThat(view.find(id)).as(message.type()).isPresent();
        }
    }

    @Test
    void aBounceFailsVisiblyAndALaterIsTriedAgainAndNotForEver() {
        recipients.email("bounce@x.example", Language.TR);
        recipients.email("later@x.example", Language.TR);
        recipients.email("full@x.example", Language.EN);
        recipients.email("fine@x.example", Language.SL);
        recipients.phone("+905551112000", Language.TR);
        announce(true);
        assertThat(finished(announcement)).isEqualTo(new Books.Line(5, 1, 4, 0, 0));
        assertThat(mongo.getCollection(Deliveries.COLLECTION)
                        .find(new Document("broadcast", announcement).append("tries", 2))
                        .into(new java.util.ArrayList<>()))
                .as("tried three times each")
                .hasSize(2);
        assertThat(mongo.getCollection(Deliveries.COLLECTION)
                        .find(new Document("broadcast", announcement))
                        .into(new java.util.ArrayList<>())
                        .toString())
                .as("no address among deliveries")
                .doesNotContain("@x.example")
                .doesNotContain("905551112000");
    }

    @Test
    void aMailWithoutAnAnswerIsRepeatedWithTheSameMessageId() {
        recipients.email("vanish-" + announcement + "@x.example", Language.TR);
        announce(true);
        assertThat(finished(announcement)).isEqualTo(new Books.Line(1, 1, 0, 0, 0));
        assertThat(RELAY.received).hasSize(2);
        assertThat(RELAY.received.stream()
                        .map(BroadcastDeliveryIntegrationTests::messageId)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aMailWithoutAnAnswerIsInDoubtIfItIsNotRepeatedAndItsReaderHearsOfTheEnd() {
        recipients.email("gone-" + announcement + "@x.example", Language.TR);
        announce(true);
        awaitUnanswered();
        UUID cancellation = cancel(2, true);
        assertThat(finished(announcement)).isEqualTo(new Books.Line(1, 0, 0, 0, 1));
        RELAY.shut = false;
        assertThat(finished(cancellation)).isEqualTo(new Books.Line(1, 1, 0, 0, 0));
        assertThat(RELAY.received)
                .last()
                .satisfies(mail -> assertThat(mail.text()).contains("Fırtına"));
    }

    @Test
    void aMailWithoutAnAnswerThatIsRefusedWhenRepeatedIsInDoubt() {
        String address = "gone-" + announcement + "@x.example";
        recipients.email(address, Language.TR);
        announce(true);
        awaitUnanswered();
        RELAY.refusals.put(address, "550 no such user");
        RELAY.shut = false;
        assertThat(finished(announcement)).isEqualTo(new Books.Line(1, 0, 0, 0, 1));
    }

    private void awaitUnanswered() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> mongo.getCollection(Deliveries.COLLECTION)
                                .countDocuments(new Document("broadcast", announcement).append("tries", 1))
                        == 1);
    }

    @Test
    void aMailThatAKilledWorkerLeftIsInDoubtIfItsBroadcastHasEnded() {
        recipients.email("left@x.example", Language.TR);
        announce(true);
        finished(announcement);
        long read = System.nanoTime();
        mongo.getCollection("broadcasts")
                .updateOne(new Document("_id", announcement), new Document("$set", new Document("superseded", true)));
        await().until(() -> System.nanoTime() - read > LETTERS_FRESH.toNanos());
        leftSending(new Document("references", ""));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(deliveries.books(announcement).total()).isEqualTo(new Books.Line(1, 0, 0, 0, 1)));
        assertThat(RELAY.received).hasSize(1);
    }

    @Test
    void anSmsWithoutAnAnswerIsInDoubtUntilItsReceiptAndNeverSentAgain() {
        recipients.phone("+905551113222", Language.TR);
        announce(true);
        assertThat(finished(announcement)).isEqualTo(new Books.Line(1, 0, 0, 0, 1));
        await().atMost(Duration.ofSeconds(10)).until(() -> OPERATOR.sessions.size() >= 2);
        OPERATOR.receipt(OPERATOR.received.getFirst(), "DELIVRD");
        assertThat(deliveries.books(announcement).total()).isEqualTo(new Books.Line(1, 1, 0, 0, 0));
        assertThat(OPERATOR.received).hasSize(1);
    }

    @Test
    void aReceiptWithoutAKnownReferenceIsNotBookedToAnSmsThatIsDaysOld() {
        recipients.phone("+905551119222", Language.TR);
        announce(true);
        finished(announcement);
        inDoubtSince(Instant.now().minus(Duration.ofDays(4)), announcement);
        await().atMost(Duration.ofSeconds(10)).until(() -> OPERATOR.sessions.size() >= 2);
        OPERATOR.receipt(OPERATOR.received.getFirst(), "DELIVRD");
        assertThat(deliveries.books(announcement).total()).isEqualTo(new Books.Line(1, 0, 0, 0, 1));
    }

    @Test
    void receiptsOfAllPartsFasterThanTheFlushAreBookedToTheirOwnSms() {
        String number = "+905551117788";
        recipients.phone(number, Language.HE);
        UUID older = Ids.v7();
        broker.send(
                GATHERINGS, "events.gathering.announced.v1", Ids.v7(), 1, announced(UUID.randomUUID(), older, true));
        finished(older);
        int parts = OPERATOR.received.size();
        assertThat(parts).isGreaterThan(1);
        inDoubtSince(Instant.now(), older);
        OPERATOR.received.clear();

        // The chunk is not written down before the other one is answered.
        recipients.phone("+905551118333", Language.TR);
        announce(true);
        List<ScriptedOperator.Received> ours;
        try {
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> OPERATOR.received.size() == parts && OPERATOR.holding.size() == 1);
            ours = List.copyOf(OPERATOR.received);
            ours.forEach(part -> OPERATOR.receipt(part, "DELIVRD"));
        } finally {
            OPERATOR.hold.release();
        }
        assertThat(finished(announcement)).isEqualTo(new Books.Line(2, 2, 0, 0, 0));
        OPERATOR.receipt(ours.getLast(), "UNDELIV");
        assertThat(deliveries.books(announcement).total()).isEqualTo(new Books.Line(2, 1, 1, 0, 0));
        assertThat(deliveries.books(older).total()).isEqualTo(new Books.Line(1, 0, 0, 0, 1));
    }

    private void inDoubtSince(Instant at, UUID broadcast) {
        mongo.getCollection(Deliveries.COLLECTION)
                .updateOne(
                        new Document("broadcast", broadcast),
                        new Document("$set", new Document("state", "IN_DOUBT").append("at", Date.from(at)))
                                .append("$unset", new Document("references", "")));
    }

    @Test
    void aReceiptThatSaysNoTurnsSentIntoFailed() {
        recipients.phone("+905551114433", Language.TR);
        announce(true);
        finished(announcement);
        OPERATOR.receipt(OPERATOR.received.getFirst(), "UNDELIV");
        assertThat(deliveries.books(announcement).total()).isEqualTo(new Books.Line(1, 0, 1, 0, 0));
    }

    @Test
    void aCancellationReachesThoseWhoHeardAndStillWantToHear() {
        UUID stops = recipients.email("stops@x.example", Language.TR);
        recipients.email("stays@x.example", Language.TR);
        recipients.email("bounce@x.example", Language.TR);
        announce(true);
        finished(announcement);
        recipients.email("newcomer@x.example", Language.TR);
        recipients.stop(stops);
        RELAY.received.clear();

        UUID cancellation = cancel(2, true);
        assertThat(finished(cancellation)).isEqualTo(new Books.Line(2, 1, 0, 1, 0));
        assertThat(RELAY.received).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("stays@x.example");
            assertThat(mail.text()).contains("Fırtına");
        });
    }

    @Test
    void aCancellationStopsWhatWasNotYetSentAndWhoNeverHeardHearsNothing() {
        IntStream.range(0, 20).forEach(i -> recipients.email("shut" + i + "@x.example", Language.TR));
        recipients.email("told@x.example", Language.TR);
        announce(true);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> deliveries.books(announcement).total().sent() == 1);
        UUID cancellation = cancel(2, true);
        assertThat(finished(cancellation)).isEqualTo(new Books.Line(1, 1, 0, 0, 0));
        Books.Line first = finished(announcement);
        assertThat(first).isEqualTo(new Books.Line(21, 1, 0, 20, 0));
    }

    @Test
    void aChangeGoesToThoseWhoHeard() {
        recipients.email("told@x.example", Language.EN);
        announce(true);
        finished(announcement);
        recipients.email("newcomer@x.example", Language.EN);
        RELAY.received.clear();
        UUID change = change();
        assertThat(finished(change)).isEqualTo(new Books.Line(1, 1, 0, 0, 0));
        assertThat(RELAY.received)
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.text()).contains("To: <told@x.example>", "We had told you of this gathering."));
    }

    @Test
    void aChangeThatCutsAnAnnouncementShortAnnouncesTheGatheringToTheOthers() {
        recipients.email("told@x.example", Language.EN);
        recipients.email("shut@x.example", Language.EN);
        announce(true);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> deliveries.books(announcement).total().sent() == 1);
        UUID change = change();
        assertThat(finished(announcement)).isEqualTo(new Books.Line(2, 1, 0, 1, 0));
        RELAY.shut = false;
        assertThat(finished(change)).isEqualTo(new Books.Line(2, 2, 0, 0, 0));
        assertThat(wordings(change)).containsExactlyInAnyOrder("CHANGE", "ANNOUNCEMENT");
    }

    private List<String> wordings(UUID broadcast) {
        return mongo.getCollection(Deliveries.COLLECTION)
                .find(new Document("broadcast", broadcast))
                .map(document -> document.getString("wording"))
                .into(new java.util.ArrayList<>());
    }

    private UUID change() {
        UUID change = Ids.v7();
        broker.send(GATHERINGS, "events.gathering.changed.v1", gathering, 2, changed(gathering, change));
        return change;
    }

    @Test
    void whatIsOverIsKeptAsExpiredAndMailsNobody() {
        recipients.email("a@x.example", Language.TR);
        broker.send(
                GATHERINGS,
                "events.gathering.announced.v1",
                gathering,
                1,
                ending(Instant.now().minusSeconds(60), announced(gathering, announcement, true)));
        assertExpired(announcement);
    }

    @Test
    void whatIsHeardOfTwoDaysLateIsKeptAsExpiredAndMailsNobody() {
        recipients.email("a@x.example", Language.TR);
        UUID justInTime = Ids.v7();
        announceAt(Instant.now().minus(Duration.ofHours(49)), gathering, announcement);
        announceAt(Instant.now().minus(Duration.ofHours(47)), Ids.v7(), justInTime);
        assertExpired(announcement);
        assertThat(finished(justInTime)).isEqualTo(new Books.Line(1, 1, 0, 0, 0));
    }

    private void announceAt(Instant time, UUID gathering, UUID publication) {
        Map<String, String> headers = TestBroker.headers("events.gathering.announced.v1", gathering.toString(), 1);
        headers.put("ce_time", time.toString());
        broker.send(
                GATHERINGS,
                gathering.toString(),
                announced(gathering, publication, true).getBytes(StandardCharsets.UTF_8),
                headers);
    }

    @Test
    void whatALaterMessageHasOvertakenIsKeptAsExpiredAndMailsNobody() {
        recipients.email("a@x.example", Language.TR);
        UUID change = change();
        finished(change);
        announce(true);
        assertExpired(announcement);
        assertThat(RELAY.received).isEmpty();
    }

    private void assertExpired(UUID broadcast) {
        finished(broadcast);
        assertThat(broadcasts.findById(broadcast).orElseThrow().state()).isEqualTo(Broadcast.State.EXPIRED);
        assertThat(deliveries.books(broadcast).total().accepted()).isZero();
    }

    @Test
    void whatAKilledWorkerLeftIsSentOnceMoreAsMailAndLeftInDoubtAsSms() {
        recipients.email("left@x.example", Language.TR);
        recipients.phone("+905551115544", Language.TR);
        announce(true);
        finished(announcement);
        String first = messageId(RELAY.received.getFirst());
        // As a worker that died after the wire and before the flush leaves them.
        leftSending(new Document("references", ""));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(deliveries.books(announcement).total()).isEqualTo(new Books.Line(2, 1, 0, 0, 1)));
        assertThat(RELAY.received).hasSize(2).allMatch(mail -> messageId(mail).equals(first));
        assertThat(OPERATOR.received).hasSize(1);
    }

    @Test
    void anSmsThatWasBegunAndNeverCameToTheWireIsSent() {
        recipients.phone("+905551116655", Language.TR);
        announce(true);
        finished(announcement);
        OPERATOR.received.clear();
        // As a worker leaves it that lost the store between marking the chunk and noting the number.
        leftSending(new Document("references", "").append("number", ""));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(deliveries.books(announcement).total()).isEqualTo(new Books.Line(1, 1, 0, 0, 0)));
        assertThat(OPERATOR.received).hasSize(1);
    }

    /// All deliveries are SENDING again, without these fields, and their chunks are handed out.
    private void leftSending(Document without) {
        mongo.getCollection(Deliveries.COLLECTION)
                .updateMany(
                        new Document("broadcast", announcement),
                        new Document("$set", new Document("state", "SENDING")).append("$unset", without));
        for (Document document :
                mongo.getCollection(Deliveries.COLLECTION).find(new Document("broadcast", announcement))) {
            Channel channel = Channel.valueOf(document.getString("channel"));
            UUID chunk = document.get("chunk", UUID.class);
            broker.send(
                    channel == Channel.EMAIL ? "notification.chunk.email.v1" : "notification.chunk.sms.v1",
                    SendChunk.TYPE,
                    chunk,
                    0,
                    "{\"broadcastId\":\"%s\",\"chunkId\":\"%s\",\"channel\":\"%s\"}"
                            .formatted(announcement, chunk, channel));
        }
    }

    @Test
    void aChunkHandedOutTwiceIsSentOnce() {
        IntStream.range(0, 300).forEach(i -> recipients.email("p" + i + "@x.example", Language.IT));
        announce(true);
        finished(announcement);
        UUID chunk = mongo.getCollection(Deliveries.COLLECTION)
                .find(new Document("broadcast", announcement))
                .first()
                .get("chunk", UUID.class);
        String again =
                "{\"broadcastId\":\"%s\",\"chunkId\":\"%s\",\"channel\":\"EMAIL\"}".formatted(announcement, chunk);
        broker.send("notification.chunk.email.v1", SendChunk.TYPE, chunk, 0, again);
        broker.send("notification.chunk.email.v1", SendChunk.TYPE, chunk, 0, again);
        broker.awaitHandled("notification.chunk.email.v1", "notification.emailChunks");
        assertThat(RELAY.received).hasSize(300);
    }

    @Test
    void aDeliveryPutBackWhileTheWorkerLooksKeepsTheBroadcastOpen() {
        recipients.email("back@x.example", Language.TR);
        announce(true);
        finished(announcement);
        var stored = mongo.getCollection(Deliveries.COLLECTION);
        var ours = new Document("broadcast", announcement);
        var putBack = new AtomicBoolean();
        BEFORE_QUESTION.set(question -> {
            if (asksForSending(question) && putBack.compareAndSet(false, true)) {
                stored.updateOne(
                        ours,
                        new Document("$set", new Document("state", "PENDING").append("dueAt", new Date()))
                                .append("$unset", new Document("chunk", "")));
            }
        });
        try {
            stored.updateOne(ours, new Document("$set", new Document("state", "SENDING")));
            mongo.getCollection("broadcasts")
                    .updateOne(
                            new Document("_id", announcement),
                            new Document("$set", new Document("state", "SENDING").append("open", true)));
            await().atMost(Duration.ofSeconds(20)).untilTrue(putBack);
        } finally {
            BEFORE_QUESTION.set(_ -> {});
        }
        finished(announcement);
        assertThat(broadcasts.findById(announcement).orElseThrow().publicState())
                .as("what it told when it ended")
                .satisfies(told -> assertThat(told.sent()).isEqualTo(1));
        assertThat(RELAY.received).hasSize(2);
    }

    private boolean asksForSending(BsonDocument question) {
        String json = question.toJson();
        return json.contains("\"find\": \"" + Deliveries.COLLECTION + "\"")
                && json.contains("\"state\": \"SENDING\"")
                && json.contains(base64(announcement));
    }

    private static String base64(UUID id) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }

    @Test
    void aBroadcastThatCannotBeReadHoldsUpNoOther() {
        var broken = new Document("_id", UUID.randomUUID())
                .append("gathering", new UUID(0, 0))
                .append("place", 1L)
                .append("state", "NONSENSE")
                .append("open", true);
        var due = new Document("_id", UUID.randomUUID())
                .append("broadcast", broken.get("_id"))
                .append("channel", "EMAIL")
                .append("state", "PENDING")
                .append("dueAt", new Date(0));
        mongo.getCollection("broadcasts").insertOne(broken);
        mongo.getCollection(Deliveries.COLLECTION).insertOne(due);
        try {
            recipients.email("later@x.example", Language.TR);
            announce(true);
            assertThat(finished(announcement)).isEqualTo(new Books.Line(1, 0, 1, 0, 0));
        } finally {
            mongo.getCollection("broadcasts").deleteOne(broken);
            mongo.getCollection(Deliveries.COLLECTION).deleteOne(due);
        }
    }

    @Test
    void whoStopsWhileABroadcastWaitsHearsNothing() {
        UUID stops = recipients.email("shut-stops@x.example", Language.TR);
        announce(true);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> deliveries.books(announcement).total().accepted() == 1);
        recipients.stop(stops);
        assertThat(finished(announcement)).isEqualTo(new Books.Line(1, 0, 0, 1, 0));
    }

    @Test
    void whoStopsWhileTheirChunkIsBeingSentHearsNothing() {
        Map<String, UUID> people = IntStream.range(0, 40)
                .mapToObj(i -> "hold" + i + "@x.example")
                .collect(Collectors.toMap(address -> address, address -> recipients.email(address, Language.TR)));
        int readings = recipients.readings.get();
        announce(true);
        await().atMost(Duration.ofSeconds(20)).until(() -> RELAY.holding.size() == CONNECTIONS);
        Set<String> onTheWire = Set.copyOf(RELAY.holding);
        people.forEach((address, id) -> {
            if (!onTheWire.contains(address)) {
                recipients.stop(id);
            }
        });
        long read = System.nanoTime();
        await().until(() -> System.nanoTime() - read > FRESH_FOR.toNanos());
        RELAY.hold.release(people.size());

        assertThat(finished(announcement))
                .isEqualTo(new Books.Line(people.size(), CONNECTIONS, 0, people.size() - CONNECTIONS, 0));
        assertThat(RELAY.received)
                .extracting(ScriptedRelay.Received::to)
                .containsExactlyInAnyOrderElementsOf(onTheWire);
        assertThat(recipients.readings.get() - readings)
                .as("consents are read again")
                .isGreaterThan(1);
    }

    @Test
    void whoStopsWhileAnSmsWaitsForTheLaneHearsNothingAndHasNoNumberNoted() {
        Map<String, UUID> people = IntStream.range(0, WINDOW + 1)
                .mapToObj(i -> "+9055511%02d333".formatted(i))
                .collect(Collectors.toMap(number -> number, number -> recipients.phone(number, Language.TR)));
        announce(true);
        try {
            await().atMost(Duration.ofSeconds(8)).until(() -> OPERATOR.holding.size() == WINDOW);
            Set<String> onTheWire = Set.copyOf(OPERATOR.holding);
            assertThat(mongo.getCollection(Deliveries.COLLECTION)
                            .countDocuments(new Document("broadcast", announcement)
                                    .append("number", new Document("$exists", true))))
                    .as("what only waits for the lane has not left")
                    .isEqualTo(WINDOW);
            people.forEach((number, id) -> {
                if (!onTheWire.contains(number)) {
                    recipients.stop(id);
                }
            });
        } finally {
            OPERATOR.hold.release(WINDOW + 1);
        }
        assertThat(finished(announcement)).isEqualTo(new Books.Line(WINDOW + 1, WINDOW, 0, 1, 0));
        OPERATOR.hold.drainPermits();
    }

    @Test
    void hotQueriesUseTheirIndexes() {
        for (var query : Map.of(
                        "books",
                        new Document("broadcast", announcement),
                        "chunk",
                        new Document("chunk", UUID.randomUUID()).append("state", "PENDING"),
                        "heard",
                        new Document("gathering", gathering)
                                .append("recipient", new Document("$gt", UUID.randomUUID()))
                                .append("state", new Document("$in", List.of("SENT", "IN_DOUBT"))),
                        "due",
                        new Document("dueAt", new Document("$lte", new Date())),
                        "receipt",
                        new Document("references", "op-1"))
                .entrySet()) {
            Document plan = mongo.getCollection(Deliveries.COLLECTION)
                    .find(query.getValue())
                    .explain();
            assertThat(plan.get("queryPlanner", Document.class)
                            .get("winningPlan", Document.class)
                            .toJson())
                    .as(query.getKey())
                    .contains("\"indexName\": \"" + query.getKey() + "\"");
        }
        assertThat(mongo.getCollection("broadcasts")
                        .find(new Document("open", true))
                        .explain()
                        .get("queryPlanner", Document.class)
                        .toJson())
                .contains("\"indexName\": \"open\"");
    }

    private Books.Line finished(UUID broadcast) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            var found = broadcasts.findById(broadcast);
            assertThat(found).isPresent();
            assertThat(found.get().state()).isIn(Broadcast.State.SENT, Broadcast.State.EXPIRED);
        });
        Books.Line books = deliveries.books(broadcast).total();
        assertThat(books.open()).as("nothing is open in the end").isZero();
        return books;
    }

    private void announce(boolean notify) {
        broker.send(
                GATHERINGS, "events.gathering.announced.v1", gathering, 1, announced(gathering, announcement, notify));
    }

    private UUID cancel(long sequence, boolean notify) {
        UUID cancellation = Ids.v7();
        broker.send(
                GATHERINGS,
                "events.gathering.cancelled.v1",
                gathering,
                sequence,
                example("cancelled")
                        .replace("0192f0c2-1111-7222-8333-444455556666", gathering.toString())
                        .replaceAll("\"cancellationId\": \"[^\"]+\"", "\"cancellationId\": \"" + cancellation + "\"")
                        .replaceAll("\"notify\": (true|false)", "\"notify\": " + notify));
        return cancellation;
    }

    static String announced(UUID gathering, UUID publication, boolean notify) {
        return example("announced")
                .replace("0192f0c2-1111-7222-8333-444455556666", gathering.toString())
                .replaceAll("\"publicationId\": \"[^\"]+\"", "\"publicationId\": \"" + publication + "\"")
                .replaceAll("\"notify\": (true|false)", "\"notify\": " + notify);
    }

    private static String changed(UUID gathering, UUID change) {
        return example("changed")
                .replace("0192f0c2-1111-7222-8333-444455556666", gathering.toString())
                .replaceAll("\"changeId\": \"[^\"]+\"", "\"changeId\": \"" + change + "\"");
    }

    private static String restated(UUID gathering) {
        return example("restated").replace("0192f0c2-1111-7222-8333-444455556666", gathering.toString());
    }

    /// The example, of a gathering that is still to come whenever this is run.
    private static String example(String type) {
        return ending(
                Instant.now().plus(Duration.ofDays(150)),
                ContractAssertions.example("events.gathering." + type + ".v1"));
    }

    private static String ending(Instant end, String message) {
        OffsetDateTime at = end.truncatedTo(ChronoUnit.SECONDS)
                .atZone(ZoneId.of("Europe/Istanbul"))
                .toOffsetDateTime();
        return message.replaceFirst("(\"starts\":\\s*\\{\\s*\"at\":\\s*)\"[^\"]+\"", "$1\"" + at.minusDays(1) + "\"")
                .replaceFirst("(\"ends\":\\s*\\{\\s*\"at\":\\s*)\"[^\"]+\"", "$1\"" + at + "\"");
    }

    private static String messageId(ScriptedRelay.Received mail) {
        return mail.text()
                .lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }

    private static TestTokens tokens() {
        return TestTokens.of("notification-service");
    }
}
