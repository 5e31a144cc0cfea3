package coop.imece.directory.organisation;

import coop.imece.platform.codelist.KnownCode;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.text.SearchKey;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.web.util.UriComponentsBuilder;

/// What a list of organisations is asked for: OR within a parameter, AND between parameters. What makes no sense is
/// refused by name (400).
///
/// @param q words; each must begin a word of a name, another name, the town or a number
/// @param type COOPERATIVE, UNION, CLUSTER, SUPPORTER
/// @param kind code list `organisation-kinds`
/// @param region code list `regions`, one of its parents (NUTS-2), or a country
/// @param sector a NACE code at any level; finds what lies below it
/// @param sdg code list `sdgs`
/// @param state SUBMITTED, VERIFIED
/// @param sort `name` (default) or `newest`
/// @param cursor where the page before ended
/// @param limit at most 200, by default 20
/// @param represented whether anybody represents them; for administrators only
record OrganisationFilter(
        @Nullable String q,
        @Nullable List<String> type,
        @Nullable List<String> kind,
        @Nullable List<String> region,
        @Nullable List<String> sector,
        @Nullable List<String> sdg,
        @Nullable List<String> state,
        @Nullable String sort,
        @Nullable String cursor,
        @Nullable Integer limit,
        @Nullable Boolean represented) {

    static final int MOST = 200;
    static final int USUAL = 20;

    private static final int MOST_WORDS = 8;
    private static final int LONGEST_Q = 200;

    static OrganisationFilter none() {
        return new OrganisationFilter(null, null, null, null, null, null, null, null, null, null, null);
    }

    /// The values of a parameter that may come several times; none if it is empty.
    List<String> values(Dimension dimension) {
        List<String> values = switch (dimension) {
            case TYPE -> type;
            case KIND -> kind;
            case REGION -> region;
            case SECTOR -> sector;
            case SDG -> sdg;
            case STATE -> state;
        };
        return values == null
                ? List.of()
                : values.stream().filter(v -> !v.isBlank()).distinct().toList();
    }

    /// What a filter can narrow.
    enum Dimension {
        TYPE("type", "profile.type"),
        KIND("kind", "profile.kind"),
        REGION("region", "profile.place.region"),
        SECTOR("sector", "terms.sectors"),
        SDG("sdg", "profile.sdgs"),
        STATE("state", "state");

        private final String parameter;
        private final String field;

        Dimension(String parameter, String field) {
            this.parameter = parameter;
            this.field = field;
        }

        String parameter() {
            return parameter;
        }

        String field() {
            return field;
        }
    }

    boolean newestFirst() {
        return "newest".equals(sort);
    }

    int pageSize() {
        return limit == null ? USUAL : limit;
    }

    /// How many choices narrow the list, the words apart.
    int narrowed() {
        return Arrays.stream(Dimension.values()).mapToInt(d -> values(d).size()).sum();
    }

    /// Refuses what makes no sense.
    OrganisationFilter checked(KnownCodeLists lists) {
        require(q == null || q.length() <= LONGEST_Q, "q");
        require(sort == null || sort.isBlank() || sort.equals("name") || sort.equals("newest"), "sort");
        require(limit == null || (limit >= 1 && limit <= MOST), "limit");
        requireEach(Dimension.TYPE, v -> isConstant(OrganisationType.values(), v));
        requireEach(Dimension.STATE, v -> isConstant(Organisation.State.values(), v));
        requireEach(Dimension.KIND, v -> lists.find("organisation-kinds", v).isPresent());
        requireEach(Dimension.REGION, v -> !regions(lists, v).isEmpty() || isCountry(lists, v));
        requireEach(Dimension.SECTOR, v -> new Sector("NACE2", v).wellFormed());
        requireEach(Dimension.SDG, v -> lists.find("sdgs", v).isPresent());
        after();
        return this;
    }

    private void requireEach(Dimension dimension, Predicate<String> sensible) {
        List<String> values = values(dimension);
        require(values.size() <= 50 && values.stream().allMatch(sensible), dimension.parameter());
    }

    private static boolean isConstant(Enum<?>[] constants, String value) {
        return Arrays.stream(constants).anyMatch(constant -> constant.name().equals(value));
    }

    private static void require(boolean sensible, String parameter) {
        if (!sensible) {
            throw new ProblemException(Problem.badParameter(parameter));
        }
    }

    /// What documents must satisfy, one dimension left out: its facet counts what else could be chosen.
    Criteria criteria(KnownCodeLists lists, @Nullable Dimension without) {
        List<Criteria> all = new ArrayList<>();
        if (q != null && !q.isBlank()) {
            List<String> words = SearchKey.words(q);
            if (words.isEmpty()) {
                all.add(Criteria.where("terms.words").in(List.of()));
            }
            words.stream()
                    .limit(MOST_WORDS)
                    .forEach(word -> all.add(Criteria.where("terms.words").regex("^" + word)));
        }
        for (Dimension dimension : Dimension.values()) {
            List<String> values = values(dimension);
            if (dimension != without && !values.isEmpty()) {
                all.add(
                        switch (dimension) {
                            case REGION -> inRegions(lists, values);
                            case SECTOR -> inSectors(lists, values);
                            case TYPE, KIND, SDG, STATE ->
                                Criteria.where(dimension.field()).in(values);
                        });
            }
        }
        return all.isEmpty() ? new Criteria() : new Criteria().andOperator(all);
    }

    private static Criteria inRegions(KnownCodeLists lists, List<String> values) {
        List<String> regions = values.stream()
                .flatMap(v -> regions(lists, v).stream())
                .distinct()
                .toList();
        List<String> countries =
                values.stream().filter(v -> isCountry(lists, v)).toList();
        Criteria inRegion = Criteria.where("profile.place.region").in(regions);
        return countries.isEmpty()
                ? inRegion
                : new Criteria()
                        .orOperator(
                                inRegion,
                                Criteria.where("profile.place.country").in(countries));
    }

    private static boolean isCountry(KnownCodeLists lists, String value) {
        return lists.find("countries", value).isPresent();
    }

    /// The region itself, or those whose parent it is.
    private static List<String> regions(KnownCodeLists lists, String value) {
        if (lists.find("regions", value).isPresent()) {
            return List.of(value);
        }
        return lists.codes("regions").stream()
                .filter(region -> value.equals(region.parent()))
                .map(KnownCode::code)
                .toList();
    }

    /// A section stands for its divisions; organisations hold their divisions and what lies below.
    private static Criteria inSectors(KnownCodeLists lists, List<String> values) {
        List<String> codes = new ArrayList<>(values);
        lists.codes("sectors").stream()
                .filter(division -> values.contains(division.parent()))
                .map(KnownCode::code)
                .forEach(codes::add);
        return Criteria.where("terms.sectors").in(codes);
    }

    /// Where the page before ended.
    record Position(String key, UUID id) {}

    /// The end of the page before; null at the beginning.
    @Nullable
    Position after() {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            Position position = new Position(text.substring(space + 1), UUID.fromString(text.substring(0, space)));
            if (newestFirst()) {
                Long.parseLong(position.key());
            }
            return position;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ProblemException(Problem.badParameter("cursor"));
        }
    }

    /// The address of the page that begins behind the given organisation.
    String next(String path, Organisation last) {
        String key = newestFirst()
                ? String.valueOf(last.asOf().toEpochMilli())
                : last.terms().sort();
        String position = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.id() + " " + key).getBytes(StandardCharsets.UTF_8));
        return address(path, null, null, position);
    }

    /// The address of the first page of this filter, one value taken away.
    String without(String path, Dimension dimension, String value) {
        return address(path, dimension, value, null);
    }

    private String address(
            String path, @Nullable Dimension without, @Nullable String value, @Nullable String position) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        Map<String, String> values = new LinkedHashMap<>();
        if (q != null && !q.isBlank()) {
            add(address, values, "q", q);
        }
        for (Dimension dimension : Dimension.values()) {
            for (String chosen : values(dimension)) {
                if (dimension != without || !chosen.equals(value)) {
                    add(address, values, dimension.parameter(), chosen);
                }
            }
        }
        if (represented != null) {
            add(address, values, "represented", represented.toString());
        }
        if (sort != null && !sort.isBlank()) {
            add(address, values, "sort", sort);
        }
        if (limit != null) {
            add(address, values, "limit", limit.toString());
        }
        if (position != null) {
            add(address, values, "cursor", position);
        }
        return address.encode().buildAndExpand(values).toUriString();
    }

    /// By template variables: only those are encoded whole, so that a plus sign stays a plus sign.
    private static void add(UriComponentsBuilder address, Map<String, String> values, String parameter, String value) {
        String variable = "v" + values.size();
        values.put(variable, value);
        address.queryParam(parameter, "{" + variable + "}");
    }
}
