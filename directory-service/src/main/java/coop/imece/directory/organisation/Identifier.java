package coop.imece.directory.organisation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A number an authority gave the organisation.
///
/// @param scheme code list `identifier-schemes`
/// @param value as the authority writes it, without spaces, dots and dashes
/// @param valid whether its check digits fit; null where no rule is known. A number that does not fit is kept and
/// marked, not refused: registers have errors, too
@JsonInclude(JsonInclude.Include.NON_NULL)
record Identifier(String scheme, String value, @Nullable Boolean valid) {

    /// The number of a scheme, normalised and checked.
    static Identifier of(String scheme, String written) {
        String value = normalised(written);
        return new Identifier(scheme, value, check(scheme, value));
    }

    /// A Turkish tax number has ten digits; eleven are a person's identity number, which nobody shall leave here.
    static boolean looksPersonal(String scheme, String written) {
        return scheme.startsWith("TR-") && normalised(written).matches("[1-9][0-9]{10}");
    }

    private static String normalised(String written) {
        return written.replaceAll("[\\s.\u2010-\u2015-]", "").toUpperCase(Locale.ROOT);
    }

    private static @Nullable Boolean check(String scheme, String value) {
        return switch (scheme) {
            case "TR-VKN" -> vkn(value);
            case "TR-MERSIS" -> mersis(value);
            case "IT-CF" -> value.matches("[0-9]{11}") && luhn(value);
            case "SI-MATICNA" -> maticna(value);
            case "SI-DAVCNA" -> davcna(value);
            case "IL-REG" -> value.matches("5[0-9]{8}") && luhn(value);
            default -> null;
        };
    }

    private static boolean vkn(String value) {
        if (!value.matches("[0-9]{10}")) {
            return false;
        }
        int sum = 0;
        for (int i = 1; i <= 9; i++) {
            int shifted = (digit(value, i - 1) + 10 - i) % 10;
            if (shifted != 0) {
                int product = (shifted << (10 - i)) % 9;
                sum += product == 0 ? 9 : product;
            }
        }
        return (10 - sum % 10) % 10 == digit(value, 9);
    }

    /// The shape found on the numbers seen so far: 0, the tax number, five digits.
    private static boolean mersis(String value) {
        return value.matches("0[0-9]{15}") && vkn(value.substring(1, 11));
    }

    /// Modulus 11 with weights 7 to 2; three digits of a unit may follow.
    private static boolean maticna(String value) {
        if (!value.matches("[0-9]{7}([0-9]{3})?")) {
            return false;
        }
        int sum = IntStream.range(0, 6).map(i -> digit(value, i) * (7 - i)).sum();
        int check = 11 - sum % 11;
        return check != 11 && check % 10 == digit(value, 6);
    }

    /// Modulus 11 with weights 8 to 2.
    private static boolean davcna(String value) {
        if (!value.matches("[1-9][0-9]{7}")) {
            return false;
        }
        int sum = IntStream.range(0, 7).map(i -> digit(value, i) * (8 - i)).sum();
        int check = 11 - sum % 11;
        return check != 11 && check % 10 == digit(value, 7);
    }

    private static boolean luhn(String value) {
        int sum = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = digit(value, value.length() - 1 - i);
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    private static int digit(String value, int at) {
        return value.charAt(at) - '0';
    }
}
