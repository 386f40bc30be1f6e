package io.github.seedance4j.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Wait and try again: what failed was harmless to repeat. Never thrown for a create call that may
 * have left.
 */
public sealed class RetryLaterException extends SeedanceException permits StillRunningException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  public RetryLaterException(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** When the provider asked us to come back, capped. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
