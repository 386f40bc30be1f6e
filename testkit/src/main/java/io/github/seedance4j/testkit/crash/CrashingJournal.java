package io.github.seedance4j.testkit.crash;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A journal with a crash point before all that it is to write, and after what it has written. */
final class CrashingJournal implements JobJournal {

  private final JobJournal journal;
  private final CrashPoints points;

  CrashingJournal(JobJournal journal, CrashPoints points) {
    this.journal = journal;
    this.points = points;
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    CrashStep step = intended.version() > 1 ? CrashStep.RESUBMISSION : CrashStep.INTENT;
    points.pass(step, CrashPoint.Moment.BEFORE);
    Admission admission = journal.admit(intended, budgets, owner);
    if (admission instanceof Admission.Admitted) {
      points.pass(step, CrashPoint.Moment.AFTER);
    }
    return admission;
  }

  @Override
  public Replaced replace(Job next) {
    CrashStep step = CrashStep.of(next);
    points.pass(step, CrashPoint.Moment.BEFORE);
    Replaced replaced = journal.replace(next);
    if (replaced == Replaced.DONE) {
      points.pass(step, CrashPoint.Moment.AFTER);
    }
    return replaced;
  }

  @Override
  public void setBudget(Budget budget) {
    points.around(
        CrashStep.BUDGET,
        () -> {
          journal.setBudget(budget);
          return true;
        });
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return points.around(CrashStep.BUDGET, () -> journal.removeBudget(period, label));
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    return points.around(CrashStep.CLAIM, () -> journal.claim(lease, account, limit));
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    return points.around(CrashStep.CLAIM, () -> journal.claim(lease, id));
  }

  @Override
  public void release(String owner) {
    points.around(
        CrashStep.RELEASE,
        () -> {
          journal.release(owner);
          return true;
        });
  }

  @Override
  public void told(JobId id, long version) {
    points.around(
        CrashStep.TOLD,
        () -> {
          journal.told(id, version);
          return true;
        });
  }

  @Override
  public Optional<Job> find(JobId id) {
    return journal.find(id);
  }

  @Override
  public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
    return journal.findByTask(account, id);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return journal.findByKey(idempotencyKey);
  }

  @Override
  public List<Job> list(JobQuery query) {
    return journal.list(query);
  }

  @Override
  public Spend spend(Instant since, Currency currency, @Nullable String label) {
    return journal.spend(since, currency, label);
  }

  @Override
  public List<Budget> budgets() {
    return journal.budgets();
  }

  @Override
  public boolean isShared() {
    return journal.isShared();
  }

  @Override
  public void close() {
    journal.close();
  }
}
