package coop.imece.events.gathering;

import coop.imece.platform.page.Form;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.Moment;
import coop.imece.platform.web.FieldError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The form an organiser fills in, and the same as the API would take it: whatever a page can do, a program can do, and
/// both are checked by [GatheringReader].
///
/// `kind`, `region` and `topic` are named like the parameters of a reach estimate, so that the form can ask for one.
final class GatheringForm {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// Where the form's fields are named unlike the API's.
    private static final Map<String, String> FIELDS = Map.of(
            "#/topics", "#/topic",
            "#/place/region", "#/region",
            "#/place/country", "#/region",
            "#/place/locality", "#/locality");

    private GatheringForm() {}

    /// The form filled in with what is there.
    static Form of(Gathering gathering) {
        var content = gathering.content();
        var place = content.place();
        var form = Form.empty()
                .with("version", gathering.version())
                .with("organiser", gathering.organiser())
                .with("kind", content.kind())
                .with("topic", content.topics())
                .with("title", content.title())
                .with("starts", content.timing().starts())
                .with("ends", content.timing().ends())
                .with("link", content.link())
                .with("languages", content.languages())
                .with("notify", true);
        if (content.description() != null) {
            form = form.with("description", content.description());
        }
        return place == null
                ? form
                : form.with("region", place.region())
                        .with("locality", place.locality())
                        .with("country", place.country());
    }

    /// What was typed, on top of what is there: what the form does not show stays.
    ///
    /// @param present the present content as [GatheringReader#written] spells it; empty for something new
    static ObjectNode wanted(Form form, JsonNode present) {
        ObjectNode wanted = present instanceof ObjectNode there ? there.deepCopy() : JSON.objectNode();
        put(wanted, "organiser", form.text("organiser"));
        put(wanted, "kind", form.text("kind"));
        wanted.set("topics", strings(form.values("topic")));
        wanted.set("languages", strings(form.values("languages")));
        put(wanted, "link", form.text("link"));
        wanted.set("title", texts(form, "title", wanted.get("title")));
        JsonNode description = texts(form, "description", wanted.get("description"));
        if (description.isEmpty()) {
            wanted.remove("description");
        } else {
            wanted.set("description", description);
        }
        moment(wanted, form, "starts");
        moment(wanted, form, "ends");
        place(wanted, form);
        return wanted;
    }

    /// Errors of the API's fields as errors of the form's.
    static List<FieldError> errors(List<FieldError> errors) {
        return errors.stream()
                .map(error -> new FieldError(field(error.pointer()), error.code(), error.args()))
                .toList();
    }

    private static String field(String pointer) {
        for (var field : FIELDS.entrySet()) {
            if (pointer.equals(field.getKey()) || pointer.startsWith(field.getKey() + "/")) {
                return field.getValue() + pointer.substring(field.getKey().length());
            }
        }
        // A wording is one field, whether its text or its state is wrong.
        return pointer.replaceFirst("^(#/(?:title|description|reason)/[a-z]+)/.*$", "$1");
    }

    private static void put(ObjectNode wanted, String name, @Nullable String value) {
        if (value == null) {
            wanted.remove(name);
        } else {
            wanted.put(name, value);
        }
    }

    private static JsonNode strings(List<String> values) {
        var array = JSON.arrayNode();
        values.stream().filter(value -> !value.isBlank()).forEach(array::add);
        return array;
    }

    /// The wordings as typed; one that was not touched keeps its state.
    static ObjectNode texts(Form form, String name, @Nullable JsonNode present) {
        var texts = new LinkedHashMap<String, JsonNode>();
        for (Language language : Language.values()) {
            String typed = form.text(name + "." + language.tag());
            if (typed == null) {
                continue;
            }
            String text = typed.replace("\r\n", "\n");
            JsonNode there = present == null ? null : present.get(language.tag());
            boolean untouched = there != null && text.equals(there.path("text").stringValue(""));
            texts.put(language.tag(), untouched ? there : JSON.stringNode(text));
        }
        ObjectNode node = JSON.objectNode();
        texts.forEach(node::set);
        return node;
    }

    /// The moment as typed; one that was not touched keeps its seconds, and the hour that is meant of two alike.
    private static void moment(ObjectNode wanted, Form form, String name) {
        if (wanted.get(name) instanceof ObjectNode there && untouched(form, name, there)) {
            return;
        }
        String date = form.text(name + ".date");
        String time = form.text(name + ".time");
        String zone = form.text(name + ".zone");
        ObjectNode moment = JSON.objectNode();
        if (date != null && time != null) {
            moment.put("at", at(date, time, zone));
        }
        put(moment, "zone", zone);
        wanted.set(name, moment);
    }

    private static boolean untouched(Form form, String name, ObjectNode present) {
        OffsetDateTime at = GatheringReader.time(present.path("at").stringValue(""));
        ZoneId zone = GatheringReader.zone(present.path("zone").stringValue(""));
        if (at == null || zone == null) {
            return false;
        }
        Form shown = Form.empty().with(name, new Moment(at, zone));
        return Stream.of(".date", ".time", ".zone")
                .allMatch(part -> Objects.equals(form.text(name + part), shown.text(name + part)));
    }

    /// The moment with its offset. An hour the clocks skip has none: it gets the one from before, which does not agree
    /// with the zone and is refused. Of an hour that comes twice the first is meant.
    private static String at(String date, String time, @Nullable String zoneName) {
        ZoneId zone = zoneName == null ? null : GatheringReader.zone(zoneName);
        try {
            LocalDateTime local = LocalDate.parse(date).atTime(LocalTime.parse(time));
            if (zone == null) {
                return local + ":00Z";
            }
            var rules = zone.getRules();
            var offsets = rules.getValidOffsets(local);
            return local.atOffset(offsets.isEmpty() ? rules.getTransition(local).getOffsetBefore() : offsets.getFirst())
                    .toString();
        } catch (DateTimeException e) {
            return date + "T" + time;
        }
    }

    private static void place(ObjectNode wanted, Form form) {
        String region = form.text("region");
        String locality = form.text("locality");
        String country = region == null ? form.text("country") : region.substring(0, Math.min(2, region.length()));
        JsonNode there = wanted.get("place");
        boolean countryAlone = there != null && !there.has("region") && !there.has("locality");
        if (region == null && locality == null && (country == null || !countryAlone)) {
            wanted.remove("place");
            return;
        }
        boolean same = there != null
                && Objects.equals(region, there.path("region").stringValue(null))
                && Objects.equals(locality, there.path("locality").stringValue(null));
        if (same) {
            return;
        }
        ObjectNode place = JSON.objectNode();
        put(place, "country", country);
        put(place, "region", region);
        put(place, "locality", locality);
        wanted.set("place", place);
    }
}
