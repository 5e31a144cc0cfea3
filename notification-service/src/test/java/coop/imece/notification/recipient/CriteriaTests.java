package coop.imece.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.notification.recipient.Recipients.Subject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CriteriaTests {

    private static final Subject FAIR_IN_BURSA = new Subject("FAIR", "TR", "TR-16", Set.of("marketing"));
    private static final List<String> AROUND = List.of("TR-16", "TR41", "TR");

    @Test
    void anEmptyDimensionMeansAny() {
        var everything = new Criteria(List.of(), List.of(), List.of());

        assertThat(everything.matchKeys()).containsExactly("*|*");
        assertThat(everything.reason(FAIR_IN_BURSA, AROUND)).contains(new Reason(null, null, null));
    }

    @Test
    void dimensionsAreJoinedByAndTheirCodesByOr() {
        var criteria = new Criteria(List.of("TRAINING", "FAIR"), List.of("TR-16", "TR-35"), List.of("marketing"));

        assertThat(criteria.matchKeys())
                .containsExactlyInAnyOrder("FAIR|TR-16", "FAIR|TR-35", "TRAINING|TR-16", "TRAINING|TR-35");
        assertThat(criteria.reason(FAIR_IN_BURSA, AROUND)).contains(new Reason("FAIR", "TR-16", "marketing"));
    }

    @Test
    void aTopicNobodyAskedForIsNoReason() {
        var criteria = new Criteria(List.of("FAIR"), List.of("TR-16"), List.of("finance"));

        assertThat(criteria.reason(FAIR_IN_BURSA, AROUND)).isEmpty();
    }

    @Test
    void whoAskedForTheCountryHearsOfItsRegions() {
        var criteria = new Criteria(List.of(), List.of("TR"), List.of());

        assertThat(Criteria.keysOf("FAIR", AROUND)).containsAnyElementsOf(criteria.matchKeys());
        assertThat(criteria.reason(FAIR_IN_BURSA, AROUND)).contains(new Reason(null, "TR", null));
    }

    @Test
    void everyMatchIsFoundByAKey() {
        for (List<String> kinds : List.of(List.<String>of(), List.of("FAIR"), List.of("FAIR", "FORUM"))) {
            for (List<String> regions : List.of(List.<String>of(), List.of("TR"), List.of("TR41"), List.of("TR-16"))) {
                var criteria = new Criteria(kinds, regions, List.of());
                assertThat(criteria.reason(FAIR_IN_BURSA, AROUND))
                        .as("%s", criteria)
                        .isPresent();
                assertThat(Criteria.keysOf("FAIR", AROUND))
                        .as("%s", criteria)
                        .containsAnyElementsOf(criteria.matchKeys());
            }
        }
    }

    @Test
    void equalWishesAreEqualHoweverTheyWereWritten() {
        assertThat(new Criteria(List.of("FORUM", "FAIR", "FAIR"), List.of(), List.of()))
                .isEqualTo(new Criteria(List.of("FAIR", "FORUM"), List.of(), List.of()));
    }
}
