package coop.imece.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.channel.EmailChannel;
import coop.imece.notification.channel.InboundSms;
import coop.imece.notification.channel.OutgoingEmail;
import coop.imece.notification.channel.OutgoingSms;
import coop.imece.notification.channel.SendResult;
import coop.imece.notification.channel.SmsChannel;
import coop.imece.notification.recipient.Recipients.Subject;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import coop.imece.platform.text.Language;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/// From the form to the consent and back, over the real store and the real broker; only the ways out are ours.
@ServiceTest
class SubscriptionIntegrationTests {

    private static final List<OutgoingEmail> MAILS = new CopyOnWriteArrayList<>();
    private static final List<OutgoingSms> SMS = new CopyOnWriteArrayList<>();
    private static final Map<UUID, Addressees.Addressee> DELIVERIES = new ConcurrentHashMap<>();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TestBean(name = "urgentEmail")
    private EmailChannel email;

    @TestBean(name = "urgentSms")
    private SmsChannel sms;

    @TestBean
    private Addressees addressees;

    @Autowired
    private MockMvc web;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private KnownCodeLists lists;

    @Autowired
    private Recipients recipients;

    @Autowired
    private StopTokens stopTokens;

    @Autowired
    private PreferenceTokens preferenceTokens;

    @Autowired
    private InboundSms inbound;

    static EmailChannel email() {
        return mail -> {
            MAILS.add(mail);
            return new SendResult.Accepted("queued", "250 ok");
        };
    }

    static SmsChannel sms() {
        return sms -> {
            SMS.add(sms);
            return new SendResult.Accepted("1", "ok");
        };
    }

    static Addressees addressees() {
        return delivery -> Optional.ofNullable(DELIVERIES.get(delivery));
    }

    @BeforeEach
    void codeLists() {
        if (lists.codes("gathering-kinds").isEmpty()) {
            try (var broker = new TestBroker()) {
                codeList(broker, "gathering-kinds", Map.of("FAIR", "", "TRAINING", ""));
                codeList(broker, "regions", Map.of("TR-16", "TR41", "TR-35", "TR31", "SI041", ""));
                codeList(broker, "topics", Map.of("marketing", "", "finance", ""));
            }
            await().atMost(PATIENCE)
                    .until(() -> Stream.of("gathering-kinds", "regions", "topics")
                            .noneMatch(list -> lists.codes(list).isEmpty()));
        }
    }

    private static void codeList(TestBroker broker, String name, Map<String, String> codes) {
        UUID id = KnownCodeLists.idOf(name);
        String all = codes.entrySet().stream()
                .map(code -> "{\"code\":\"%s\",\"labels\":{\"en\":\"%s label\"},\"active\":true%s}"
                        .formatted(
                                code.getKey(),
                                code.getKey(),
                                code.getValue().isEmpty() ? "" : ",\"parent\":\"" + code.getValue() + "\""))
                .collect(Collectors.joining(","));
        broker.send(
                "directory.code-list.v1",
                "directory.code-list.changed.v1",
                id,
                1,
                "{\"state\":{\"id\":\"%s\",\"name\":\"%s\",\"codes\":[%s]},\"fact\":{\"codes\":[]}}"
                        .formatted(id, name, all));
    }

