package coop.imece.directory.codelist;

import static coop.imece.platform.test.ContractAssertions.assertEveryTypeIsPublished;
import static coop.imece.platform.test.ContractAssertions.assertPublishes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import coop.imece.platform.codelist.KnownCodeList;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.test.ContractAssertions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CodeListContractTests {

    @Test
    void hasASchemaAndAnExampleOfEachEvent() {
        assertEveryTypeIsPublished(CodeListEvent.class);
    }

    @Test
    void publishesEachListOfTheFilesAsTheSchemaSays() throws IOException {
        for (CodeList list : new CodeListSeeding(mock(CodeLists.class), JsonMapper.shared()).fromFiles()) {
            list.restate();
            assertThat(assertPublishes(list))
                    .hasSize(2)
                    .allSatisfy(entry -> assertThat(entry.data()).doesNotContain("null"));
        }
    }

    @Test
    void hasAnExampleWhoseIdFollowsFromItsName() {
        var example = ContractAssertions.received("directory.code-list.changed.v1", KnownCodeLists.idOf("x"), 1);

        assertThat(example.data().required("state").required("id").asString())
                .isEqualTo(
                        KnownCodeLists.idOf(example.state(KnownCodeList.class).name())
                                .toString());
    }
}
