package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A journal with nothing wrong, to be broken in one way; its records outlive it. */
class SoundJournal implements JobJournal {

  /** Two who are about to write, and let each other pass. */
  private final Exchanger<Object> meeting = new Exchanger<>();

  final InMemoryJobJournal records;

  SoundJournal() {
    this(new InMemoryJobJournal());
  }

  /** One more journal over the same records. */
  SoundJournal(InMemoryJobJournal records) {
    this.records = records;
  }

  /** Between a look and a deed: waits for a moment until a second thread is there too. */
  final void linger() {
    linger(meeting);
  }

  static void linger(Exchanger<Object> meeting) {
    try {
      meeting.exchange("here", 300, TimeUnit.MICROSECONDS);
    } catch (TimeoutException alone) {
      return;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts a job in place of what is there, whatever its version. */
  final Replaced force(Job next) {
    Job current = records.find(next.id()).orElseThrow();
    return records.replace(next.change().version(current.version() + 1).done());
  }

  /** What the next process gets. */
  JobJournal reopened() {
    return this;
  }

  /** What a process beside this one gets. */
  JobJournal another() {
    return this;
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    return records.admit(intended, budgets, owner);
  }

  @Override
  public Replaced replace(Job next) {
    return records.replace(next);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return records.find(id);
  }

  @Override
  public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
    return records.findByTask(account, id);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return records.findByKey(idempotencyKey);
  }

  @Override
  public List<Job> list(JobQuery query) {
    return records.list(query);
  }

  @Override
  public Spend spend(Instant since, Currency currency, @Nullable String label) {
    return records.spend(since, currency, label);
  }

  @Override
  public List<Budget> budgets() {
    return records.budgets();
  }

  @Override
  public void setBudget(Budget budget) {
    records.setBudget(budget);
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return records.removeBudget(period, label);
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    return records.claim(lease, account, limit);
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    return records.claim(lease, id);
  }

  @Override
  public void release(String owner) {
    records.release(owner);
  }

  @Override
  public void told(JobId id, long version) {
    records.told(id, version);
  }

  @Override
  public boolean isShared() {
    return true;
  }
}
