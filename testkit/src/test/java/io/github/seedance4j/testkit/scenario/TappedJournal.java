package io.github.seedance4j.testkit.scenario;

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
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * A journal that lets a test step in right before a call, where another process or a full disk
 * would: what is queued is used up one by one, for finds, admissions and replacements apart.
 */
final class TappedJournal implements JobJournal {

  /** The journal has a bad moment. */
  static final Runnable FAILS =
      () -> {
        throw new IllegalStateException("database is locked");
      };

  final Deque<Runnable> beforeFind = new ConcurrentLinkedDeque<>();
  final Deque<Runnable> beforeAdmit = new ConcurrentLinkedDeque<>();
  final Deque<Runnable> beforeReplace = new ConcurrentLinkedDeque<>();
  private final JobJournal real;

  TappedJournal(JobJournal real) {
    this.real = real;
  }

  private static void play(Deque<Runnable> queue) {
    Runnable first = queue.poll();
    if (first != null) {
      first.run();
    }
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    play(beforeAdmit);
    return real.admit(intended, budgets, owner);
  }

  @Override
  public Replaced replace(Job next) {
    play(beforeReplace);
    return real.replace(next);
  }

  @Override
  public Optional<Job> find(JobId id) {
    play(beforeFind);
    return real.find(id);
  }

  @Override
  public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
    return real.findByTask(account, id);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return real.findByKey(idempotencyKey);
  }

  @Override
  public List<Job> list(JobQuery query) {
    return real.list(query);
  }

  @Override
  public Spend spend(Instant since, Currency currency, @Nullable String label) {
    return real.spend(since, currency, label);
  }

  @Override
  public List<Budget> budgets() {
    return real.budgets();
  }

  @Override
  public void setBudget(Budget budget) {
    real.setBudget(budget);
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return real.removeBudget(period, label);
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    return real.claim(lease, account, limit);
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    return real.claim(lease, id);
  }

  @Override
  public void release(String owner) {
    real.release(owner);
  }

  @Override
  public void told(JobId id, long version) {
    real.told(id, version);
  }

  @Override
  public boolean isShared() {
    return real.isShared();
  }
}
