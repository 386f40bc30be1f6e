package io.github.seedance4j.pricing;

import io.github.seedance4j.task.ClipLength;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * What decides on the bill, fixed when the price was agreed to: prices and rules that change later
 * change nothing for a job that was sent before. Each figure is the dearest that is possible.
 *
 * @param perSecond of output, in the quote's currency
 * @param byRealLength whether the clip's own length is billed, and not only what was asked for
 * @param leastOutput what the output costs at least, however short it is
 * @param input what the input costs
 * @param exact whether all that is known; else a bill is at most that
 * @param failedTasks what a task without a clip costs
 */
public record Terms(
    BigDecimal perSecond,
    boolean byRealLength,
    Money leastOutput,
    Money input,
    boolean exact,
    FailedTasks failedTasks) {

  /** Millionths: what a length such as 121/24 s costs is rounded up there, and nowhere else. */
  private static final int DECIMALS = 6;

  /** Never less than the truth: an undeclared input counts at its longest. */
  Bill settle(ClipLength clip) {
    Money output = leastOutput;
    if (byRealLength) {
      BigDecimal ticks = BigDecimal.valueOf(clip.ticks());
      output = Money.max(output, cost(perSecond, ticks, clip.ticksPerSecond(), input.currency()));
    }
    return new Bill(output.plus(input), exact ? Bill.Basis.COMPUTED : Bill.Basis.AT_MOST);
  }

  Bill settleFailed(Money hold) {
    return switch (failedTasks) {
      case NONE -> new Bill(Money.zero(hold.currency()), Bill.Basis.COMPUTED);
      case FULL -> new Bill(hold, Bill.Basis.AT_MOST);
      case UNCONFIRMED -> new Bill(hold, Bill.Basis.UNCONFIRMED);
    };
  }

  /** The price of {@code ticks / ticksPerSecond} seconds, rounded up to millionths. */
  static Money cost(
      BigDecimal pricePerSecond, BigDecimal ticks, long ticksPerSecond, Currency currency) {
    BigDecimal whole = pricePerSecond.multiply(ticks);
    return new Money(
        ticksPerSecond == 1
            ? whole
            : whole.divide(BigDecimal.valueOf(ticksPerSecond), DECIMALS, RoundingMode.CEILING),
        currency);
  }
}
