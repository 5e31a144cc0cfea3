package coop.imece.notification;

import coop.imece.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void theServiceKeepsTheRulesOfTheHouse() {
        ArchitectureRules.check("coop.imece.notification");
    }
}
