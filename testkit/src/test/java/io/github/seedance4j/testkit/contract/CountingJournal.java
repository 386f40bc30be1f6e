package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts for itself, rightly unless a method is overridden. */
class CountingJournal extends SoundJournal {

  boolean counts(Job job) {
    return true;
  }

  Instant since(Job job) {
    return job.authorisedAt();
  }

  boolean isIn(Money amount, Currency currency) {
    return amount.currency().equals(currency);
  }

  Optional<Money> settled(Job job) {
    return job.bill().map(Bill::amount);
  }

  Optional<Money> held(Job job) {
    return job.bill().isPresent()
        ? Optional.empty()
        : job.quote().map(Quote::hold).map(hold -> hold.times(job.authorisations()));
  }

  @Override
  public synchronized Admission admit(Job intended, @Nullable Budget budget, Instant now) {
    Money hold = held(intended).orElse(null);
    boolean known = intended.idempotencyKey().flatMap(this::findByKey).isPresent();
    if (budget != null && hold != null && !known) {
      Money left = budget.cap().minus(spend(budget.since(now), hold.currency()).total());
      if (hold.isMoreThan(left)) {
        return new Admission.OverCap(left);
      }
    }
    return records.admit(intended, null, now);
  }

  @Override
  public synchronized boolean replace(Job next) {
    return records.replace(next);
  }

  @Override
  public synchronized Spend spend(Instant since, Currency currency) {
    Money settled = Money.zero(currency);
    Money held = Money.zero(currency);
    for (Job job : records.list(JournalJobs.ALL, Integer.MAX_VALUE)) {
      if (counts(job) && !since(job).isBefore(since)) {
        settled = settled.plus(in(currency, settled(job)));
        held = held.plus(in(currency, held(job)));
      }
    }
    return new Spend(settled, held);
  }

  private Money in(Currency currency, Optional<Money> amount) {
    return amount
        .filter(some -> isIn(some, currency))
        .map(some -> new Money(some.amount(), currency))
        .orElse(Money.zero(currency));
  }
}
