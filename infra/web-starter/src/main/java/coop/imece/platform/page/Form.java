package coop.imece.platform.page;

import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Wording;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a form holds: the values as they were typed, and what is wrong with them.
///
/// A field has the name of its JSON pointer with dots: `#/title/tr` is the field `title.tr`. A refused form is shown
/// again with everything that was typed ([#refused]); a controller takes a `Form` as an argument and gets the submitted
/// parameters.
public final class Form {

    private final Map<String, List<String>> values;
    private final List<FieldError> errors;

    private Form(Map<String, List<String>> values, List<FieldError> errors) {
        this.values = values;
        this.errors = List.copyOf(errors);
    }

    public static Form empty() {
        return new Form(Map.of(), List.of());
    }

    /// The submitted parameters of a request.
    public static Form of(Map<String, String[]> parameters) {
        var values = new LinkedHashMap<String, List<String>>();
        parameters.forEach((name, all) -> values.put(name, List.copyOf(Arrays.asList(all))));
        return new Form(values, List.of());
    }

    /// The same form with one more value: a text in several languages fills `name.tr` …, a moment fills `name.date`,
    /// `name.time` and `name.zone`, a collection fills one field several times; null leaves it empty.
    public Form with(String name, @Nullable Object value) {
        var filled = new LinkedHashMap<>(values);
        switch (value) {
            case null -> filled.remove(name);
            case LocalisedText text ->
                text.byLanguage().forEach((tag, wording) -> filled.put(name + "." + tag, List.of(wording.text())));
            case Moment moment -> {
                var local = moment.at().atZoneSameInstant(moment.zone());
                filled.put(name + ".date", List.of(local.toLocalDate().toString()));
                filled.put(name + ".time", List.of("%02d:%02d".formatted(local.getHour(), local.getMinute())));
                filled.put(name + ".zone", List.of(moment.zone().getId()));
            }
            case Collection<?> several ->
                filled.put(name, several.stream().map(Object::toString).toList());
            default -> filled.put(name, List.of(value.toString()));
        }
        return new Form(filled, errors);
    }

    /// The same form with what is wrong.
    public Form refused(List<FieldError> errors) {
        return new Form(values, errors);
    }

    /// What was typed, or an empty string.
    public String value(String name) {
        List<String> all = values(name);
        return all.isEmpty() ? "" : all.getFirst();
    }

    /// Everything submitted under the name.
    public List<String> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// What was typed, stripped, or null if that is nothing.
    public @Nullable String text(String name) {
        String text = value(name).strip();
        return text.isEmpty() ? null : text;
    }

    /// Whether the choice was made; for checkboxes, radio buttons and selects.
    public boolean chosen(String name, String value) {
        return values(name).contains(value);
    }

    /// The texts typed in any of the five languages.
    public LocalisedText texts(String name) {
        var texts = new LinkedHashMap<String, Wording>();
        for (Language language : Language.values()) {
            String text = text(name + "." + language.tag());
            if (text != null) {
                texts.put(language.tag(), Wording.of(text));
            }
        }
        return new LocalisedText(texts);
    }

    /// The moment typed into the fields `name.date`, `name.time` and `name.zone`; null with an error if it is none.
    public @Nullable Moment moment(String name, Checks checks) {
        String pointer = "#/" + name.replace('.', '/');
        String date = text(name + ".date");
        String time = text(name + ".time");
        if (date == null || time == null) {
            checks.refuse(pointer + (date == null ? "/date" : "/time"), "required");
            return null;
        }
        ZoneId zone;
        try {
            zone = ZoneId.of(value(name + ".zone"));
        } catch (DateTimeException _) {
            checks.refuse(pointer + "/zone", "invalid-zone");
            return null;
        }
        try {
            var local = LocalDate.parse(date).atTime(LocalTime.parse(time)).atZone(zone);
            return new Moment(local.toOffsetDateTime(), zone);
        } catch (DateTimeException _) {
            checks.refuse(pointer + "/date", "invalid-date");
            return null;
        }
    }

    public List<FieldError> errors() {
        return errors;
    }

    /// What is wrong with exactly this field.
    public List<FieldError> errorsAt(String name) {
        return errors.stream().filter(e -> field(e).equals(name)).toList();
    }

    /// What is wrong with this field or a part of it.
    public List<FieldError> errorsWithin(String name) {
        return errors.stream()
                .filter(e -> field(e).equals(name) || field(e).startsWith(name + "."))
                .toList();
    }

    /// Whether a text in several languages was typed, or refused, in a language other than this one.
    public boolean hasOther(String name, String language) {
        return Arrays.stream(Language.values())
                .map(Language::tag)
                .filter(tag -> !tag.equals(language))
                .map(tag -> name + "." + tag)
                .anyMatch(field -> text(field) != null || !errorsAt(field).isEmpty());
    }

    /// The name of the field an error points at; places in a list belong to the list, a moment's instant to its date.
    public static String field(FieldError error) {
        String name = error.pointer()
                .replaceFirst("^#?/?", "")
                .replace('/', '.')
                .replace("~1", "/")
                .replace("~0", "~");
        while (name.matches(".*\\.\\d+")) {
            name = name.substring(0, name.lastIndexOf('.'));
        }
        return name.endsWith(".at") ? name.substring(0, name.length() - 2) + "date" : name;
    }

    /// The id of the element that holds a field.
    public static String id(String name) {
        return "f-" + name.replaceAll("[^A-Za-z0-9]+", "-");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Form form && form.values.equals(values) && form.errors.equals(errors);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values, errors);
    }

    /// Names and errors only: values may be personal.
    @Override
    public String toString() {
        return "Form" + values.keySet() + errors;
    }
}
