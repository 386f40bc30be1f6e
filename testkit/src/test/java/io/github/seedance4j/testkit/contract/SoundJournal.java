package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  final boolean force(Job next) {
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
  public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
    return records.admit(intended, budget, now);
  }

  @Override
  public boolean replace(Job next) {
    return records.replace(next);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return records.find(id);
  }

  @Override
  public Optional<Job> findByTask(TaskId id) {
    return records.findByTask(id);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return records.findByKey(idempotencyKey);
  }

  @Override
  public List<Job> list(Set<JobState> states, int limit) {
    return records.list(states, limit);
  }

  @Override
  public Spend spend(Instant since, Currency currency) {
    return records.spend(since, currency);
  }
}
