package coop.imece.directory.codelist;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CodeListFilesTests {

    private Map<String, CodeList> lists = Map.of();

    @BeforeEach
    void read() throws IOException {
        lists = new CodeListSeeding(mock(CodeLists.class), JsonMapper.shared())
                .fromFiles().stream().collect(toMap(CodeList::name, Function.identity()));
    }

    @Test
    void giveTheNetworkAllItsLists() {
        assertThat(lists)
                .containsOnlyKeys(
                        "countries",
                        "gathering-kinds",
                        "identifier-schemes",
                        "organisation-kinds",
                        "organisation-types",
                        "regions",
                        "sdgs",
                        "sectors",
                        "topics");
    }

    @Test
    void holdTheProvincesOfTurkeyAndTheRegionsOfItalySloveniaAndIsrael() {
        assertThat(codes("regions")).filteredOn(code -> code.startsWith("TR-")).hasSize(81);
        assertThat(codes("regions")).filteredOn(code -> code.startsWith("IT-")).hasSize(20);
        assertThat(codes("regions")).filteredOn(code -> code.startsWith("SI0")).hasSize(12);
        assertThat(codes("regions")).filteredOn(code -> code.startsWith("IL-")).hasSize(6);
        assertThat(lists.get("regions").codes())
                .allSatisfy(code -> assertThat(code.parent()).isNotBlank());
    }

    @Test
    void giveEachKindOfOrganisationItsType() {
        var types =
                lists.get("organisation-types").codes().stream().map(Code::code).collect(toSet());

        assertThat(lists.get("organisation-kinds").codes())
                .allSatisfy(kind -> assertThat(types).contains(kind.parent()));
    }

    @Test
    void holdTheKindsOfGatheringsOfTheApi() {
        assertThat(codes("gathering-kinds"))
                .containsExactly(
                        "FAIR",
                        "TRAINING",
                        "WORKSHOP",
                        "FORUM",
                        "CONFERENCE",
                        "STUDY_VISIT",
                        "PRODUCER_MARKET",
                        "ASSEMBLY",
                        "MEETING",
                        "WEBINAR",
                        "CALL");
    }

    @Test
    void putEachDivisionIntoASection() {
        List<Code> sectors = lists.get("sectors").codes();
        var sections =
                sectors.stream().filter(c -> c.parent() == null).map(Code::code).collect(toSet());

        assertThat(sections).hasSize(21);
        assertThat(sectors)
                .filteredOn(c -> c.parent() != null)
                .hasSize(88)
                .allSatisfy(division -> assertThat(sections).contains(division.parent()));
    }

    @Test
    void haveEachCodeOnce() {
        lists.values()
                .forEach(list -> assertThat(list.codes()).extracting(Code::code).doesNotHaveDuplicates());
    }

    private List<String> codes(String list) {
        return lists.get(list).codes().stream().map(Code::code).toList();
    }
}
