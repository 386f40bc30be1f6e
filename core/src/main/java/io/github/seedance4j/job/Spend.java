package io.github.seedance4j.job;

import io.github.seedance4j.pricing.Money;

/**
 * What a journal's jobs cost since a moment.
 *
 * @param settled of jobs that ended
 * @param held of jobs whose bill is not known yet, unknown outcomes among them
 */
public record Spend(Money settled, Money held) {

  /** What counts against a cap. */
  public Money total() {
    return settled.plus(held);
  }
}
