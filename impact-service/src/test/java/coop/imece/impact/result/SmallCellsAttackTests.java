package coop.imece.impact.result;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.impact.indicator.SomeIndicators;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small random tables of members and the women among them, against somebody who tries every table that fits what is
/// shown: hidden numbers are not zero, parts not greater than their wholes, and totals are the sums of their regions.
class SmallCellsAttackTests {

    private static final int REGIONS = 3;
    private static final int LARGEST = 12;
    /// What a number may be for all the attacker knows, where no total limits it.
    private static final int UNLIMITED = REGIONS * LARGEST + 5;

    private final SmallCells smallCells = new SmallCells(new SomeIndicators().current());

    /// Members and women; null where women were not reported.
    private record Region(long members, @Nullable Long women) {

        long counted() {
            return women == null ? 0 : women;
        }

        long others() {
            return members - counted();
        }
    }

    private static final int TABLES = 150;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noHiddenNumberCanBeToldFromWhatIsShown(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < TABLES; i++) {
            attack("seed " + seed, table(random));
        }
    }

    private void attack(String origin, List<Region> truth) {
        var shown = smallCells.hide(rows(truth), cells(sum(truth)));
        Cell members = shown.totals().getFirst();
        Cell women = shown.totals().getLast();
        List<List<Region>> candidates = shown.rows().values().stream()
                .map(row -> fitting(row, women.value(), members.value()))
                .toList();

        for (int place = 0; place < REGIONS; place++) {
            List<Cell> row = List.copyOf(shown.rows().values()).get(place);
            Set<List<Long>> elsewhere = sums(candidates, place, members.value() != null, women.value() != null);
            List<Region> possible = candidates.get(place).stream()
                    .filter(region -> elsewhere.contains(List.of(
                            members.value() == null ? 0 : members.value() - region.members(),
                            women.value() == null ? 0 : women.value() - region.counted())))
                    .toList();
            String which = "%s: %s, shown %s, region %d".formatted(origin, truth, shown, place);
            assertThat(possible).as(which).contains(truth.get(place));
            if (row.getFirst().suppressed()) {
                cannotBeTold(which + ", members", possible, Region::members);
            }
            if (row.getLast().suppressed()) {
                cannotBeTold(which + ", women", possible, Region::counted);
            }
            if (row.getFirst().suppressed() || row.getLast().suppressed()) {
                isNotKnownToBeSmall(which + ", others", possible, Region::others);
            }
        }
    }

    private static void cannotBeTold(String which, List<Region> possible, ToLongFunction<Region> number) {
        assertThat(possible.stream().mapToLong(number).distinct().count())
                .as(which)
                .isGreaterThan(1);
        isNotKnownToBeSmall(which, possible, number);
    }

    private static void isNotKnownToBeSmall(String which, List<Region> possible, ToLongFunction<Region> number) {
        var values = new TreeSet<Long>();
        possible.forEach(region -> values.add(number.applyAsLong(region)));
        assertThat(values).as(which).anyMatch(value -> value <= 0 || value >= SmallCells.SMALLEST);
    }

    private static List<Region> table(Random random) {
        return Stream.generate(() -> {
                    long members = random.nextInt(LARGEST + 1);
                    return new Region(
                            members, random.nextInt(8) == 0 ? null : Long.valueOf(random.nextLong(members + 1)));
                })
                .limit(REGIONS)
                .toList();
    }

    private static Region sum(List<Region> regions) {
        return new Region(
                regions.stream().mapToLong(Region::members).sum(),
                regions.stream().allMatch(region -> region.women() == null)
                        ? null
                        : Long.valueOf(
                                regions.stream().mapToLong(Region::counted).sum()));
    }

    private static Map<String, List<Cell>> rows(List<Region> regions) {
        Map<String, List<Cell>> rows = new LinkedHashMap<>();
        for (int place = 0; place < regions.size(); place++) {
            rows.put("TR-" + place, cells(regions.get(place)));
        }
        return rows;
    }

    private static List<Cell> cells(Region region) {
        return List.of(
                new Cell("M01", region.members(), false, 1),
                region.women() == null ? Cell.missing("M02") : new Cell("M02", region.women(), false, 1));
    }

    /// What a region may be, by what is shown of it alone.
    private static List<Region> fitting(List<Cell> row, @Nullable Long women, @Nullable Long members) {
        var fitting = new ArrayList<Region>();
        for (long m : candidates(row.getFirst(), members)) {
            if (row.getLast().value() == null && !row.getLast().suppressed()) {
                fitting.add(new Region(m, null));
                continue;
            }
            for (long w : candidates(row.getLast(), women)) {
                if (w <= m) {
                    fitting.add(new Region(m, w));
                }
            }
        }
        return fitting;
    }

    private static long[] candidates(Cell cell, @Nullable Long total) {
        return cell.value() != null
                ? new long[] {cell.value()}
                : LongStream.rangeClosed(1, Objects.requireNonNullElse(total, (long) UNLIMITED))
                        .toArray();
    }

    /// What the other regions may add up to; 0 where the total is not known.
    private static Set<List<Long>> sums(
            List<List<Region>> candidates, int besides, boolean membersKnown, boolean womenKnown) {
        Set<List<Long>> sums = Set.of(List.of(0L, 0L));
        for (int place = 0; place < candidates.size(); place++) {
            if (place == besides) {
                continue;
            }
            Set<List<Long>> next = new HashSet<>();
            for (List<Long> sum : sums) {
                for (Region region : candidates.get(place)) {
                    next.add(List.of(
                            membersKnown ? sum.getFirst() + region.members() : 0,
                            womenKnown ? sum.getLast() + region.counted() : 0));
                }
            }
            sums = next;
        }
        return sums;
    }
}
