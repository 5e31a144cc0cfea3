package coop.imece.impact.result;

import coop.imece.impact.indicator.Indicator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Hides numbers behind which few people stand, and what would give them away.
///
/// - a number from 1 to 4 is hidden;
/// - so is a part that leaves 1 to 4 of its whole: 98 women of 100 members tell of two men;
/// - if exactly one region of a shown total is hidden, the next smallest is hidden, too: it could be subtracted; if the
///   others are all zero or missing, the total is.
///
/// Zero is shown: it tells of nobody.
final class SmallCells {

    /// The smallest number that is shown.
    static final long SMALLEST = 5;

    private final List<Indicator> indicators;

    SmallCells(List<Indicator> indicators) {
        this.indicators = indicators;
    }

    /// The cells of one row, each as far as it may be shown by itself.
    List<Cell> hide(List<Cell> row) {
        return row.stream().map(cell -> tells(cell, row) ? cell.hidden() : cell).toList();
    }

    private boolean tells(Cell cell, List<Cell> row) {
        Long value = cell.value();
        if (value == null) {
            return false;
        }
        Long whole = indicators.stream()
                .filter(i -> i.code().equals(cell.indicator()))
                .map(Indicator::partOf)
                .filter(Objects::nonNull)
                .map(code -> value(row, code))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return small(value) || (whole != null && small(whole - value));
    }

    private static boolean small(long number) {
        return number > 0 && number < SMALLEST;
    }

    /// A table as it may be shown.
    record Table(Map<String, List<Cell>> rows, List<Cell> totals) {}

    /// The table of rows and of the totals shown beside them.
    Table hide(Map<String, List<Cell>> rows, List<Cell> totals) {
        Map<String, List<Cell>> shown = new LinkedHashMap<>();
        rows.forEach((key, row) -> shown.put(key, hide(row)));
        List<Cell> sums = hide(totals).stream()
                .map(total -> total.value() == null || hidesWell(shown, total.indicator()) ? total : total.hidden())
                .toList();
        return new Table(shown, sums);
    }

    /// Hides a second region where one alone could be subtracted; false if there is none whose hiding would help.
    private static boolean hidesWell(Map<String, List<Cell>> rows, String indicator) {
        long hidden = rows.values().stream()
                .filter(row -> cell(row, indicator) instanceof Cell cell && cell.suppressed())
                .count();
        if (hidden != 1) {
            return true;
        }
        var second = rows.entrySet().stream()
                .filter(row -> value(row.getValue(), indicator) instanceof Long value && value > 0)
                .min(Comparator.comparingLong(row -> Objects.requireNonNull(value(row.getValue(), indicator))));
        second.ifPresent(row -> {
            var cells = new ArrayList<>(row.getValue());
            cells.replaceAll(cell -> cell.indicator().equals(indicator) ? cell.hidden() : cell);
            row.setValue(List.copyOf(cells));
        });
        return second.isPresent();
    }

    private static @Nullable Cell cell(List<Cell> row, String indicator) {
        return row.stream()
                .filter(cell -> cell.indicator().equals(indicator))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Long value(List<Cell> row, String indicator) {
        Cell cell = cell(row, indicator);
        return cell == null ? null : cell.value();
    }
}
