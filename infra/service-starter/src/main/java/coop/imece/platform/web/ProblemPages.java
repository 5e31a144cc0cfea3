package coop.imece.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Shows problems to people: as a page in the shell, in the reader's language. Provided by web-starter; without it
/// every problem is JSON.
///
/// Usable from exception handlers and from filters alike (security entry points, the error controller).
public interface ProblemPages {

    /// Whether the request comes from somebody who wants a page: not below `/api/` or `/internal/`, and accepts HTML.
    boolean wanted(HttpServletRequest request);

    /// Writes status, headers and page; the response must not be committed.
    void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException;
}
