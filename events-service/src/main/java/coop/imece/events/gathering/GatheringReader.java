package coop.imece.events.gathering;

import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Place;
import coop.imece.platform.text.Wording;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.NearestCodes;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads what an organiser wrote, from the API and from the form alike, and says everything that is wrong with it at
/// once, each by its pointer. What it returns can be stored; what it refuses is nowhere.
final class GatheringReader {

    static final int LONGEST_TITLE = 200;
    static final int LONGEST_DESCRIPTION = 8000;
    static final int LONGEST_REASON = 1000;
    private static final int LONGEST_LOCALITY = 200;
    private static final int LONGEST_LINK = 2000;
    private static final int LONGEST_NAME_SHOWN = 60;
    private static final int MOST_OF_A_LIST = 10;
    private static final int MOST_STRANGE_FIELDS_NAMED = 20;

    private static final Set<String> OWN_FIELDS = Set.of(
            "id",
            "organiser",
            "kind",
            "topics",
            "title",
            "description",
            "starts",
            "ends",
            "place",
            "link",
            "sdgs",
            "languages");

    /// The server's own fields: refused by name, not ignored.
    private static final Set<String> READ_ONLY = Set.of("organiserName", "state", "revision", "cancellationReason");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> SPOKEN = Set.copyOf(Arrays.asList(Locale.getISOLanguages()));
    private static final Pattern UUID_FORM =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private final Codes codes;
    private final JsonMapper json;

    GatheringReader(Codes codes, JsonMapper json) {
        this.codes = codes;
        this.json = json;
    }

    /// A reader that also takes the codes that are there already, though they may have been retired meanwhile.
    GatheringReader keeping(GatheringContent present) {
        var place = present.place();
        String region = place == null ? null : place.region();
        return new GatheringReader(
                new Codes() {
                    @Override
                    public boolean usable(String list, String code) {
                        return present.kind().equals(code) && KINDS.equals(list)
                                || present.topics().contains(code) && TOPICS.equals(list)
                                || code.equals(region) && REGIONS.equals(list)
                                || codes.usable(list, code);
                    }

                    @Override
                    public List<String> nearest(String list, String code) {
                        return codes.nearest(list, code);
                    }
                },
                json);
    }

    /// What the organiser wrote, as it could be sent again: without the fields that are the server's own.
    ObjectNode written(Gathering gathering) {
        ObjectNode shown = json.valueToTree(gathering.publicState());
        READ_ONLY.forEach(shown::remove);
        return shown;
    }

    /// The organiser's id; null if refused.
    @Nullable
    UUID organiser(JsonNode body, Checks checks) {
        String text = string(body, "organiser", "#/organiser", checks);
        if (text == null) {
            if (absent(body, "organiser")) {
                checks.refuse("#/organiser", "required");
            }
            return null;
        }
        UUID id = id(text);
        checks.require(id != null, "#/organiser", "invalid-id");
        return id;
    }

    /// An id in its full form; Java would also take shorter ones.
    static @Nullable UUID id(String text) {
        return UUID_FORM.matcher(text).matches() ? UUID.fromString(text) : null;
    }

    /// The content; null if anything was refused.
    ///
    /// @param id the id in the path: the body may repeat it, and nothing else
    /// @param language of plain strings
    @Nullable
    GatheringContent content(JsonNode body, UUID id, String language, Checks checks) {
        strangers(body, "#", OWN_FIELDS, checks);
        if (!absent(body, "id")) {
            String given = string(body, "id", "#/id", checks);
            checks.require(given == null || given.equalsIgnoreCase(id.toString()), "#/id", "read-only");
        }
        String kind = code(body, "kind", "#/kind", Codes.KINDS, checks);
        if (kind == null && absent(body, "kind")) {
            checks.refuse("#/kind", "required");
        }
        List<String> topics = codeList(body, "topics", Codes.TOPICS, checks);
        LocalisedText title = text(body, "title", "#/title", language, LONGEST_TITLE, false, checks);
        if (title == null && absent(body, "title")) {
            checks.refuse("#/title", "required");
        }
        LocalisedText description =
                text(body, "description", "#/description", language, LONGEST_DESCRIPTION, true, checks);
        Timing timing = timing(body, checks);
        Place place = place(body, checks);
        String link = link(body, checks);
        List<String> sdgs = sdgs(body, checks);
        List<String> languages = spoken(body, checks);
        if (checks.failed() || kind == null || title == null || timing == null) {
            return null;
        }
        return new GatheringContent(kind, topics, title, description, timing, place, link, sdgs, languages);
    }

