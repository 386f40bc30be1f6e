package io.github.seedance4j.adapter.rest.access;

import io.github.seedance4j.tenant.AccessKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How often each key may call: a bucket that holds a minute's worth and fills up evenly, in this
 * process alone. Thread-safe.
 */
public final class RateLimits {

  private static final double MILLIS = 60_000;

  private final Clock clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /** What was left at a moment. */
  private record Bucket(double left, long at) {}

  public RateLimits(Clock clock) {
    this.clock = clock;
  }

  /** Takes one request from the key's minute; else says how long to wait for the next. */
  Optional<Duration> take(AccessKey key) {
    if (key.requestsPerMinute().isEmpty()) {
      return Optional.empty();
    }
    double most = key.requestsPerMinute().getAsInt();
    long now = clock.millis();
    Duration[] wait = new Duration[1];
    buckets.compute(key.id(), (id, before) -> after(before, most, now, wait));
    return Optional.ofNullable(wait[0]);
  }

  private static Bucket after(@Nullable Bucket before, double most, long now, Duration[] wait) {
    double gained = before == null ? most : Math.max(0, now - before.at) * most / MILLIS;
    double left = Math.min(most, (before == null ? 0 : before.left) + gained);
    if (left >= 1) {
      return new Bucket(left - 1, now);
    }
    wait[0] = Duration.ofMillis((long) Math.ceil((1 - left) * MILLIS / most));
    return new Bucket(left, now);
  }
}
