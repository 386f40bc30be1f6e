package io.github.seedance4j.port.out;

import java.time.Duration;
import java.time.Instant;

/**
 * Driven port: time, as one thing, so that a test's clock and its waits can't disagree.
 * Thread-safe.
 */
public interface Timekeeper extends AutoCloseable {

  Instant now();

  /**
   * Runs a short task once that moment has come, on a thread of its own choice. One timer serves
   * any number of them.
   */
  Alarm at(Instant moment, Runnable task);

  /**
   * Runs a short task again and again, each time that long after the last. It is for housekeeping:
   * a clock that jumps to whatever falls due next need not jump for it.
   */
  Alarm every(Duration interval, Runnable task);

  @Override
  default void close() {}

  /** A task that waits for its moment. */
  interface Alarm {

    /** Forgets the task, unless it has begun. */
    void cancel();
  }
}
