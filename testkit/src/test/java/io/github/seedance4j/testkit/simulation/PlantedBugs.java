package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What could be wrong with how a service and its journal keep their records. */
final class PlantedBugs {

  private static final Currency USD = Currency.getInstance("USD");

  private PlantedBugs() {}

  /** What is journalled is something else than what the service said. */
  static JobJournal rewriting(JobJournal sound, UnaryOperator<Job> rewriting) {
    return new ForwardingJournal(sound) {
      @Override
      public Replaced replace(Job next) {
        return super.replace(rewriting.apply(next));
      }
    };
  }

  static Job billed(Job next, Predicate<Job> which, BigDecimal factor) {
    if (!which.test(next)) {
      return next;
    }
    Money amount = next.bill().map(Bill::amount).orElse(Money.zero(USD));
    Money less = new Money(amount.amount().multiply(factor), USD);
    Bill.Basis basis = next.bill().map(Bill::basis).orElse(Bill.Basis.COMPUTED);
    return next.change().version(next.version()).bill(new Bill(less, basis)).done();
  }

  /** Looks at the caps first and records later: others may do the same in between. */
  static final class LooksThenAdmits extends ForwardingJournal {
    LooksThenAdmits(JobJournal sound) {
      super(sound);
    }

    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      for (Budget budget : budgets) {
        Money hold = intended.counted().orElse(Money.zero(USD));
        Money total = spend(budget.since(intended.authorisedAt()), USD, budget.label()).total();
        if (budget.covers(intended) && hold.plus(total).isMoreThan(budget.cap())) {
          return new Admission.OverCap(budget, budget.cap().minus(total));
        }
      }
      return super.admit(intended, List.of(), owner);
    }
  }

  /** Says that it recorded what it dropped: a task that came late, to a job given up meanwhile. */
  static final class DropsLateTasks extends ForwardingJournal {
    DropsLateTasks(JobJournal sound) {
      super(sound);
    }

    @Override
    public Replaced replace(Job next) {
      JobState state = find(next.id()).map(Job::state).orElse(JobState.INTENDED);
      boolean late = state == JobState.LOST || state == JobState.UNKNOWN;
      boolean answer = next.taskId().isPresent() && next.note().isEmpty();
      return late && answer ? Replaced.DONE : super.replace(next);
    }
  }

  /** Lets whoever asks look after a job. */
  static final class IgnoresLeases extends ForwardingJournal {
    IgnoresLeases(JobJournal sound) {
      super(sound);
    }

    @Override
    public boolean claim(Lease lease, JobId id) {
      boolean unused = super.claim(lease, id);
      return true;
    }
  }

  /** Takes over what others look after. */
  static final class ClaimsAll extends ForwardingJournal {
    ClaimsAll(JobJournal sound) {
      super(sound);
    }

    @Override
    public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
      List<Job> claimed = new ArrayList<>(super.claim(lease, account, limit));
      list(JobQuery.all()).stream()
          .filter(job -> job.state().isUnfinished() && !claimed.contains(job))
          .forEach(claimed::add);
      return claimed;
    }
  }

  /** Two threads may submit under one key. */
  static final class ForgetsKeys extends ForwardingJournal {
    ForgetsKeys(JobJournal sound) {
      super(sound);
    }

    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      return super.admit(
          intended.change().version(intended.version()).idempotencyKey(null).done(),
          budgets,
          owner);
    }
  }

  /** Counts an end as told before anybody was. */
  static final class TellsTooEarly extends ForwardingJournal {
    TellsTooEarly(JobJournal sound) {
      super(sound);
    }

    @Override
    public Replaced replace(Job next) {
      Replaced replaced = super.replace(next);
      if (replaced == Replaced.DONE && !next.state().isUnfinished()) {
        told(next.id(), next.version());
      }
      return replaced;
    }
  }

  /** Lets a job be sent again, whatever became of it meanwhile. */
  static final class SendsWithoutLooking extends ForwardingJournal {
    SendsWithoutLooking(JobJournal sound) {
      super(sound);
    }

    @Override
    public Replaced replace(Job next) {
      Replaced replaced = super.replace(next);
      boolean sends = next.state() == JobState.INTENDED;
      return sends && replaced == Replaced.STALE ? Replaced.DONE : replaced;
    }
  }

  /** Writes over what somebody else wrote. */
  static final class WritesOver extends ForwardingJournal {
    WritesOver(JobJournal sound) {
      super(sound);
    }

    @Override
    public Replaced replace(Job next) {
      long known = find(next.id()).map(Job::version).orElse(0L);
      return super.replace(next.change().version(known + 1).done());
    }
  }

  /** After a restart nobody sees to what had those states. */
  static final class ForgetsAtRestart extends ForwardingJournal {
    private final JobState forgotten;

    ForgetsAtRestart(JobJournal sound, JobState forgotten) {
      super(sound);
      this.forgotten = forgotten;
    }

    @Override
    public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
      return super.claim(lease, account, limit).stream()
          .filter(job -> job.state() != forgotten)
          .toList();
    }
  }

  /** Acknowledges what it has not written yet: a crash takes it along. */
  static final class WritesLater extends ForwardingJournal {
    private Optional<Job> pending = Optional.empty();

    WritesLater(JobJournal sound) {
      super(sound);
    }

    private void write() {
      Optional<Job> job = pending;
      pending = Optional.empty();
      job.ifPresent(super::replace);
    }

    @Override
    public Replaced replace(Job next) {
      write();
      if (next.taskId().isPresent() && next.state() == JobState.SUBMITTED) {
        pending = Optional.of(next);
        return Replaced.DONE;
      }
      return super.replace(next);
    }

    @Override
    public Optional<Job> find(JobId id) {
      write();
      return super.find(id);
    }

    @Override
    public void close() {
      write();
      super.close();
    }
  }
}
