package io.github.seedance4j.port.out;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A journal that passes everything on to another one: what goes between a service and its journal
 * extends it, and says only what it does otherwise. Closing it closes the other.
 */
public abstract class ForwardingJournal implements JobJournal {

  /** Where everything goes. */
  protected final JobJournal journal;

  protected ForwardingJournal(JobJournal journal) {
    this.journal = journal;
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    return journal.admit(intended, budgets, owner);
  }

  @Override
  public Replaced replace(Job next) {
    return journal.replace(next);
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
  public void setBudget(Budget budget) {
    journal.setBudget(budget);
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return journal.removeBudget(period, label);
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    return journal.claim(lease, account, limit);
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    return journal.claim(lease, id);
  }

  @Override
  public void release(String owner) {
    journal.release(owner);
  }

  @Override
  public void told(JobId id, long version) {
    journal.told(id, version);
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
