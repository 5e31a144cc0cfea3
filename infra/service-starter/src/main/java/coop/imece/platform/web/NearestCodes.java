package coop.imece.platform.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Suggests what somebody may have meant.
public final class NearestCodes {

    private static final int SUGGESTIONS = 3;
    private static final int LONGEST = 100;

    private NearestCodes() {}

    /// The known codes nearest to what was written, best first, at most three.
    public static List<String> of(String written, Collection<String> known) {
        String wanted =
                written.substring(0, Math.min(written.length(), LONGEST)).toLowerCase(Locale.ROOT);
        record Near(String code, int distance) {}
        return known.stream()
                .map(code -> new Near(code, distance(wanted, code.toLowerCase(Locale.ROOT))))
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::code))
                .limit(SUGGESTIONS)
                .map(Near::code)
                .toList();
    }

    /// Levenshtein's; a prefix counts as near.
    private static int distance(String a, String b) {
        if (!a.isEmpty() && b.startsWith(a)) {
            return 1;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
