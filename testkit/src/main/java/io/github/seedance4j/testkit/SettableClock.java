package io.github.seedance4j.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that can be moved, so that a wait of twenty minutes takes none: one that stands still in
 * between ({@link #at}), or one that goes on by itself ({@link #running()}). Thread-safe. Clocks
 * made by {@link #withZone} move together with the one they were made from.
 *
 * <p>It can be moved back, too: a fake's tasks that have ended are running again then, and its
 * ledger's times run backwards. Over HTTP the fake refuses that.
 */
public final class SettableClock extends Clock {

  private final Clock base;
  private final AtomicReference<Duration> ahead;
  private final ZoneId zone;

  private SettableClock(Clock base, AtomicReference<Duration> ahead, ZoneId zone) {
    this.base = base;
    this.ahead = ahead;
    this.zone = zone;
  }

  /** A clock in UTC that shows this instant until it is moved. */
  public static SettableClock at(Instant now) {
    return running(Clock.fixed(Objects.requireNonNull(now, "now"), ZoneOffset.UTC));
  }

  /** A clock in UTC that shows the system's time, and goes on with it wherever it is moved. */
  public static SettableClock running() {
    return running(Clock.systemUTC());
  }

  /** A clock that shows the time of that one, and goes on with it wherever it is moved. */
  public static SettableClock running(Clock base) {
    return new SettableClock(base, new AtomicReference<>(Duration.ZERO), base.getZone());
  }

  /** Moves on, or back by a negative duration. */
  public void advance(Duration by) {
    ahead.updateAndGet(before -> before.plus(by));
  }

  /** Shows this instant now. */
  public void set(Instant to) {
    ahead.set(Duration.between(base.instant(), to));
  }

  /** How far it was moved from the clock that it goes on with; negative if it is behind. */
  public Duration ahead() {
    return Objects.requireNonNull(ahead.get());
  }

  @Override
  public Instant instant() {
    return base.instant().plus(ahead());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public SettableClock withZone(ZoneId other) {
    return new SettableClock(base, ahead, Objects.requireNonNull(other, "other"));
  }

  @Override
  public String toString() {
    return "SettableClock[" + instant() + "," + zone + "]";
  }
}
