package coop.imece.platform.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import coop.imece.platform.security.Caller;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest(classes = StyleApplication.class)
@AutoConfigureMockMvc(addFilters = false)
class ShellTests {

    @Autowired
    MockMvc mvc;

    @ParameterizedTest
    @CsvSource({
        "tr, ltr, Kuruluşlar, 12 Aralık 2026 Cumartesi, 10.00–18.00, Menü · İmece, Türkiye saati",
        "en, ltr, Organisations, Saturday 12 December 2026, 10:00–18:00, Menu · İmece, Türkiye time",
        "sl, ltr, Organizacije, sobota 12. december 2026, 10.00–18.00, Meni · İmece, turški čas",
        "he, rtl, ארגונים, יום שבת 12 בדצמבר 2026, 10:00–18:00, תפריט · אימג׳ה, שעון טורקיה",
        "it, ltr, Organizzazioni, sabato 12 dicembre 2026, 10:00–18:00, Menu · İmece, ora della Turchia"
    })
    void speaksTheReadersLanguageInItsDirection(
            String language, String direction, String menu, String day, String hours, String title, String zone)
            throws Exception {
        String page = page("/style", language);
        assertThat(page)
                .contains("<html lang=\"" + language + "\" dir=\"" + direction + "\">")
                .contains(">" + menu + "</a>")
                .contains(hours)
                .contains("(" + zone + ")")
                .contains("<title>" + title + "</title>");
        assertThat(page.replace(",", "")).contains(day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "en", "sl", "he", "it"})
    void keepsEverythingTheStrictPolicyForbidsOutOfThePage(String language) throws Exception {
        String page = page("/style", language);
        assertThat(page).doesNotContain("style=\"").doesNotContain("th:").doesNotContain("??");
        assertThat(Pattern.compile("\\son[a-z]+=").matcher(page).find()).isFalse();
        assertThat(Pattern.compile("<script(?![^>]*src=)").matcher(page).find()).isFalse();
        assertThat(Pattern.compile("(src|href)=\"(https?:)?//(?!localhost:8080/)")
                        .matcher(page)
                        .find())
                .isFalse();
    }

    @Test
    void servesPagesUnderAPolicyThatAllowsNothingInlineAndNothingFromElsewhere() throws Exception {
        MockHttpServletResponse response =
                mvc.perform(get("/style")).andReturn().getResponse();
        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(response.getHeader("Vary")).contains("Accept-Language");
    }

    @Test
    void offersThePageInFiveLanguagesAndKeepsItsQuery() throws Exception {
        assertThat(page("/style?q=bal", "tr"))
                .contains("href=\"/style?q=bal&amp;lang=sl\"")
                .contains("hreflang=\"he\" href=\"http://localhost:8080/style?q=bal&amp;lang=he\"")
                .contains("hreflang=\"x-default\" href=\"http://localhost:8080/style?q=bal\"")
                .contains("rel=\"canonical\" href=\"http://localhost:8080/style?q=bal\"");
    }

    @Test
    void namesThePageAskedForInOneLanguageByThatLanguage() throws Exception {
        assertThat(page("/style?q=bal&lang=he", "he"))
                .contains("rel=\"canonical\" href=\"http://localhost:8080/style?q=bal&amp;lang=he\"")
                .contains("hreflang=\"x-default\" href=\"http://localhost:8080/style?q=bal\"");
    }