    /// Why a gathering is cancelled; null if refused.
    @Nullable
    LocalisedText reason(JsonNode body, String language, Checks checks) {
        strangers(body, "#", Set.of("reason", "notify"), checks);
        LocalisedText reason = text(body, "reason", "#/reason", language, LONGEST_REASON, true, checks);
        if (reason == null && absent(body, "reason")) {
            checks.refuse("#/reason", "required");
        }
        return reason;
    }

    /// Whether people are to be told; null if it was not said.
    static @Nullable Boolean notify(JsonNode body, Checks checks) {
        JsonNode given = given(body, "notify");
        if (given == null) {
            return null;
        }
        checks.require(given.isBoolean(), "#/notify", "wrong-type");
        return given.isBoolean() && given.booleanValue();
    }

    /// Refuses the fields nobody knows.
    static void strangers(JsonNode body, String pointer, Set<String> known, Checks checks) {
        int named = 0;
        for (String name : body.propertyNames()) {
            if (known.contains(name)) {
                continue;
            }
            if (++named > MOST_STRANGE_FIELDS_NAMED) {
                return;
            }
            checks.refuse(
                    pointer + "/" + escaped(name),
                    "#".equals(pointer) && READ_ONLY.contains(name) ? "read-only" : "unknown-field",
                    String.join(", ", NearestCodes.of(name, known)));
        }
    }

    private @Nullable LocalisedText text(
            JsonNode body, String name, String pointer, String language, int max, boolean lines, Checks checks) {
        JsonNode given = given(body, name);
        if (given == null) {
            return null;
        }
        Map<String, Wording> wordings = new LinkedHashMap<>();
        if (given.isString()) {
            Wording wording = wording(pointer, given.stringValue(), Wording.State.SOURCE, max, lines, checks);
            if (wording != null) {
                wordings.put(language, wording);
            }
        } else if (given.isObject()) {
            int named = 0;
            for (var entry : given.properties()) {
                String at = pointer + "/" + escaped(entry.getKey());
                if (Language.of(entry.getKey()).isEmpty()) {
                    checks.refuse(at, "invalid-language");
                    if (++named > MOST_STRANGE_FIELDS_NAMED) {
                        return null;
                    }
                    continue;
                }
                Wording wording = wording(at, entry.getValue(), max, lines, checks);
                if (wording != null) {
                    wordings.put(entry.getKey(), wording);
                }
            }
            checks.require(!given.isEmpty(), pointer, "required");
        } else {
            checks.refuse(pointer, "wrong-type");
        }
        return wordings.isEmpty() ? null : new LocalisedText(wordings);
    }

    private @Nullable Wording wording(String pointer, JsonNode given, int max, boolean lines, Checks checks) {
        if (given.isString()) {
            return wording(pointer, given.stringValue(), Wording.State.SOURCE, max, lines, checks);
        }
        if (!given.isObject()) {
            checks.refuse(pointer, "wrong-type");
            return null;
        }
        strangers(given, pointer, Set.of("text", "state"), checks);
        Wording.State state = Wording.State.SOURCE;
        String named = string(given, "state", pointer + "/state", checks);
        if (named != null) {
            var found = Arrays.stream(Wording.State.values())
                    .filter(s -> s.name().equals(named))
                    .findFirst();
            if (found.isEmpty()) {
                checks.refuse(pointer + "/state", "unknown-code", names(Wording.State.values()));
            }
            state = found.orElse(state);
        }
        if (absent(given, "text")) {
            checks.refuse(pointer + "/text", "required");
            return null;
        }
        String text = string(given, "text", pointer + "/text", checks);
        return text == null ? null : wording(pointer + "/text", text, state, max, lines, checks);
    }

    private static @Nullable Wording wording(
            String pointer, String text, Wording.State state, int max, boolean lines, Checks checks) {
        String stripped = text.strip().replace("\r\n", "\n");
        if (!checks.require(!stripped.isEmpty(), pointer, "required")) {
            return null;
        }
        checks.checkText(pointer, stripped, max, lines);
        return new Wording(stripped, state);
    }

