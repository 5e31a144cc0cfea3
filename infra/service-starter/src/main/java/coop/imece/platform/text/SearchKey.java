package coop.imece.platform.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Folds texts so that what people take for the same word meets: `Isparta`, `ısparta` and `İSPARTA`; `Šentjur` and
/// `sentjur`.
///
/// The four Turkish letters I, İ, ı and i become one; case and marks go. Hebrew points go, letters stay.
public final class SearchKey {

    private SearchKey() {}

    /// The folded text: lower case, without marks, words of letters and digits separated by single spaces.
    public static String fold(String text) {
        String oneI = text.replace('İ', 'i').replace('ı', 'i').replace('I', 'i');
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(oneI, Normalizer.Form.NFKD).codePoints().forEach(c -> append(folded, c));
        int end = folded.length();
        return end > 0 && folded.charAt(end - 1) == ' ' ? folded.substring(0, end - 1) : folded.toString();
    }

    /// The words of the folded text.
    public static List<String> words(String text) {
        return Arrays.stream(fold(text).split(" ")).filter(w -> !w.isEmpty()).toList();
    }

    private static void append(StringBuilder folded, int c) {
        if (Character.isLetterOrDigit(c)) {
            folded.append(lower(c));
        } else if (!joinsWords(c) && !folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') {
            folded.append(' ');
        }
    }

    private static String lower(int c) {
        return switch (c) {
            case 'ß' -> "ss";
            case 'đ', 'Đ' -> "d";
            case 'ł', 'Ł' -> "l";
            case 'ø', 'Ø' -> "o";
            default -> Character.toString(c).toLowerCase(Locale.ROOT);
        };
    }

    /// Marks, and the signs written inside a word: apostrophes, the Hebrew geresh and gershayim.
    private static boolean joinsWords(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.FORMAT
                || "'’ʼ׳״\"".indexOf(c) >= 0;
    }
}
