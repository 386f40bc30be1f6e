package io.github.seedance4j.job;

import io.github.seedance4j.pricing.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A hard cap on what is spent and held together, in one period. Periods begin at midnight UTC.
 *
 * @param cap the most, in the tariff's currency
 * @param period over what time it counts
 */
public record Budget(Money cap, Period period) {

  /** The time that a cap counts over. */
  public enum Period {
    DAY,
    MONTH,
    EVER
  }

  public Budget {
    Objects.requireNonNull(period, "period");
    if (cap.amount().signum() < 0) {
      throw new IllegalArgumentException("cap: not below zero: " + cap);
    }
  }

  public static Budget perDay(Money cap) {
    return new Budget(cap, Period.DAY);
  }

  public static Budget perMonth(Money cap) {
    return new Budget(cap, Period.MONTH);
  }

  /** A cap on everything that the journal knows. */
  public static Budget ever(Money cap) {
    return new Budget(cap, Period.EVER);
  }

  /** When the period that {@code now} lies in began. */
  public Instant since(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return switch (period) {
      case DAY -> today.atStartOfDay(ZoneOffset.UTC).toInstant();
      case MONTH -> today.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      case EVER -> Instant.EPOCH;
    };
  }
}