    private static @Nullable Timing timing(JsonNode body, Checks checks) {
        Moment starts = moment(body, "starts", checks);
        Moment ends = moment(body, "ends", checks);
        if (starts == null || ends == null) {
            return null;
        }
        if (!checks.require(
                ends.at().toInstant().getEpochSecond() > starts.at().toInstant().getEpochSecond(),
                "#/ends/at",
                "before-start")) {
            return null;
        }
        if (!checks.require(
                Duration.between(starts.at(), ends.at()).compareTo(Timing.LONGEST) <= 0,
                "#/ends/at",
                "lasts-too-long")) {
            return null;
        }
        return Timing.of(starts, ends);
    }

    private static @Nullable Moment moment(JsonNode body, String name, Checks checks) {
        String pointer = "#/" + name;
        JsonNode given = given(body, name);
        if (given == null) {
            checks.refuse(pointer, "required");
            return null;
        }
        if (!given.isObject()) {
            checks.refuse(pointer, "wrong-type");
            return null;
        }
        strangers(given, pointer, Set.of("at", "zone"), checks);
        OffsetDateTime at = null;
        String time = required(given, "at", pointer + "/at", checks);
        if (time != null) {
            at = time(time);
            checks.require(at != null, pointer + "/at", "invalid-date");
        }
        ZoneId zone = null;
        String zoneName = required(given, "zone", pointer + "/zone", checks);
        if (zoneName != null) {
            zone = zone(zoneName);
            checks.require(zone != null, pointer + "/zone", "invalid-zone");
        }
        if (at == null || zone == null) {
            return null;
        }
        if (!checks.require(
                zone.getRules().isValidOffset(at.toLocalDateTime(), at.getOffset()),
                pointer + "/at",
                "offset-disagrees")) {
            return null;
        }
        return new Moment(at, zone);
    }

