package io.github.seedance4j.service;

import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.Timekeeper;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a job changes: the next version goes to the journal first, and only then are
 * listeners and waiters told.
 */
final class Records {

  private static final Set<JobState> UNFINISHED =
      Arrays.stream(JobState.values())
          .filter(JobState::isUnfinished)
          .collect(Collectors.toUnmodifiableSet());

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
    return changeUnlessTaken(require(id), applies, change)
        .orElseThrow(() -> new IllegalStateException("another job has the task of " + id));
  }

  /**
   * As {@link #change}; empty if another job has the task that this one was to get.
   *
   * @param seen what the journal last said of it: read again only if it has changed since
   */
  Optional<Job> changeUnlessTaken(
      Job seen, Predicate<Job> applies, BiConsumer<Job, Job.Change> change) {
    for (Job current = seen; ; current = require(seen.id())) {
      if (!applies.test(current)) {
        return Optional.of(current);
      }
      Job.Change next = current.change();
      change.accept(current, next);
      Job changed = next.done();
      JobJournal.Replaced replaced = journal.replace(changed);
      if (replaced == JobJournal.Replaced.TASK_TAKEN) {
        return Optional.empty();
      }
      if (replaced == JobJournal.Replaced.DONE) {
        tell(changed, null);
        return Optional.of(changed);
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
    if (journal.replace(changed) != JobJournal.Replaced.DONE) {
      return Optional.empty();
    }
    tell(changed, null);
    return Optional.of(changed);
  }

  /** Forgets what an ended job was about; nobody is told. False if somebody else changed it. */
  boolean purge(Job ended) {
    Job purged = ended.change().purge().done();
    boolean done = journal.replace(purged) == JobJournal.Replaced.DONE;
    if (done) {
      hush(purged);
    }
    return done;
  }

  /** Counts an end as told that is no news: it only forgets what it was about. */
  void hush(Job purged) {
    journal.told(purged.id(), purged.version());
  }

  /**
   * Tells listeners, whose failures are theirs, and whoever waits. The journal keeps in mind which
   * ends were told: what a listener failed at, or died of, the next service tells again.
   */
  void tell(Job job, JobEvent.@Nullable Progress progress) {
    String id = job.id() + ":" + job.version() + (progress == null ? "" : ":" + progress.bytes());
    boolean end = progress == null && !job.state().isUnfinished();
    try {
      listener.accept(new JobEvent(id, job, now(), progress));
      if (end) {
        journal.told(job.id(), job.version());
      }
    } catch (RuntimeException | Error e) {
      // an Error too: between the intent and its answer nothing may jump out of here
      LOG.log(System.Logger.Level.WARNING, "a listener failed at " + job, e);
    }
    if (end) {
      waiters.complete(job);
    }
  }

  /** A page of the jobs that something still happens to by itself. */
  List<Job> unfinished(@Nullable JobId after, int limit) {
    JobQuery query = JobQuery.all().in(UNFINISHED).limit(limit);
    return journal.list(after == null ? query : query.behind(after));
  }
}
