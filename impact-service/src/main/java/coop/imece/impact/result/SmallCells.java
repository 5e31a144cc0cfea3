package coop.imece.impact.result;

import coop.imece.impact.indicator.Indicator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Hides numbers behind which few people stand, and what would give them away.
///
/// By itself is hidden
/// - a number from 1 to 4;
/// - a part that leaves 1 to 4 of its whole: 98 women of 100 members tell of two men.
///
/// Zero is shown: it tells of nobody.
///
/// Whoever subtracts from a shown total what is shown of its regions learns the sum of those that are hidden, and knows
/// that none of them is zero and that no part is greater than its whole. So where a total is shown, each small number
/// has a **companion** that is hidden, too, and could make up for it:
/// - for a small number one that could be 5 less, because 5 or more of it are in none of its parts;
/// - for a part with a small rest one that could be 5 more, because 5 or more of its whole are left.
///
/// Then what is shown fits as well if the small number, or the small rest, is 5 or more (a rest of a whole of 5: if it
/// is none), and the companion is that much less or more. The companion is the smallest region that will do, and with
/// it all that are equal, so that the choice tells nothing; if there is none, the total is hidden. This is proof
/// against whoever adds and subtracts, not against whoever guesses tables and runs this rule over each.
///
/// A part has no parts of its own.
final class SmallCells {

    /// The smallest number that is shown.
    static final long SMALLEST = 5;

    private final List<Indicator> indicators;

    SmallCells(List<Indicator> indicators) {
        this.indicators = indicators;
    }

    /// The cells of one row, each as far as it may be shown by itself.
    List<Cell> hide(List<Cell> row) {
        return row.stream()
                .map(cell -> {
                    var number = number(row, cell.indicator());
                    return number != null && (number.small() || number.leavesFew()) ? cell.hidden() : cell;
                })
                .toList();
    }

    /// A table as it may be shown.
    record Table(Map<String, List<Cell>> rows, List<Cell> totals) {}

    /// The table of rows and of the totals shown beside them.
    Table hide(Map<String, List<Cell>> rows, List<Cell> totals) {
        Map<String, List<Cell>> shown = new LinkedHashMap<>();
        rows.forEach((key, row) -> shown.put(key, hide(row)));
        List<Cell> sums = hide(totals).stream()
                .map(total -> total.value() == null || hidesCompanions(rows, shown, total.indicator())
                        ? total
                        : total.hidden())
                .toList();
        return new Table(shown, sums);
    }

    /// False if a small number has no companion.
    private boolean hidesCompanions(Map<String, List<Cell>> rows, Map<String, List<Cell>> shown, String indicator) {
        Map<String, Reported> numbers = new LinkedHashMap<>();
        rows.forEach((key, row) -> {
            var number = number(row, indicator);
            if (number != null) {
                numbers.put(key, number);
            }
        });
        // A part that could be more is at least 5, and so could be less, too: it serves both.
        return hidesCompanion(numbers, shown, indicator, Reported::leavesFew, Reported::couldBeMore)
                && hidesCompanion(numbers, shown, indicator, Reported::small, Reported::couldBeLess);
    }

    private static boolean hidesCompanion(
            Map<String, Reported> numbers,
            Map<String, List<Cell>> shown,
            String indicator,
            Predicate<Reported> tells,
            Predicate<Reported> companion) {
        boolean needed = numbers.values().stream().anyMatch(tells);
        boolean there = numbers.entrySet().stream()
                .anyMatch(n -> hidden(shown, n.getKey(), indicator) && companion.test(n.getValue()));
        if (!needed || there) {
            return true;
        }
        OptionalLong smallest = numbers.values().stream()
                .filter(n -> n.value() > 0)
                .filter(companion)
                .mapToLong(Reported::value)
                .min();
        numbers.forEach((key, number) -> {
            if (companion.test(number) && smallest.equals(OptionalLong.of(number.value()))) {
                shown.computeIfPresent(key, (_, row) -> without(row, indicator));
            }
        });
        return smallest.isPresent();
    }

    private static boolean hidden(Map<String, List<Cell>> shown, String key, String indicator) {
        return shown.getOrDefault(key, List.of()).stream()
                .anyMatch(cell -> cell.indicator().equals(indicator) && cell.suppressed());
    }

    private static List<Cell> without(List<Cell> row, String indicator) {
        return row.stream()
                .map(cell -> cell.indicator().equals(indicator) ? cell.hidden() : cell)
                .toList();
    }

    /// A number as it was reported.
    ///
    /// @param whole of which it is a part; null if it is none, or the whole was not reported
    /// @param largestPart 0 if it has no parts
    private record Reported(long value, @Nullable Long whole, long largestPart) {

        boolean small() {
            return small(value);
        }

        /// Of a whole that is small itself, and hidden, a part tells nothing more.
        boolean leavesFew() {
            return whole != null && whole >= SMALLEST && small(whole - value);
        }

        boolean couldBeLess() {
            return value - largestPart >= SMALLEST;
        }

        boolean couldBeMore() {
            return whole != null && whole - value >= SMALLEST;
        }

        private static boolean small(long number) {
            return number > 0 && number < SMALLEST;
        }
    }

    private @Nullable Reported number(List<Cell> row, String indicator) {
        Long value = value(row, indicator);
        if (value == null) {
            return null;
        }
        Long whole = indicators.stream()
                .filter(i -> i.code().equals(indicator))
                .flatMap(i -> Stream.ofNullable(i.partOf()))
                .map(code -> value(row, code))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        long largestPart = indicators.stream()
                .filter(i -> indicator.equals(i.partOf()))
                .map(i -> value(row, i.code()))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        return new Reported(value, whole, largestPart);
    }

    private static @Nullable Long value(List<Cell> row, String indicator) {
        return row.stream()
                .filter(cell -> cell.indicator().equals(indicator))
                .findFirst()
                .map(Cell::value)
                .orElse(null);
    }
}
