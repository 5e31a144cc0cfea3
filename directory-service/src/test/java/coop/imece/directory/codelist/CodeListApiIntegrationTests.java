package coop.imece.directory.codelist;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class CodeListApiIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("directory-service");
    private static final String TYPES = """
            {"codes":[
              {"code":"COOPERATIVE","labels":{"tr":"Kooperatif","en":"Co-op","sl":"Zadruga","he":"קואופרטיב","it":"Cooperativa"}},
              {"code":"UNION","labels":{"tr":"Birlik","en":"Union","sl":"Zveza","he":"ברית","it":"Unione"}},
              {"code":"CLUSTER","labels":{"tr":"Küme","en":"Cluster","sl":"Grozd","he":"אשכול","it":"Cluster"},"active":false},
              {"code":"SUPPORTER","labels":{"tr":"Destekçi","en":"Supporter","sl":"Podpornik","he":"תומך","it":"Sostenitore"}}]}
            """;

    @Autowired
    private MockMvc web;

    @Autowired
    private CodeLists lists;

    @Autowired
    private JsonMapper json;

    @Autowired
    private CodeListSeeding seeding;

    @Autowired
    private KnownCodeLists known;

    @Test
    void areThereFromTheStartAndOpenToEverybody() throws Exception {
        web.perform(get("/api/v1/code-lists"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(9))
                .andExpect(jsonPath("$.items[*].name", hasItem("gathering-kinds")));
        web.perform(get("/api/v1/code-lists/gathering-kinds"))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"0\""))
                .andExpect(header().string("Cache-Control", containsString("public")))
                .andExpect(jsonPath("$.codes[0].labels.he").value("יריד"));
        web.perform(get("/api/v1/regions"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.name").value("regions"));
    }

    @Test
    void areSentOnlyOnceToWhoHoldsThemAlready() throws Exception {
        web.perform(get("/api/v1/code-lists/sdgs").header("If-None-Match", "\"0\""))
                .andExpect(status().isNotModified())
                .andExpect(content().string(""));
    }

    @Test
    void areSeededOnce() throws Exception {
        long before = lists.findByName("topics").orElseThrow().version();

        seeding.run(new DefaultApplicationArguments());

        assertThat(lists.findByName("topics").orElseThrow().version()).isEqualTo(before);
        assertThat(lists.count()).isEqualTo(9);
    }

    @Test
    void areChangedByAnAdministratorWhoNamesTheVersion() throws Exception {
        String administrator = TOKENS.administrator(UUID.randomUUID());
        web.perform(put("/api/v1/code-lists/organisation-types")
                        .header("Authorization", administrator)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(TYPES))
                .andExpect(status().is(428))
                .andExpect(header().string("ETag", "\"0\""));
        web.perform(put("/api/v1/code-lists/organisation-types")
                        .header("Authorization", administrator)
                        .header("If-Match", "\"0\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(TYPES))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.codes[2].active").value(false));
        assertThat(known.label("organisation-types", "COOPERATIVE", "en")).isEqualTo("Co-op");
        assertThat(known.isKnown("organisation-types", "CLUSTER")).isFalse();
        web.perform(patch("/api/v1/code-lists/organisation-types")
                        .header("Authorization", administrator)
                        .header("If-Match", "\"0\"")
                        .contentType("application/merge-patch+json")
                        .content(TYPES.replace("Co-op", "Coop")))
                .andExpect(status().isPreconditionFailed());
    }

    @Test
    void areNotForOthersToChange() throws Exception {
        web.perform(put("/api/v1/code-lists/sectors")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(TYPES))
                .andExpect(status().isUnauthorized());
        web.perform(put("/api/v1/code-lists/sectors")
                        .header("Authorization", TOKENS.reviewer(UUID.randomUUID()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(TYPES))
                .andExpect(status().isForbidden());
        web.perform(put("/api/v1/code-lists/sectors")
                        .header("Authorization", TOKENS.forged(UUID.randomUUID()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(TYPES))
                .andExpect(status().isUnauthorized());
    }

    private String kindsWith(String parent) {
        Map<String, String> labels = Map.of("tr", "x", "en", "x", "sl", "x", "he", "x", "it", "x");
        var codes = new ArrayList<>(
                lists.findByName("organisation-kinds").orElseThrow().codes());
        codes.add(new Code("GUILD_KIND", labels, true, parent));
        return json.writeValueAsString(Map.of("codes", codes));
    }

    @Test
    void keepWhatWasPublishedAndSayWhatIsWrongWhere() throws Exception {
        web.perform(put("/api/v1/code-lists/gathering-kinds")
                        .header("Authorization", TOKENS.administrator(UUID.randomUUID()))
                        .header("If-Match", "\"0\"")
                        .header("Accept-Language", "tr")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"codes":[{"code":"FAIR","labels":{"tr":"Fuar\\u0000","en":"Fair","fr":"Foire"}},
                                          {"code":"a b","labels":{"tr":"x","en":"x","sl":"x","he":"x","it":"x"}}]}
                                """))
                .andExpect(status().is(422))
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("#/codes/0/labels/tr")))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("#/codes/0/labels/sl")))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("#/codes/0/labels/fr")))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("#/codes/1/code")))
                .andExpect(jsonPath("$.errors[*].code", hasItem("code-missing")));
        web.perform(patch("/api/v1/code-lists/organisation-kinds")
                        .header("Authorization", TOKENS.administrator(UUID.randomUUID()))
                        .header("If-Match", "\"0\"")
                        .contentType("application/merge-patch+json")
                        .content(kindsWith("GUILD")))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].code").value("unknown-code"));
        String manyLabels =
                IntStream.range(0, 1_000).mapToObj(i -> "\"x" + i + "\":\"x\"").collect(joining(","));
        web.perform(put("/api/v1/code-lists/topics")
                        .header("Authorization", TOKENS.administrator(UUID.randomUUID()))
                        .header("If-Match", "\"0\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"codes\":[{\"code\":\"marketing\",\"labels\":{" + manyLabels + "}}]}"))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/codes/0/labels"))
                .andExpect(jsonPath("$.errors[0].code").value("too-many"));
        web.perform(get("/api/v1/code-lists/no-such-list")).andExpect(status().isNotFound());
        web.perform(get("/api/v1/code-lists?colour=red")).andExpect(status().isBadRequest());
    }
}
