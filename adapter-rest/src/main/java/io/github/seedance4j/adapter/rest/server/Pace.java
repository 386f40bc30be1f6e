package io.github.seedance4j.adapter.rest.server;

import java.time.Duration;

/**
 * Whether a client that we wait for moves bytes fast enough: over each whole window of waiting, at
 * least the rate. A moment in which we don't wait for it clears it, so that a pause of our own is
 * nobody's fault. For one thread.
 */
final class Pace {

  private final long window;
  private final long least;
  private boolean waiting;
  private long since;
  private long from;

  Pace(Duration window, int bytesPerSecond) {
    this.window = window.toNanos();
    this.least = Math.max(1, (long) (bytesPerSecond * (this.window / 1e9)));
  }

  /**
   * One look.
   *
   * @param waits whether we wait for the client at this moment
   * @param bytes how many have moved since the connection opened
   * @param now nanoseconds of the machine's clock
   * @return true if it is too slow
   */
  boolean tooSlow(boolean waits, long bytes, long now) {
    if (!waits || !waiting) {
      waiting = waits;
      since = now;
      from = bytes;
      return false;
    }
    if (now - since < window) {
      return false;
    }
    boolean slow = bytes - from < least;
    since = now;
    from = bytes;
    return slow;
  }
}
