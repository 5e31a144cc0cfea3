package coop.imece.gateway.operations;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The filters as they stand in an address: of the API and of the page alike.
///
/// A moment is an RFC 3339 time, or a day, which then counts as a whole (`to=2027-05-07` includes that day) in the zone
/// in which pages show times.
record AuditParameters(
        @Nullable String account,
        @Nullable String organisation,
        @Nullable String client,
        @Nullable String subject,
        @Nullable String service,
        @Nullable String operation,
        @Nullable String from,
        @Nullable String to,
        @Nullable String limit,
        @Nullable String cursor) {

    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final int LONGEST = 300;
    private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    static AuditParameters of(HttpServletRequest request) {
        return new AuditParameters(
                request.getParameter("account"),
                request.getParameter("organisation"),
                request.getParameter("client"),
                request.getParameter("subject"),
                request.getParameter("service"),
                request.getParameter("operation"),
                request.getParameter("from"),
                request.getParameter("to"),
                request.getParameter("limit"),
                request.getParameter("cursor"));
    }

    /// What is meant; a malformed value is a bad parameter.
    AuditQuery query() {
        return new AuditQuery(
                id("account", account),
                id("organisation", organisation),
                id("client", client),
                id("subject", subject),
                text("service", service),
                text("operation", operation),
                moment("from", from, 0),
                moment("to", to, 1),
                place(),
                number());
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static @Nullable UUID id(String name, @Nullable String value) {
        String given = given(value);
        if (given != null && !UUID_FORM.matcher(given).matches()) {
            throw bad(name);
        }
        return given == null ? null : UUID.fromString(given);
    }

    private static @Nullable String text(String name, @Nullable String value) {
        String given = given(value);
        if (given != null && given.length() > LONGEST) {
            throw bad(name);
        }
        return given;
    }

    private static @Nullable Instant moment(String name, @Nullable String value, int daysLater) {
        String given = given(value);
        if (given == null) {
            return null;
        }
        try {
            return DAY.matcher(given).matches()
                    ? LocalDate.parse(given)
                            .plusDays(daysLater)
                            .atStartOfDay(ZONE)
                            .toInstant()
                    : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException e) {
            throw bad(name);
        }
    }

    private AuditQuery.@Nullable Cursor place() {
        String given = given(cursor);
        return given == null ? null : AuditQuery.Cursor.decoded(given).orElseThrow(() -> bad("cursor"));
    }

    private int number() {
        String given = given(limit);
        if (given == null) {
            return USUAL;
        }
        if (!given.matches("\\d{1,3}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > MOST) {
            throw bad("limit");
        }
        return Integer.parseInt(given);
    }

    private static ProblemException bad(String name) {
        return new ProblemException(Problem.badParameter(name));
    }
}
