package coop.imece.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TopicsTests {

    @Test
    void givesEachGroupItsDeadLettersAndItsReplay() {
        var topics = read("""
                defaults:
                  state: {partitions: 6, cleanup: compact}
                  deadLetters: {partitions: 1, cleanup: delete, retention: 30d}
                  replay: {partitions: 1, cleanup: delete, retention: 30d}
                topics:
                  - {name: events.gathering.v1, kind: state, groups: [notification.gatheringEvents]}
                """);

        assertThat(topics.names())
                .containsExactly(
                        "events.gathering.v1",
                        "events.gathering.v1.notification.gatheringEvents.dlt",
                        "events.gathering.v1.notification.gatheringEvents.replay");
    }

    @Test
    void refusesADurationItCannotRead() {
        assertThatThrownBy(() -> read("""
                        defaults:
                          state: {partitions: 6, retention: a week}
                        topics: []
                        """)).hasMessageContaining("a week");
    }

    @Test
    void readsTheContracts() {
        assertThat(Topics.ofContracts().names()).contains("events.gathering.v1").doesNotHaveDuplicates();
    }

    private static Topics read(String yaml) {
        return Topics.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
