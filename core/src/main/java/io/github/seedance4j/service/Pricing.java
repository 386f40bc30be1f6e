package io.github.seedance4j.service;

import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.request.Verdict;
import io.github.seedance4j.task.ClipLength;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rules and prices together: what a draft would cost, and what a job did. */
record Pricing(RequestRules rules, Tariff tariff, Strictness strictness) {

  /** A cap in another currency would never bite, and nobody would know. */
  void requireItsCurrency(Budget budget) {
    if (!budget.cap().currency().equals(tariff.currency())) {
      throw new IllegalArgumentException(
          "budget: prices are in " + tariff.currency() + ", so " + budget + " would hold nobody");
    }
  }

  Verdict verdict(GenerationDraft draft) {
    return rules.judge(draft, strictness);
  }

  Quote quote(GenerationDraft draft) {
    Verdict verdict = verdict(draft);
    return verdict
        .request()
        .map(this::quote)
        .orElseThrow(() -> new InvalidRequestException(verdict.violations()));
  }

  Quote quote(GenerationRequest request) {
    return tariff.quote(request);
  }

  /**
   * A job's request as it was judged then; empty for adopted tasks and if the catalogue changed.
   */
  Optional<GenerationRequest> request(Job job) {
    return rules.judge(job.draft(), job.strictness()).request();
  }

  /** For a second charge, whose price may have risen since: the dearer of then and now. */
  @Nullable Quote dearest(Job job) {
    Quote then = job.quote().orElse(null);
    Quote now = request(job).map(this::quote).orElse(then);
    boolean same =
        then == null || now == null || then.hold().currency().equals(now.hold().currency());
    return then != null && now != null && same && now.hold().isMoreThan(then.hold()) ? now : then;
  }

  /** The bill of a job that was never taken; null for one that holds nothing anyway. */
  @Nullable Bill nothing(Job job) {
    return settle(job, quote -> new Bill(Money.zero(quote.hold().currency()), Bill.Basis.COMPUTED));
  }

  /** The bill of a stored clip. */
  @Nullable Bill success(Job job, ClipLength length) {
    return settle(job, quote -> quote.settle(length));
  }

  /** The bill of a task that ended without a clip. */
  @Nullable Bill failure(Job job) {
    return settle(job, Quote::settleFailed);
  }

  /** The bill of a job that was given up as charged. */
  @Nullable Bill lost(Job job) {
    return settle(job, quote -> new Bill(quote.hold(), Bill.Basis.AT_MOST));
  }

  /** By the terms of its own quote, whatever the prices are by now; null for what has no price. */
  private static @Nullable Bill settle(Job job, Function<Quote, Bill> bill) {
    return job.quote().map(bill).map(last -> withEarlierCharges(job, last)).orElse(null);
  }

  /** A resubmitted job may have been charged for each time that somebody agreed to. */
  private static Bill withEarlierCharges(Job job, Bill last) {
    int earlier = job.authorisations() - 1;
    if (earlier == 0) {
      return last;
    }
    Money hold = job.quote().orElseThrow().hold();
    return new Bill(last.amount().plus(hold.times(earlier)), Bill.Basis.UNCONFIRMED);
  }
}
