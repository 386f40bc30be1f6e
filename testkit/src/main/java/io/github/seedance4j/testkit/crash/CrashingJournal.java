package io.github.seedance4j.testkit.crash;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal with a crash point before all that it is to write, and after what it has written. */
final class CrashingJournal extends ForwardingJournal {

  private final CrashPoints points;

  CrashingJournal(JobJournal journal, CrashPoints points) {
    super(journal);
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
}
