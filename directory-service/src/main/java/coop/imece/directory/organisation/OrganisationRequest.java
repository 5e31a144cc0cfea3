package coop.imece.directory.organisation;

import coop.imece.platform.codelist.KnownCode;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import coop.imece.platform.text.SearchKey;
import coop.imece.platform.text.Wording;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.ServerOwned;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An organisation as somebody writes it, unchecked. Everything may be missing; [#profile] says all that is wrong at
/// once.
@ServerOwned({"state", "asOf", "confirmedAt", "licence", "registeredBy", "version"})
record OrganisationRequest(
        @Nullable UUID id,
        @Nullable OrganisationType type,
        @Nullable String kind,
        @Nullable LocalisedText name,
        @Nullable List<@Nullable String> alsoKnownAs,
        @Nullable List<@Nullable WrittenIdentifier> identifiers,
        @Nullable List<@Nullable WrittenSector> sectors,
        @Nullable WrittenPlace place,
        @Nullable List<@Nullable WrittenContactPoint> contactPoints,
        @Nullable List<@Nullable String> languages,
        @Nullable List<@Nullable String> sdgs,
        @Nullable Integer founded,
        @Nullable LocalisedText description) {

    @ServerOwned("valid")
    record WrittenIdentifier(
            @Nullable String scheme, @Nullable String value) {}

    record WrittenSector(@Nullable String scheme, @Nullable String code) {}

    record WrittenPlace(
            @Nullable String country,
            @Nullable String region,
            @Nullable String locality,
            @Nullable WrittenPoint point) {}

    record WrittenPoint(@Nullable Double lat, @Nullable Double lon) {}

    record WrittenContactPoint(
            ContactPoint.@Nullable Channel channel,
            @Nullable String value,
            ContactPoint.@Nullable Visibility visibility) {}

    static final int LONGEST_NAME = 200;
    static final int LONGEST_DESCRIPTION = 2000;

    /// Before the first cooperatives.
    static final int FIRST_YEAR = 1700;

    private static final int MOST = 20;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final String UNDETERMINED = "und";

    /// What the present profile would look like if it were written.
    static OrganisationRequest of(Profile profile) {
        return new OrganisationRequest(
                null,
                profile.type(),
                profile.kind(),
                profile.name(),
                new ArrayList<>(profile.alsoKnownAs()),
                mutable(profile.identifiers().stream()
                        .map(i -> new WrittenIdentifier(i.scheme(), i.value()))
                        .toList()),
                mutable(profile.sectors().stream()
                        .map(s -> new WrittenSector(s.scheme(), s.code()))
                        .toList()),
                written(profile.place()),
                mutable(profile.contactPoints().stream()
                        .map(c -> new WrittenContactPoint(c.channel(), c.value(), c.visibility()))
                        .toList()),
                new ArrayList<>(profile.languages()),
                new ArrayList<>(profile.sdgs()),
                profile.founded(),
                profile.description());
    }

    private static <T> List<@Nullable T> mutable(List<T> list) {
        return new ArrayList<>(list);
    }

    private static WrittenPlace written(Place place) {
        Place.Point point = place.point();
        return new WrittenPlace(
                place.country(),
                place.region(),
                place.locality(),
                point == null ? null : new WrittenPoint(point.lat(), point.lon()));
    }

    /// The profile, or null with everything that is wrong in the checks.
    ///
    /// @param path the id in the address; an id in the body must be the same
    /// @param present the present profile: its codes may stay, even if retired since
    /// @param thisYear the last year in which an organisation can have been founded
    @Nullable
    Profile profile(Checks checks, UUID path, KnownCodeLists lists, @Nullable Profile present, int thisYear) {
        checks.require(id == null || id.equals(path), "#/id", "read-only");
        List<String> spoken = languages(checks);
        String source = spoken.isEmpty() ? "tr" : spoken.getFirst();
        boolean typed = checks.require(type != null, "#/type", "required");
        String checkedKind = checkedKind(checks, lists, present);
        LocalisedText checkedName = texts(checks, "#/name", name, LONGEST_NAME, false, source);
        checks.require(checkedName != null, "#/name", "required");
        List<String> aliases = lines(checks, "#/alsoKnownAs", alsoKnownAs, LONGEST_NAME);
        List<Identifier> numbers = numbers(checks, lists, present);
        List<Sector> work = work(checks, lists, present);
        Place where = where(checks, lists, present);
        List<ContactPoint> contacts = contacts(checks);
        List<String> goals = goals(checks, lists, present);
        checks.require(
                founded == null || (founded >= FIRST_YEAR && founded <= thisYear),
                "#/founded",
                "invalid-year",
                String.valueOf(FIRST_YEAR),
                String.valueOf(thisYear));
        LocalisedText about = texts(checks, "#/description", description, LONGEST_DESCRIPTION, true, source);
        if (checks.failed() || !typed || type == null || checkedName == null || where == null) {
            return null;
        }
        return new Profile(
                type,
                checkedKind,
                checkedName,
                aliases,
                numbers,
                work,
                where,
                contacts,
                spoken.isEmpty()
                        ? checkedName.byLanguage().keySet().stream().sorted().toList()
                        : spoken,
                goals,
                founded,
                about);
    }

    private String checkedKind(Checks checks, KnownCodeLists lists, @Nullable Profile present) {
        if (kind == null || kind.isBlank()) {
            checks.refuse("#/kind", "required");
            return "";
        }
        if (present == null || !kind.equals(present.kind())) {
            lists.check(checks, "#/kind", "organisation-kinds", kind);
        }
        if (type != null) {
            String parent = lists.find("organisation-kinds", kind)
                    .map(KnownCode::parent)
                    .orElse(null);
            checks.require(parent == null || parent.equals(type.name()), "#/kind", "kind-of-other-type");
        }
        return kind;
    }

    private static @Nullable LocalisedText texts(
            Checks checks, String pointer, @Nullable LocalisedText text, int max, boolean lines, String source) {
        if (text == null || text.byLanguage().isEmpty()) {
            return null;
        }
        if (!checks.require(text.byLanguage().size() <= MOST, pointer, "too-many", MOST)) {
            return null;
        }
        Map<String, Wording> checked = new LinkedHashMap<>();
        text.byLanguage().forEach((written, wording) -> {
            String tag = written.equals(UNDETERMINED) ? source : written;
            String at = pointer + "/" + escaped(written);
            if (!checks.require(LANGUAGE.matcher(tag).matches(), at, "invalid-language")) {
                return;
            }
            String words;
            if (lines) {
                String several = checks.optionalText(at, wording.text(), max);
                words = several == null ? "" : several.replace("\r\n", "\n");
                checks.require(!words.isEmpty(), at, "required");
            } else {
                words = checks.line(at, wording.text(), max);
                checks.require(words.isEmpty() || !SearchKey.fold(words).isEmpty(), at, "required");
            }
            checked.put(tag, new Wording(words, wording.state()));
        });
        return new LocalisedText(checked);
    }

    private static String escaped(String step) {
        String shortened = step.length() > 40 ? step.substring(0, 40) : step;
        return shortened.replaceAll("\\p{Cntrl}", "?").replace("~", "~0").replace("/", "~1");
    }

    private static List<String> lines(
            Checks checks, String pointer, @Nullable List<@Nullable String> written, int max) {
        List<String> lines = new ArrayList<>();
        each(checks, pointer, written, (at, line) -> {
            String checked = checks.line(at, line, max);
            if (!checked.isEmpty() && !lines.contains(checked)) {
                lines.add(checked);
            }
        });
        return lines;
    }

    private List<Identifier> numbers(Checks checks, KnownCodeLists lists, @Nullable Profile present) {
        List<Identifier> numbers = new ArrayList<>();
        each(checks, "#/identifiers", identifiers, (at, number) -> {
            if (number == null) {
                checks.refuse(at, "required");
                return;
            }
            String scheme = number.scheme();
            if (scheme == null) {
                checks.refuse(at + "/scheme", "required");
                return;
            }
            boolean stays = present != null
                    && present.identifiers().stream()
                            .anyMatch(there -> there.scheme().equals(scheme));
            if (!stays) {
                lists.check(checks, at + "/scheme", "identifier-schemes", scheme);
            }
            String value = checks.line(at + "/value", number.value(), 40);
            checks.require(!Identifier.looksPersonal(scheme, value), at + "/value", "personal-number");
            Identifier identifier = Identifier.of(scheme, value);
            if (!numbers.contains(identifier)) {
                numbers.add(identifier);
            }
        });
        return numbers;
    }

    private List<Sector> work(Checks checks, KnownCodeLists lists, @Nullable Profile present) {
        List<Sector> work = new ArrayList<>();
        each(checks, "#/sectors", sectors, (at, written) -> {
            if (written == null || written.code() == null) {
                checks.refuse(at + "/code", "required");
                return;
            }
            String scheme = written.scheme() == null ? "NACE2" : written.scheme();
            if (!Sector.SCHEMES.contains(scheme)) {
                checks.refuse(at + "/scheme", "unknown-code", String.join(", ", Sector.SCHEMES));
                return;
            }
            Sector sector = new Sector(scheme, written.code());
            if (checks.require(sector.wellFormed(), at + "/code", "invalid-code")) {
                boolean stays = present != null && present.sectors().contains(sector);
                if (sector.listed() && !stays) {
                    lists.check(checks, at + "/code", "sectors", sector.division());
                }
                if (!work.contains(sector)) {
                    work.add(sector);
                }
            }
        });
        return work;
    }

    private @Nullable Place where(Checks checks, KnownCodeLists lists, @Nullable Profile present) {
        if (place == null) {
            checks.refuse("#/place", "required");
            return null;
        }
        String country = place.country();
        if (country == null || country.isBlank()) {
            checks.refuse("#/place/country", "required");
            return null;
        }
        if (present == null || !country.equals(present.place().country())) {
            lists.check(checks, "#/place/country", "countries", country);
        }
        String region = place.region() == null || place.region().isBlank() ? null : place.region();
        boolean stays = present != null
                && region != null
                && region.equals(present.place().region());
        if (region != null && !stays) {
            lists.check(checks, "#/place/region", "regions", region);
        }
        checks.require(region == null || region.startsWith(country), "#/place/region", "region-of-other-country");
        String locality = place.locality() == null || place.locality().isBlank()
                ? null
                : checks.line("#/place/locality", place.locality(), 100);
        return new Place(country, region, locality, point(checks, place.point()));
    }

    private static Place.@Nullable Point point(Checks checks, @Nullable WrittenPoint written) {
        if (written == null) {
            return null;
        }
        Double lat = written.lat();
        Double lon = written.lon();
        if (lat == null || lon == null) {
            checks.refuse(lat == null ? "#/place/point/lat" : "#/place/point/lon", "required");
            return null;
        }
        checks.require(Math.abs(lat) <= 90, "#/place/point/lat", "out-of-range", -90, 90);
        checks.require(Math.abs(lon) <= 180, "#/place/point/lon", "out-of-range", -180, 180);
        return new Place.Point(lat, lon);
    }

    private List<ContactPoint> contacts(Checks checks) {
        List<ContactPoint> contacts = new ArrayList<>();
        each(checks, "#/contactPoints", contactPoints, (at, written) -> {
            if (written == null || written.channel() == null) {
                checks.refuse(at + "/channel", "required");
                return;
            }
            String value = checks.line(at + "/value", written.value(), 254);
            if (value.isEmpty()) {
                return;
            }
            ContactPoint contact = new ContactPoint(
                    written.channel(),
                    written.channel() == ContactPoint.Channel.PHONE ? value.replaceAll("[\\s()./-]", "") : value,
                    written.visibility() == null ? ContactPoint.Visibility.REPRESENTATIVES : written.visibility());
            switch (contact.channel()) {
                case EMAIL -> checks.require(EMAIL.matcher(value).matches(), at + "/value", "invalid-email");
                case PHONE -> checks.require(PHONE.matcher(contact.value()).matches(), at + "/value", "invalid-phone");
                case WEB -> checks.require(isLink(value), at + "/value", "invalid-link");
            }
            if (!contacts.contains(contact)) {
                contacts.add(contact);
            }
        });
        return contacts;
    }

    private static boolean isLink(String value) {
        try {
            URI link = new URI(value);
            return ("http".equals(link.getScheme()) || "https".equals(link.getScheme()))
                    && link.getHost() != null
                    && link.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private List<String> languages(Checks checks) {
        List<String> spoken = new ArrayList<>();
        each(checks, "#/languages", languages, (at, tag) -> {
            if (tag == null || !LANGUAGE.matcher(tag).matches()) {
                checks.refuse(at, "invalid-language");
            } else if (!spoken.contains(tag)) {
                spoken.add(tag);
            }
        });
        return spoken;
    }

    private List<String> goals(Checks checks, KnownCodeLists lists, @Nullable Profile present) {
        Set<String> seen = new HashSet<>();
        List<String> goals = new ArrayList<>();
        each(checks, "#/sdgs", sdgs, (at, goal) -> {
            if (goal == null) {
                checks.refuse(at, "required");
            } else if (seen.add(goal)) {
                if (present == null || !present.sdgs().contains(goal)) {
                    lists.check(checks, at, "sdgs", goal);
                }
                goals.add(goal);
            }
        });
        return goals;
    }

    private interface Each<T> {
        void check(String pointer, @Nullable T element);
    }

    private static <T> void each(Checks checks, String pointer, @Nullable List<@Nullable T> elements, Each<T> check) {
        if (elements == null || !checks.require(elements.size() <= MOST, pointer, "too-many", MOST)) {
            return;
        }
        for (int i = 0; i < elements.size(); i++) {
            check.check(pointer + "/" + i, elements.get(i));
        }
    }
}
