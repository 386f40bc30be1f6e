package io.github.seedance4j.service;

import java.time.Duration;
import java.time.Instant;

/** Hands out the moments at which tasks may be asked for, so that they are never too many. */
final class PollRate {

  private final Duration between;
  private Instant next = Instant.MIN;

  PollRate(double perSecond) {
    between = Duration.ofNanos((long) (1_000_000_000L / perSecond));
  }

  /** The first free moment from now on, which is taken with that. */
  synchronized Instant reserve(Instant now) {
    Instant slot = next.isAfter(now) ? next : now;
    next = slot.plus(between);
    return slot;
  }
}
