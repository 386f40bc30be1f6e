package io.github.seedance4j.testkit.simulation;

/**
 * A run in which everything held.
 *
 * @param seed what it was drawn from
 * @param steps how many calls of ports it took
 * @param jobs how many were recorded
 * @param charges how many creates the provider charged
 * @param crashes how many processes died
 * @param unknown how many jobs' outcome is unknown at its end
 * @param stored how many clips were stored
 * @param trace all that happened; the same seed gives the same, character by character
 */
public record SimulatedRun(
    long seed,
    long steps,
    int jobs,
    int charges,
    int crashes,
    int unknown,
    int stored,
    String trace) {

  /** Leaves the trace out. */
  @Override
  public String toString() {
    return "seed %d: %d steps, %d jobs, %d charges, %d crashes, %d unknown, %d stored"
        .formatted(seed, steps, jobs, charges, crashes, unknown, stored);
  }
}
