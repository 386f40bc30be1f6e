package io.github.seedance4j.service;

import io.github.seedance4j.job.SubmissionOutcome;
import java.util.Optional;

/**
 * How many create calls are under way at once: half as many after the provider said 429, one more
 * after each round that it took. A thread that is inside already may enter again.
 */
final class Concurrency {

  private final int most;
  private final ThreadLocal<Integer> mine = ThreadLocal.withInitial(() -> 0);
  private double limit;
  private int inside;
  private int cuts;
  private boolean closed;

  Concurrency(int most) {
    this.most = most;
    this.limit = most;
  }

  /** A place among the calls, to be given back by the thread that took it. */
  final class Place implements AutoCloseable {

    private final int cutsBefore = cuts;

    /** Learns from what the call came to. */
    void learn(SubmissionOutcome outcome) {
      synchronized (Concurrency.this) {
        if (outcome instanceof SubmissionOutcome.Throttled) {
          if (cutsBefore == cuts) { // calls of one wave say the same thing once
            limit = Math.max(1, limit / 2);
            cuts++;
          }
        } else if (outcome instanceof SubmissionOutcome.Submitted) {
          limit = Math.min(most, limit + 1 / limit);
          Concurrency.this.notifyAll();
        }
      }
    }

    @Override
    public void close() {
      synchronized (Concurrency.this) {
        inside--;
        mine.set(mine.get() - 1);
        Concurrency.this.notifyAll();
      }
    }
  }

  /**
   * Waits for a place.
   *
   * @throws IllegalStateException if this is closed, or the thread interrupted, meanwhile
   */
  synchronized Place enter() {
    while (!hasRoom()) {
      if (closed) {
        throw new IllegalStateException("closed: nothing is submitted any more");
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted before anything was sent", e);
      }
    }
    return take();
  }

  /** Empty if there is no place now. */
  synchronized Optional<Place> tryEnter() {
    return hasRoom() ? Optional.of(take()) : Optional.empty();
  }

  /** Lets nobody wait any longer. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** How many are let in now. */
  synchronized int limit() {
    return (int) limit;
  }

  private boolean hasRoom() {
    return inside < (int) limit || mine.get() > 0;
  }

  private Place take() {
    inside++;
    mine.set(mine.get() + 1);
    return new Place();
  }
}
