package coop.imece.directory.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.directory.representation.Representatives;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServiceTest
class OrganisationApiIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("directory-service");
    private static final String PATH = "/api/v1/organisations/";

    @Autowired
    private MockMvc web;

    @Autowired
    private Organisations organisations;

    @Autowired
    private Representatives representatives;

    private final UUID id = UUID.randomUUID();
    private final UUID account = UUID.randomUUID();

    private static String municipality(String name) {
        return """
                {"type":"SUPPORTER","kind":"MUNICIPALITY","name":{"tr":"%s"},
                 "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"}}""".formatted(name);
    }

    private String unique() {
        return "Nilüfer " + id;
    }

    private MockHttpServletRequestBuilder putting(String body) {
        return put(PATH + id)
                .header("Authorization", TOKENS.account(account))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private void register() throws Exception {
        web.perform(putting(municipality(unique()))).andExpect(status().isCreated());
    }

    private void verify(UUID organisation) throws Exception {
        web.perform(post(PATH + organisation + "/verification")
                        .header("Authorization", TOKENS.administrator(UUID.randomUUID())))
                .andExpect(status().isCreated());
    }

    @Test
    void registersSubmittedAndMakesWhoRegisteredItsRepresentative() throws Exception {
        web.perform(putting(municipality(unique())))
                .andExpect(status().isCreated())
                .andExpect(header().string("ETag", "\"0\""))
                .andExpect(header().string("Location", PATH + id))
                .andExpect(jsonPath("$.state").value("SUBMITTED"))
                .andExpect(jsonPath("$.name.tr.text").value(unique()))
                .andExpect(jsonPath("$.name.tr.state").value("SOURCE"))
                .andExpect(jsonPath("$.languages", is(List.of("tr"))))
                .andExpect(jsonPath("$.licence").value("CC0-1.0"));

        assertThat(representatives.represents(id, account)).isTrue();
    }

    @Test
    void answersTheSameContentWithThePresentStateAndOtherContentOnlyWithTheVersion() throws Exception {
        register();
        web.perform(putting(municipality(unique())))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"0\""));
        web.perform(putting(municipality(unique() + " B")))
                .andExpect(status().is(428))
                .andExpect(header().string("ETag", "\"0\""));
        web.perform(putting(municipality(unique() + " B")).header("If-Match", "\"7\""))
                .andExpect(status().isPreconditionFailed())
                .andExpect(header().string("ETag", "\"0\""));
        web.perform(putting(municipality(unique() + " B")).header("If-Match", "\"0\""))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""));
    }

    @Test
    void aProgramChangesItsOwnOrganisationWithinItsScopesAndRegistersNone() throws Exception {
        register();
        UUID program = UUID.randomUUID();
        String change = "{\"sdgs\":[\"5\"]}";
        web.perform(changing(change).header("Authorization", TOKENS.program(program, id, "gatherings:write")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value("/problems/scope-missing"));
        web.perform(changing(change)
                        .header("Authorization", TOKENS.program(program, UUID.randomUUID(), "directory:write")))
                .andExpect(status().isNotFound());
        web.perform(changing(change).header("Authorization", TOKENS.program(program, id, "directory:write")))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""));
        web.perform(post(PATH + id + "/verification")
                        .header("Authorization", TOKENS.program(program, id, "directory:write")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value("/problems/scope-missing"));
        web.perform(post(PATH + id + "/representatives")
                        .header("Authorization", TOKENS.program(program, id, "directory:write"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"account\":\"" + UUID.randomUUID() + "\"}"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value("/problems/not-for-programs"));
        UUID another = UUID.randomUUID();
        web.perform(put(PATH + another)
                        .header("Authorization", TOKENS.program(program, id, "directory:write"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(municipality("Osmangazi " + another)))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value("/problems/not-for-programs"));
        assertThat(organisations.existsById(another)).isFalse();
    }

    private MockHttpServletRequestBuilder changing(String patch) {
        return patch(PATH + id)
                .header("If-Match", "\"0\"")
                .contentType("application/merge-patch+json")
                .content(patch);
    }

    @Test
    void keepsCodesThatWereRetiredSinceAndTakesThemNowhereElse() throws Exception {
        organisations.save(OrganisationFixture.aMunicipality()
                .withId(id)
                .named(unique())
                .registeredBy(account)
                .in("YU", "YU-1", "Nilüfer")
                .numbered(Identifier.of("YU-OLD", "1"))
                .working(new Sector("NACE2", "04"))
                .workingFor("18")
                .registered());
        String codes = """
                {"type":"SUPPORTER","kind":"MUNICIPALITY","name":{"tr":"%s"},"description":{"tr":"Yeni bir söz."},
                 "place":{"country":"YU","region":"YU-1","locality":"Nilüfer"},"languages":["tr"],
                 "identifiers":[{"scheme":"YU-OLD","value":"1"}],"sectors":[{"code":"04"}],"sdgs":["18"]}""".formatted(unique());

        web.perform(putting(codes).header("If-Match", "\"0\""))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.description.tr.text").value("Yeni bir söz."));
        web.perform(put(PATH + UUID.randomUUID())
                        .header("Authorization", TOKENS.account(account))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(codes))
                .andExpect(status().is(422))
                .andExpect(jsonPath(
                        "$.errors[*].pointer",
                        containsInAnyOrder(
                                "#/identifiers/0/scheme",
                                "#/sectors/0/code",
                                "#/place/country",
                                "#/place/region",
                                "#/sdgs/0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"91", "-1e300", "1e400", "400 digits", "2000 digits"})
    void refusesDegreesOffTheGlobeHoweverManyDigitsTheyHave(String lat) throws Exception {
        String number = lat.endsWith("digits") ? "1".repeat(Integer.parseInt(lat.split(" ")[0])) : lat;

        web.perform(putting(municipality(unique())
                        .replace("\"Nilüfer\"}", "\"Nilüfer\",\"point\":{\"lat\":" + number + ",\"lon\":28.98}}")))
                .andExpect(status().is4xxClientError());
        assertThat(organisations.existsById(id)).isFalse();
    }

    @Test
    void registersOnceHoweverManyTryAtOnce() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> registering = () -> web.perform(putting(municipality(unique())))
                    .andReturn()
                    .getResponse()
                    .getStatus();
            List<Integer> statuses = pool.invokeAll(java.util.Collections.nCopies(8, registering)).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .sorted()
                    .toList();
            assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
        }
    }

    @Test
    void refusesTheNameOfAnotherInTheSameRegionAndSaysWhoseItIs() throws Exception {
        register();
        UUID second = UUID.randomUUID();
        web.perform(put(PATH + second)
                        .header("Authorization", TOKENS.account(UUID.randomUUID()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(municipality(unique().toUpperCase(java.util.Locale.of("tr")))))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("name-taken")))
                .andExpect(jsonPath("$.detail", containsString(id.toString())))
                .andExpect(header().string("Location", PATH + id));
        web.perform(put(PATH + second)
                        .header("Authorization", TOKENS.account(UUID.randomUUID()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(municipality(unique()).replace("TR-16", "TR-35")))
                .andExpect(status().isCreated());
    }

    @Test
    void changesWhatAPatchMentions() throws Exception {
        register();
        web.perform(patch(PATH + id)
                        .header("Authorization", TOKENS.account(account))
                        .header("If-Match", "\"0\"")
                        .contentType("application/merge-patch+json")
                        .content("""
                                {"name":{"en":"Nilüfer Municipality %s"},"sdgs":["5","8"],"place":{"locality":null},
                                 "identifiers":[{"scheme":"TR-VKN","value":"454 053 6921"}]}""".formatted(id)))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.name.tr.text").value(unique()))
                .andExpect(jsonPath("$.name.en.text").value("Nilüfer Municipality " + id))
                .andExpect(jsonPath("$.place.locality").doesNotExist())
                .andExpect(jsonPath("$.place.region").value("TR-16"))
                .andExpect(jsonPath("$.identifiers[0].value").value("4540536921"))
                .andExpect(jsonPath("$.identifiers[0].valid").value(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "state", "asOf", "confirmedAt", "licence"})
    void refusesServerOwnedFieldsByName(String field) throws Exception {
        register();
        web.perform(patch(PATH + id)
                        .header("Authorization", TOKENS.account(account))
                        .header("If-Match", "\"0\"")
                        .contentType("application/merge-patch+json")
                        .content("{\"" + field + "\":\"VERIFIED\"}"))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/" + field))
                .andExpect(jsonPath("$.errors[0].code").value("read-only"));
    }

    @Test
    void refusesServerOwnedFieldsWhenItIsPut() throws Exception {
        web.perform(putting(municipality(unique()).replace("{\"type\"", "{\"state\":\"VERIFIED\",\"type\"")))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/state"))
                .andExpect(jsonPath("$.errors[0].code").value("read-only"));
        assertThat(organisations.existsById(id)).isFalse();
    }

    @Test
    void isVerifiedOnceByAReviewer() throws Exception {
        register();
        String reviewer = TOKENS.reviewer(UUID.randomUUID());
        web.perform(post(PATH + id + "/verification")
                        .header("Authorization", reviewer)
                        .header("If-Match", "\"7\""))
                .andExpect(status().isPreconditionFailed())
                .andExpect(header().string("ETag", "\"0\""));
        web.perform(post(PATH + id + "/verification")
                        .header("Authorization", reviewer)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().isCreated())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.state").value("VERIFIED"));
        web.perform(post(PATH + id + "/verification").header("Authorization", reviewer))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""));
        web.perform(post(PATH + UUID.randomUUID() + "/verification").header("Authorization", reviewer))
                .andExpect(status().isNotFound());
    }

    @Test
    void isNotVerifiedByItsOwnRepresentative() throws Exception {
        register();
        web.perform(post(PATH + id + "/verification").header("Authorization", TOKENS.reviewer(account)))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type", containsString("own-organisation")));
        web.perform(post(PATH + id + "/verification").header("Authorization", TOKENS.administrator(account)))
                .andExpect(status().isCreated());
    }

    @Test
    void showsContactPointsToThoseTheyAreFor() throws Exception {
        web.perform(putting(municipality(unique()).replace("{\"type\"", """
                                {"contactPoints":[
                                  {"channel":"EMAIL","value":"all@nilufer.example","visibility":"PUBLIC"},
                                  {"channel":"PHONE","value":"+90 (224) 111 22 33","visibility":"MEMBERS"},
                                  {"channel":"WEB","value":"https://nilufer.example/"}],"type\"""")))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.contactPoints", hasSize(3)))
                .andExpect(jsonPath("$.contactPoints[1].value").value("+902241112233"))
                .andExpect(jsonPath("$.contactPoints[2].visibility").value("REPRESENTATIVES"));
        verify(id);
        web.perform(get(PATH + id)).andExpect(jsonPath("$.contactPoints", hasSize(1)));
        UUID other = UUID.randomUUID();
        String signedIn = TOKENS.account(other);
        web.perform(get(PATH + id).header("Authorization", signedIn))
                .andExpect(jsonPath("$.contactPoints", hasSize(1)));
        // What the token says is not the truth, and what nobody has verified makes no member.
        web.perform(get(PATH + id).header("Authorization", TOKENS.representative(other, UUID.randomUUID())))
                .andExpect(jsonPath("$.contactPoints", hasSize(1)));
        UUID unverified = UUID.randomUUID();
        web.perform(put(PATH + unverified)
                        .header("Authorization", signedIn)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(municipality("Komşu " + unverified)))
                .andExpect(status().isCreated());
        web.perform(get(PATH + id).header("Authorization", signedIn))
                .andExpect(jsonPath("$.contactPoints", hasSize(1)));
        verify(unverified);
        web.perform(get(PATH + id).header("Authorization", signedIn))
                .andExpect(jsonPath("$.contactPoints", hasSize(2)));
        web.perform(get("/api/v1/organisations").param("q", id.toString()).header("Authorization", signedIn))
                .andExpect(jsonPath("$.items[0].contactPoints", hasSize(1)));
        UUID program = UUID.randomUUID();
        web.perform(get(PATH + id).header("Authorization", TOKENS.program(program, unverified)))
                .andExpect(jsonPath("$.contactPoints", hasSize(2)));
        web.perform(get(PATH + id).header("Authorization", TOKENS.program(program, id)))
                .andExpect(jsonPath("$.contactPoints", hasSize(3)));
        web.perform(get(PATH + id).header("Authorization", TOKENS.account(account)))
                .andExpect(jsonPath("$.contactPoints", hasSize(3)));
        web.perform(get(PATH + id).header("Authorization", TOKENS.reviewer(UUID.randomUUID())))
                .andExpect(header().string("Cache-Control", containsString("private")))
                .andExpect(jsonPath("$.contactPoints", hasSize(3)));
    }

    @Test
    void listsWithFacetsAndRefusesUnknownParameters() throws Exception {
        register();
        web.perform(get("/api/v1/organisations")
                        .param("q", id.toString())
                        .header("Accept-Language", "tr")
                        .header("Authorization", TOKENS.reviewer(UUID.randomUUID())))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(header().string("Cache-Control", containsString("private")))
                .andExpect(jsonPath("$.facets.state[0].label").value("Doğrulama bekliyor"));
        verify(id);
        web.perform(get("/api/v1/organisations").param("q", id.toString()).header("Accept-Language", "tr"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].id").value(id.toString()))
                .andExpect(header().string("Cache-Control", containsString("public")))
                .andExpect(jsonPath("$.facets.region[0].label").value("Bursa"));
        web.perform(get("/api/v1/organisations?colour=red"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.type", containsString("bad-parameter")));
        web.perform(get("/api/v1/organisations?limit=many")).andExpect(status().isBadRequest());
        web.perform(get("/api/v1/organisations?type=CIRCUS")).andExpect(status().isBadRequest());
        web.perform(get(PATH + "not-an-id")).andExpect(status().isBadRequest());
        web.perform(get(PATH + UUID.randomUUID())).andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | 400 | ",
                "[] | 422 | #",
                "\"text\" | 422 | #",
                "{\"colour\":\"red\"} | 422 | #/colour",
                "{\"type\":\"CIRCUS\"} | 422 | #/type",
                "{\"type\":7} | 422 | #/type",
                "{} | 422 | #/name",
                "{\"name\":{\"tr\":\"\"}} | 422 | #/name/tr",
                "{\"name\":{\"tr\":\"?!\"}} | 422 | #/name/tr",
                "{\"name\":{\"tr\":7}} | 422 | #/name/tr",
                "{\"name\":{\"tr\":null}} | 422 | #/name",
                "{\"name\":{\"tr\":{\"text\":\"a\",\"state\":\"GOOD\"}}} | 422 | #/name/tr/state",
                "{\"name\":{\"TÜRKÇE\":\"a\"}} | 422 | #/name/TÜRKÇE",
                "{\"name\":{\"a.b\":\"a\",\"$x\":\"b\"}} | 422 | #/name/$x",
                "{\"name\":{\"tr\":\"a\\r\\nBcc: x\"}} | 422 | #/name/tr",
                "{\"name\":{\"tr\":\"a\\u0000b\"}} | 422 | #/name/tr",
                "{\"kind\":\"MUNICIPALTY\"} | 422 | #/kind",
                "{\"type\":\"UNION\",\"kind\":\"MUNICIPALITY\"} | 422 | #/kind",
                "{\"place\":{\"country\":\"XX\"}} | 422 | #/place/country",
                "{\"place\":{\"country\":\"TR\",\"region\":\"IT-25\"}} | 422 | #/place/region",
                "{\"place\":{\"country\":\"TR\",\"point\":{\"lat\":91,\"lon\":0}}} | 422 | #/place/point/lat",
                "{\"place\":{\"country\":\"TR\",\"point\":{\"lat\":40}}} | 422 | #/place/point/lon",
                "{\"place\":{\"country\":\"TR\",\"point\":{\"lat\":\"x\",\"lon\":1}}} | 422 | #/place/point/lat",
                "{\"place\":\"Bursa\"} | 422 | #/place",
                "{\"founded\":1066} | 422 | #/founded",
                "{\"founded\":9999} | 422 | #/founded",
                "{\"founded\":2019.5} | 422 | #/founded",
                "{\"founded\":\"2019\"} | 422 | #/founded",
                "{\"sdgs\":[5]} | 422 | #/sdgs/0",
                "{\"sdgs\":[\"18\"]} | 422 | #/sdgs/0",
                "{\"sdgs\":[null]} | 422 | #/sdgs/0",
                "{\"languages\":[\"turkish language\"]} | 422 | #/languages/0",
                "{\"sectors\":[{\"scheme\":\"NACE2\",\"code\":\"10.51.12.3\"}]} | 422 | #/sectors/0/code",
                "{\"sectors\":[{\"scheme\":\"NACE2\",\"code\":\"34.1\"}]} | 422 | #/sectors/0/code",
                "{\"sectors\":[{\"scheme\":\"SBI\",\"code\":\"10\"}]} | 422 | #/sectors/0/scheme",
                "{\"identifiers\":[{\"scheme\":\"TR-VKN\",\"value\":\"10000000146\"}]} | 422 | #/identifiers/0/value",
                "{\"identifiers\":[{\"scheme\":\"TR-X\",\"value\":\"1\"}]} | 422 | #/identifiers/0/scheme",
                "{\"identifiers\":[{\"scheme\":\"OTHER\",\"value\":\"1\",\"valid\":true}]} | 422 | #/identifiers/0/valid",
                "{\"identifiers\":[null]} | 422 | #/identifiers/0",
                "{\"contactPoints\":[{\"channel\":\"EMAIL\",\"value\":\"a@b\"}]} | 422 | #/contactPoints/0/value",
                "{\"contactPoints\":[{\"channel\":\"EMAIL\",\"value\":\"a@b.example\\r\\nX: y\"}]} | 422 | #/contactPoints/0/value",
                "{\"contactPoints\":[{\"channel\":\"PHONE\",\"value\":\"0555\"}]} | 422 | #/contactPoints/0/value",
                "{\"contactPoints\":[{\"channel\":\"WEB\",\"value\":\"javascript:alert(1)\"}]} | 422 | #/contactPoints/0/value",
                "{\"contactPoints\":[{\"channel\":\"FAX\",\"value\":\"1\"}]} | 422 | #/contactPoints/0/channel",
                "{\"alsoKnownAs\":\"one\"} | 422 | #/alsoKnownAs"
            })
    void saysOfHostileInputWhatIsWrongWhere(String body, int status, String pointer) throws Exception {
        var answer = web.perform(putting(body))
                .andExpect(status().is(status))
                .andExpect(content().contentType("application/problem+json"));
        if (pointer != null) {
            answer.andExpect(jsonPath("$.errors[*].pointer", hasItem(pointer)));
        }
        assertThat(organisations.existsById(id)).isFalse();
    }

    @Test
    void refusesWhatIsTooLongOrTooMuch() throws Exception {
        web.perform(putting(municipality("x".repeat(201))))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].code").value("too-long"));
        web.perform(putting("{\"sdgs\":[" + "\"5\",".repeat(50) + "\"5\"]}"))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[*].code", hasItem("too-many")));
        web.perform(putting("{\"alsoKnownAs\":[\"" + "x".repeat(2_000_000) + "\"]}"))
                .andExpect(status().is(lessThan(500)));
        web.perform(putting("[".repeat(5000))).andExpect(status().is(lessThan(500)));
        assertThat(organisations.existsById(id)).isFalse();
    }

    @Test
    void suggestsTheNearestCodes() throws Exception {
        web.perform(putting("{\"type\":\"SUPPORTER\",\"kind\":\"belediyye\"}").header("Accept-Language", "tr"))
                .andExpect(status().is(422))
                .andExpect(
                        jsonPath("$.errors[?(@.pointer=='#/kind')].detail", hasItem(containsString("MUNICIPALITY"))));
    }

    @Test
    void appointsAndDismissesRepresentativesButNeverTheLast() throws Exception {
        register();
        verify(id);
        UUID colleague = UUID.randomUUID();
        String own = TOKENS.account(account);
        String appointment = "{\"account\":\"" + colleague + "\"}";
        web.perform(delete(PATH + id + "/representatives/" + account).header("Authorization", own))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("last-representative")));
        web.perform(post(PATH + id + "/representatives")
                        .header("Authorization", own)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(appointment))
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", PATH + id + "/representatives/" + colleague));
        web.perform(post(PATH + id + "/representatives")
                        .header("Authorization", own)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(appointment))
                .andExpect(status().isOk());
        web.perform(get(PATH + id + "/representatives").header("Authorization", TOKENS.account(colleague)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(2));
        web.perform(delete(PATH + id + "/representatives/" + account)
                        .header("Authorization", TOKENS.account(colleague)))
                .andExpect(status().isNoContent());
        web.perform(get(PATH + id + "/representatives").header("Authorization", own))
                .andExpect(status().isForbidden());
        web.perform(patch(PATH + id)
                        .header("Authorization", own)
                        .header("If-Match", "\"0\"")
                        .contentType("application/merge-patch+json")
                        .content("{\"sdgs\":[\"5\"]}"))
                .andExpect(status().isForbidden());
        web.perform(post(PATH + id + "/representatives")
                        .header("Authorization", TOKENS.account(colleague))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"account\":\"nobody\"}"))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/account"));
        web.perform(get(PATH + UUID.randomUUID() + "/representatives").header("Authorization", own))
                .andExpect(status().isNotFound());
    }

    @Test
    void isNotThereForStrangersUntilItIsVerified() throws Exception {
        register();
        for (String stranger : new String[] {
            null,
            TOKENS.account(UUID.randomUUID()),
            TOKENS.representative(UUID.randomUUID(), id),
            TOKENS.program(UUID.randomUUID(), UUID.randomUUID(), "directory:write")
        }) {
            assertThat(statusOf(get(PATH + id), stranger)).isEqualTo(404);
            assertThat(statusOf(get("/organisations/" + id).accept(MediaType.TEXT_HTML), stranger))
                    .isEqualTo(404);
            web.perform(authorised(get("/api/v1/organisations").param("q", id.toString()), stranger))
                    .andExpect(jsonPath("$.total").value(0));
            web.perform(authorised(get("/api/v1/organisations").param("state", "SUBMITTED"), stranger))
                    .andExpect(jsonPath("$.total").value(0));
        }
        String stranger = TOKENS.account(UUID.randomUUID());
        assertThat(statusOf(get(PATH + id + "/representatives"), stranger)).isEqualTo(404);
        assertThat(statusOf(post(PATH + id + "/verification"), stranger)).isEqualTo(404);
        assertThat(statusOf(
                        put(PATH + id).contentType(MediaType.APPLICATION_JSON).content(municipality(unique())),
                        stranger))
                .isEqualTo(404);
        assertThat(statusOf(get(PATH + id), TOKENS.account(account))).isEqualTo(200);
        assertThat(statusOf(get(PATH + id), TOKENS.reviewer(UUID.randomUUID()))).isEqualTo(200);
        assertThat(statusOf(get(PATH + id), TOKENS.program(UUID.randomUUID(), id)))
                .isEqualTo(200);
        verify(id);
        assertThat(statusOf(get(PATH + id), null)).isEqualTo(200);
    }

    private int statusOf(MockHttpServletRequestBuilder request, @Nullable String token) throws Exception {
        return web.perform(authorised(request, token)).andReturn().getResponse().getStatus();
    }

    private static MockHttpServletRequestBuilder authorised(
            MockHttpServletRequestBuilder request, @Nullable String token) {
        return token == null ? request : request.header("Authorization", token);
    }

    @ParameterizedTest
    @CsvSource({"REPRESENTATIVE, 200", "EDITOR, 200", "REPORTER, 403", "VIEWER, 403"})
    void letsEditorsChangeTheEntryAndEveryRoleReadIt(String role, int changing) throws Exception {
        register();
        UUID colleague = UUID.randomUUID();
        web.perform(post(PATH + id + "/representatives")
                        .header("Authorization", TOKENS.account(account))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"account\":\"" + colleague + "\",\"role\":\"" + role + "\"}"))
                .andExpect(status().isCreated());
        String token = TOKENS.account(colleague);
        assertThat(statusOf(get(PATH + id), token)).isEqualTo(200);
        assertThat(statusOf(
                        patch(PATH + id)
                                .header("If-Match", "\"0\"")
                                .contentType("application/merge-patch+json")
                                .content("{\"sdgs\":[\"5\"]}"),
                        token))
                .isEqualTo(changing);
        assertThat(statusOf(post(PATH + id + "/verification"), TOKENS.reviewer(colleague)))
                .as("nobody who acts for it verifies it")
                .isEqualTo(403);
    }

    @Test
    void tellsTheOtherServices() throws Exception {
        register();
        web.perform(post(PATH + id + "/verification").header("Authorization", TOKENS.reviewer(UUID.randomUUID())))
                .andExpect(status().isCreated());
        try (TestBroker broker = new TestBroker()) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                var records = broker.records("directory.organisation.v1", id);
                assertThat(records)
                        .extracting(record -> TestBroker.header(record, "ce_type"))
                        .containsExactly("directory.organisation.registered.v1", "directory.organisation.verified.v1");
                assertThat(new String(records.getFirst().value(), StandardCharsets.UTF_8))
                        .contains("\"registeredBy\":\"" + account + "\"");
            });
        }
    }

    @Test
    void appointsTheFirstRepresentativeAgainWhenItHearsOfARegistration() {
        UUID registered = UUID.randomUUID();
        UUID registrant = UUID.randomUUID();
        try (TestBroker broker = new TestBroker()) {
            String data = coop.imece.platform.test.ContractAssertions.example("directory.organisation.registered.v1")
                    .replace("0192f0c1-0000-7000-8000-00000000acc1", registrant.toString());
            broker.send("directory.organisation.v1", "directory.organisation.registered.v1", registered, 1, data);
            broker.send("directory.organisation.v1", "directory.organisation.registered.v1", registered, 1, data);
            broker.send("directory.organisation.v1", "directory.organisation.invented.v1", registered, 2, data);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(representatives.represents(registered, registrant))
                            .isTrue());
        }
        representatives.appointFirst(registered, registrant);
        assertThat(representatives.organisationsOf(registrant)).containsExactly(registered);
    }
}
