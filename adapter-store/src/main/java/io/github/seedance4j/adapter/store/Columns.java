package io.github.seedance4j.adapter.store;

import io.github.seedance4j.pricing.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;

/** How moments and money stand in columns: as whole numbers, the same in every database. */
final class Columns {

  private static final int DECIMALS = 9;
  private static final long NANOS_IN_MICRO = 1_000;
  private static final long MICROS_IN_SECOND = 1_000_000;
  private static final long MICROS_IN_DAY = 86_400 * MICROS_IN_SECOND;
  private static final BigDecimal MOST = new BigDecimal("1000000000");

  private Columns() {}

  /** Microseconds since 1970; what is beyond them is as far as they reach. */
  static long micros(Instant moment) {
    try {
      return Math.addExact(
          Math.multiplyExact(moment.getEpochSecond(), MICROS_IN_SECOND),
          moment.getNano() / NANOS_IN_MICRO);
    } catch (ArithmeticException e) {
      return moment.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static Instant moment(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_IN_SECOND),
        Math.floorMod(micros, MICROS_IN_SECOND) * NANOS_IN_MICRO);
  }

  static long day(long micros) {
    return Math.floorDiv(micros, MICROS_IN_DAY);
  }

  static boolean isMidnight(long micros) {
    return Math.floorMod(micros, MICROS_IN_DAY) == 0;
  }

  /**
   * Billionths, rounded up: what counts against a cap is never less than the truth.
   *
   * @throws IllegalArgumentException beyond a billion, which sums couldn't hold
   */
  static long nanos(Money money) {
    if (money.amount().compareTo(MOST) > 0 || money.amount().signum() < 0) {
      throw new IllegalArgumentException(
          "counted: a journal keeps jobs from 0 to " + MOST.toPlainString() + ", not " + money);
    }
    return money.amount().setScale(DECIMALS, RoundingMode.CEILING).unscaledValue().longValueExact();
  }

  static Money money(long nanos, Currency currency) {
    return new Money(BigDecimal.valueOf(nanos, DECIMALS), currency);
  }
}
