package io.github.seedance4j.testkit.assertion;

import io.github.seedance4j.testkit.ledger.Ledger;

/** The way in to {@link LedgerAssert}. */
public final class LedgerAssertions {

  private LedgerAssertions() {}

  /**
   * Assertions about what was charged: {@code assertThat(hub.ledger()).chargedExactlyOnce(job)}.
   */
  public static LedgerAssert assertThat(Ledger ledger) {
    return new LedgerAssert(ledger);
  }
}
