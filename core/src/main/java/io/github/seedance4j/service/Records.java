package io.github.seedance4j.service;

import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.Timekeeper;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The one way in which a job changes: the next version goes to the journal first, and only then are
 * listeners and waiters told.
 */
final class Records {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j");

  private final JobJournal journal;
  private final Timekeeper time;
  private final Consumer<JobEvent> listener;
  private final Waiters waiters;

  Records(JobJournal journal, Timekeeper time, Consumer<JobEvent> listener, Waiters waiters) {
    this.journal = journal;
    this.time = time;
    this.listener = listener;
    this.waiters = waiters;
  }

  Instant now() {
    return time.now();
  }

  Optional<Job> find(JobId id) {
    return journal.find(id);
  }

  Job require(JobId id) {
    return find(id).orElseThrow(() -> new NotFoundException("no job " + id + " in this journal"));
  }

  /**
   * Changes a job as it is now, however often somebody else is faster.
   *
   * @param applies whether the change still makes sense for the job as it is then
   * @return the job afterwards: changed, or as somebody else left it
   */
  Job change(JobId id, Predicate<Job> applies, BiConsumer<Job, Job.Change> change) {
    while (true) {
      Job current = require(id);
      if (!applies.test(current)) {
        return current;
      }
      Job.Change next = current.change();
      change.accept(current, next);
      Job changed = next.done();
      if (journal.replace(changed)) {
        tell(changed, null);
        return changed;
      }
    }
  }

  /** Moves a job on, unless it has left that state meanwhile. */
  Job advance(Job job, JobState state, Consumer<Job.Change> change) {
    return change(
        job.id(),
        current -> current.state() == job.state(),
        (current, next) -> change.accept(next.state(state, now())));
  }

  /** Moves a job on from the very version that was seen; empty if anybody else was faster. */
  Optional<Job> advanceFrom(Job seen, JobState state, Consumer<Job.Change> change) {
    Job.Change next = seen.change();
    change.accept(next.state(state, now()));
    Job changed = next.done();
    if (!journal.replace(changed)) {
      return Optional.empty();
    }
    tell(changed, null);
    return Optional.of(changed);
  }

  /** Tells listeners, whose failures are theirs, and whoever waits. */
  void tell(Job job, JobEvent.@org.jspecify.annotations.Nullable Progress progress) {
    String id = job.id() + ":" + job.version() + (progress == null ? "" : ":" + progress.bytes());
    try {
      listener.accept(new JobEvent(id, job, now(), progress));
    } catch (RuntimeException | Error e) {
      // an Error too: between the intent and its answer nothing may jump out of here
      LOG.log(System.Logger.Level.WARNING, "a listener failed at " + job, e);
    }
    if (!job.state().isUnfinished()) {
      waiters.complete(job);
    }
  }
}