    @Test
    void tellsThoseWhoShareAPageWhatItIs() throws Exception {
        assertThat(page("/style", "tr"))
                .contains("<meta property=\"og:type\" content=\"website\">")
                .contains("<meta property=\"og:site_name\" content=\"İmece\">")
                .contains("property=\"og:title\"")
                .contains("content=\"Menü\"")
                .contains("<meta property=\"og:url\" content=\"http://localhost:8080/style\">")
                .contains("<meta property=\"og:description\" content=\"Kooperatif ağlarının")
                .contains("<meta property=\"og:locale\" content=\"tr_TR\">")
                .contains("<meta property=\"og:locale:alternate\" content=\"he_IL\">")
                .containsOnlyOnce("property=\"og:title\"");
        String summary = "Kırk \"kooperatif\" <bir> arada. ".repeat(20);
        String page = mvc.perform(get("/style").param("summary", summary).header("Accept-Language", "tr"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page)
                .containsPattern(
                        "<meta name=\"description\" content=\"Kırk &quot;kooperatif&quot; &lt;bir&gt; [^\"]{100,300}…\">");
    }

    @Test
    void keepsProblemsOutOfSearchEnginesAndPreviews() throws Exception {
        assertThat(page("/problem/404", "tr")).contains("noindex").doesNotContain("og:url");
    }

    @Test
    void offersToSignInAndComeBackOrTheDesk() throws Exception {
        assertThat(page("/style?q=bal", "tr")).contains("href=\"/sign-in?return=%2Fstyle%3Fq%3Dbal\"");
        var somebody = new Caller(UUID.randomUUID(), Set.of(), Map.of(), null, Set.of(), null, null);
        String page = mvc.perform(get("/style")
                        .requestAttr(Caller.class.getName(), somebody)
                        .header("Accept-Language", "tr"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("href=\"/desk\"").doesNotContain("/sign-in?");
    }

    @Test
    void showsARefusedFormAgainWithWhatWasTypedAndWhatIsWrong() throws Exception {
        MockHttpServletResponse response = mvc.perform(post("/style")
                        .param("name", "<Tomurcuk>")
                        .param("title.tr", "Fuar")
                        .param("title.he", "יריד")
                        .param("topics", "b")
                        .param("starts.date", "2026-13-99")
                        .header("Accept-Language", "tr"))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(response.getContentAsString())
                .contains("id=\"errors\" autofocus")
                .contains("<a href=\"#f-name\">Required_tr</a>")
                .contains("<a href=\"#f-title-he\">At most 200</a>")
                .contains("<a href=\"#f-topics\">")
                .contains("<a href=\"#f-starts-date\">")
                .contains("value=\"&lt;Tomurcuk&gt;\"")
                .containsPattern("id=\"f-name\"[^>]*aria-invalid=\"true\" aria-describedby=\"f-name-h f-name-e\"")
                .containsPattern("<details class=\"more\" open=\"open\">")
                .containsPattern("value=\"b\" checked=\"checked\"")
                .contains("value=\"2026-13-99\"");
    }

    @Test
    void marksATextInALanguageTheReaderDidNotChoose() throws Exception {
        assertThat(page("/style", "sl")).contains("<bdi lang=\"tr\" dir=\"ltr\">Nilüfer Üretici Fuarı</bdi>");
        assertThat(page("/style", "tr")).contains("<bdi>Nilüfer Üretici Fuarı</bdi>");
        assertThat(page("/style", "he"))
                .contains("<bdi>יריד יצרנים בנילופר</bdi>")
                .contains("תרגום מכונה");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 409, 422, 429, 500, 503})
    void showsProblemsInTheShell(int status) throws Exception {
        MockHttpServletResponse response = mvc.perform(get("/problem/" + status).header("Accept-Language", "tr"))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.getContentAsString())
                .contains("<html lang=\"tr\"")
                .contains("<h1>")
                .contains("Ana sayfaya dönün")
                .contains("noindex");
    }

    @Test
    void servesAssetsForAYearAtAddressesThatHoldTheirFingerprint() throws Exception {
        var matcher = Pattern.compile("/assets/(imece|htmx|mark)\\.[0-9a-f]{12}\\.(css|js|svg)")
                .matcher(page("/style", "tr"));
        int found = 0;
        while (matcher.find()) {
            found++;
            MockHttpServletResponse asset =
                    mvc.perform(get(matcher.group())).andReturn().getResponse();
            assertThat(asset.getStatus()).isEqualTo(200);
            assertThat(asset.getHeader("Cache-Control"))
                    .contains("max-age=31536000")
                    .contains("immutable");
            assertThat(asset.getContentAsByteArray()).isNotEmpty();
        }
        assertThat(found).isEqualTo(3);
        assertThat(mvc.perform(get("/assets/imece.000000000000.css"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void staysWithinTheBudgetOfAListingPage() throws Exception {
        int bytes = gzipped("/style");
        var matcher = Pattern.compile("/assets/[^\"]+").matcher(page("/style", "tr"));
        while (matcher.find()) {
            bytes += mvc.perform(get(matcher.group()).header("Accept-Encoding", "gzip"))
                    .andReturn()
                    .getResponse()
                    .getContentAsByteArray()
                    .length;
        }
        assertThat(bytes).isLessThan(60 * 1024);
    }

    private int gzipped(String path) throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            gzip.write(page(path, "tr").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return bytes.size();
    }

    private String page(String path, String language) throws Exception {
        return mvc.perform(get(path).header("Accept-Language", language))
                .andReturn()
                .getResponse()
                .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    }
}
