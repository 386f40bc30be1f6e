package io.github.seedance4j.testkit.scenario;

import io.github.seedance4j.port.out.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Time that passes by itself, many times as fast: for real threads in real disorder. */
final class FastTime implements Timekeeper {

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final long began = System.nanoTime();
  private final int factor;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2, // what comes every so often must not hold up what is due
          task -> {
            Thread thread = new Thread(task, "fast-time");
            thread.setDaemon(true);
            return thread;
          });

  FastTime(int factor) {
    this.factor = factor;
  }

  @Override
  public Instant now() {
    return START.plusNanos((System.nanoTime() - began) * factor);
  }

  @Override
  public Alarm at(Instant moment, Runnable task) {
    long delay = Math.max(0, Duration.between(now(), moment).toNanos() / factor);
    try {
      var scheduled = timer.schedule(task, delay, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public Alarm every(Duration interval, Runnable task) {
    long nanos = Math.max(1, interval.toNanos() / factor);
    var scheduled = timer.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
