package coop.imece.directory.codelist;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.StateTopic;
import coop.imece.platform.codelist.KnownCodeLists;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.mapping.Document;

/// A list of codes, for example the kinds of gatherings.
///
/// Invariants: the id follows from the name; codes are unique; each has a label in each of the five languages; a code
/// that was once published stays, at most retired, because others may have written it.
@Document("code_lists")
@StateTopic(value = "directory.code-list.v1", restated = "directory.code-list.restated.v1")
class CodeList extends AggregateRoot {

    private final String name;
    private List<Code> codes;

    @PersistenceCreator
    CodeList(UUID id, String name, List<Code> codes) {
        super(id);
        this.name = name;
        this.codes = List.copyOf(codes);
    }

    /// The list as it is first known to the network.
    static CodeList begin(String name, List<Code> codes) {
        CodeList list = new CodeList(KnownCodeLists.idOf(name), name, codes);
        list.raise(
                new CodeListEvent.CodeListChanged(codes.stream().map(Code::code).toList()));
        return list;
    }

    String name() {
        return name;
    }

    List<Code> codes() {
        return codes;
    }

    /// The codes that are published and missing from the given ones.
    List<String> missingFrom(List<Code> changed) {
        var kept = changed.stream().map(Code::code).toList();
        return codes.stream()
                .map(Code::code)
                .filter(code -> !kept.contains(code))
                .toList();
    }

    /// Takes the codes in the given order; false if nothing changes.
    boolean change(List<Code> changed) {
        if (!missingFrom(changed).isEmpty()) {
            throw new IllegalArgumentException("a published code is retired, not removed");
        }
        if (changed.equals(codes)) {
            return false;
        }
        Map<String, Code> before = new LinkedHashMap<>();
        codes.forEach(code -> before.put(code.code(), code));
        List<String> touched = changed.stream()
                .filter(code -> !code.equals(before.get(code.code())))
                .map(Code::code)
                .toList();
        codes = List.copyOf(changed);
        raise(new CodeListEvent.CodeListChanged(touched));
        return true;
    }

    @Override
    protected State publicState() {
        return new State(id(), name, codes);
    }

    /// What everybody may know of it: all.
    record State(UUID id, String name, List<Code> codes) {}
}
