package coop.imece.impact;

import coop.imece.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void keepsTheRulesOfTheHouse() {
        ArchitectureRules.check("coop.imece.impact");
    }
}
