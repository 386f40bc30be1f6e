package io.github.seedance4j.service;

import io.github.seedance4j.job.SubmissionOutcome;

/**
 * How many create calls are under way at once: half as many after the provider said 429, one more
 * after each round that it took. A thread that is inside already may enter again.
 */
final class Concurrency {

  private final int most;
  private double limit;
  private int inside;
  private int sinceCut;
  private boolean closed;
  private final ThreadLocal<Integer> mine = ThreadLocal.withInitial(() -> 0);

  Concurrency(int most) {
    this.most = most;
    this.limit = most;
  }

  /**
   * Waits for a place.
   *
   * @throws IllegalStateException if it closes, or the thread is interrupted, meanwhile
   */
  synchronized void enter() {
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
    take();
  }

  /** False if there is no place now. */
  synchronized boolean tryEnter() {
    if (!hasRoom()) {
      return false;
    }
    take();
    return true;
  }

  /** Gives the place back, unused. */
  synchronized void leave() {
    inside--;
    mine.set(mine.get() - 1);
    notifyAll();
  }

  /** Learns from what a create call came to. */
  synchronized void learn(SubmissionOutcome outcome) {
    sinceCut++;
    if (outcome instanceof SubmissionOutcome.Throttled) {
      if (sinceCut >= inside) { // calls of the same wave say the same thing once
        limit = Math.max(1, Math.min(limit, inside) / 2);
        sinceCut = 0;
      }
    } else if (outcome instanceof SubmissionOutcome.Submitted) {
      limit = Math.min(most, limit + 1 / limit);
      notifyAll();
    }
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

  private void take() {
    inside++;
    mine.set(mine.get() + 1);
  }
}
