package coop.imece.directory.codelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.Mockito.mock;

import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CodeRulesTests {

    private final CodeRules rules = new CodeRules(Set.of("COOPERATIVE", "UNION", "CLUSTER", "SUPPORTER"));
    private final Checks checks = new Checks();

    @ParameterizedTest
    @CsvSource({
        "regions,            X,          ,           code,   region-code",
        "regions,            TR,         ,           code,   region-code",
        "regions,            tr-16,      ,           code,   region-code",
        "regions,            XX-1,       ,           code,   region-code",
        "regions,            TR-Marmara, ,           code,   region-code",
        "countries,          XX,         ,           code,   country-code",
        "countries,          TUR,        ,           code,   country-code",
        "organisation-types, GUILD,      ,           code,   closed-list",
        "organisation-kinds, GUILD_KIND, ,           parent, required",
        "organisation-kinds, GUILD_KIND, GUILD,      parent, unknown-code",
        "sectors,            AB,         ,           code,   sector-code",
        "sectors,            98,         ,           parent, required",
        "sectors,            98,         Z,          parent, unknown-code",
        "sdgs,               18,         ,           code,   closed-list",
    })
    void refusesWhatOthersCouldNotUse(String list, String code, @Nullable String parent, String field, String error) {
        rules.check(checks, CodeList.begin(list, List.of()), List.of(code(code, parent)));

        assertThat(checks.errors())
                .extracting(FieldError::pointer, FieldError::code)
                .containsExactly(tuple("#/codes/0/" + field, error));
    }

    @ParameterizedTest
    @CsvSource({
        "regions,            IL-HA,       ",
        "regions,            SI041,       SI04",
        "countries,          PT,          ",
        "organisation-kinds, GUILD_KIND,  SUPPORTER",
        "sectors,            V,           ",
        "topics,             beekeeping,  ",
        "gathering-kinds,    HACKATHON,   ",
        "identifier-schemes, PT-NIF,      PT"
    })
    void takesWhatTheyCanUse(String list, String code, @Nullable String parent) {
        rules.check(checks, CodeList.begin(list, List.of()), List.of(code(code, parent)));

        assertThat(checks.errors()).isEmpty();
    }

    @Test
    void theListsTheNetworkBeginsWithFit() throws IOException {
        for (CodeList list : new CodeListSeeding(mock(CodeLists.class), JsonMapper.shared()).fromFiles()) {
            rules.check(checks, list, list.codes());
        }
        assertThat(checks.errors()).isEmpty();
    }

    private static Code code(String code, @Nullable String parent) {
        var labels = Arrays.stream(Language.values()).collect(Collectors.toMap(Language::tag, _ -> code));
        return new Code(code, labels, true, parent);
    }
}
