package io.github.seedance4j.port.out;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: remembers every paid job. A change is durable, as far as the implementation
 * promises, when the call returns. Thread-safe. Closed with the service.
 */
public interface JobJournal extends AutoCloseable {

  /**
   * Records an intent and holds its price, in one atomic step, before the first byte leaves.
   *
   * @param intended a new job, {@link JobState#INTENDED}
   * @param budget what may not be exceeded by all jobs' {@link Job#counted} together; null for none
   * @param now decides on the budget's period
   */
  Admission admit(Job intended, @Nullable Budget budget, Instant now);

  /**
   * Puts the next version of a job in place of the one before.
   *
   * @return false if the journal's version is not the one before: somebody else changed it
   */
  boolean replace(Job next);

  Optional<Job> find(JobId id);

  Optional<Job> findByTask(TaskId id);

  Optional<Job> findByKey(String idempotencyKey);

  /** Jobs in those states, newest first. */
  List<Job> list(Set<JobState> states, int limit);

  /** What the jobs cost that were last agreed to since then, in that currency. */
  Spend spend(Instant since, Currency currency);

  @Override
  default void close() {}

  /** What came of an intent. */
  sealed interface Admission {

    /** It is recorded and its price is held. */
    record Admitted(Job job) implements Admission {}

    /** Its idempotency key belongs to that job already; nothing new is recorded. */
    record Existing(Job job) implements Admission {}

    /** The cap has less left than would be held; nothing is recorded. */
    record OverCap(Money left) implements Admission {}
  }
}
