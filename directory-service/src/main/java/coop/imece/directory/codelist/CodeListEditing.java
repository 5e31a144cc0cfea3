package coop.imece.directory.codelist;

import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// How an administrator changes the codes of a list.
@Component
class CodeListEditing {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final int MOST_CODES = 500;
    private static final int LONGEST_LABEL = 120;
    private static final int MOST_LABELS = 20;

    private final CodeLists lists;
    private final KnownCodeLists known;

    CodeListEditing(CodeLists lists, KnownCodeLists known) {
        this.lists = lists;
        this.known = known;
    }

    /// A code as somebody writes it, unchecked.
    record WrittenCode(
            @Nullable String code,
            @Nullable Map<String, @Nullable String> labels,
            @Nullable Boolean active,
            @Nullable String parent) {}

    /// How the change ended.
    sealed interface Outcome {

        /// The list stands as wished, changed or not.
        record Done(CodeList list) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    Outcome change(String name, @Nullable List<@Nullable WrittenCode> written, IfMatch ifMatch, Caller caller) {
        if (!caller.signedIn()) {
            return new Outcome.Refused(Problem.notSignedIn());
        }
        if (!caller.administrator()) {
            return new Outcome.Refused(Problem.notAllowed());
        }
        Optional<CodeList> found = lists.findByName(name);
        if (found.isEmpty()) {
            return new Outcome.Refused(Problem.notFound());
        }
        CodeList list = found.get();
        Checks checks = new Checks();
        List<Code> codes = check(checks, written);
        list.missingFrom(codes).forEach(code -> checks.refuse("#/codes", "code-missing", code));
        if (!checks.failed()) {
            rules().check(checks, list, codes);
        }
        if (checks.failed()) {
            return new Outcome.Refused(Problem.invalid(checks.errors()));
        }
        Optional<Problem> refusal = ifMatch.refusal(list.version());
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        if (!list.change(codes)) {
            return new Outcome.Done(list);
        }
        try {
            CodeList saved = lists.save(list);
            known.forget(name);
            return new Outcome.Done(saved);
        } catch (OptimisticLockingFailureException e) {
            return new Outcome.Refused(Problem.changedMeanwhile(
                    lists.findByName(name).map(CodeList::version).orElse(list.version())));
        }
    }

    private CodeRules rules() {
        return new CodeRules(lists.findByName("organisation-types")
                .map(types -> types.codes().stream().map(Code::code).collect(Collectors.toSet()))
                .orElse(Set.of()));
    }

    private static List<Code> check(Checks checks, @Nullable List<@Nullable WrittenCode> written) {
        if (written == null || written.isEmpty()) {
            checks.refuse("#/codes", "required");
            return List.of();
        }
        if (!checks.require(written.size() <= MOST_CODES, "#/codes", "too-many", MOST_CODES)) {
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        var codes = new java.util.ArrayList<Code>();
        for (int i = 0; i < written.size(); i++) {
            Checks own = new Checks();
            Code code = check(own, "#/codes/" + i, written.get(i));
            if (code != null && own.require(seen.add(code.code()), "#/codes/" + i + "/code", "duplicate")) {
                codes.add(code);
            }
            own.errors()
                    .forEach(e -> checks.refuse(e.pointer(), e.code(), e.args().toArray()));
        }
        return codes;
    }

    private static @Nullable Code check(Checks checks, String at, @Nullable WrittenCode written) {
        if (written == null) {
            checks.refuse(at, "required");
            return null;
        }
        String code = written.code();
        if (code == null || code.isEmpty()) {
            checks.refuse(at + "/code", "required");
        } else {
            checks.require(CODE.matcher(code).matches(), at + "/code", "invalid-code");
        }
        Map<String, @Nullable String> given = written.labels() == null ? Map.of() : written.labels();
        if (!checks.require(given.size() <= MOST_LABELS, at + "/labels", "too-many", MOST_LABELS)) {
            return null;
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (Language language : Language.values()) {
            labels.put(
                    language.tag(),
                    checks.line(at + "/labels/" + language.tag(), given.get(language.tag()), LONGEST_LABEL));
        }
        given.keySet().stream()
                .filter(tag -> Language.of(tag).isEmpty())
                .forEach(tag -> checks.refuse(
                        at + "/labels/" + tag.replace("~", "~0").replace("/", "~1"), "unknown-field", ""));
        String parent = written.parent();
        if (parent != null) {
            checks.require(CODE.matcher(parent).matches(), at + "/parent", "invalid-code");
        }
        return checks.failed() || code == null
                ? null
                : new Code(code, labels, written.active() == null || written.active(), parent);
    }
}
