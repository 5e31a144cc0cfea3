package coop.imece.platform.sample;

import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.inbox.View;
import coop.imece.platform.inbox.Views;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;

@SpringBootApplication
public class SampleApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(SampleApplication.class, arguments);
    }

    @Bean
    View<KnownNote> knownNotes(Views views) {
        return views.view("known_notes", KnownNote.class);
    }

    @Bean
    Consumer<Message<List<byte[]>>> noteEvents(Inbox inbox, NoteReactions reactions) {
        return inbox.each(reactions::on);
    }
}
