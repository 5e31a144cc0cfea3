package coop.imece.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Who may do what, as one table for each service, held against every operation its OpenAPI document has.
///
/// A row is an operation as in the document, without `/api/v1`, and where it matters what it is done to; a column is
/// a caller; a cell is what that caller gets: a status, or what the answer shows. An operation without a row fails, and
/// so does a row without an operation. Each cell has a request and things of its own. What is refused must have
/// changed nothing, and no operation takes a token nobody should trust. Cells run side by side: a refusal that waits
/// for news costs two seconds.
///
/// ```java
/// @TestFactory
/// Stream<DynamicTest> everybodyGetsWhatTheTableSays() throws Exception {
///     return AccessMatrix.ofApi(port, """
///                     |                        | anyone | viewer | editor |
///                     | PUT /notes/{id} draft  | 401    | 403    | 200    |
///                     """)
///             .callers(TestTokens.of("notes-service"))
///             .row("PUT /notes/{id} draft", () -> {
///                 Note draft = drafted();
///                 return Attempt.at("/api/v1/notes/" + draft.id()).of(draft.owner())
///                         .sending("{}").watching(() -> stored(draft));
///             })
///             .tests();
/// }
/// ```
public final class AccessMatrix {

    private static final int AT_ONCE = 16;
    private static final Set<String> READING = Set.of("get");
    private static final String API = "/api/v1";
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /// One request, and what it is about.
    ///
    /// @param path path and query
    /// @param owner the organisation or account whose thing it is, for the tokens of its people
    /// @param body the body, if it takes one
    /// @param state shows what must not change when the request is refused
    /// @param shown what a cell says of a success instead of its status
    /// @param fresh whether nothing is there yet, so that no version of it can be meant
    public record Attempt(
            String path,
            UUID owner,
            @Nullable String body,
            @Nullable Callable<?> state,
            @Nullable UnaryOperator<String> shown,
            boolean fresh) {

        /// About nothing that belongs to anybody.
        public static Attempt at(String path) {
            return new Attempt(path, new UUID(0, 0), null, null, null, false);
        }

        /// About what is yet to be made under this path.
        public static Attempt create(String path) {
            return new Attempt(path, new UUID(0, 0), null, null, null, true);
        }

        public Attempt of(UUID owner) {
            return new Attempt(path, owner, body, state, shown, fresh);
        }

        public Attempt sending(String body) {
            return new Attempt(path, owner, body, state, shown, fresh);
        }

        public Attempt watching(Callable<?> state) {
            return new Attempt(path, owner, body, state, shown, fresh);
        }

        /// @param shown from the body of a success to the text of the cell
        public Attempt showing(UnaryOperator<String> shown) {
            return new Attempt(path, owner, body, state, shown, fresh);
        }
    }

    /// A column.
    @FunctionalInterface
    public interface Caller {

        /// A fresh `Authorization` header, or null for anyone.
        ///
        /// @param owner whose thing is asked for
        /// @param operation what is asked for
        @Nullable
        String authorization(UUID owner, ApiDocument.Operation operation) throws Exception;
    }

    private record Row(String label, ApiDocument.Operation operation, List<String> cells, Callable<Attempt> attempt) {}

    private final String base;
    private final List<ApiDocument.Operation> operations;
    private final List<String> columns;
    private final Map<String, List<String>> table = new LinkedHashMap<>();
    private final Map<String, Caller> callers = new LinkedHashMap<>();
    private final Map<String, Callable<Attempt>> attempts = new LinkedHashMap<>();
    private final Map<String, Callable<String>> faults = new LinkedHashMap<>();
    private boolean described = true;

    private AccessMatrix(int port, List<ApiDocument.Operation> operations, String text) {
        this.base = "http://127.0.0.1:" + port;
        this.operations = operations;
        List<List<String>> lines = text.lines()
                .filter(line -> line.contains("|"))
                .map(AccessMatrix::cells)
                .toList();
        this.columns = lines.getFirst().subList(1, lines.getFirst().size());
        for (List<String> line : lines.subList(1, lines.size())) {
            assertThat(line).as("cells of %s", line.getFirst()).hasSize(columns.size() + 1);
            assertThat(table.put(line.getFirst(), line.subList(1, line.size())))
                    .as("a second %s", line.getFirst())
                    .isNull();
        }
    }

    private static List<String> cells(String line) {
        String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
        return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
    }

    /// The table of a service's API.
    ///
    /// @param port where the service listens
    public static AccessMatrix ofApi(int port, String table) throws Exception {
        return new AccessMatrix(port, ApiDocument.read(port).operations(), table);
    }

