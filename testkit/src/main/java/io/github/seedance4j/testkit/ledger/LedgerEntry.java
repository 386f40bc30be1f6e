package io.github.seedance4j.testkit.ledger;

import java.time.Instant;

/** One line of the ledger. */
public sealed interface LedgerEntry permits Charge {

  /** When it was written, by the fake's clock. */
  Instant at();

  /** The line as JSON, without a line end. */
  String toJson();
}
