package io.github.seedance4j.service;

import java.util.function.Supplier;

/** Lets create calls through until it is closed, and knows when the last one is out. */
final class Gate {

  private int inside;
  private boolean closed;
  private final ThreadLocal<Integer> mine = ThreadLocal.withInitial(() -> 0);

  /**
   * Runs a create call.
   *
   * @throws IllegalStateException if the gate is closed
   */
  <T> T pass(Supplier<T> call) {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("closed: nothing is submitted any more");
      }
      inside++;
    }
    mine.set(mine.get() + 1);
    try {
      return call.get();
    } finally {
      mine.set(mine.get() - 1);
      synchronized (this) {
        inside--;
        notifyAll();
      }
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Closes it and waits for those inside, even when interrupted: a cut call is an unknown outcome.
   */
  synchronized void closeAndDrain() {
    closed = true;
    boolean interrupted = false;
    int own = mine.get(); // closed by a listener: it would wait for itself
    while (inside > own) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