    /// A date that exists, with offset, in a century in which somebody may plan.
    static @Nullable OffsetDateTime time(String text) {
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            return at.getYear() >= 1970 && at.getYear() < 2200 ? at : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// A zone of the IANA data base by its name; offsets are not zones.
    static @Nullable ZoneId zone(String name) {
        return ZoneRulesProvider.getAvailableZoneIds().contains(name) ? ZoneId.of(name) : null;
    }

    private @Nullable Place place(JsonNode body, Checks checks) {
        JsonNode given = given(body, "place");
        if (given == null) {
            return null;
        }
        if (!given.isObject()) {
            checks.refuse("#/place", "wrong-type");
            return null;
        }
        strangers(given, "#/place", Set.of("country", "region", "locality", "point"), checks);
        String country = required(given, "country", "#/place/country", checks);
        if (country != null) {
            checks.require(
                    COUNTRIES.contains(country),
                    "#/place/country",
                    "unknown-code",
                    String.join(", ", NearestCodes.of(country, COUNTRIES)));
        }
        String region = code(given, "region", "#/place/region", Codes.REGIONS, checks);
        if (region != null && country != null) {
            checks.require(region.startsWith(country), "#/place/region", "region-elsewhere");
        }
        String locality = string(given, "locality", "#/place/locality", checks);
        if (locality != null) {
            locality = checks.line("#/place/locality", locality, LONGEST_LOCALITY);
        }
        Place.Point point = point(given, checks);
        return country == null ? null : new Place(country, region, locality, point);
    }

    private Place.@Nullable Point point(JsonNode place, Checks checks) {
        JsonNode given = given(place, "point");
        if (given == null) {
            return null;
        }
        if (!given.isObject()) {
            checks.refuse("#/place/point", "wrong-type");
            return null;
        }
        strangers(given, "#/place/point", Set.of("lat", "lon"), checks);
        Double lat = degrees(given, "lat", 90, checks);
        Double lon = degrees(given, "lon", 180, checks);
        return lat == null || lon == null ? null : new Place.Point(lat, lon);
    }

    private static @Nullable Double degrees(JsonNode point, String name, int limit, Checks checks) {
        String pointer = "#/place/point/" + name;
        JsonNode given = given(point, name);
        if (given == null) {
            checks.refuse(pointer, "required");
            return null;
        }
        if (!given.isNumber()) {
            checks.refuse(pointer, "wrong-type");
            return null;
        }
        // Empty for a number with more digits than a double can hold.
        OptionalDouble degrees = given.doubleValueOpt();
        boolean within = degrees.isPresent() && Math.abs(degrees.getAsDouble()) <= limit;
        return checks.require(within, pointer, "out-of-range", -limit, limit) ? degrees.getAsDouble() : null;
    }

    private static @Nullable String link(JsonNode body, Checks checks) {
        String link = string(body, "link", "#/link", checks);
        if (link == null) {
            return null;
        }
        String stripped = link.strip();
        if (!checks.require(stripped.length() <= LONGEST_LINK, "#/link", "too-long", LONGEST_LINK)) {
            return null;
        }
        try {
            URI uri = new URI(stripped);
            String scheme = uri.getScheme();
            boolean web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
            checks.require(web && uri.getHost() != null && uri.getUserInfo() == null, "#/link", "invalid-url");
        } catch (URISyntaxException e) {
            checks.refuse("#/link", "invalid-url");
        }
        return stripped;
    }

    private List<String> codeList(JsonNode body, String name, String list, Checks checks) {
        var codesGiven = new LinkedHashSet<String>();
        for (var entry : strings(body, name, checks).entrySet()) {
            checkCode(entry.getKey(), list, entry.getValue(), checks);
            codesGiven.add(entry.getValue());
        }
        return List.copyOf(codesGiven);
    }

    private List<String> sdgs(JsonNode body, Checks checks) {
        var sdgs = new LinkedHashSet<String>();
        for (var entry : strings(body, "sdgs", checks).entrySet()) {
            checks.require(entry.getValue().matches("[1-9]|1[0-7]"), entry.getKey(), "unknown-code", "1–17");
            sdgs.add(entry.getValue());
        }
        return List.copyOf(sdgs);
    }

    private List<String> spoken(JsonNode body, Checks checks) {
        var languages = new LinkedHashSet<String>();
        for (var entry : strings(body, "languages", checks).entrySet()) {
            checks.require(spoken(entry.getValue()), entry.getKey(), "invalid-language");
            languages.add(entry.getValue());
        }
        return List.copyOf(languages);
    }

    /// Whether it is the code of a language people speak.
    static boolean spoken(String tag) {
        return SPOKEN.contains(tag);
    }

    /// The strings of an array by their pointers; what is refused is left out.
    private static Map<String, String> strings(JsonNode body, String name, Checks checks) {
        JsonNode given = given(body, name);
        Map<String, String> strings = new LinkedHashMap<>();
        if (given == null) {
            return strings;
        }
        if (!given.isArray()) {
            checks.refuse("#/" + name, "wrong-type");
            return strings;
        }
        if (!checks.require(given.size() <= MOST_OF_A_LIST, "#/" + name, "too-many", MOST_OF_A_LIST)) {
            return strings;
        }
        int at = 0;
        for (JsonNode element : given) {
            String pointer = "#/" + name + "/" + at++;
            if (checks.require(element.isString(), pointer, "wrong-type")) {
                strings.put(pointer, element.stringValue());
            }
        }
        return strings;
    }

    private @Nullable String code(JsonNode body, String name, String pointer, String list, Checks checks) {
        String code = string(body, name, pointer, checks);
        if (code != null) {
            checkCode(pointer, list, code, checks);
        }
        return code;
    }

    private void checkCode(String pointer, String list, String code, Checks checks) {
        if (!codes.usable(list, code)) {
            checks.refuse(pointer, "unknown-code", String.join(", ", codes.nearest(list, code)));
        }
    }

    private static @Nullable String required(JsonNode body, String name, String pointer, Checks checks) {
        if (absent(body, name)) {
            checks.refuse(pointer, "required");
            return null;
        }
        return string(body, name, pointer, checks);
    }

    private static @Nullable String string(JsonNode body, String name, String pointer, Checks checks) {
        JsonNode given = given(body, name);
        if (given == null) {
            return null;
        }
        if (!given.isString()) {
            checks.refuse(pointer, "wrong-type");
            return null;
        }
        return given.stringValue();
    }

    private static boolean absent(JsonNode body, String name) {
        return given(body, name) == null;
    }

    /// Null and absent are the same: nothing was said.
    private static @Nullable JsonNode given(JsonNode body, String name) {
        JsonNode node = body.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private static String names(Enum<?>[] values) {
        var names = new ArrayList<String>();
        for (Enum<?> value : values) {
            names.add(value.name());
        }
        return String.join(", ", names);
    }

    /// A field name as part of a pointer in a URI fragment.
    private static String escaped(String name) {
        String shown = name.length() > LONGEST_NAME_SHOWN ? name.substring(0, LONGEST_NAME_SHOWN) : name;
        return URLEncoder.encode(shown.replace("~", "~0").replace("/", "~1"), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }
}
