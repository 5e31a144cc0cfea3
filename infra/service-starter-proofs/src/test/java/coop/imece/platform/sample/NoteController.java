package coop.imece.platform.sample;

import coop.imece.platform.security.Caller;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.NewId;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import coop.imece.platform.web.ServerOwned;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/notes")
class NoteController {

    private final Notes notes;
    private final JsonMapper json;

    NoteController(Notes notes, JsonMapper json) {
        this.notes = notes;
        this.json = json;
    }

    enum Colour {
        RED,
        GREEN
    }

    @ServerOwned({"state", "asOf"})
    record NewNote(
            @Nullable String text,
            @Nullable LocalisedText title,
            @Nullable Moment starts,
            @Nullable Colour colour,
            int stars) {}

    record Content(@Nullable String text) {}

    record Shown(UUID id, String text, @Nullable UUID account) {}

    @PostMapping
    ResponseEntity<Shown> write(@RequestBody NewNote note, NewId id, Caller caller) {
        if (note.text() == null) {
            throw new ProblemException(Problem.invalid(List.of(FieldError.of("#/text", "required"))));
        }
        Note saved = notes.findById(id.value()).orElseGet(() -> notes.save(Note.write(id.value(), note.text())));
        return ResponseEntity.status(201)
                .header("Location", "/api/v1/notes/" + saved.id())
                .eTag(IfMatch.etag(saved.version()))
                .body(new Shown(saved.id(), saved.text(), caller.account()));
    }

    @PatchMapping(path = "/{id}", consumes = "application/merge-patch+json")
    ResponseEntity<Shown> change(@PathVariable UUID id, @RequestBody MergePatch patch, IfMatch version, Caller caller) {
        Note note = notes.findById(id).orElseThrow(() -> new ProblemException(Problem.notFound()));
        version.refusal(note.version()).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Content content = patch.applyTo(json, new Content(note.text()), Content.class, Set.of("state"));
        note.change(content.text() == null ? "" : content.text());
        Note saved = notes.save(note);
        return ResponseEntity.ok()
                .eTag(IfMatch.etag(saved.version()))
                .body(new Shown(id, saved.text(), caller.account()));
    }

    @GetMapping("/{id}")
    Shown read(@PathVariable UUID id, Caller caller) {
        return notes.findById(id)
                .map(note -> new Shown(id, note.text(), caller.account()))
                .orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    @GetMapping
    List<Shown> list(@RequestParam(defaultValue = "10") int limit) {
        return List.of();
    }

    @PostMapping(path = "/form", consumes = "application/x-www-form-urlencoded")
    String form(@RequestParam String text) {
        return text;
    }

    @GetMapping("/defect")
    String defect() {
        throw new IllegalStateException("secret words");
    }
}
