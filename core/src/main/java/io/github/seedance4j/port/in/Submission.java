package io.github.seedance4j.port.in;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.task.ProviderFault;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of a submission: always a value, so that nobody retries by catching. */
public sealed interface Submission {

  /**
   * There is a job, and it is looked after: with a task, or to be sent as soon as that is possible.
   * Under an idempotency key of before it may have ended already: look at its state.
   */
  record Accepted(Job job) implements Submission {}

  /**
   * Refused, and not charged.
   *
   * @param reason one sentence
   * @param violations the rules that it breaks; empty where the provider refused it
   * @param fault the provider's reason; null where the rules refused it
   * @param job the rejected job; null where nothing was kept
   */
  record Refused(
      String reason, List<Finding> violations, @Nullable ProviderFault fault, @Nullable Job job)
      implements Submission {
    public Refused {
      violations = List.copyOf(violations);
    }
  }

  /**
   * It would cost more than is allowed; nothing was kept.
   *
   * @param left what could still be spent
   * @param limit which limit that is, such as {@code the budget of 200.00 USD per month}
   * @param budget the cap; null where it is the limit of this very submission
   */
  record OverBudget(Quote quote, Money left, String limit, @Nullable Budget budget)
      implements Submission {}

  /** It may have been charged. Never submit it again: resolve the job. */
  record Unknown(Job job) implements Submission {}

  /** Deals with each case. */
  default <T> T match(
      Function<? super Job, ? extends T> accepted,
      Function<? super Refused, ? extends T> refused,
      Function<? super OverBudget, ? extends T> overBudget,
      Function<? super Job, ? extends T> unknown) {
    if (this instanceof Accepted a) {
      return accepted.apply(a.job());
    }
    if (this instanceof Refused r) {
      return refused.apply(r);
    }
    if (this instanceof OverBudget o) {
      return overBudget.apply(o);
    }
    return unknown.apply(((Unknown) this).job());
  }
}
