package io.github.seedance4j.pricing;

import io.github.seedance4j.task.ClipLength;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What a request will cost, before it is sent: an interval, since the length of an input may not be
 * known. An estimate, as the provider bills the clip's real length.
 *
 * @param low the least that is to be expected
 * @param high the most that is to be expected; equal to {@code low} where all is known
 * @param hold what a budget sets aside: the high end plus a margin for what the provider may add
 * @param lines what the interval is made of
 * @param tariffDate the day on which the prices were looked up
 * @param terms what decides on the bill, later
 */
public record Quote(
    Money low,
    Money high,
    Money hold,
    List<Line> lines,
    List<Assumption> assumptions,
    LocalDate tariffDate,
    Terms terms) {

  public Quote {
    lines = List.copyOf(lines);
    assumptions = List.copyOf(assumptions);
  }

  /**
   * One line of the sum.
   *
   * @param item {@code input video} or {@code output}
   * @param lowSeconds the least seconds billed
   * @param highSeconds the most seconds billed
   * @param low the least that they cost
   * @param high the most that they cost
   */
  public record Line(
      String item, BigDecimal lowSeconds, BigDecimal highSeconds, Money low, Money high) {}

  /** Whether the price is known to the cent. */
  public boolean isExact() {
    return low.equals(high);
  }

  /** What a finished clip of that length costs. */
  public Bill settle(ClipLength clip) {
    return terms.settle(clip);
  }

  /** What a task without a clip costs, as far as the provider's habit is known. */
  public Bill settleFailed() {
    return terms.settleFailed(hold);
  }

  /** Such as {@code 3.00 USD} or {@code 1.40–4.00 USD}. */
  @Override
  public String toString() {
    return isExact() ? high.toString() : low.plain() + "–" + high;
  }
}
