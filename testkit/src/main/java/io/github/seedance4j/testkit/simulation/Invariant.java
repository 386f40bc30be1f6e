package io.github.seedance4j.testkit.simulation;

/** What must hold whatever happens. A {@link SimulationFailure} names the one that did not. */
public enum Invariant {
  /** I1. */
  CHARGES_AUTHORISED("a job is charged no more often than somebody agreed to"),
  /** I2. */
  CHARGES_ACCOUNTED("every charge belongs to a job, by its task or with its outcome unknown"),
  /** I3. */
  JOBS_KEPT("no acknowledged job vanishes, and an idempotency key is one job's"),
  /** I4. */
  MONEY_COVERED("what is spent and held covers the ledger, and is the ledger's sum at rest"),
  /** I4, of what is let in. */
  CAPS_KEPT("nothing is admitted beyond a cap"),
  /** I5. */
  CLIPS_WHOLE("every success is stored as one whole clip, with the bytes that the provider sent"),
  /** I6. */
  ENDS_TOLD("every end is told at least once, under the same id each time"),
  /** A job goes on by itself until it ended or only a person can tell. */
  NOTHING_STUCK("every job comes to its end, and so does everybody's waiting"),
  /** As long as leases hold. */
  ONE_FOLLOWER("a job is followed by one process at a time"),
  /** The life of a job. */
  ARROWS_KEPT("a job takes only steps that a job's life has"),
  /** Refusals are values, and exceptions those that are documented. */
  NO_SURPRISES("the library throws nothing that it does not announce");

  private final String words;

  Invariant(String words) {
    this.words = words;
  }

  /** What it says, as a sentence without its full stop. */
  public String words() {
    return words;
  }
}
