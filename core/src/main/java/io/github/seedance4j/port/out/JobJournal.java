package io.github.seedance4j.port.out;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: remembers every paid job, and who looks after it. A change is durable, as far as the
 * implementation promises, when the call returns, and made in one atomic step. Thread-safe. Closed
 * with the service.
 */
public interface JobJournal extends AutoCloseable {

  /**
   * Records an intent and holds its price, before the first byte leaves. Its owner looks after it
   * as long as it has a lease. A later version of a job, with one more authorisation, is admitted
   * in place of the one before, under the same caps.
   *
   * @param intended a new job, {@link JobState#INTENDED}, or the next version of one; the moment it
   *     was last {@link Job#authorisedAt authorised} decides on the budgets' periods
   * @param budgets what may not be exceeded by the {@link Job#counted} of the jobs they cover,
   *     beside the journal's own {@link #budgets}
   */
  Admission admit(Job intended, List<Budget> budgets, String owner);

  /**
   * Puts the next version of a job in place of the one before. A job that had ended and goes on
   * again, as somebody gave it a task, is nobody's: whoever had it may not know.
   */
  Replaced replace(Job next);

  Optional<Job> find(JobId id);

  /** The job that has this task; ids are one provider's and address's own, whatever the key. */
  Optional<Job> findByTask(ProviderAccount account, TaskId id);

  Optional<Job> findByKey(String idempotencyKey);

  /** Those jobs, newest first. */
  List<Job> list(JobQuery query);

  /**
   * What the jobs cost that were last agreed to since then, in that currency.
   *
   * @param label whose jobs count; null for all
   */
  Spend spend(Instant since, Currency currency, @Nullable String label);

  /** The caps that hold for whoever uses this journal. */
  List<Budget> budgets();

  /** Sets a cap, in place of one that it {@link Budget#replaces}. */
  void setBudget(Budget budget);

  /**
   * Takes back the cap of that label and period.
   *
   * @return false if there is none
   */
  boolean removeBudget(Budget.Period period, @Nullable String label);

  /**
   * Leases jobs that nobody looks after: unfinished ones, and ended ones (unknown outcomes too)
   * whose end nobody was {@link #told} of. Those whose link dies first come first, then those with
   * a task, the oldest first, then the rest. Renews whatever the owner has already, and never
   * shortens it, should calls overtake each other.
   *
   * @param account whose jobs; those of another provider, address or key are left alone
   */
  List<Job> claim(Lease lease, ProviderAccount account, int limit);

  /**
   * Leases one job, and renews the lease of what the owner has.
   *
   * @return false if somebody else looks after it, or there is no such job
   */
  boolean claim(Lease lease, JobId id);

  /** Ends a lease: others may take its jobs up at once. */
  void release(String owner);

  /**
   * Remembers that whoever listens was told of a job's end as it is in that version. If it still is
   * the job's version, nobody looks after it any more.
   */
  void told(JobId id, long version);

  /** Whether other processes may be at work on the same records, so that leases must be renewed. */
  boolean isShared();

  @Override
  default void close() {}

  /** What came of an intent. */
  sealed interface Admission {

    /** It is recorded and its price is held. */
    record Admitted(Job job) implements Admission {}

    /**
     * Its idempotency key or its task belongs to that job already, or the version before it is not
     * the journal's; nothing is recorded.
     */
    record Existing(Job job) implements Admission {}

    /**
     * That cap has less left than would be held; nothing is recorded. One in another currency has
     * nothing left: what it can't be compared with must not pass it by.
     */
    record OverCap(Budget budget, Money left) implements Admission {}
  }

  /** What came of a change. */
  enum Replaced {
    DONE,
    /** The journal's version is not the one before: somebody else changed it. */
    STALE,
    /** Its task belongs to another job of the same provider and address. */
    TASK_TAKEN
  }
}
