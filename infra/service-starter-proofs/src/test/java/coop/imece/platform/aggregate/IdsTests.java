package coop.imece.platform.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTests {

    @Test
    void newIdsSortByTimeAndDoNotRepeat() {
        Set<UUID> seen = new HashSet<>();
        for (int n = 0; n < 10_000; n++) {
            UUID id = Ids.v7();
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(Math.abs((id.getMostSignificantBits() >>> 16) - System.currentTimeMillis()))
                    .isLessThan(60_000);
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    void derivedIdsFollowFromTheirPartsAlone() {
        UUID id = Ids.derived("organisation", "account");
        assertThat(id).isEqualTo(Ids.derived("organisation", "account"));
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id).isNotEqualTo(Ids.derived("organisationa", "ccount"));
    }
}
