package coop.imece.platform.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with an input, so that everything is said at once.
public final class Checks {

    private final List<FieldError> errors = new ArrayList<>();

    /// Adds an error.
    public void refuse(String pointer, String code, Object... args) {
        errors.add(FieldError.of(pointer, code, args));
    }

    /// Adds the error unless the condition holds; returns the condition.
    public boolean require(boolean condition, String pointer, String code, Object... args) {
        if (!condition) {
            refuse(pointer, code, args);
        }
        return condition;
    }

    /// A required one-line text: trimmed, 1 to `max` characters (code points), no control characters. Empty if refused.
    public String line(String pointer, @Nullable String value, int max) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            refuse(pointer, "required");
        } else {
            checkText(pointer, text, max, false);
        }
        return text;
    }

    /// An optional text of several lines, at most `max` characters, no control characters but line breaks.
    public @Nullable String optionalText(String pointer, @Nullable String value, int max) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = value.strip();
        checkText(pointer, text, max, true);
        return text;
    }

    /// Checks length and characters of a text: codes `too-long` (limit) and `control-character`.
    public void checkText(String pointer, String text, int max, boolean lines) {
        require(text.codePointCount(0, text.length()) <= max, pointer, "too-long", max);
        require(
                text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) && !(lines && (c == '\n' || c == '\r' || c == '\t'))
                                || c == 0x2028
                                || c == 0x2029
                                || Character.getType(c) == Character.SURROGATE),
                pointer,
                "control-character");
    }

    public boolean failed() {
        return !errors.isEmpty();
    }

    public List<FieldError> errors() {
        return List.copyOf(errors);
    }
}
