package io.github.seedance4j.adapter.store.crash;

import io.github.seedance4j.port.out.Timekeeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Time that passes twenty times as fast, and is the same in every process of a story. */
final class StoryTime implements Timekeeper {

  private static final int FACTOR = 20;

  private final Clock clock = Clock.systemUTC();
  private final Instant start;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2, // what comes every so often must not hold up what is due
          task -> {
            Thread thread = new Thread(task, "story-time");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param start when it showed what the machine's clock shows
   */
  StoryTime(Instant start) {
    this.start = start;
  }

  /** The start of a clock that is an hour ahead of the one that started then. */
  static Instant movedOn(Instant start) {
    return start.minus(Duration.ofHours(1).dividedBy(FACTOR - 1));
  }

  @Override
  public Instant now() {
    return start.plus(Duration.between(start, clock.instant()).multipliedBy(FACTOR));
  }

  @Override
  public Alarm at(Instant moment, Runnable task) {
    long delay = Math.max(0, Duration.between(now(), moment).toNanos() / FACTOR);
    try {
      var scheduled = timer.schedule(task, delay, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public Alarm every(Duration interval, Runnable task) {
    long nanos = Math.max(1, interval.toNanos() / FACTOR);
    var scheduled = timer.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
