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
   * Runs a task again and again, each time that long after the last one ended. It is for
   * housekeeping, which may take a while and must not wait behind other work, nor hold up what
   * {@link #at} runs. A clock that jumps to whatever falls due next need not jump for it.
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
