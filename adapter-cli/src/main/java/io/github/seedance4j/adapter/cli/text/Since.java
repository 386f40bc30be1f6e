package io.github.seedance4j.adapter.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * From when on something counts: so long ago, or from the midnight in UTC that a day begins with.
 * One of them is set, or none for always.
 *
 * @param age so long ago
 * @param day the day itself
 * @param daysAgo the day by how many days before today it was
 */
public record Since(@Nullable Duration age, @Nullable LocalDate day, @Nullable Integer daysAgo) {

  public static final Since EVER = new Since(null, null, null);

  public Instant from(Instant now) {
    if (age != null) {
      return now.minus(age);
    }
    LocalDate from =
        daysAgo == null ? day : LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(daysAgo);
    return from == null ? Instant.MIN : from.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
