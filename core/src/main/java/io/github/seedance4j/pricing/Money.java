package io.github.seedance4j.pricing;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/**
 * An exact amount in one currency. Amounts are not rounded; trailing zeros don't matter to
 * equality. Arithmetic between currencies is refused.
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

  private static final int FEWEST_DECIMALS = 2;
  private static final int MOST_DIGITS = 18;
  private static final int MOST_DECIMALS = 100;

  public Money {
    Objects.requireNonNull(currency, "currency");
    // written out, a power of ten can fill the memory
    boolean large = (long) amount.precision() - amount.scale() > MOST_DIGITS;
    if (amount.scale() > MOST_DECIMALS || (large && amount.signum() != 0)) {
      throw new IllegalArgumentException("amount: beyond all money: " + amount);
    }
    BigDecimal stripped = amount.stripTrailingZeros();
    amount = stripped.scale() < FEWEST_DECIMALS ? stripped.setScale(FEWEST_DECIMALS) : stripped;
  }

  /**
   * US dollars.
   *
   * @param amount plain decimals such as {@code "3.00"}
   * @throws NumberFormatException if it is no number
   * @throws IllegalArgumentException if it has more than 18 digits before its point, or 100 behind
   */
  public static Money usd(String amount) {
    return of(amount, "USD");
  }

  /** An amount in the currency of that ISO 4217 code. */
  public static Money of(String amount, String currencyCode) {
    try {
      return new Money(new BigDecimal(amount), Currency.getInstance(currencyCode));
    } catch (NumberFormatException e) {
      throw new NumberFormatException("amount: '" + amount + "' is no decimal such as 3.00");
    }
  }

  public static Money zero(Currency currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  public Money plus(Money other) {
    return new Money(amount.add(same(other)), currency);
  }

  public Money minus(Money other) {
    return new Money(amount.subtract(same(other)), currency);
  }

  public Money times(int factor) {
    return new Money(amount.multiply(BigDecimal.valueOf(factor)), currency);
  }

  public boolean isMoreThan(Money other) {
    return compareTo(other) > 0;
  }

  public static Money max(Money a, Money b) {
    return a.isMoreThan(b) ? a : b;
  }

  /** {@inheritDoc} */
  @Override
  public int compareTo(Money other) {
    return amount.compareTo(same(other));
  }

  /** Plain decimals with at least two places: {@code "3.00"}, {@code "0.666"}. */
  public String plain() {
    return amount.toPlainString();
  }

  /** Such as {@code 3.00 USD}. */
  @Override
  public String toString() {
    return plain() + " " + currency.getCurrencyCode();
  }

  private BigDecimal same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("currency: " + this + " and " + other + " don't mix");
    }
    return other.amount;
  }
}
