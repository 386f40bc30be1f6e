package io.github.seedance4j.testkit.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** One line of the ledger: something that was charged, or what changed about it later. */
public sealed interface LedgerEntry permits Charge, Adjust {

  /** The task that it is about; empty for a create that booked none. */
  Optional<String> task();

  /** What it adds to the bill, in USD; negative for what is given back. */
  BigDecimal amount();

  /** SHA-256 of the create's body as received, lower-case hexadecimal. */
  String digest();

  /** When it was written, by the fake's clock. */
  Instant at();

  /** The line as JSON, without a line end. */
  String toJson();
}
