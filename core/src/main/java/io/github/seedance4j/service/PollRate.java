package io.github.seedance4j.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Hands out the moments at which tasks may be asked for, so that they are never too many; and looks
 * again when one is about to be, since a machine that was busy would do late all at once.
 */
final class PollRate {

  private static final double NANOS_IN_SECOND = 1_000_000_000;

  private final Duration between;
  private final int most;
  private final Duration window;
  private final Queue<Instant> asked = new ArrayDeque<>();
  private Instant next = Instant.MIN;
  private Instant back = Instant.MIN;

  PollRate(double perSecond) {
    between = Duration.ofNanos((long) (NANOS_IN_SECOND / perSecond));
    most = (int) Math.max(1, Math.min(perSecond, Integer.MAX_VALUE));
    window = Duration.ofNanos((long) (NANOS_IN_SECOND * most / perSecond));
  }

  /** The first free moment from now on, which is taken with that. */
  synchronized Instant reserve(Instant now) {
    Instant slot = next.isAfter(now) ? next : now;
    next = slot.plus(between);
    return slot;
  }

  /**
   * The same moment if there is room for a question now, which is taken with that; else when to
   * come back, each who does at another moment.
   */
  synchronized Instant ask(Instant now) {
    if (between.isZero()) {
      return now;
    }
    while (!asked.isEmpty() && !asked.element().plus(window).isAfter(now)) {
      asked.remove();
    }
    if (asked.size() < most) {
      asked.add(now);
      return now;
    }
    Instant room = asked.element().plus(window);
    Instant again = back.isAfter(room) ? back : room;
    back = again.plus(between);
    return again;
  }
}
