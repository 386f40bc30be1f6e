package io.github.seedance4j.testkit.simulation;

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

/** Passes everything on to a sound journal: a planted bug overrides one thing. */
class PassingJournal implements JobJournal {

  final JobJournal sound;

  PassingJournal(JobJournal sound) {
    this.sound = sound;
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    return sound.admit(intended, budgets, owner);
  }

  @Override
  public Replaced replace(Job next) {
    return sound.replace(next);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return sound.find(id);
  }

  @Override
  public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
    return sound.findByTask(account, id);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return sound.findByKey(idempotencyKey);
  }

  @Override
  public List<Job> list(JobQuery query) {
    return sound.list(query);
  }

  @Override
  public Spend spend(Instant since, Currency currency, @Nullable String label) {
    return sound.spend(since, currency, label);
  }

  @Override
  public List<Budget> budgets() {
    return sound.budgets();
  }

  @Override
  public void setBudget(Budget budget) {
    sound.setBudget(budget);
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return sound.removeBudget(period, label);
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    return sound.claim(lease, account, limit);
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    return sound.claim(lease, id);
  }

  @Override
  public void release(String owner) {
    sound.release(owner);
  }

  @Override
  public void told(JobId id, long version) {
    sound.told(id, version);
  }

  @Override
  public boolean isShared() {
    return sound.isShared();
  }

  @Override
  public void close() {
    sound.close();
  }
}
