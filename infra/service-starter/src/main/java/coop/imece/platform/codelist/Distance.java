package coop.imece.platform.codelist;

import java.util.Arrays;

/// How far two folded texts are apart: from 0, the same, to 1, nothing in common.
final class Distance {

    private static final int LONGEST = 64;

    private Distance() {}

    /// Levenshtein's edit distance over the length of the longer text; a text that begins the other one is nearer.
    static double between(String a, String b) {
        String left = a.length() > LONGEST ? a.substring(0, LONGEST) : a;
        String right = b.length() > LONGEST ? b.substring(0, LONGEST) : b;
        if (left.isEmpty() || right.isEmpty()) {
            return left.equals(right) ? 0 : 1;
        }
        double share = (double) edits(left, right) / Math.max(left.length(), right.length());
        return left.startsWith(right) || right.startsWith(left) ? share / 2 : share;
    }

    private static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
