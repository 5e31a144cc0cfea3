package coop.imece.directory.codelist;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import coop.imece.platform.web.ServerOwned;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `/code-lists`: public to read, for administrators to change.
@RestController
class CodeListController {

    private final CodeLists lists;
    private final CodeListEditing editing;
    private final Problems problems;
    private final JsonMapper json;

    CodeListController(CodeLists lists, CodeListEditing editing, Problems problems, JsonMapper json) {
        this.lists = lists;
        this.editing = editing;
        this.problems = problems;
        this.json = json;
    }

    @ServerOwned({"id", "name"})
    record ChangeCodes(@Nullable List<CodeListEditing.@Nullable WrittenCode> codes) {}

    record CodeListAnswer(String name, List<Code> codes) {}

    record Overview(String name, String href, int codes) {}

    record Overviews(List<Overview> items, int total) {}

    @GetMapping("/api/v1/code-lists")
    @Described(
            id = "listCodeLists",
            summary = "All code lists",
            answers = Overviews.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<Overviews> all() {
        List<Overview> items = lists.findAll().stream()
                .sorted(Comparator.comparing(CodeList::name))
                .map(list -> new Overview(
                        list.name(),
                        "/api/v1/code-lists/" + list.name(),
                        list.codes().size()))
                .toList();
        return ResponseEntity.ok().cacheControl(everybody()).body(new Overviews(items, items.size()));
    }

    @GetMapping("/api/v1/code-lists/{name}")
    @Described(
            id = "readCodeList",
            summary = "One code list, with labels in five languages",
            answers = CodeListAnswer.class,
            versioned = true,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> one(@PathVariable String name, Locale reader) {
        var list = lists.findByName(name);
        return list.isPresent() ? answer(list.get()) : problems.answer(Problem.notFound(), reader);
    }

    @GetMapping("/api/v1/regions")
    @Described(
            id = "readRegions",
            summary = "The code list of regions",
            answers = CodeListAnswer.class,
            versioned = true,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> regions(Locale reader) {
        return one("regions", reader);
    }

    @PutMapping("/api/v1/code-lists/{name}")
    @NeedsScope("network:admin")
    @Described(
            id = "writeCodeList",
            summary = "Change the codes of a list",
            answers = CodeListAnswer.class,
            required = "codes",
            versioned = true)
    ResponseEntity<?> put(
            @PathVariable String name, @RequestBody ChangeCodes change, IfMatch ifMatch, Caller caller, Locale reader) {
        return answer(editing.change(name, change.codes(), ifMatch, caller), reader);
    }

    @PatchMapping(path = "/api/v1/code-lists/{name}", consumes = "application/merge-patch+json")
    @NeedsScope("network:admin")
    @Described(
            id = "changeCodeList",
            summary = "Change parts of a list",
            takes = ChangeCodes.class,
            answers = CodeListAnswer.class,
            versioned = true)
    ResponseEntity<?> patch(
            @PathVariable String name, @RequestBody MergePatch patch, IfMatch ifMatch, Caller caller, Locale reader) {
        var list = lists.findByName(name);
        if (list.isEmpty()) {
            return problems.answer(Problem.notFound(), reader);
        }
        ChangeCodes change = patch.applyTo(json, written(list.get()), ChangeCodes.class, Set.of("id", "name"));
        return answer(editing.change(name, change.codes(), ifMatch, caller), reader);
    }

    private static ChangeCodes written(CodeList list) {
        return new ChangeCodes(list.codes().stream()
                .<CodeListEditing.@Nullable WrittenCode>map(code -> new CodeListEditing.WrittenCode(
                        code.code(), new java.util.LinkedHashMap<>(code.labels()), code.active(), code.parent()))
                .toList());
    }

    private ResponseEntity<?> answer(CodeListEditing.Outcome outcome, Locale reader) {
        return switch (outcome) {
            case CodeListEditing.Outcome.Done done -> answer(done.list());
            case CodeListEditing.Outcome.Refused refused -> problems.answer(refused.problem(), reader);
        };
    }

    private static ResponseEntity<CodeListAnswer> answer(CodeList list) {
        return ResponseEntity.ok()
                .eTag(IfMatch.etag(list.version()))
                .cacheControl(everybody())
                .contentType(MediaType.APPLICATION_JSON)
                .body(new CodeListAnswer(list.name(), list.codes()));
    }

    private static CacheControl everybody() {
        return CacheControl.maxAge(Duration.ZERO).cachePublic();
    }
}
