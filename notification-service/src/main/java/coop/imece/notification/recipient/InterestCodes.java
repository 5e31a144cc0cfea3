package coop.imece.notification.recipient;

import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.notification.recipient.Recipients.Subject;
import coop.imece.platform.codelist.KnownCode;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.NearestCodes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The codes interests are made of: what may be written, how people read them, which regions lie around a place.
@Component
public final class InterestCodes {

    static final String KINDS = "gathering-kinds";
    static final String REGIONS = "regions";
    static final String TOPICS = "topics";

    private static final int DEEPEST = 5;
    private static final int COUNTRY = 2;
    private static final Set<String> ISO_COUNTRIES = Set.of(Locale.getISOCountries());

    private final KnownCodeLists lists;

    InterestCodes(KnownCodeLists lists) {
        this.lists = lists;
    }

    /// What of a gathering was asked for, in the reader's words: "Fair, Bursa, marketing". Empty if anything was.
    public String describe(Reason reason, Language language) {
        return Stream.of(
                        label(KINDS, reason.kind(), language),
                        regionLabel(reason.region(), language),
                        label(TOPICS, reason.topic(), language))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    /// The whole of some criteria in the reader's words; empty if they are "any".
    String describe(Criteria criteria, Language language) {
        return Stream.of(
                        criteria.kinds().stream().map(code -> label(KINDS, code, language)),
                        criteria.regions().stream().map(code -> regionLabel(code, language)),
                        criteria.topics().stream().map(code -> label(TOPICS, code, language)))
                .flatMap(labels -> labels)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private Optional<String> label(String list, @Nullable String code, Language language) {
        return Optional.ofNullable(code).map(known -> lists.label(list, known, language.tag()));
    }

    private Optional<String> regionLabel(@Nullable String code, Language language) {
        if (code != null && code.length() == COUNTRY) {
            return Optional.of(countryLabel(code, language));
        }
        return label(REGIONS, code, language);
    }

    /// The name of a country.
    public static String countryLabel(String country, Language language) {
        return Locale.of("", country).getDisplayCountry(language.locale());
    }

    /// The countries regions are known of.
    Set<String> countries() {
        return lists.codes(REGIONS).stream().map(InterestCodes::country).collect(Collectors.toCollection(TreeSet::new));
    }

    static String country(KnownCode region) {
        return Objects.requireNonNullElse(countryOf(region.code()), region.code());
    }

    /// The country a region lies in: both ISO 3166-2 and NUTS begin with it.
    public static @Nullable String countryOf(@Nullable String region) {
        return region == null || region.length() < 2 ? null : region.substring(0, 2);
    }

    /// The codes that may be chosen, in the order of their list.
    List<KnownCode> choices(String list) {
        return lists.codes(list);
    }

    /// Refuses codes that may not be written, and more of them than one interest holds.
    void check(Checks checks, String pointer, Criteria criteria) {
        if (!checks.require(criteria.size() <= Criteria.MOST_KEYS, pointer, "too-many-criteria", Criteria.MOST_KEYS)
                || !checks.require(
                        criteria.topics().size() <= Criteria.MOST_KEYS,
                        pointer + "/topics",
                        "too-many-criteria",
                        Criteria.MOST_KEYS)) {
            return;
        }
        each(checks, pointer + "/kinds", KINDS, criteria.kinds());
        each(
                checks,
                pointer + "/regions",
                REGIONS,
                criteria.regions().stream()
                        .filter(code -> !countries().contains(code))
                        .toList());
        each(checks, pointer + "/topics", TOPICS, criteria.topics());
    }

    /// Refuses codes a gathering cannot have.
    public void check(
            Checks checks, String kind, @Nullable String country, @Nullable String region, Set<String> topics) {
        lists.check(checks, "#/kind", KINDS, kind);
        if (country != null) {
            checks.require(
                    ISO_COUNTRIES.contains(country),
                    "#/country",
                    "unknown-code",
                    String.join(", ", NearestCodes.of(country, ISO_COUNTRIES)));
            checks.require(region == null || region.startsWith(country), "#/region", "region-elsewhere");
        }
        if (region != null) {
            lists.check(checks, "#/region", REGIONS, region);
        }
        topics.forEach(topic -> lists.check(checks, "#/topics", TOPICS, topic));
    }

    private void each(Checks checks, String pointer, String list, List<String> codes) {
        codes.forEach(code -> lists.check(checks, pointer, list, code));
    }

    /// The gathering's region and all that lies around it, the nearest first.
    List<String> around(Subject gathering) {
        var around = new LinkedHashSet<String>();
        String region = gathering.region();
        while (region != null && around.size() < DEEPEST && around.add(region)) {
            region = lists.find(REGIONS, region).map(KnownCode::parent).orElse(null);
        }
        if (gathering.country() != null) {
            around.add(gathering.country());
        }
        return List.copyOf(around);
    }
}
