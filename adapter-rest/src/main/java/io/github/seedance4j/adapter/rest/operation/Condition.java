package io.github.seedance4j.adapter.rest.operation;

import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.port.in.VideoGeneration;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the gateway can take paid work: it is not ending, a clip would find room, and the journal
 * answers. Thread-safe.
 */
public final class Condition {

  private static final Duration LATER = Duration.ofSeconds(30);
  private static final JobId NONE = new JobId("job-00000000");

  private final VideoGeneration videos;
  private final Room room;
  private volatile boolean draining;
  private volatile boolean journal = true;
  private volatile boolean low;

  public Condition(VideoGeneration videos, Room room) {
    this.videos = videos;
    this.room = room;
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
    low = room.isLow();
    try {
      videos.find(NONE);
      journal = true;
    } catch (RuntimeException e) {
      journal = false;
    }
  }

  /** Why no paid work is taken just now. */
  public Optional<Problem> trouble() {
    if (draining) {
      return trouble(ProblemType.DRAINING, "It takes nothing new any more; ask another, or later.");
    }
    return room.isLow()
        ? trouble(ProblemType.DISK_LOW, "A clip would find no room here; nothing was sent.")
        : Optional.empty();
  }

  private static Optional<Problem> trouble(ProblemType type, String detail) {
    return Optional.of(Problem.of(type, detail).retryAfter(LATER));
  }

  /** Whether work should be sent here, by what was last seen. Never blocks. */
  public boolean isReady() {
    return journal && !low && !draining;
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
            journal ? "ok" : "no answer"));
  }
}
