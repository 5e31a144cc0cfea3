package coop.imece.directory.codelist;

import coop.imece.platform.web.Checks;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the codes of a list must look like because others build on it: a region is cut into its country, a kind leads
/// to a type, and what programs alone know nobody adds to.
final class CodeRules {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /// ISO 3166-2 (`TR-16`) or NUTS (`SI041`).
    private static final Pattern REGION = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3}|[A-Z0-9]{1,3})");

    private static final Pattern SECTION = Pattern.compile("[A-V]");
    private static final Pattern DIVISION = Pattern.compile("[0-9]{2}");

    private final Set<String> types;

    /// @param types the codes of the list `organisation-types`
    CodeRules(Set<String> types) {
        this.types = types;
    }

    /// Refuses each code that does not fit into the list.
    void check(Checks checks, CodeList list, List<Code> codes) {
        Set<String> present = codes(list.codes());
        Set<String> all = codes(codes);
        for (int i = 0; i < codes.size(); i++) {
            Code code = codes.get(i);
            String at = "#/codes/" + i;
            switch (list.name()) {
                case "countries" -> checks.require(COUNTRIES.contains(code.code()), at + "/code", "country-code");
                case "regions" -> checks.require(region(code.code()), at + "/code", "region-code");
                case "organisation-types", "sdgs" ->
                    checks.require(present.contains(code.code()), at + "/code", "closed-list");
                case "organisation-kinds" -> under(checks, at, code, types);
                case "sectors" -> {
                    if (DIVISION.matcher(code.code()).matches()) {
                        under(checks, at, code, sections(all));
                    } else {
                        checks.require(SECTION.matcher(code.code()).matches(), at + "/code", "sector-code");
                    }
                }
                default -> {
                    // Nobody reads anything out of the other codes.
                }
            }
        }
    }

    private static void under(Checks checks, String at, Code code, Set<String> parents) {
        String parent = code.parent();
        if (parent == null) {
            checks.refuse(at + "/parent", "required");
        } else {
            checks.require(
                    parents.contains(parent),
                    at + "/parent",
                    "unknown-code",
                    parents.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    private static boolean region(String code) {
        return REGION.matcher(code).matches() && COUNTRIES.contains(code.substring(0, 2));
    }

    private static Set<String> sections(Set<String> codes) {
        return codes.stream().filter(code -> SECTION.matcher(code).matches()).collect(Collectors.toSet());
    }

    private static Set<String> codes(List<Code> codes) {
        return codes.stream().map(Code::code).collect(Collectors.toSet());
    }
}
