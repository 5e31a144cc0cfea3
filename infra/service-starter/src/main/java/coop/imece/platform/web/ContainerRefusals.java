package coop.imece.platform.web;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/// Answers what Tomcat refuses before any of our code sees it (a malformed request line, a forbidden character in the
/// path) as a problem, without naming server or version.
public final class ContainerRefusals extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = ProblemMapping.ofStatus(status);
        try {
            response.setContentType("application/problem+json");
            response.getReporter()
                    .write("{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d}"
                            .formatted(problem.slug(), problem.slug(), problem.status()));
            response.finishResponse();
        } catch (java.io.IOException e) {
            container.getLogger().debug("the answer to a refused request could not be written", e);
        }
    }
}
