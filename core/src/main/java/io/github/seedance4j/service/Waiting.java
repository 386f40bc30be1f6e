package io.github.seedance4j.service;

import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.port.out.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Lets callers wait for a job's end, until their time is over or the service is closed: nobody
 * waits for ever, not even where the journal fails.
 */
final class Waiting {

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final String CLOSED = "as this was closed";

  private final Waiters waiters;
  private final Records records;
  private final Follower follower;
  private final Gate gate;
  private final Timekeeper time;
  private final Ambient.Workers notices;

  Waiting(
      Waiters waiters,
      Records records,
      Follower follower,
      Gate gate,
      Timekeeper time,
      Ambient.Workers notices) {
    this.waiters = waiters;
    this.records = records;
    this.follower = follower;
    this.gate = gate;
    this.time = time;
    this.notices = notices;
  }

  Job await(JobId id, Duration timeout) {
    return join(awaitAsync(id, timeout), id);
  }

  CompletableFuture<Job> awaitAsync(JobId id, Duration timeout) {
    Instant end = momentIn(timeout);
    CompletableFuture<Job> waiting = waiters.add(id);
    try {
      Job job = records.require(id);
      follower.follow(job);
      if (!job.state().isUnfinished()) {
        waiting.complete(job);
        return waiting;
      }
    } catch (RuntimeException e) {
      waiting.completeExceptionally(e);
      return waiting;
    }
    // completed by a worker: what callers hang on to a future must not hold up the one timer
    Timekeeper.Alarm deadline =
        time.at(
            end,
            () -> {
              Runnable stop = () -> stop(waiting, id, "after " + timeout.toSeconds() + " s");
              if (!notices.run(stop)) {
                stop.run();
              }
            });
    var unused = waiting.whenComplete((job, failure) -> deadline.cancel());
    if (gate.isClosed()) {
      stop(waiting, id, CLOSED);
    }
    return waiting;
  }

  /** Whoever still waits is told that it goes on. */
  void stopAll() {
    waiters.all().forEach((id, all) -> all.forEach(waiting -> stop(waiting, id, CLOSED)));
  }

  /** However long somebody is ready to wait: no longer than time lasts. */
  private Instant momentIn(Duration timeout) {
    return time.now().plus(timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout);
  }

  private void stop(CompletableFuture<Job> waiting, JobId id, String when) {
    try {
      waiting.completeExceptionally(stillRunning(id, when));
    } catch (RuntimeException | Error e) {
      waiting.completeExceptionally(e); // a journal that fails must not make anybody wait for ever
    }
  }

  private StillRunningException stillRunning(JobId id, String when) {
    Job job = records.require(id);
    return new StillRunningException(
        "stopped waiting "
            + when
            + "; it goes on: "
            + job
            + job.note().map(n -> " (" + n + ")").orElse(""),
        job);
  }

  private <T> T join(CompletableFuture<T> future, JobId id) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw stillRunning(id, "as the thread was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SeedanceException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
