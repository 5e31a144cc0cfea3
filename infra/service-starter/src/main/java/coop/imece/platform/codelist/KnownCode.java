package coop.imece.platform.codelist;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One code of a list.
///
/// @param code as it is written and travels, for example `FAIR` or `TR-16`
/// @param labels BCP 47 tag to label
/// @param active whether it may still be chosen; a retired code keeps its label
/// @param parent what it belongs to, if the list groups its codes: the organisation type of a kind, the NUTS-2 region
/// of a province, the section of a division
public record KnownCode(
        String code,
        Map<String, String> labels,
        boolean active,
        @Nullable String parent) {

    public KnownCode {
        labels = Map.copyOf(labels);
    }

    /// The label for a reader: in the reader's language, else in English, else the code.
    public String label(String language) {
        String label = labels.get(language);
        if (label == null) {
            label = labels.get("en");
        }
        return label == null ? code : label;
    }
}
