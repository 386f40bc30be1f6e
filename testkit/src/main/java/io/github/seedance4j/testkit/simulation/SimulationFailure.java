package io.github.seedance4j.testkit.simulation;

/** An invariant did not hold. The message has the whole story, and the seed that tells it again. */
public final class SimulationFailure extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final long seed;
  private final long step;
  private final Invariant invariant;
  private final String trace;

  SimulationFailure(long seed, long step, Invariant invariant, String what, String trace) {
    super(
        "seed %d, step %d: %s (%s): %s%nagain with run(%dL), or -Dseedance4j.seed=%d%n%s"
            .formatted(seed, step, invariant, invariant.words(), what, seed, seed, trace));
    this.seed = seed;
    this.step = step;
    this.invariant = invariant;
    this.trace = trace;
  }

  /** What to run again. */
  public long seed() {
    return seed;
  }

  /** How many calls of ports it took. */
  public long step() {
    return step;
  }

  public Invariant invariant() {
    return invariant;
  }

  /** All that happened up to then, a line for each call of a port. */
  public String trace() {
    return trace;
  }
}
