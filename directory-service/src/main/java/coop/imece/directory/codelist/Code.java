package coop.imece.directory.codelist;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.platform.text.Language;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One code of a list.
///
/// @param code as it is written and travels
/// @param labels a label for each of the five languages
/// @param active whether it may still be chosen
/// @param parent what it belongs to, if the list groups its codes
@JsonInclude(JsonInclude.Include.NON_NULL)
record Code(
        String code,
        Map<String, String> labels,
        boolean active,
        @Nullable String parent) {

    Code {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (Language language : Language.values()) {
            String label = labels.get(language.tag());
            if (label == null || label.isBlank()) {
                throw new IllegalArgumentException(code + " lacks a label in " + language.tag());
            }
            ordered.put(language.tag(), label);
        }
        labels = Collections.unmodifiableMap(ordered);
    }
}