    @Test
    void aSubscriberByMailConfirmsIsFoundPrefersAndStopsByOneClick() throws Exception {
        String address = newAddress();
        subscribe("{\"email\":\"%s\"}".formatted(address), "he").andExpect(status().isAccepted());

        OutgoingEmail mail = mailTo(address);
        assertThat(mail.language()).isEqualTo(Language.HE);
        assertThat(mail.html()).contains("dir=\"rtl\"");
        assertThat(matches()).doesNotContainKey(address);

        String token = found("token=([A-Za-z0-9_-]+)", mail.text());
        web.perform(get("/subscriptions/confirmation").param("token", token)).andExpect(status().isOk());
        assertThat(matches()).as("opening the link confirms nothing").doesNotContainKey(address);

        confirm("{\"token\":\"%s\"}".formatted(token)).andExpect(status().isOk());
        confirm("{\"token\":\"%s\"}".formatted(token)).andExpect(status().isOk());
        UUID recipient = matches().get(address);
        assertThat(recipient).isNotNull();
        assertThat(recipients.stillWanted(List.of(recipient), Channel.EMAIL)).containsExactly(recipient);
        assertThat(recipients.stillWanted(List.of(recipient), Channel.SMS)).isEmpty();

        assertPublished(recipient, "notification.consent.given.v1", address);

        String preferences = "/api/v1/preferences/" + preferenceTokens.token(recipient);
        String etag = web.perform(get(preferences))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.addresses[0].address").value(address.charAt(0) + "•••@agudah.example"))
                .andExpect(jsonPath("$.interests[0].kinds[0]").value("FAIR"))
                .andReturn()
                .getResponse()
                .getHeader("ETag");
        change(preferences, null, "{\"language\":\"sl\"}").andExpect(status().isPreconditionRequired());
        change(preferences, "\"999\"", "{\"language\":\"sl\"}").andExpect(status().isPreconditionFailed());
        change(preferences, etag, "{\"addresses\":[]}").andExpect(status().isUnprocessableContent());
        change(preferences, etag, "{\"channels\":[\"EMAIL\",\"SMS\"]}").andExpect(status().isUnprocessableContent());
        change(preferences, etag, "{\"language\":\"sl\",\"interests\":[{\"kinds\":[\"TRAINING\"]}]}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.language").value("sl"));
        assertThat(matches()).doesNotContainKey(address);

