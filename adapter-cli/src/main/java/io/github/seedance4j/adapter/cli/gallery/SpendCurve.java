package io.github.seedance4j.adapter.cli.gallery;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was spent as time went by, in one currency.
 *
 * @param steps in order of time; the first is what counted already at the beginning
 * @param cap null where nothing limits it
 * @param per the cap's period, after which it begins at zero again: such as {@code per month}; the
 *     empty string if it never does
 */
public record SpendCurve(
    String currency,
    Instant begin,
    Instant end,
    List<Step> steps,
    @Nullable BigDecimal cap,
    String per) {

  public SpendCurve {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !begin.isBefore(end)) {
      throw new IllegalArgumentException("steps, begin, end: nothing to draw from " + begin);
    }
  }

  /**
   * What counts from then on.
   *
   * @param known of it, what is computed or was looked up
   * @param counted all of it: also what is held, and what nobody confirmed
   */
  public record Step(Instant at, BigDecimal known, BigDecimal counted) {}

  Step last() {
    return steps.get(steps.size() - 1);
  }

  /** The most that ever counted. */
  BigDecimal peak() {
    return steps.stream().map(Step::counted).reduce(BigDecimal.ZERO, BigDecimal::max);
  }
}
