package coop.imece.directory.organisation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the organisation does, as a code of a classification.
///
/// @param scheme `NACE2`, `NACE2.1`, `ISIC4` or `ESSGlobal`
/// @param code for example `10.51`
record Sector(String scheme, String code) {

    static final List<String> SCHEMES = List.of("NACE2", "NACE2.1", "ISIC4", "ESSGlobal");

    private static final Pattern SECTION = Pattern.compile("[A-V]");
    private static final Pattern BELOW = Pattern.compile("[0-9]{2}(\\.[0-9]{1,2}){0,2}|[0-9]{3,4}");
    private static final Pattern OTHER = Pattern.compile("[A-Z]{2,4}[0-9]{1,4}");

    boolean wellFormed() {
        return scheme.equals("ESSGlobal")
                ? OTHER.matcher(code).matches()
                : SECTION.matcher(code).matches() || BELOW.matcher(code).matches();
    }

    /// The section letter or the two digits of the division, as code list `sectors` has them.
    String division() {
        return code.length() > 2 && Character.isDigit(code.charAt(0)) ? code.substring(0, 2) : code;
    }

    /// Whether code list `sectors`, which follows NACE Rev. 2, knows the division.
    boolean listed() {
        return scheme.equals("NACE2");
    }

    /// The code and everything it lies in down to the division: `10.51`, `10.5`, `10`.
    List<String> lineage() {
        List<String> lineage = new ArrayList<>();
        for (int end = code.length(); end > division().length(); end--) {
            if (code.charAt(end - 1) != '.') {
                lineage.add(code.substring(0, end));
            }
        }
        lineage.add(division());
        return lineage;
    }
}
