package io.github.seedance4j.error;

import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;

/** It would cost more than was allowed; nothing was sent or kept. */
public final class OverBudgetException extends AccountException {

  private static final long serialVersionUID = 1L;

  private final transient Quote quote;
  private final transient Money left;

  public OverBudgetException(String message, Quote quote, Money left) {
    super(message, null);
    this.quote = quote;
    this.left = left;
  }

  public Quote quote() {
    return quote;
  }

  /** What could still be spent. */
  public Money left() {
    return left;
  }
}