    /// The table of an API of which only a part is the service's own.
    public static AccessMatrix ofApi(int port, ApiDocument document, String table) {
        return new AccessMatrix(port, document.operations(), table);
    }

    /// The table of the forms people send: everything that writes and stands in no OpenAPI document.
    ///
    /// @param basePackage of the controllers that count
    public static AccessMatrix ofPages(
            int port, RequestMappingHandlerMapping mappings, String basePackage, String table) throws Exception {
        return ofPages(port, ApiDocument.read(port), mappings, basePackage, table);
    }

    /// The same where the document is not the service's own.
    public static AccessMatrix ofPages(
            int port, ApiDocument document, RequestMappingHandlerMapping mappings, String basePackage, String table) {
        Set<String> writing = new LinkedHashSet<>(WritingEndpoints.of(mappings, basePackage));
        document.operations().forEach(operation -> writing.remove(operation.toString()));
        var pages =
                new AccessMatrix(port, writing.stream().map(AccessMatrix::form).toList(), table);
        pages.described = false;
        return pages;
    }

    private static ApiDocument.Operation form(String endpoint) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.putObject("requestBody").putObject("content").putObject("application/x-www-form-urlencoded");
        String[] parts = endpoint.split(" ");
        return new ApiDocument.Operation(parts[0].toLowerCase(Locale.ROOT), parts[1], json);
    }

    /// The usual columns, by tokens as the gateway mints them; and the tokens nobody should trust.
    ///
    /// `anyone`; `person`: signed in, nobody's member; `viewer`, `reporter`, `editor`, `represents`: in the owner;
    /// `stranger`: represents another organisation; `reviewer`, `administrator`: in the network;
    /// `program`: the owner's, with the one scope that is needed; `unscoped`: with all others.
    public AccessMatrix callers(TestTokens tokens) {
        caller("anyone", (owner, operation) -> null);
        caller("person", (owner, operation) -> tokens.account(UUID.randomUUID()));
        for (String role : new String[] {"VIEWER", "REPORTER", "EDITOR"}) {
            caller(role.toLowerCase(Locale.ROOT), (owner, operation) -> tokens.member(UUID.randomUUID(), owner, role));
        }
        caller("represents", (owner, operation) -> tokens.representative(UUID.randomUUID(), owner));
        caller("stranger", (owner, operation) -> tokens.representative(UUID.randomUUID(), UUID.randomUUID()));
        caller("reviewer", (owner, operation) -> tokens.reviewer(UUID.randomUUID()));
        caller("administrator", (owner, operation) -> tokens.administrator(UUID.randomUUID()));
        caller("program", (owner, operation) -> tokens.program(UUID.randomUUID(), owner, operation.scope()));
        caller("unscoped", (owner, operation) -> tokens.program(UUID.randomUUID(), owner, otherScopes(operation)));
        tokens.untrusted().forEach(this::fault);
        return this;
    }

    private String[] otherScopes(ApiDocument.Operation operation) {
        return Stream.concat(Stream.of("other:write"), operations.stream().map(ApiDocument.Operation::scope))
                .filter(scope -> !scope.isEmpty() && !scope.equals(operation.scope()))
                .distinct()
                .toArray(String[]::new);
    }

    /// Says who a column is; the last word counts.
    public AccessMatrix caller(String column, Caller caller) {
        callers.put(column, caller);
        return this;
    }

    /// Adds an `Authorization` header every operation must answer with 401.
    public AccessMatrix fault(String name, Callable<String> authorization) {
        faults.put(name, authorization);
        return this;
    }

    /// Says how a row is tried.
    ///
    /// @param label as in the table
    /// @param attempt makes a request that would succeed for the right caller, with new things each time
    public AccessMatrix row(String label, Callable<Attempt> attempt) {
        attempts.put(label, attempt);
        return this;
    }

    /// One test for each row, and one for each operation and the tokens it must not take.
    public Stream<DynamicTest> tests() {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(dynamicTest("every operation has a row, every row an operation", this::complete));
        var free = new Semaphore(AT_ONCE);
        var pool = Executors.newVirtualThreadPerTaskExecutor();
        Set<String> tried = new LinkedHashSet<>();
        for (Row row : rows()) {
            List<Future<String>> cells = columns.stream()
                    .map(column -> pool.submit(within(free, () -> cell(row, caller(column)))))
                    .toList();
            tests.add(dynamicTest(row.label(), () -> assertThat(filled(cells)).isEqualTo(expected(row))));
            if (!faults.isEmpty() && tried.add(name(row.operation()))) {
                Future<Map<String, String>> answers = pool.submit(within(free, () -> distrusted(row)));
                tests.add(dynamicTest(
                        row.operation() + " takes no token that is not to be trusted",
                        () -> assertThat(answers.get())
                                .allSatisfy(
                                        (fault, answer) -> assertThat(answer).isEqualTo("401"))
                                .isNotEmpty()));
            }
        }
        pool.shutdown();
        return tests.stream();
    }

    private void complete() {
        assertThat(table.keySet()).as("rows of the table").isEqualTo(attempts.keySet());
        assertThat(callers.keySet()).as("callers").containsAll(columns);
        List<String> known = operations.stream().map(AccessMatrix::name).toList();
        assertThat(table.keySet().stream().map(AccessMatrix::operationOf).distinct())
                .containsExactlyInAnyOrderElementsOf(known);
        if (!described || !columns.contains("anyone")) {
            return;
        }
        for (Row row : rows()) {
            String anyone = row.cells().get(columns.indexOf("anyone"));
            assertThat(row.operation().forEverybody() || anyone.equals("401"))
                    .as("%s is not for everybody in the document", row.label())
                    .isTrue();
        }
    }

    /// The rows that can be tried at all; the others fail [#complete].
    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        table.forEach((label, cells) -> {
            Callable<Attempt> attempt = attempts.get(label);
            operations.stream()
                    .filter(operation -> name(operation).equals(operationOf(label)))
                    .forEach(operation -> {
                        if (attempt != null) {
                            rows.add(new Row(label, operation, cells, attempt));
                        }
                    });
        });
        return rows;
    }

    private static String operationOf(String label) {
        String[] words = label.split(" +", 3);
        return words[0] + " " + words[1];
    }

    private static String name(ApiDocument.Operation operation) {
        return operation.toString().replace(" " + API, " ");
    }

    private Caller caller(String column) {
        return Objects.requireNonNull(callers.get(column), "a caller called " + column);
    }

    private Map<String, String> expected(Row row) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            cells.put(columns.get(i), row.cells().get(i));
        }
        return cells;
    }

    private Map<String, String> filled(List<Future<String>> answers) throws Exception {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            cells.put(columns.get(i), answers.get(i).get());
        }
        return cells;
    }

    private static <T> Callable<T> within(Semaphore free, Callable<T> task) {
        return () -> {
            free.acquire();
            try {
                return task.call();
            } finally {
                free.release();
            }
        };
    }

    private String cell(Row row, Caller caller) throws Exception {
        Attempt attempt = row.attempt().call();
        return answer(row, attempt, caller.authorization(attempt.owner(), row.operation()));
    }

    private Map<String, String> distrusted(Row row) throws Exception {
        Attempt attempt = row.attempt().call();
        Map<String, String> answers = new LinkedHashMap<>();
        for (Map.Entry<String, Callable<String>> fault : faults.entrySet()) {
            answers.put(fault.getKey(), answer(row, attempt, fault.getValue().call()));
        }
        return answers;
    }

    private String answer(Row row, Attempt attempt, @Nullable String authorization) throws Exception {
        boolean writes = !READING.contains(row.operation().method());
        assertThat(!writes
                        || attempt.state() != null
                        || !described
                        || row.operation().forEverybody())
                .as("%s says what must not change", row.operation())
                .isTrue();
        @Nullable
        Object before = attempt.state() == null ? null : attempt.state().call();
        HttpResponse<String> answer = send(row.operation(), attempt, authorization);
        int status = answer.statusCode();
        String cell = Integer.toString(status);
        if (status < 400 && attempt.shown() != null) {
            return attempt.shown().apply(answer.body());
        }
        if (status >= 400 && writes && attempt.state() != null) {
            cell += Objects.equals(attempt.state().call(), before) ? "" : " and yet changed";
        }
        JsonNode responses = row.operation().json().path("responses");
        return !described || responses.has(Integer.toString(status)) ? cell : cell + " undescribed";
    }

    private HttpResponse<String> send(ApiDocument.Operation operation, Attempt attempt, @Nullable String authorization)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + attempt.path())).timeout(Duration.ofSeconds(30));
        request.header("Accept", described ? "application/json" : "text/html");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (operation.takesHeader("If-Match") && !attempt.fresh()) {
            request.header("If-Match", "*");
        }
        String body = attempt.body();
        if (body != null) {
            JsonNode content = operation.json().path("requestBody").path("content");
            request.header(
                    "Content-Type",
                    content.isEmpty()
                            ? "application/json"
                            : content.propertyNames().iterator().next());
        }
        request.method(
                operation.method().toUpperCase(Locale.ROOT),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
