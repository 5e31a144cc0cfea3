package coop.imece.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coop.imece.platform.json.PlatformJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MergePatchTests {

    private final JsonMapper json = PlatformJson.strict();

    record Content(
            @Nullable String title,
            @Nullable Map<String, String> names,
            @Nullable List<String> tags) {}

    private Content patched(String patch) {
        var present = new Content("old", Map.of("tr", "eski", "en", "old"), List.of("a", "b"));
        return json.readValue(patch, MergePatch.class).applyTo(json, present, Content.class, Set.of("state"));
    }

    @Test
    void replacesValuesMergesObjectsAndRemovesByNull() {
        assertThat(patched("{\"title\":\"new\"}").title()).isEqualTo("new");
        assertThat(patched("{\"title\":null}").title()).isNull();
        assertThat(patched("{\"names\":{\"tr\":null,\"it\":\"nuovo\"}}").names())
                .isEqualTo(Map.of("en", "old", "it", "nuovo"));
        assertThat(patched("{\"tags\":[\"c\"]}").tags()).containsExactly("c");
        assertThat(patched("{}")).isEqualTo(patched("{\"title\":\"old\"}"));
    }

    @Test
    void refusesServerOwnedUnknownAndIllTypedFieldsByTheirPointer() {
        assertRefused("{\"state\":\"X\"}", "#/state", "read-only");
        assertRefused("{\"titel\":\"X\"}", "#/titel", "unknown-field");
        assertRefused("{\"title\":{}}", "#/title", "wrong-type");
        assertRefused("[1]", "#", "wrong-type");
    }

    private void assertRefused(String patch, String pointer, String code) {
        assertThatThrownBy(() -> patched(patch))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().errors())
                                .singleElement()
                                .satisfies(error -> {
                                    assertThat(error.pointer()).isEqualTo(pointer);
                                    assertThat(error.code()).isEqualTo(code);
                                }));
    }
}
