package io.github.seedance4j.task;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How long a clip really is, as an exact fraction of seconds: 121/24 has no end as a decimal, and
 * it is what is billed.
 *
 * @param ticks how many
 * @param ticksPerSecond of what
 */
public record ClipLength(long ticks, long ticksPerSecond) {

  public ClipLength {
    if (ticks < 0 || ticksPerSecond <= 0) {
      throw new IllegalArgumentException(
          "ticks, ticksPerSecond: no length: " + ticks + "/" + ticksPerSecond);
    }
  }

  /** Seconds to the millisecond, for people. */
  public BigDecimal seconds() {
    return BigDecimal.valueOf(ticks)
        .divide(BigDecimal.valueOf(ticksPerSecond), 3, RoundingMode.HALF_UP);
  }
}
