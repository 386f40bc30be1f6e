package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts for itself and keeps its own caps, rightly unless a method is overridden. */
class CountingJournal extends SoundJournal {

  final List<Budget> own = new CopyOnWriteArrayList<>();

  boolean counts(Job job) {
    return true;
  }

  /** What decides on the period that a job counts in. */
  Instant since(Job job) {
    return job.authorisedAt();
  }

  boolean isIn(Money amount, Currency currency) {
    return amount.currency().equals(currency);
  }

  /** Whether a cap holds for what is paid in that currency. */
  boolean bites(Budget cap, Currency currency) {
    return true;
  }

  boolean isOf(Job job, @Nullable String label) {
    return label == null || job.label().equals(Optional.of(label));
  }

  Optional<Money> settled(Job job) {
    return job.bill().map(Bill::amount);
  }

  Bill.Basis basis(Bill bill) {
    return bill.basis();
  }

  Optional<Money> held(Job job) {
    return job.bill().isPresent()
        ? Optional.empty()
        : job.quote().map(Quote::hold).map(hold -> hold.times(job.authorisations()));
  }

  Stream<Budget> caps(List<Budget> given) {
    return Stream.concat(own.stream(), given.stream());
  }

  /** What a next version gives back of that before it admits it, of a period that began then. */
  Money givenBack(@Nullable Job before, Instant since, Currency currency) {
    return before == null || since(before).isBefore(since)
        ? Money.zero(currency)
        : in(currency, before.counted());
  }

  private boolean isKnown(Job intended, @Nullable Job before) {
    return before == null
        ? intended.idempotencyKey().flatMap(this::findByKey).isPresent()
        : before.version() != intended.version() - 1;
  }

  /** The cap that leaves less than a job would hold, and what it leaves. */
  final Optional<Admission> refusal(Job intended, List<Budget> budgets) {
    Money hold = held(intended).orElse(null);
    Job before = find(intended.id()).orElse(null);
    if (hold == null || isKnown(intended, before)) {
      return Optional.empty();
    }
    Currency currency = hold.currency();
    for (Budget budget : caps(budgets).toList()) {
      if (isOf(intended, budget.label()) && bites(budget, currency)) {
        if (!isIn(budget.cap(), currency)) {
          return Optional.of(new Admission.OverCap(budget, Money.zero(currency)));
        }
        Instant since = budget.since(since(intended));
        Money total = spend(since, currency, budget.label()).total();
        Money left = budget.cap().minus(total.minus(givenBack(before, since, currency)));
        if (hold.isMoreThan(left)) {
          return Optional.of(new Admission.OverCap(budget, left));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized Admission admit(Job intended, List<Budget> budgets, String owner) {
    return refusal(intended, budgets).orElseGet(() -> records.admit(intended, List.of(), owner));
  }

  @Override
  public synchronized Replaced replace(Job next) {
    return records.replace(next);
  }

  @Override
  public synchronized Spend spend(Instant since, Currency currency, @Nullable String label) {
    Money[] sums = new Money[Bill.Basis.values().length];
    Money held = Money.zero(currency);
    for (Job job : records.list(JobQuery.all())) {
      if (counts(job) && !since(job).isBefore(since) && isOf(job, label)) {
        held = held.plus(in(currency, held(job)));
        Bill bill = job.bill().orElse(null);
        if (bill != null) {
          int basis = basis(bill).ordinal();
          sums[basis] = sum(sums[basis], currency).plus(in(currency, settled(job)));
        }
      }
    }
    return new Spend(
        sum(sums[Bill.Basis.COMPUTED.ordinal()], currency)
            .plus(sum(sums[Bill.Basis.AT_MOST.ordinal()], currency)),
        sum(sums[Bill.Basis.UNCONFIRMED.ordinal()], currency),
        sum(sums[Bill.Basis.STATED.ordinal()], currency),
        held);
  }

  private static Money sum(@Nullable Money sum, Currency currency) {
    return Objects.requireNonNullElse(sum, Money.zero(currency));
  }

  final Money in(Currency currency, Optional<Money> amount) {
    return amount
        .filter(some -> isIn(some, currency))
        .map(some -> new Money(some.amount(), currency))
        .orElse(Money.zero(currency));
  }

  @Override
  public List<Budget> budgets() {
    return List.copyOf(own);
  }

  @Override
  public synchronized void setBudget(Budget budget) {
    own.removeIf(budget::replaces);
    own.add(budget);
  }

  @Override
  public synchronized boolean removeBudget(Budget.Period period, @Nullable String label) {
    return own.removeIf(known -> known.replaces(new Budget(known.cap(), period, label)));
  }
}
