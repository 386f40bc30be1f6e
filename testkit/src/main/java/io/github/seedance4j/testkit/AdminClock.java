package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fake's clock as the admin path shows and moves it: forward only, for a task's state is a
 * function of the time, and one that was told to have succeeded would be queued again. Thread-safe.
 */
final class AdminClock {

  private static final BigDecimal FURTHEST_SECONDS = BigDecimal.valueOf(100L * 365 * 86_400);
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
   * @throws IllegalArgumentException if it says anything but where to move on to
   */
  synchronized void move(Map<?, ?> asked) {
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
            "advance: seconds, to the millisecond, a hundred years at most, not "
                + JsonWriter.write(seconds));
      }
      Duration by = Duration.ofMillis(seconds.movePointRight(3).longValueExact());
      advance("advance", settable, by);
    } else if (asked.get("set") instanceof String text) {
      advance("set", settable, Duration.between(settable.instant(), instant(text)));
    } else {
      throw new IllegalArgumentException(
          "advance: a number of seconds; set: an instant such as 2026-11-01T00:00:00Z; not "
              + JsonWriter.write(asked));
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "set: an instant such as 2026-11-01T00:00:00Z, not " + JsonWriter.write(text), e);
    }
  }

  private static void advance(String name, SettableClock clock, Duration by) {
    Instant now = clock.instant();
    if (by.isNegative()) {
      throw new IllegalArgumentException(
          name
              + ": the clock goes forward only, or tasks that have ended would be running again;"
              + " it is "
              + now
              + " now, and that would be "
              + now.plus(by));
    }
    if (now.plus(by).isAfter(LAST)) {
      throw new IllegalArgumentException(name + ": up to 9000, not " + now.plus(by));
    }
    clock.advance(by);
  }
}
