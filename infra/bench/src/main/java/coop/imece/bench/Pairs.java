package coop.imece.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Two arms in turn, A B A B …: the ratio pair by pair holds although the machine's speed drifts.
final class Pairs {

    private static final double LARGEST_SPREAD = 0.25;

    private final String figure;
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> bare = new ArrayList<>();

    Pairs(String figure) {
        this.figure = figure;
    }

    /// One pair, both as rates (more is better).
    void add(double ourRate, double bareRate) {
        ours.add(ourRate);
        bare.add(bareRate);
        ratios.add(ourRate / bareRate);
        System.out.printf(
                Locale.ROOT,
                "  pair %d: %.0f/s against %.0f/s = %.2f%n",
                ratios.size(),
                ourRate,
                bareRate,
                ourRate / bareRate);
    }

    /// Prints the median of the pairs' ratios with the smallest and the largest; says so if the control itself was too
    /// unsteady to trust.
    void print(String goal) {
        double spread = bare.stream().mapToDouble(d -> d).max().orElse(0) / median(bare) - 1;
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f (%.2f–%.2f) of the bare baseline; medians %.0f/s against %.0f/s; %d pairs; goal %s%s%n",
                figure,
                median(ratios),
                ratios.stream().mapToDouble(d -> d).min().orElse(0),
                ratios.stream().mapToDouble(d -> d).max().orElse(0),
                median(ours),
                median(bare),
                ratios.size(),
                goal,
                spread > LARGEST_SPREAD ? "; VOID: the control varied by more than a quarter" : "");
    }

    static double median(List<Double> values) {
        return percentile(values, 50);
    }

    /// Nearest rank.
    static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
