package coop.imece.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers what filters throw, unless the answer is under way ([ProblemResolver]), and refuses bodies that are too
/// large
/// before anybody reads them.
final class ProblemFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;
    private final long largestBody;

    ProblemFilter(ProblemWriter problems, long largestBody) {
        this.problems = problems;
        this.largestBody = largestBody;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > largestBody) {
            problems.write(Problem.of(413, "too-large"), request, response);
            return;
        }
        try {
            chain.doFilter(new LimitedRequest(request, largestBody), response);
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            problems.write(ProblemMapping.of(e), request, response);
        } catch (ServletException e) {
            if (response.isCommitted()) {
                throw e;
            }
            Throwable cause = e.getRootCause() == null ? e : e.getRootCause();
            problems.write(ProblemMapping.of(cause), request, response);
        }
    }
}
