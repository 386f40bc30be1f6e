package io.github.seedance4j.testkit.scenario;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * A journal that lets a test step in right before a call, where another process or a full disk
 * would: what is queued is used up one by one, for finds and replacements apart.
 */
final class TappedJournal implements JobJournal {

  /** The journal has a bad moment. */
  static final Runnable FAILS =
      () -> {
        throw new IllegalStateException("database is locked");
      };

  final Deque<Runnable> beforeFind = new ConcurrentLinkedDeque<>();
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
  public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
    return real.admit(intended, budget, now);
  }

  @Override
  public boolean replace(Job next) {
    play(beforeReplace);
    return real.replace(next);
  }

  @Override
  public Optional<Job> find(JobId id) {
    play(beforeFind);
    return real.find(id);
  }

  @Override
  public Optional<Job> findByTask(TaskId id) {
    return real.findByTask(id);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return real.findByKey(idempotencyKey);
  }

  @Override
  public List<Job> list(Set<JobState> states, int limit) {
    return real.list(states, limit);
  }

  @Override
  public Spend spend(Instant since, Currency currency) {
    return real.spend(since, currency);
  }
}
