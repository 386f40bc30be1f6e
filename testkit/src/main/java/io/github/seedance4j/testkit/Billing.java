package io.github.seedance4j.testkit;

/** Which length of the clip the fake provider charges for. */
public enum Billing {
  /** The seconds that were asked for, as the provider's own example calculates. */
  WHOLE_SECONDS,
  /**
   * The clip's real length, as the provider says it bills: a clip is one frame longer than asked,
   * so 121/24 s for 5 s. The cost is rounded up to six decimals. The seconds asked for are charged
   * at the create; the difference is an {@code adjust} of the ledger once the task has succeeded.
   */
  REAL_LENGTH
}