        UUID delivery = UUID.randomUUID();
        DELIVERIES.put(delivery, new Addressees.Addressee(recipient, Channel.EMAIL));
        String stop = "/unsubscribe/" + stopTokens.token(delivery);
        web.perform(get(stop)).andExpect(status().isOk()).andExpect(content().string(containsString("<form")));
        web.perform(get("/api/v1" + stop)).andExpect(status().isSeeOther());
        assertThat(recipients.stillWanted(List.of(recipient), Channel.EMAIL)).isNotEmpty();
        for (int i = 0; i < 2; i++) {
            web.perform(post(stop)
                            .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                            .content("List-Unsubscribe=One-Click"))
                    .andExpect(status().isOk());
        }
        assertThat(recipients.stillWanted(List.of(recipient), Channel.EMAIL)).isEmpty();
        assertThat(recipients.reachable(List.of(recipient), Channel.EMAIL)).isEmpty();
        assertPublished(recipient, "notification.consent.withdrawn.v1", address);
        confirm("{\"token\":\"%s\"}".formatted(token)).andExpect(status().isUnprocessableContent());
        web.perform(get(stop + "/done")).andExpect(status().isOk());
    }

    @Test
    void aSubscriberByPhoneConfirmsWithTheCodeAndStopsWithAWord() throws Exception {
        String phone = newPhone();
        subscribe("{\"phone\":\"%s\"}".formatted(phone), "tr").andExpect(status().isAccepted());
        String code = found("([0-9]{8})", smsTo(phone).text());

        confirm("{\"phone\":\"%s\",\"code\":\"0\"}".formatted(phone)).andExpect(status().isUnprocessableContent());
        confirm("{\"phone\":\"%s\",\"code\":\"%s\"}".formatted(phone, code)).andExpect(status().isOk());
        UUID recipient = matches().get(phone);
        assertThat(recipients.stillWanted(List.of(recipient), Channel.SMS)).containsExactly(recipient);

        inbound.received(phone, "Merhaba");
        assertThat(recipients.stillWanted(List.of(recipient), Channel.SMS)).isNotEmpty();
        inbound.received(phone.substring(1), "Ret");
        assertThat(recipients.stillWanted(List.of(recipient), Channel.SMS)).isEmpty();
        assertThat(SMS.stream().filter(sms -> sms.to().equals(phone))).hasSize(1);
    }

    @Test
    void dataAreShownAndErasedWithAFreshCodeOnlyAndTheAddressMayComeBackAsSomebodyNew() throws Exception {
        String address = newAddress();
        UUID recipient = subscriber(address);
        String preferences = "/api/v1/preferences/" + preferenceTokens.token(recipient);

        json(preferences + "/erasure", "{\"code\":\"12345678\"}").andExpect(status().isUnprocessableContent());
        json(preferences + "/code", "{}").andExpect(status().isAccepted());
        String first = found("\\b([0-9]{8})\\b", newestMailTo(address, 2).text());
        json(preferences + "/export", "{\"code\":\"%s\"}".formatted(first))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "no-store"))
                .andExpect(jsonPath("$.addresses[0].address").value(address));
        json(preferences + "/erasure", "{\"code\":\"%s\"}".formatted(first))
                .andExpect(status().isUnprocessableContent());
        json(preferences + "/code", "{}").andExpect(status().isAccepted());
        String second = found("\\b([0-9]{8})\\b", newestMailTo(address, 3).text());
        json(preferences + "/erasure", "{\"code\":\"%s\"}".formatted(second))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("ERASED"));

        web.perform(get(preferences)).andExpect(status().isNotFound());
        assertPublished(recipient, "notification.consent.erased.v1", address);
        Document left = mongo.getCollection("recipients")
                .find(new Document("_id", recipient))
                .first();
        assertThat(left).isNotNull();
        assertThat(left.getList("addresses", Object.class)).isEmpty();

        UUID again = subscriber(address);
        assertThat(again).isNotEqualTo(recipient);

        UUID before = UUID.randomUUID();
        DELIVERIES.put(before, new Addressees.Addressee(recipient, Channel.EMAIL));
        String old = "/unsubscribe/" + stopTokens.token(before);
        web.perform(post("/api/v1" + old))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("ERASED"));
        web.perform(post(old)).andExpect(status().isSeeOther());
        for (String page : List.of(old, old + "/done")) {
            web.perform(get(page).header("Accept-Language", "tr"))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("eski bir aboneliğe ait")))
                    .andExpect(content().string(not(containsString("Mesajlar durduruldu"))));
        }
        assertThat(recipients.stillWanted(List.of(again), Channel.EMAIL)).isNotEmpty();
    }

    @Test
    void knownAndUnknownAddressesGetTheSameAnswerAndOneMailOrFiveSmsADay() throws Exception {
        String address = newAddress();
        for (int i = 0; i < 8; i++) {
            subscribe("{\"email\":\"%s\"}".formatted(address), "en")
                    .andExpect(status().isAccepted())
                    .andExpect(content().string(""));
        }
        String phone = newPhone();
        for (int i = 0; i < 8; i++) {
            subscribe("{\"phone\":\"%s\"}".formatted(phone), "en")
                    .andExpect(status().isAccepted())
                    .andExpect(content().string(""));
        }
        await().atMost(PATIENCE)
                .until(() -> SMS.stream().filter(sms -> sms.to().equals(phone)).count()
                        == Recipient.MOST_CONFIRMATIONS_A_DAY);
        String other = newAddress();
        subscribe("{\"email\":\"%s\"}".formatted(other), "en").andExpect(status().isAccepted());
        mailTo(other);
        assertThat(MAILS.stream().filter(mail -> mail.to().equals(address))).hasSize(1);
    }

    @Test
    void whenTheDaysSmsAreUsedUpEverybodyIsToldSoWhateverTheirNumber() throws Exception {
        String known = newPhone();
        for (int i = 0; i < Recipient.MOST_CONFIRMATIONS_A_DAY; i++) {
            subscribe("{\"phone\":\"%s\"}".formatted(known), "tr").andExpect(status().isAccepted());
        }
        try {
            smsTaken(1999);
            subscribe("{\"phone\":\"%s\"}".formatted(newPhone()), "tr").andExpect(status().isAccepted());
            for (String number : List.of(known, newPhone(), newPhone())) {
                subscribe("{\"phone\":\"%s\"}".formatted(number), "tr")
                        .andExpect(status().isTooManyRequests())
                        .andExpect(header().exists("Retry-After"))
                        .andExpect(jsonPath("$.type").value(containsString("sms-used-up")))
                        .andExpect(content().string(not(containsString(number))));
            }
            web.perform(post("/subscriptions")
                            .header("Accept-Language", "tr")
                            .param("channel", "SMS")
                            .param("address.phone", newPhone())
                            .param("language", "tr")
                            .param("consent.textVersion", "2026-11-21"))
                    .andExpect(status().isTooManyRequests())
                    .andExpect(header().exists("Retry-After"))
                    .andExpect(content().string(containsString("yarın yeniden deneyin")));
            subscribe("{\"email\":\"%s\"}".formatted(newAddress()), "tr").andExpect(status().isAccepted());
            assertThat(mongo.findAll(Document.class, "day_quotas"))
                    .extracting(day -> day.getInteger("taken"))
                    .allMatch(taken -> taken <= 2000);
        } finally {
            smsTaken(0);
        }
    }

    /// Today and tomorrow: it may be midnight.
    private void smsTaken(int number) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (LocalDate day : List.of(today, today.plusDays(1))) {
            mongo.save(new Document("_id", "confirmation-sms/" + day).append("taken", number), "day_quotas");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"address\":{}}",
                "{\"address\":{\"email\":\"a@b.example\",\"phone\":\"+905551112233\"}}",
                "{\"address\":{\"email\":\"a@b.example\\r\\nBcc: c@d.example\"}}",
                "{\"address\":{\"email\":\"\\u0000\"}}",
                "{\"address\":{\"phone\":\"05551112233\"}}",
                "{\"address\":{\"phone\":\"+905551112233\"},\"language\":\"xx\"}",
                "{\"address\":{\"email\":\"a@b.example\"},\"language\":\"tr\",\"criteria\":{\"kinds\":[\"FIAR\"]}}",
                "{\"address\":{\"email\":\"a@b.example\"},\"language\":\"tr\",\"criteria\":{\"kinds\":[null]}}",
                "{\"address\":{\"email\":\"a@b.example\"},\"language\":\"tr\",\"criteria\":{\"kinds\":\"FAIR\"}}",
                "{\"address\":{\"email\":\"a@b.example\"},\"language\":\"tr\",\"frequency\":\"HOURLY\"}",
                "{\"address\":{\"email\":\"a@b.example\"},\"language\":\"tr\",\"consent\":{\"textVersion\":\"1\"}}",
                "{\"address\":{\"email\":\"a@b.example\"},\"invented\":1}",
                "{\"address\":[]}",
                "[]",
                "\"x\""
            })
    void refusesWhatCannotBeTakenWithAPointer(String body) throws Exception {
        json("/api/v1/subscriptions", body)
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.errors[0].pointer").exists());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"address\":", "nonsense"})
    void refusesWhatIsNotJson(String body) throws Exception {
        json("/api/v1/subscriptions", body).andExpect(status().isBadRequest());
    }

    @Test
    void suggestsTheNearestCode() throws Exception {
        json("/api/v1/subscriptions", """
                        {"address":{"email":"a@b.example"},"language":"en","criteria":{"kinds":["FIAR"]},
                         "consent":{"textVersion":"2026-11-21"}}""")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[*].code").value(hasItem("unknown-code")))
                .andExpect(jsonPath("$.errors[0].detail").value(containsString("FAIR")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%F0%9F%99%82", "a.b", "%00"})
    void forgedTokensAreNotFound(String token) throws Exception {
        for (String path : List.of("/api/v1/preferences/" + token, "/preferences/" + token, "/unsubscribe/" + token)) {
            int status = web.perform(get(URI.create(path)).accept(MediaType.ALL))
                    .andReturn()
                    .getResponse()
                    .getStatus();
            assertThat(status).as(path).isIn(400, 404);
        }
        assertThat(web.perform(post(URI.create("/unsubscribe/" + token))
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .content("List-Unsubscribe=One-Click"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isIn(400, 404);
        confirm("{\"token\":\"x\"}").andExpect(status().isUnprocessableContent());
    }

    @Test
    void showsTheConsentTextInForceAndRefusesUnknownParameters() throws Exception {
        web.perform(get("/api/v1/consent-texts").param("channel", "EMAIL").param("language", "he"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.version").value("2026-11-21"))
                .andExpect(jsonPath("$.text").value(containsString("אימג׳ה")));
        web.perform(get("/api/v1/consent-texts").param("channel", "FAX")).andExpect(status().isBadRequest());
        web.perform(get("/api/v1/consent-texts").param("channel", "SMS").param("language", "xx"))
                .andExpect(status().isBadRequest());
        web.perform(get("/api/v1/consent-texts")).andExpect(status().isBadRequest());
    }

    @Test
    void showsPagesInEveryLanguageAndKeepsWhatWasTyped() throws Exception {
        for (Language language : Language.values()) {
            web.perform(get("/subscriptions").header("Accept-Language", language.tag()))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("dir=\"" + language.direction() + "\"")));
            for (String path : List.of("/subscriptions/sent", "/subscriptions/confirmation", "/subscriptions/erased")) {
                web.perform(get(path).header("Accept-Language", language.tag())).andExpect(status().isOk());
            }
        }
        web.perform(post("/subscriptions")
                        .header("Accept-Language", "tr")
                        .param("channel", "EMAIL")
                        .param("address.email", "tomurcuk@")
                        .param("language", "tr")
                        .param("criteria.kinds", "FAIR"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("value=\"tomurcuk@\"")))
                .andExpect(content().string(containsString("role=\"alert\"")));
    }

    @Test
    void subscribesConfirmsAndPrefersByPagesAlone() throws Exception {
        String phone = newPhone();
        String next = web.perform(post("/subscriptions")
                        .header("Accept-Language", "tr")
                        .param("channel", "SMS")
                        .param("address.phone", "0" + phone.substring(3))
                        .param("language", "tr")
                        .param("criteria.kinds", "FAIR")
                        .param("criteria.regions", "TR-16")
                        .param("consent.textVersion", "2026-11-21"))
                .andExpect(status().isSeeOther())
                .andReturn()
                .getResponse()
                .getHeader("Location");
        assertThat(next).startsWith("/subscriptions/confirmation?asked=").doesNotContain(phone.substring(3));
        String code = found("([0-9]{8})", smsTo(phone).text());
        String asked = found("asked=([A-Za-z0-9_-]+)", next);
        web.perform(post("/subscriptions/confirmation").param("asked", asked).param("code", "x"))
                .andExpect(status().isUnprocessableContent());
        String preferences = web.perform(post("/subscriptions/confirmation")
                        .param("asked", asked)
                        .param("code", code))
                .andExpect(status().isSeeOther())
                .andReturn()
                .getResponse()
                .getHeader("Location");
        web.perform(get(URI.create(preferences)).header("Accept-Language", "he"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("+90•••")));
        String page = preferences.substring(0, preferences.indexOf('?'));
        web.perform(post(page + "/interests").param("criteria.regions", "TR")).andExpect(status().isSeeOther());
        web.perform(post(page + "/interests").param("criteria.regions", "XX-99"))
                .andExpect(status().isUnprocessableContent());
        web.perform(post(page + "/language").param("language", "it")).andExpect(status().isSeeOther());
        web.perform(post(page + "/removal").param("interest", "nonsense")).andExpect(status().isSeeOther());
        web.perform(post(page + "/code")).andExpect(status().isSeeOther());
        web.perform(post(page + "/export").param("code", "0")).andExpect(status().isUnprocessableContent());
        web.perform(post(page + "/stop")).andExpect(status().isSeeOther());
        assertThat(matches()).doesNotContainKey(phone);
    }

    @Test
    void countsWhomAGatheringReachesForThoseWhoMayAnnounce() throws Exception {
        for (int i = 0; i < 6; i++) {
            subscriber(newAddress());
        }
        var tokens = TestTokens.of("notification-service");
        String body = "{\"kind\":\"FAIR\",\"region\":\"TR-16\",\"topics\":[\"marketing\"]}";
        json("/api/v1/reach-estimates", body).andExpect(status().isUnauthorized());
        web.perform(post("/api/v1/reach-estimates")
                        .header("Authorization", tokens.account(UUID.randomUUID()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andExpect(status().isForbidden());
        web.perform(post("/api/v1/reach-estimates")
                        .header("Authorization", tokens.member(UUID.randomUUID(), UUID.randomUUID(), "VIEWER"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andExpect(status().isForbidden());
        web.perform(post("/api/v1/reach-estimates")
                        .header("Authorization", tokens.member(UUID.randomUUID(), UUID.randomUUID(), "EDITOR"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andExpect(status().isOk());
        String representative = tokens.representative(UUID.randomUUID(), UUID.randomUUID());
        web.perform(post("/api/v1/reach-estimates")
                        .header("Authorization", representative)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total.count").isNumber())
                .andExpect(jsonPath("$.reasons[0].reason.kind").value("FAIR"));
        web.perform(post("/api/v1/reach-estimates")
                        .header("Authorization", representative)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"kind\":\"FAIR\",\"region\":\"XX\",\"topics\":[null]}"))
                .andExpect(status().isUnprocessableContent());
        for (String elsewhere : List.of("\"country\":\"XX\"", "\"country\":\"IT\",\"region\":\"TR-16\"")) {
            web.perform(post("/api/v1/reach-estimates")
                            .header("Authorization", representative)
                            .contentType(MediaType.APPLICATION_JSON)
                            .content("{\"kind\":\"FAIR\",%s}".formatted(elsewhere)))
                    .andExpect(status().isUnprocessableContent());
        }
        web.perform(get("/fragments/reach-estimates/reach")
                        .param("kind", "FAIR")
                        .param("region", "TR-16")
                        .header("Authorization", representative))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("id=\"reach\"")));
        web.perform(get("/fragments/reach-estimates/reach")).andExpect(status().isOk());
    }

    @Test
    void aGatheringWithoutARegionReachesThoseWhoAskedForItsCountry() throws Exception {
        for (int i = 0; i < 5; i++) {
            subscriber(newAddress(), "TR");
        }
        String representative =
                TestTokens.of("notification-service").representative(UUID.randomUUID(), UUID.randomUUID());
        web.perform(post("/api/v1/reach-estimates")
                        .header("Authorization", representative)
                        .header("Accept-Language", "en")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"kind\":\"FAIR\",\"country\":\"TR\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total.count").value(5))
                .andExpect(jsonPath("$.reasons[0].label").value(containsString("Türkiye")));
        web.perform(get("/fragments/reach-estimates/reach")
                        .param("kind", "FAIR")
                        .param("country", "TR")
                        .param("region", "")
                        .header("Accept-Language", "en")
                        .header("Authorization", representative))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Türkiye")));
    }

    @Test
    void theHotQueryUsesItsIndex() {
        Document matching = explained(
                "recipients",
                StoredRecipients.matchingQuery(
                                new Subject("FAIR", "TR", "TR-16", Set.of()), List.of("TR-16", "TR"), UUID.randomUUID())
                        .getQueryObject(),
                new Document("_id", 1));
        assertThat(matching.toJson())
                .contains("\"matching\"")
                .doesNotContain("COLLSCAN")
                .doesNotContain("\"SORT\"");
    }

    private Document explained(String collection, Document filter, Document sort) {
        return mongo.getDb()
                .runCommand(new Document(
                        "explain",
                        new Document("find", collection)
                                .append("filter", filter)
                                .append("sort", sort)
                                .append("limit", 1000)));
    }

    private UUID subscriber(String address) throws Exception {
        return subscriber(address, "TR-16");
    }

    private UUID subscriber(String address, String region) throws Exception {
        int before =
                (int) MAILS.stream().filter(mail -> mail.to().equals(address)).count();
        subscribe("{\"email\":\"%s\"}".formatted(address), "tr", region).andExpect(status().isAccepted());
        String token = found(
                "token=([A-Za-z0-9_-]+)", newestMailTo(address, before + 1).text());
        confirm("{\"token\":\"%s\"}".formatted(token)).andExpect(status().isOk());
        return Optional.ofNullable(matches().get(address)).orElseThrow();
    }

    private ResultActions subscribe(String address, String language) throws Exception {
        return subscribe(address, language, "TR-16");
    }

    private ResultActions subscribe(String address, String language, String region) throws Exception {
        return json("/api/v1/subscriptions", """
                {"address":%s,"language":"%s","criteria":{"kinds":["FAIR"],"regions":["%s"]},
                 "frequency":"AT_ONCE","consent":{"textVersion":"2026-11-21"}}""".formatted(address, language, region));
    }

    private ResultActions confirm(String body) throws Exception {
        return json("/api/v1/subscriptions/confirmation", body);
    }

    private ResultActions json(String path, String body) throws Exception {
        return web.perform(post(path).contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private ResultActions change(String path, @Nullable String version, String body) throws Exception {
        var request = patch(path).contentType("application/merge-patch+json").content(body);
        return web.perform(version == null ? request : request.header("If-Match", version));
    }

    /// Who would hear of a fair in Bursa: address to id.
    private Map<String, UUID> matches() {
        var gathering = new Subject("FAIR", "TR", "TR-16", Set.of());
        List<UUID> ids = new ArrayList<>();
        Recipients.Page page = recipients.matching(gathering, null, 2);
        while (page.last() != null) {
            page.matches().forEach(match -> ids.add(match.recipient()));
            page = recipients.matching(gathering, page.last(), 2);
        }
        assertThat(ids).doesNotHaveDuplicates();
        return Stream.of(Channel.values())
                .flatMap(channel -> recipients.reachable(ids, channel).entrySet().stream())
                .collect(Collectors.toMap(found -> found.getValue().address(), Map.Entry::getKey));
    }

    private static OutgoingEmail mailTo(String address) {
        return newestMailTo(address, 1);
    }

    private static OutgoingEmail newestMailTo(String address, int count) {
        return await().atMost(PATIENCE)
                .until(
                        () -> MAILS.stream()
                                .filter(mail -> mail.to().equals(address))
                                .toList(),
                        mails -> mails.size() == count)
                .getLast();
    }

    private static OutgoingSms smsTo(String phone) {
        return await().atMost(PATIENCE)
                .until(() -> SMS.stream().filter(sms -> sms.to().equals(phone)).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private static void assertPublished(UUID recipient, String type, String address) {
        try (var broker = new TestBroker()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(broker.records("notification.consent.v1", recipient))
                            .anyMatch(record ->
                                    TestBroker.header(record, "ce_type").equals(type)));
            assertThat(Stream.of("notification.consent.v1", "notification.urgent.commands.v1")
                            .flatMap(topic -> broker.records(topic).stream()))
                    .noneMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains(address));
        }
    }

    private static String found(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static String newAddress() {
        return "a" + UUID.randomUUID().toString().substring(0, 13) + "@agudah.example";
    }

    private static String newPhone() {
        return "+90555%07d".formatted(new Random().nextInt(10_000_000));
    }
}
