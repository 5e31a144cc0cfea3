package coop.imece.platform.web;

/// Carries a [Problem] out of places that cannot return it: argument resolvers, filters, parsers. Use cases return
/// outcomes instead.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.slug(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
