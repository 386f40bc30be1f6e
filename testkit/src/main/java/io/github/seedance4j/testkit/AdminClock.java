package io.github.seedance4j.testkit;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fake's clock as the admin path shows and moves it. Thread-safe. */
final class AdminClock {

  private static final BigDecimal FURTHEST_SECONDS = BigDecimal.valueOf(100L * 365 * 86_400);
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9000-01-01T00:00:00Z");

  private final Clock clock;

  AdminClock(Clock clock) {
    this.clock = clock;
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("now", clock.instant().toString());
    tree.put("movable", clock instanceof SettableClock);
    return tree;
  }

  /**
   * @throws IllegalArgumentException if it says anything but where to move to
   */
  void move(Map<?, ?> asked) {
    if (!(clock instanceof SettableClock settable)) {
      throw new IllegalArgumentException(
          "The clock can't be moved: this fake was started with one that can't be set");
    }
    if (asked.size() != 1) {
      throw new IllegalArgumentException(
          "The body: {\"advance\": SECONDS} or {\"set\": \"2026-11-01T00:00:00Z\"}");
    }
    if (asked.get("advance") instanceof BigDecimal seconds) {
      // in this order: the absolute of a number with a huge exponent is cheap, its millis are not
      if (seconds.abs().compareTo(FURTHEST_SECONDS) > 0
          || seconds.stripTrailingZeros().scale() > 3) {
        throw new IllegalArgumentException(
            "advance: seconds, to the millisecond, a hundred years at most, not " + seconds);
      }
      Duration by = Duration.ofMillis(seconds.movePointRight(3).longValueExact());
      requirePlausible("advance", settable.instant().plus(by));
      settable.advance(by);
    } else if (asked.get("set") instanceof String text) {
      settable.set(requirePlausible("set", instant(text)));
    } else {
      throw new IllegalArgumentException(
          "advance: a number of seconds; set: an instant such as 2026-11-01T00:00:00Z; not "
              + asked);
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "set: an instant such as 2026-11-01T00:00:00Z, not " + text, e);
    }
  }

  private static Instant requirePlausible(String name, Instant to) {
    if (to.isBefore(FIRST) || to.isAfter(LAST)) {
      throw new IllegalArgumentException(name + ": from 1970 to 9000, not " + to);
    }
    return to;
  }
}
