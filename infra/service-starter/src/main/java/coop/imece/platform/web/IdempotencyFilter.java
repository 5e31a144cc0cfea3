package coop.imece.platform.web;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.CurrentCaller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// Runs a `POST` with an `Idempotency-Key` once, and gives its answer again to whoever repeats it within 24 hours.
///
/// One of several equal requests runs, the others wait two seconds for its answer, then hear 409. What a kill left
/// running is run again, by the restarted instance at once, by others after thirty seconds; the id of what it creates
/// follows from the key ([NewId]), so the repeat finds the first run's insert. Answers that invite another try (5xx,
/// 409 with Retry-After, 429, 401) are not kept.
final class IdempotencyFilter extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Set<Integer> NOT_KEPT = Set.of(401, 408, 425, 429);
    private static final Set<String> KEPT_HEADERS = Set.of("Location", "ETag", "Content-Language", "Cache-Control");

    private final IdempotentRequests requests;
    private final ProblemWriter problems;

    IdempotencyFilter(IdempotentRequests requests, ProblemWriter problems) {
        this.requests = requests;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null
                || !request.getMethod().equals("POST")
                || !request.getRequestURI().startsWith("/api/")
                || IdempotencyKeys.leftToOthers(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(HEADER);
        if (!key.matches("[\\x21-\\x7e]{1,255}")) {
            problems.write(Problem.badParameter(HEADER), request, response);
            return;
        }
        var body = new RepeatableRequest(request);
        var identity = IdempotentRequests.Identity.of(
                String.valueOf(CurrentCaller.of(request).account()),
                request.getMethod(),
                request.getRequestURI(),
                key,
                String.valueOf(request.getContentType()),
                body.content());
        switch (claim(identity)) {
            case IdempotentRequests.Claim.Granted granted -> run(granted, body, response, chain);
            case IdempotentRequests.Claim.Answered answered -> replay(answered.answer(), response);
            case IdempotentRequests.Claim.OtherBody _ ->
                problems.write(Problem.of(422, "idempotency-key-reused"), request, response);
            case IdempotentRequests.Claim.Running _ ->
                problems.write(Problem.of(409, "still-running").with("Retry-After", "1"), request, response);
        }
    }

    private IdempotentRequests.Claim claim(IdempotentRequests.Identity identity) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            IdempotentRequests.Claim claim = requests.claim(identity);
            if (!(claim instanceof IdempotentRequests.Claim.Running) || System.nanoTime() - deadline > 0) {
                return claim;
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return claim;
            }
        }
    }

    private void run(
            IdempotentRequests.Claim.Granted granted,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        IdempotencyKeys.derived(
                request, Ids.derived("idempotency-key", granted.identity().id()));
        var caught = new ContentCachingResponseWrapper(response);
        boolean kept = false;
        try {
            chain.doFilter(request, caught);
            if (worthKeeping(caught)) {
                keep(granted, answer(caught));
                kept = true;
            }
        } finally {
            if (!kept) {
                requests.forget(granted);
            }
        }
        caught.copyBodyToResponse();
    }

    private void keep(IdempotentRequests.Claim.Granted granted, IdempotentRequests.Answer answer) {
        try {
            requests.keep(granted, answer);
        } catch (DataAccessException e) {
            // The answer is still true; a repeat finds what this run did by its derived id.
            LOG.warn(
                    "The answer of an idempotent request could not be kept: {}",
                    e.getClass().getName());
        }
    }

    private static boolean worthKeeping(HttpServletResponse response) {
        int status = response.getStatus();
        return status < 500 && !NOT_KEPT.contains(status) && response.getHeader("Retry-After") == null;
    }

    private static IdempotentRequests.Answer answer(ContentCachingResponseWrapper response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        if (response.getContentType() != null) {
            headers.put("Content-Type", response.getContentType());
        }
        return new IdempotentRequests.Answer(response.getStatus(), headers, response.getContentAsByteArray());
    }

    private static void replay(IdempotentRequests.Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.getOutputStream().write(answer.body());
    }
}
