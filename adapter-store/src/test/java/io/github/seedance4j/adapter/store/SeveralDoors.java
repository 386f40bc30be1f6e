package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.task.TaskId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file behind three journals, as processes have it that share it: each owner goes through a
 * door of its own, and what has no owner through one after another. For one thread.
 */
final class SeveralDoors implements JobJournal {

  private static final int DOORS = 3;

  private final List<JdbcJobJournal> doors;
  private int turn;

  private SeveralDoors(List<JdbcJobJournal> doors) {
    this.doors = doors;
  }

  static SeveralDoors to(Path file) {
    return new SeveralDoors(
        Stream.generate(() -> JdbcJobJournal.sqlite(file)).limit(DOORS).toList());
  }

  private JobJournal door(String owner) {
    return doors.get(Math.floorMod(owner.hashCode(), DOORS));
  }

  private JobJournal next() {
    turn = (turn + 1) % DOORS;
    return doors.get(turn);
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    return door(owner).admit(intended, budgets, owner);
  }

  @Override
  public Replaced replace(Job next) {
    return next().replace(next);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return next().find(id);
  }

  @Override
  public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
    return next().findByTask(account, id);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return next().findByKey(idempotencyKey);
  }

  @Override
  public List<Job> list(JobQuery query) {
    return next().list(query);
  }

  @Override
  public Spend spend(Instant since, Currency currency, @Nullable String label) {
    return next().spend(since, currency, label);
  }

  @Override
  public List<Budget> budgets() {
    return next().budgets();
  }

  @Override
  public void setBudget(Budget budget) {
    next().setBudget(budget);
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return next().removeBudget(period, label);
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    return door(lease.owner()).claim(lease, account, limit);
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    return door(lease.owner()).claim(lease, id);
  }

  @Override
  public void release(String owner) {
    door(owner).release(owner);
  }

  @Override
  public void told(JobId id, long version) {
    next().told(id, version);
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {
    doors.forEach(JobJournal::close);
  }
}
