package coop.imece.platform.sample;

import coop.imece.platform.erasure.Traces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Of an account the sample holds the notes that are about it.
@Component
public class NoteTraces implements Traces {

    private final Notes notes;

    NoteTraces(Notes notes) {
        this.notes = notes;
    }

    @Override
    public Map<String, Integer> erase(UUID account) {
        List<Note> about = notes.findByText(account.toString());
        about.forEach(note -> {
            note.change("");
            notes.save(note);
        });
        return Map.of("notes", about.size());
    }
}
