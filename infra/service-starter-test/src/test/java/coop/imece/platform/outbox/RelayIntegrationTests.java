package coop.imece.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.inbox.View;
import coop.imece.platform.sample.KnownNote;
import coop.imece.platform.sample.Note;
import coop.imece.platform.sample.Notes;
import coop.imece.platform.sample.SampleApplication;
import coop.imece.platform.sample.SampleTopics;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;

@ServiceTest
@ContextConfiguration(classes = SampleApplication.class, initializers = SampleTopics.class)
class RelayIntegrationTests {

    @Autowired
    Notes notes;

    @Autowired
    View<KnownNote> known;

    @Test
    void publishesWhatWasSavedAndThenForgetsIt() {
        UUID id = Ids.v7();

        notes.save(Note.write(id, "first"));

        try (var broker = new TestBroker()) {
            await().untilAsserted(() -> assertThat(broker.records(Note.TOPIC, id))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(TestBroker.header(record, "ce_type")).isEqualTo("sample.note.written.v1");
                        assertThat(TestBroker.header(record, "ce_source")).isEqualTo("/sample-service");
                        assertThat(TestBroker.header(record, "ce_sequence")).isEqualTo("0000000000000000001");
                        assertThat(new String(record.value(), java.nio.charset.StandardCharsets.UTF_8))
                                .isEqualTo(
                                        "{\"state\":{\"id\":\"%s\",\"text\":\"first\"},\"fact\":{\"writtenId\":\"%s\"}}"
                                                .formatted(id, id));
                    }));
        }
        await().untilAsserted(() ->
                assertThat(notes.findById(id).orElseThrow().pendingMessages()).isEmpty());
        assertThat(notes.findById(id).orElseThrow().version()).isZero();
        await().untilAsserted(() -> assertThat(known.find(id)).contains(new KnownNote("first")));
    }
}
