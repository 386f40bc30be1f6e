package io.github.seedance4j.job;

import io.github.seedance4j.pricing.Money;

/**
 * A cap, and what counts against it in its current period.
 *
 * @param spend of the budget's label, in the cap's currency
 */
public record BudgetUse(Budget budget, Spend spend) {

  /** What may still be held; below zero where bills came out higher than what was held for them. */
  public Money left() {
    return budget.cap().minus(spend.total());
  }
}
