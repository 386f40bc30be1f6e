package io.github.seedance4j.adapter.rest.operation;

import io.github.seedance4j.adapter.rest.exchange.JobPages;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Whether the gateway can take paid work: it is not ending, a clip would find room beside all those
 * that are still to come, and the journal answers. Thread-safe.
 */
public final class Condition {

  private static final Duration LATER = Duration.ofSeconds(30);

  /** They come every two seconds; a journal that doesn't answer at all holds one up. */
  private static final long LOOKS_COUNT_NANOS = Duration.ofSeconds(15).toNanos();

  private static final JobId NONE = new JobId("job-00000000");

  /** More are not counted: where there is room for so many, there is no need to count. */
  private static final int MOST = 1_000;

  private static final Set<JobState> CLIP_TO_COME =
      Arrays.stream(JobState.values())
          .filter(state -> state.isUnfinished() || state == JobState.UNKNOWN)
          .collect(Collectors.toUnmodifiableSet());

  private final VideoGeneration videos;
  private final Room room;
  private final LongSupplier nanos;

  /** Clips to come when the journal was asked last; 0 where there was room for plenty. */
  private long counted;

  /** Let through before that, but perhaps too late to be in the journal by then. */
  private long settling;

  /** Let through since, whatever became of it. */
  private long taken;

  private volatile boolean draining;
  private volatile boolean journal = true;
  private volatile boolean low;
  private volatile long lookedAt;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  public Condition(VideoGeneration videos, Room room, LongSupplier nanos) {
    this.videos = videos;
    this.room = room;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong();
  }

  /** From now on nothing is taken any more. */
  public void drain() {
    draining = true;
  }

  public boolean isDraining() {
    return draining;
  }

  /** Asks the journal and the disk, for {@link #ready}; may take as long as their patience. */
  public void look() {
    try {
      videos.find(NONE);
      count();
      journal = true;
    } catch (RuntimeException e) {
      journal = false;
    }
    synchronized (this) {
      low = room.isLow(expected() + 1);
    }
    lookedAt = nanos.getAsLong();
  }

  private boolean journalAnswers() {
    return journal && nanos.getAsLong() - lookedAt < LOOKS_COUNT_NANOS;
  }

  private void count() {
    long passed;
    synchronized (this) {
      passed = taken;
      settling += passed;
      taken = 0;
    }
    long clips =
        room.isLow(MOST)
            ? JobPages.each(videos, JobQuery.all().in(CLIP_TO_COME), MOST, job -> {})
            : 0;
    synchronized (this) {
      counted = clips;
      settling = passed;
    }
  }

  private long expected() {
    return counted + settling + taken;
  }

  /** Why no paid work is taken just now; if there is no reason, room for a clip is set aside. */
  public synchronized Optional<Problem> trouble() {
    if (draining) {
      return trouble(ProblemType.DRAINING, "It takes nothing new any more; ask another, or later.");
    }
    if (room.isLow(expected() + 1)) {
      return trouble(
          ProblemType.DISK_LOW,
          "A clip would find no room here, beside those still to come; nothing was sent.");
    }
    taken++;
    return Optional.empty();
  }

  private static Optional<Problem> trouble(ProblemType type, String detail) {
    return Optional.of(Problem.of(type, detail).retryAfter(LATER));
  }

  /** Whether work should be sent here, by what was last seen. Never blocks. */
  public boolean isReady() {
    return journalAnswers() && !low && !draining;
  }

  /** That in words, for people and probes. Never blocks. */
  public String ready() {
    return Json.text(
        Json.tree(
            "status",
            isReady() ? "ready" : "not ready",
            "draining",
            draining,
            "disk",
            low ? "low" : "ok",
            "journal",
            journalAnswers() ? "ok" : "no answer"));
  }
}
