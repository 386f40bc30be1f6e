package io.github.seedance4j.adapter.rest.exchange;

/** Ends an endpoint with a problem. Never leaves the gateway. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
