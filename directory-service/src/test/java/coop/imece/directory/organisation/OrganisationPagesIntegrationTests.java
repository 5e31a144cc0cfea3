package coop.imece.directory.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ServiceTest
class OrganisationPagesIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("directory-service");

    @Autowired
    private MockMvc web;

    @Autowired
    private Organisations organisations;

    @Autowired
    private JsonMapper json;

    private final UUID id = UUID.randomUUID();
    private final UUID account = UUID.randomUUID();

    private MockHttpServletRequestBuilder page(String path) {
        return get(path).accept(MediaType.TEXT_HTML).header("Accept-Language", "tr");
    }

    private MockHttpServletRequestBuilder form(String path, String token) {
        return post(path)
                .accept(MediaType.TEXT_HTML)
                .header("Accept-Language", "tr")
                .header("Authorization", token)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED);
    }

    private MockHttpServletRequestBuilder registering(String name) {
        return form("/organisations/new", TOKENS.account(account))
                .param("id", id.toString())
                .param("name.tr", name)
                .param("name.en", "")
                .param("kind", "KGI")
                .param("place.region", "TR-16")
                .param("place.locality", "Nilüfer")
                .param("description.tr", "Birlikte üretiyoruz.\r\nGıda ve el işi.")
                .param("contactPoints.0.channel", "EMAIL")
                .param("contactPoints.0.value", "info@tomurcuk.example")
                .param("contactPoints.0.visibility", "PUBLIC")
                .param("contactPoints.1.channel", "")
                .param("contactPoints.1.value", "")
                .param("founded", "2019")
                .param("languages", "tr")
                .param("sectors.0.code", "10")
                .param("sdgs", "5")
                .param("identifiers.0.scheme", "TR-VKN")
                .param("identifiers.0.value", "4540536920")
                .param("alsoKnownAs", "Tomurcuk\r\n\r\nTomurcuk Kadın");
    }

    @Test
    void registersByFormAndShowsTheNewEntry() throws Exception {
        web.perform(registering("Tomurcuk " + id))
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", "/organisations/" + id + "?done=registered"));

        Profile profile = organisations.findById(id).orElseThrow().profile();
        assertThat(profile.type()).isEqualTo(OrganisationType.COOPERATIVE);
        assertThat(profile.alsoKnownAs()).containsExactly("Tomurcuk", "Tomurcuk Kadın");
        assertThat(profile.place().country()).isEqualTo("TR");
        assertThat(profile.founded()).isEqualTo(2019);
        web.perform(page("/organisations/" + id + "?done=registered").header("Authorization", TOKENS.account(account)))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("Tomurcuk " + id),
                                containsString("Nilüfer, Bursa"),
                                containsString("Doğrulama bekliyor"),
                                containsString("info@tomurcuk.example"),
                                containsString("4540536920"),
                                containsString("<dt>Kuruluş yılı</dt><dd>2019</dd>"),
                                containsString("Toplumsal cinsiyet eşitliği"),
                                containsString("Kuruluş eklendi"))))
                .andExpect(content().string(containsString("/organisations/" + id + "/edit")));
        web.perform(page("/organisations/" + id)).andExpect(status().isNotFound());
        verify();
        web.perform(page("/organisations/" + id))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("Kaydı düzenleyin"))));
    }

    private void verify() throws Exception {
        web.perform(form("/organisations/" + id + "/verification", TOKENS.reviewer(UUID.randomUUID()))
                        .param("version", "0"))
                .andExpect(status().isSeeOther());
    }

    @Test
    void showsTheFormAgainWithWhatWasTypedAndWhatIsWrong() throws Exception {
        web.perform(form("/organisations/new", TOKENS.account(account))
                        .param("id", id.toString())
                        .param("name.tr", "")
                        .param("place.locality", "Nilüfer")
                        .param("founded", "geçen yıl")
                        .param("contactPoints.1.channel", "EMAIL")
                        .param("contactPoints.1.value", "bozuk")
                        .param("identifiers.0.value", "<script>alert(1)</script>"))
                .andExpect(status().is(422))
                .andExpect(content()
                        .string(allOf(
                                containsString("Nilüfer"),
                                containsString("bozuk"),
                                containsString("href=\"#f-name\""),
                                containsString("href=\"#f-kind\""),
                                containsString("Alt türü seçin."),
                                containsString("href=\"#f-place-region\""),
                                containsString("href=\"#f-founded\""),
                                containsString("Yılı dört rakamla yazın: 1700 ile"),
                                containsString("geçen yıl"),
                                containsString("href=\"#f-contactPoints-1-value\""),
                                containsString("href=\"#f-identifiers-0-scheme\""))))
                .andExpect(content().string(not(containsString("<script>alert"))));
        assertThat(organisations.existsById(id)).isFalse();
    }

    @Test
    void namesTheOrganisationThatBearsTheName() throws Exception {
        web.perform(registering("Tomurcuk " + id)).andExpect(status().isSeeOther());
        UUID second = UUID.randomUUID();
        web.perform(form("/organisations/new", TOKENS.account(UUID.randomUUID()))
                        .param("id", second.toString())
                        .param("name.tr", "TOMURCUK " + id)
                        .param("kind", "KGI")
                        .param("place.region", "TR-16"))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("href=\"/organisations/" + id + "\"")));
    }

    @Test
    void asksToSignInBeforeARegistration() throws Exception {
        web.perform(page("/organisations/new"))
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", startsWith("/sign-in?return=")));
        web.perform(post("/organisations/new").accept(MediaType.TEXT_HTML).param("id", id.toString()))
                .andExpect(status().isUnauthorized());
        web.perform(form("/organisations/new", TOKENS.account(account)).param("id", "no id"))
                .andExpect(status().isBadRequest());
    }

    @Test
    void editsByFormAndLosesNothingTheFormDoesNotShow() throws Exception {
        web.perform(registering("Tomurcuk " + id)).andExpect(status().isSeeOther());
        String own = TOKENS.account(account);
        web.perform(page("/organisations/" + id + "/edit").header("Authorization", own))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("name=\"version\" value=\"0\""),
                                containsString("info@tomurcuk.example"),
                                containsString("Gıda ve el işi"))));
        web.perform(form("/organisations/" + id + "/edit", own)
                        .param("version", "0")
                        .param("name.tr", "Tomurcuk " + id)
                        .param("kind", "KGI")
                        .param("place.region", "TR-35"))
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", "/organisations/" + id + "?done=saved"));
        assertThat(organisations.findById(id).orElseThrow().profile().place().region())
                .isEqualTo("TR-35");
        web.perform(form("/organisations/" + id + "/edit", own)
                        .param("version", "0")
                        .param("name.tr", "Tomurcuk " + id)
                        .param("kind", "KGI")
                        .param("place.region", "TR-34"))
                .andExpect(status().is(422))
                .andExpect(content()
                        .string(allOf(
                                containsString("name=\"version\" value=\"1\""),
                                containsString("Siz yazarken kayıt değişti"))));
        web.perform(page("/organisations/" + id + "/edit").header("Authorization", TOKENS.account(UUID.randomUUID())))
                .andExpect(status().isNotFound())
                .andExpect(content().contentTypeCompatibleWith(MediaType.TEXT_HTML));
        web.perform(form("/organisations/" + id + "/edit", TOKENS.account(UUID.randomUUID()))
                        .param("version", "1"))
                .andExpect(status().isNotFound());
    }

    @Test
    void anEditFormOffersWhatIsThereThoughItWasRetired() throws Exception {
        organisations.save(OrganisationFixture.aCooperative()
                .withId(id)
                .named("Tomurcuk " + id)
                .registeredBy(account)
                .ofKind(OrganisationType.COOPERATIVE, "SIT")
                .in("TR-67")
                .numbered(Identifier.of("SI-DAVCNA", "12345679"))
                .workingFor("17")
                .registered());
        retire("organisation-kinds", "SIT");
        retire("regions", "TR-67");
        retire("identifier-schemes", "SI-DAVCNA");
        retire("sdgs", "17");

        web.perform(page("/organisations/" + id + "/edit").header("Authorization", TOKENS.account(account)))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("value=\"SIT\" selected"),
                                containsString("value=\"TR-67\" selected"),
                                containsString("value=\"SI-DAVCNA\" selected"),
                                containsString("value=\"17\" checked"))));
        web.perform(page("/organisations/new").header("Authorization", TOKENS.account(account)))
                .andExpect(
                        content().string(allOf(not(containsString("\"SIT\"")), not(containsString("\"SI-DAVCNA\"")))));
    }

    private void retire(String list, String retired) throws Exception {
        var present = web.perform(get("/api/v1/code-lists/" + list)).andReturn().getResponse();
        ObjectNode content = (ObjectNode) json.readTree(present.getContentAsString(StandardCharsets.UTF_8));
        content.remove("name");
        for (JsonNode code : content.path("codes")) {
            if (code.path("code").stringValue("").equals(retired)) {
                ((ObjectNode) code).put("active", false);
            }
        }
        web.perform(put("/api/v1/code-lists/" + list)
                        .header("Authorization", TOKENS.administrator(UUID.randomUUID()))
                        .header("If-Match", String.valueOf(present.getHeader("ETag")))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json.writeValueAsString(content)))
                .andExpect(status().isOk());
    }

    @Test
    void verifiesNothingTheReviewerHasNotSeen() throws Exception {
        web.perform(registering("Tomurcuk " + id)).andExpect(status().isSeeOther());
        String reviewer = TOKENS.reviewer(UUID.randomUUID());
        Organisation renamed = organisations.findById(id).orElseThrow();
        renamed.change(
                OrganisationFixture.aCooperative().named("Fidan " + id).profile(), false, OrganisationFixture.NOW);
        organisations.save(renamed);

        for (String seen : List.of("0", "")) {
            web.perform(form("/organisations/" + id + "/verification", reviewer).param("version", seen))
                    .andExpect(status().isPreconditionFailed())
                    .andExpect(content()
                            .string(allOf(
                                    containsString("Fidan " + id),
                                    containsString("Siz açtıktan sonra kayıt değişti"),
                                    containsString("name=\"version\" value=\"1\""))));
        }
        assertThat(organisations.findById(id).orElseThrow().state()).isEqualTo(Organisation.State.SUBMITTED);
    }

    @Test
    void offersVerificationToReviewersAlone() throws Exception {
        web.perform(registering("Tomurcuk " + id)).andExpect(status().isSeeOther());
        String reviewer = TOKENS.reviewer(UUID.randomUUID());
        String button = "/organisations/" + id + "/verification";
        web.perform(page("/organisations/" + id).header("Authorization", reviewer))
                .andExpect(content().string(containsString(button)));
        web.perform(page("/organisations/" + id).header("Authorization", TOKENS.account(account)))
                .andExpect(content().string(not(containsString(button))));
        web.perform(form(button, TOKENS.account(account))).andExpect(status().isForbidden());
        web.perform(form(button, reviewer).param("version", "0")).andExpect(status().isSeeOther());
        web.perform(page("/organisations/" + id).header("Authorization", reviewer))
                .andExpect(content().string(allOf(containsString("Doğrulandı"), not(containsString(button)))));
    }

    @ParameterizedTest
    @CsvSource({
        "tr, Kuruluşlar, ltr",
        "en, Organisations, ltr",
        "sl, Organizacije, ltr",
        "he, ארגונים, rtl",
        "it, Organizzazioni, ltr"
    })
    void listsInTheLanguageOfTheReader(String language, String title, String direction) throws Exception {
        web.perform(registering("Tomurcuk " + id)).andExpect(status().isSeeOther());
        verify();
        web.perform(get("/organisations")
                        .param("q", id.toString())
                        .param("region", "TR-16")
                        .accept(MediaType.TEXT_HTML)
                        .header("Accept-Language", language))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString(title),
                                containsString("dir=\"" + direction + "\""),
                                containsString("Tomurcuk " + id),
                                not(containsString("??")))));
    }

    @Test
    void saysWhenNothingFits() throws Exception {
        web.perform(page("/organisations").param("q", "zzz<b>"))
                .andExpect(status().isOk())
                .andExpect(
                        content().string(allOf(containsString("Uyan bir kuruluş yok"), not(containsString("<b>zzz")))));
        web.perform(page("/organisations").param("type", "CIRCUS")).andExpect(status().isBadRequest());
        web.perform(page("/organisations/" + UUID.randomUUID())).andExpect(status().isNotFound());
        web.perform(page("/organisations/xyz")).andExpect(status().isBadRequest());
    }

    @Test
    void givesDeskAndHomeTheirParts() throws Exception {
        web.perform(registering("Tomurcuk " + id)).andExpect(status().isSeeOther());
        web.perform(page("/fragments/organisations/desk").header("Authorization", TOKENS.account(account)))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("Tomurcuk " + id),
                                not(containsString("<html")),
                                not(containsString("desk-waiting")))));
        web.perform(page("/fragments/organisations/desk").header("Authorization", TOKENS.reviewer(UUID.randomUUID())))
                .andExpect(content().string(containsString("desk-waiting")));
        web.perform(page("/fragments/organisations/desk"))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("Tomurcuk"))));
        web.perform(page("/fragments/organisations/counts"))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("/organisations?type=COOPERATIVE"), not(containsString("<html")))));
    }
}
