package io.github.seedance4j.adapter.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After}: whole seconds or an HTTP date. We read it ourselves because the client
 * would sleep on it, with a connection in its hands.
 */
final class RetryAfter {

  /** More digits than this are beyond every cap. */
  private static final int DIGITS = 9;

  private RetryAfter() {}

  /** What an answer asks for, capped as the options say; null where it asks for nothing usable. */
  static @Nullable Duration of(HttpResponse response, HttpOptions options) {
    String header = Headers.text(response, HttpHeaders.RETRY_AFTER);
    return parse(header, options.clock().instant(), options.maxRetryAfter()).orElse(null);
  }

  /** Empty for what is absent, negative or nonsense; a moment gone by is zero. */
  static Optional<Duration> parse(@Nullable String header, Instant now, Duration cap) {
    if (header == null || header.isBlank()) {
      return Optional.empty();
    }
    String text = header.strip();
    Duration wait;
    if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      wait = text.length() > DIGITS ? cap : Duration.ofSeconds(Long.parseLong(text));
    } else {
      Instant moment = DateUtils.parseStandardDate(text);
      if (moment == null) {
        return Optional.empty();
      }
      wait = Duration.between(now, moment);
    }
    if (wait.isNegative()) {
      return Optional.of(Duration.ZERO);
    }
    return Optional.of(wait.compareTo(cap) > 0 ? cap : wait);
  }
}
