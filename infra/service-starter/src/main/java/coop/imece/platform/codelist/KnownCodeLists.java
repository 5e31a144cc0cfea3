package coop.imece.platform.codelist;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.text.SearchKey;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Labels and validity of codes, from memory.
///
/// A list is read from its source when first asked for, when a code is missing, and otherwise at most every ten
/// seconds: with several instances, only one hears a change. Labels never wait; what would refuse an input does, for
/// a list that was not heard of yet ("refuse late").
public final class KnownCodeLists {

    private static final long FRESH = Duration.ofSeconds(10).toNanos();
    private static final int SUGGESTIONS = 3;

    private final CodeListSource source;
    private final LongSupplier nanos;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    public KnownCodeLists(CodeListSource source) {
        this(source, System::nanoTime);
    }

    KnownCodeLists(CodeListSource source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    /// The id of the list of that name, the same everywhere.
    public static UUID idOf(String name) {
        return Ids.derived("code-list", name);
    }

    /// The label of a code for a reader, or the code itself where nothing is known of it; empty for no code.
    public String label(String list, @Nullable String code, String language) {
        if (code == null) {
            return "";
        }
        return find(list, code).map(c -> c.label(language)).orElse(code);
    }

    /// What may be chosen, in the order of the list; empty if the list was not heard of yet.
    public List<KnownCode> codes(String list) {
        return now(list).map(Held::active).orElse(List.of());
    }

    /// One code, retired or not.
    public Optional<KnownCode> find(String list, String code) {
        return now(list).flatMap(l -> Optional.ofNullable(l.byCode().get(code)));
    }

    /// Whether the code may be written. Throws the problem `not-yet-known` if the list is not heard of within two
    /// seconds.
    public boolean isKnown(String list, String code) {
        if (now(list).filter(l -> l.allows(code)).isPresent()) {
            return true;
        }
        return awaited(list).allows(code);
    }

    /// Refuses a code that may not be written, and says which ones are near.
    public void check(Checks checks, String pointer, String list, String code) {
        if (!isKnown(list, code)) {
            checks.refuse(pointer, "unknown-code", String.join(", ", nearest(list, code)));
        }
    }

    /// The active codes that look most like the given text, by code or by label in any language; at most three.
    public List<String> nearest(String list, String text) {
        String wanted = SearchKey.fold(text.length() > 64 ? text.substring(0, 64) : text);
        record Near(String code, double distance) {}
        return codes(list).stream()
                .map(code -> new Near(
                        code.code(),
                        Stream.concat(Stream.of(code.code()), code.labels().values().stream())
                                .mapToDouble(candidate -> Distance.between(wanted, SearchKey.fold(candidate)))
                                .min()
                                .orElse(1)))
                .sorted(Comparator.comparingDouble(Near::distance))
                .limit(SUGGESTIONS)
                .map(Near::code)
                .toList();
    }

    /// Reads the list anew when it is next asked for: a change of it was heard.
    public void forget(String list) {
        held.remove(list);
    }

    private Optional<Held> now(String list) {
        Held known = held.get(list);
        if (known != null && nanos.getAsLong() - known.readAt() < FRESH) {
            return Optional.of(known);
        }
        return source.find(list).map(this::hold);
    }

    private Held awaited(String list) {
        return source.find(list)
                .or(() -> source.await(list))
                .map(this::hold)
                .orElseThrow(() -> new ProblemException(Problem.notYetKnown()));
    }

    private Held hold(KnownCodeList list) {
        Map<String, KnownCode> byCode = new LinkedHashMap<>();
        list.codes().forEach(c -> byCode.put(c.code(), c));
        Held read =
                new Held(byCode, list.codes().stream().filter(KnownCode::active).toList(), nanos.getAsLong());
        held.put(list.name(), read);
        return read;
    }

    private record Held(Map<String, KnownCode> byCode, List<KnownCode> active, long readAt) {

        boolean allows(String code) {
            KnownCode known = byCode.get(code);
            return known != null && known.active();
        }
    }
}
