package coop.imece.events.gathering;

import coop.imece.platform.text.Language;
import coop.imece.platform.text.SearchKey;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody looks for in the calendar: OR within a filter, AND between filters, empty is any.
///
/// @param words folded words that title, organiser or locality must contain
/// @param organiser only this one's gatherings
/// @param states empty: what is public
/// @param from only what is not over on this day (local to the gathering); without it, what is not over now
/// @param to only what begins on this day or earlier
/// @param cursor where the page before ended
record CalendarQuery(
        List<String> words,
        List<String> kinds,
        List<String> topics,
        List<String> regions,
        List<String> languages,
        @Nullable UUID organiser,
        List<GatheringState> states,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable Cursor cursor,
        int limit) {

    static final int MOST = 200;
    static final int USUAL = 50;
    private static final int LONGEST_SEARCH = 200;
    private static final int MOST_VALUES = 30;
    private static final Pattern CODE = Pattern.compile("[\\p{Alnum}][\\p{Alnum}._-]{0,39}");

    /// Reads the query parameters; throws the problem `bad-parameter` for what cannot be read.
    static CalendarQuery of(Map<String, String[]> parameters) {
        String limit = single(parameters, "limit");
        return new CalendarQuery(
                words(parameters),
                codes(parameters, "kind"),
                codes(parameters, "topic"),
                codes(parameters, "region"),
                languages(parameters),
                organiser(parameters),
                states(parameters),
                day(parameters, "from"),
                day(parameters, "to"),
                Cursor.read(single(parameters, "cursor")),
                limit == null ? USUAL : limit(limit));
    }

    /// The present public calendar.
    static CalendarQuery upcoming(int limit) {
        return new CalendarQuery(
                List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of(), null, null, null, limit);
    }

    /// All of one organiser's gatherings in the given state that are not over; of drafts, all.
    static CalendarQuery of(UUID organiser, GatheringState state, int limit) {
        return new CalendarQuery(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                organiser,
                List.of(state),
                null,
                null,
                null,
                limit);
    }

    CalendarQuery withLimit(int most) {
        return new CalendarQuery(words, kinds, topics, regions, languages, organiser, states, from, to, cursor, most);
    }

    CalendarQuery inStates(List<GatheringState> only) {
        return new CalendarQuery(words, kinds, topics, regions, languages, organiser, only, from, to, cursor, limit);
    }

    boolean asksForDrafts() {
        return states.contains(GatheringState.DRAFT);
    }

    private static List<String> words(Map<String, String[]> parameters) {
        String search = single(parameters, "q");
        if (search == null) {
            return List.of();
        }
        if (search.length() > LONGEST_SEARCH) {
            throw bad("q");
        }
        return SearchKey.words(search);
    }

    private static List<String> codes(Map<String, String[]> parameters, String name) {
        List<String> codes = all(parameters, name);
        if (!codes.stream().allMatch(code -> CODE.matcher(code).matches())) {
            throw bad(name);
        }
        return codes;
    }

    private static List<String> languages(Map<String, String[]> parameters) {
        List<String> tags = all(parameters, "language");
        if (!tags.stream().allMatch(tag -> Language.of(tag).isPresent() || tag.matches("[a-z]{2,3}"))) {
            throw bad("language");
        }
        return tags;
    }

    private static @Nullable UUID organiser(Map<String, String[]> parameters) {
        String id = single(parameters, "organiser");
        if (id == null) {
            return null;
        }
        UUID organiser = GatheringReader.id(id);
        if (organiser == null) {
            throw bad("organiser");
        }
        return organiser;
    }

    private static List<GatheringState> states(Map<String, String[]> parameters) {
        var states = new ArrayList<GatheringState>();
        for (String name : all(parameters, "state")) {
            states.add(Arrays.stream(GatheringState.values())
                    .filter(state -> state.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> bad("state")));
        }
        return List.copyOf(states);
    }

    private static @Nullable LocalDate day(Map<String, String[]> parameters, String name) {
        String text = single(parameters, name);
        if (text == null) {
            return null;
        }
        LocalDate day = dayOf(text);
        if (day == null) {
            throw bad(name);
        }
        return day;
    }

    /// A day, or the local day of a moment with offset; null if it is neither, or in no century for plans.
    static @Nullable LocalDate dayOf(String text) {
        try {
            LocalDate day = text.length() > 10 ? OffsetDateTime.parse(text).toLocalDate() : LocalDate.parse(text);
            return day.getYear() >= 1970 && day.getYear() < 2200 ? day : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,3}")) {
            throw bad("limit");
        }
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > MOST) {
            throw bad("limit");
        }
        return limit;
    }

    /// An empty field of a filter form is no filter.
    private static List<String> all(Map<String, String[]> parameters, String name) {
        String[] values = parameters.get(name);
        if (values == null) {
            return List.of();
        }
        List<String> given = Arrays.stream(values)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
        if (given.size() > MOST_VALUES) {
            throw bad(name);
        }
        return given;
    }

    private static @Nullable String single(Map<String, String[]> parameters, String name) {
        String[] values = parameters.get(name);
        if (values == null || values.length == 0 || values[0].isBlank()) {
            return null;
        }
        if (values.length > 1) {
            throw bad(name);
        }
        return values[0].strip();
    }

    private static ProblemException bad(String name) {
        return new ProblemException(Problem.badParameter(name));
    }

    /// The sort key of the last gathering of a page: what is inserted before it later disturbs no reader.
    record Cursor(Instant startsAt, UUID id) {

        private static final int BYTES = 24;

        String text() {
            var bytes = ByteBuffer.allocate(BYTES)
                    .putLong(startsAt.getEpochSecond())
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        static @Nullable Cursor read(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(text);
                if (bytes.length == BYTES) {
                    var buffer = ByteBuffer.wrap(bytes);
                    long second = buffer.getLong();
                    if (second >= 0 && second < 253_402_300_800L) {
                        return new Cursor(Instant.ofEpochSecond(second), new UUID(buffer.getLong(), buffer.getLong()));
                    }
                }
            } catch (IllegalArgumentException e) {
                throw bad("cursor");
            }
            throw bad("cursor");
        }
    }
}
