package coop.imece.impact.result;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.impact.indicator.SomeIndicators;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallCellsTests {

    private final SmallCells smallCells = new SmallCells(new SomeIndicators().current());

    private static Cell cell(String indicator, long value) {
        return new Cell(indicator, value, false, 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4})
    void hidesWhatAFewPeopleStandBehind(long value) {
        assertThat(smallCells.hide(List.of(cell("M01", value)))).containsExactly(new Cell("M01", null, true, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, 6})
    void showsNobodyAndMany(long value) {
        assertThat(smallCells.hide(List.of(cell("M01", value)))).containsExactly(cell("M01", value));
    }

    @Test
    void hidesAPartThatTellsOfAFewOthers() {
        assertThat(smallCells.hide(List.of(cell("M01", 100), cell("M02", 98))))
                .containsExactly(cell("M01", 100), new Cell("M02", null, true, 3));
        assertThat(smallCells.hide(List.of(cell("M01", 100), cell("M02", 100))))
                .containsExactly(cell("M01", 100), cell("M02", 100));
    }

    @Test
    void doesNotTakeMissingForHidden() {
        assertThat(smallCells.hide(List.of(Cell.missing("M01")))).containsExactly(Cell.missing("M01"));
    }

    @Test
    void hidesASecondRegionWhereOneAloneCouldBeSubtracted() {
        Map<String, List<Cell>> rows = rows(3, 40, 900);
        Map<String, List<Cell>> shown =
                smallCells.hide(rows, List.of(cell("M01", 943))).rows();
        assertThat(shown.get("A")).containsExactly(new Cell("M01", null, true, 3));
        assertThat(shown.get("B")).containsExactly(new Cell("M01", null, true, 3));
        assertThat(shown.get("C")).containsExactly(cell("M01", 900));
    }

    @Test
    void hidesTheTotalWhereNoOtherRegionCouldHideTheOneThatIsHidden() {
        Map<String, List<Cell>> rows = new LinkedHashMap<>();
        rows.put("A", List.of(cell("M01", 100), cell("M02", 98)));
        rows.put("B", List.of(cell("M01", 50), cell("M02", 0)));
        rows.put("C", List.of(cell("M01", 60), Cell.missing("M02")));

        var table = smallCells.hide(rows, List.of(cell("M01", 210), cell("M02", 98)));

        assertThat(table.totals()).containsExactly(cell("M01", 210), new Cell("M02", null, true, 3));
        assertThat(table.rows().get("A")).containsExactly(cell("M01", 100), new Cell("M02", null, true, 3));
        assertThat(table.rows().get("B")).containsExactly(cell("M01", 50), cell("M02", 0));
    }

    @Test
    void hidesOneThatIsNotSmallBesideSeveralThatAre() {
        assertThat(hiddenOf(rows(1, 1, 100), 102)).containsExactly("A", "B", "C");
        assertThat(hiddenOf(rows(4, 4, 100), 108)).containsExactly("A", "B", "C");
    }

    @Test
    void hidesTheTotalOfSmallNumbersAlone() {
        assertThat(hiddenOf(rows(4, 4, 0), 8)).containsExactly("A", "B", "total");
    }

    @Test
    void hidesAllThatAreEqualSoThatTheChoiceTellsNothing() {
        assertThat(hiddenOf(rows(4, 5, 5), 14)).containsExactly("A", "B", "C");
    }

    @Test
    void hidesNothingBesideWhatIsNotSmall() {
        assertThat(hiddenOf(rows(30, 40, 900), 970)).isEmpty();
    }

    @Test
    void hidesBesideASmallRestOneOfWhoseWholeManyAreLeft() {
        Map<String, List<Cell>> rows = new LinkedHashMap<>();
        rows.put("A", List.of(cell("M01", 100), cell("M02", 98)));
        rows.put("B", List.of(cell("M01", 20), cell("M02", 20)));
        rows.put("C", List.of(cell("M01", 60), cell("M02", 30)));

        var table = smallCells.hide(rows, List.of(cell("M01", 180), cell("M02", 148)));

        assertThat(table.rows().get("A")).containsExactly(cell("M01", 100), new Cell("M02", null, true, 3));
        assertThat(table.rows().get("B")).containsExactly(cell("M01", 20), cell("M02", 20));
        assertThat(table.rows().get("C")).containsExactly(cell("M01", 60), new Cell("M02", null, true, 3));
        assertThat(table.totals()).containsExactly(cell("M01", 180), cell("M02", 148));
    }

    @Test
    void hidesBesideASmallWholeNoneThatConsistsOfAShownPart() {
        Map<String, List<Cell>> rows = new LinkedHashMap<>();
        rows.put("A", List.of(cell("M01", 3), cell("M02", 0)));
        rows.put("B", List.of(cell("M01", 20), cell("M02", 20)));
        rows.put("C", List.of(cell("M01", 60), cell("M02", 30)));

        var table = smallCells.hide(rows, List.of(cell("M01", 83), cell("M02", 50)));

        assertThat(table.rows().get("A")).containsExactly(new Cell("M01", null, true, 3), cell("M02", 0));
        assertThat(table.rows().get("B")).containsExactly(cell("M01", 20), cell("M02", 20));
        assertThat(table.rows().get("C")).containsExactly(new Cell("M01", null, true, 3), cell("M02", 30));
    }

    /// Which of the first indicator is hidden.
    private List<String> hiddenOf(Map<String, List<Cell>> rows, long total) {
        var table = smallCells.hide(rows, List.of(cell("M01", total)));
        Map<String, List<Cell>> all = new LinkedHashMap<>(table.rows());
        all.put("total", table.totals());
        return all.entrySet().stream()
                .filter(row -> row.getValue().getFirst().suppressed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, List<Cell>> rows(long a, long b, long c) {
        Map<String, List<Cell>> rows = new LinkedHashMap<>();
        rows.put("A", List.of(cell("M01", a)));
        rows.put("B", List.of(cell("M01", b)));
        rows.put("C", List.of(cell("M01", c)));
        return rows;
    }
}
