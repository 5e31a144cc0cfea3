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
    void needsNoSecondWhereTwoAreHiddenOrNothingIs() {
        assertThat(smallCells
                        .hide(rows(3, 4, 900), List.of(cell("M01", 907)))
                        .rows()
                        .get("C"))
                .containsExactly(cell("M01", 900));
        assertThat(smallCells
                        .hide(rows(30, 40, 900), List.of(cell("M01", 970)))
                        .rows()
                        .get("A"))
                .containsExactly(cell("M01", 30));
    }

    private static Map<String, List<Cell>> rows(long a, long b, long c) {
        Map<String, List<Cell>> rows = new LinkedHashMap<>();
        rows.put("A", List.of(cell("M01", a)));
        rows.put("B", List.of(cell("M01", b)));
        rows.put("C", List.of(cell("M01", c)));
        return rows;
    }
}
