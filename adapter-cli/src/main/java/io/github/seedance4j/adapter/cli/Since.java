package io.github.seedance4j.adapter.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * From when on something counts: so long ago, or from the midnight in UTC that a day begins with.
 *
 * @param age null for a day, or for always
 * @param day null for an age, or for always
 */
record Since(@Nullable Duration age, @Nullable LocalDate day) {

  static final Since EVER = new Since(null, null);

  Instant from(Instant now) {
    return age != null
        ? now.minus(age)
        : day == null ? Instant.MIN : day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
