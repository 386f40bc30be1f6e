package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.gallery.SpendCurve;
import io.github.seedance4j.adapter.cli.gallery.SpendCurve.Step;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what jobs cost in the order in which somebody agreed to it, which is what decides on the
 * period that it counts in. Every job counts what is known of it now.
 */
final class SpendHistory {

  private static final int MOST_STEPS = 600;
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final Currency currency;
  private final List<Step> single = new ArrayList<>();

  SpendHistory(Currency currency) {
    this.currency = currency;
  }

  void add(Job job) {
    Spend spend = Spend.none(currency).plus(job);
    BigDecimal counted = spend.total().amount();
    if (counted.signum() > 0) {
      BigDecimal known = spend.computed().plus(spend.stated()).amount();
      single.add(new Step(job.authorisedAt(), known, counted));
    }
  }

  /**
   * The curve up to now; null if nothing was spent.
   *
   * @param from where to begin; {@link Instant#MIN} for the first job
   * @param budget whose periods and cap matter; null for none
   */
  @Nullable SpendCurve curve(Instant from, Instant now, @Nullable Budget budget) {
    if (single.isEmpty()) {
      return null;
    }
    single.sort(Comparator.comparing(Step::at));
    Instant begin = from.isAfter(single.get(0).at()) ? from : single.get(0).at();
    Instant last = single.get(single.size() - 1).at();
    Instant end = now.isAfter(last) ? now : last; // clocks may differ
    if (Duration.between(begin, end).compareTo(SHORTEST) < 0) {
      begin = end.minus(SHORTEST);
    }
    List<Step> steps = within(begin, summed(budget, end));
    Money cap = budget == null ? null : budget.cap();
    boolean ours = cap != null && cap.currency().equals(currency);
    return new SpendCurve(
        currency.getCurrencyCode(),
        begin,
        end,
        thinned(steps, Duration.between(begin, end).toMillis()),
        ours && cap != null ? cap.amount() : null,
        budget == null || budget.period() == Budget.Period.EVER
            ? ""
            : "per " + (budget.period() == Budget.Period.DAY ? "day" : "month"));
  }

  /** All sums, from zero again where a period of the budget begins. */
  private List<Step> summed(@Nullable Budget budget, Instant end) {
    List<Step> sums = new ArrayList<>();
    Step sum = new Step(Instant.EPOCH, BigDecimal.ZERO, BigDecimal.ZERO);
    Instant over = Instant.MAX;
    for (Step step : single) {
      if (!step.at().isBefore(over)) {
        sum = zero(over);
        sums.add(sum);
      }
      sum = new Step(step.at(), sum.known().add(step.known()), sum.counted().add(step.counted()));
      sums.add(sum);
      over = over(budget, step.at());
    }
    if (!end.isBefore(over)) {
      sums.add(zero(over));
    }
    return sums;
  }

  private static Step zero(Instant at) {
    return new Step(at, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /** When the period that a moment lies in is over. */
  private static Instant over(@Nullable Budget budget, Instant at) {
    if (budget == null || budget.period() == Budget.Period.EVER) {
      return Instant.MAX;
    }
    LocalDate first = LocalDate.ofInstant(budget.since(at), ZoneOffset.UTC);
    return (budget.period() == Budget.Period.DAY ? first.plusDays(1) : first.plusMonths(1))
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  /** What counted at the beginning, and all that came after. */
  private static List<Step> within(Instant begin, List<Step> steps) {
    Step before = zero(begin);
    List<Step> after = new ArrayList<>();
    for (Step step : steps) {
      if (step.at().isBefore(begin)) {
        before = new Step(begin, step.known(), step.counted());
      } else {
        after.add(step);
      }
    }
    after.add(0, before);
    return after;
  }

  /** No more than can be seen; where it begins anew, what was there before stays. */
  private static List<Step> thinned(List<Step> steps, long millis) {
    List<Step> thinned = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Step next = i + 1 < steps.size() ? steps.get(i + 1) : null;
      boolean first = i == 0;
      boolean peak = next == null || next.counted().compareTo(step.counted()) < 0;
      boolean seen = next == null || pixel(steps, step, millis) != pixel(steps, next, millis);
      if (first || peak || seen) {
        thinned.add(step);
      }
    }
    return thinned;
  }

  private static long pixel(List<Step> steps, Step step, long millis) {
    return Duration.between(steps.get(0).at(), step.at()).toMillis() * MOST_STEPS / millis;
  }
}
