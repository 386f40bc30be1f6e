package io.github.seedance4j.job;

import io.github.seedance4j.pricing.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A hard cap on what is spent and held together, in one period. Periods begin at midnight UTC; what
 * decides is when somebody agreed to the charge. A journal has at most one for a label and period.
 *
 * @param cap the most, in the tariff's currency
 * @param period over what time it counts
 * @param label whose jobs count; null for all
 */
public record Budget(Money cap, Period period, @Nullable String label) {

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
    return new Budget(cap, Period.DAY, null);
  }

  public static Budget perMonth(Money cap) {
    return new Budget(cap, Period.MONTH, null);
  }

  /** A cap on everything that the journal knows. */
  public static Budget ever(Money cap) {
    return new Budget(cap, Period.EVER, null);
  }

  /** The same cap for the jobs of that label alone. */
  public Budget forLabel(String only) {
    return new Budget(cap, period, Objects.requireNonNull(only, "only"));
  }

  /** Whether that job counts. */
  public boolean covers(Job job) {
    return label == null || job.label().equals(Optional.of(label));
  }

  /** Whether both are for the same label and period, so that one takes the other's place. */
  public boolean replaces(Budget other) {
    return period == other.period && Objects.equals(label, other.label);
  }

  /** Such as {@code the budget of 200.00 USD per month for acme}. */
  @Override
  public String toString() {
    String time = period == Period.EVER ? "" : " per " + period.name().toLowerCase(Locale.ROOT);
    return "the budget of " + cap + time + (label == null ? "" : " for " + label);
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
