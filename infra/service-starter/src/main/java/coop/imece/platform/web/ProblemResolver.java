package coop.imece.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// Answers every exception no controller handles itself. An answer that broke off under way is not ended as if it were
/// whole: the exception goes on to the server, which cuts the connection.
final class ProblemResolver implements HandlerExceptionResolver {

    private final ProblemWriter writer;

    ProblemResolver(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!(failure instanceof AsyncRequestNotUsableException || failure instanceof ClientAbortException)) {
            if (response.isCommitted()) {
                return null;
            }
            try {
                writer.write(ProblemMapping.of(failure), request, response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ModelAndView();
    }
}
