package io.github.seedance4j.testkit.live;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a signed link tells of itself without being used: its host, and how long it lives. Nothing
 * else of it may be kept.
 *
 * @param host without port; empty where it has none
 * @param life from its signature, or from now where it names but an end; empty where it tells none
 */
record SignedLink(String host, Optional<Duration> life) {

  private static final long LATER_THAN_ANY_LENGTH = 1_000_000_000L;

  static SignedLink of(String url, Instant now) {
    try {
      URI uri = new URI(url);
      String query = uri.getRawQuery();
      return new SignedLink(
          uri.getHost() == null ? "" : uri.getHost(),
          query == null ? Optional.empty() : life(query, now));
    } catch (URISyntaxException e) {
      return new SignedLink("", Optional.empty());
    }
  }

  /**
   * {@code X-Tos-Expires}, {@code X-Amz-Expires} and their like in seconds, or an end since 1970.
   */
  private static Optional<Duration> life(String query, Instant now) {
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      String name = parts[0].toLowerCase(Locale.ROOT);
      boolean about = name.equals("expires") || name.endsWith("-expires");
      if (about && parts.length == 2 && parts[1].matches("[0-9]{1,12}")) {
        long number = Long.parseLong(parts[1]);
        return Optional.of(
            number < LATER_THAN_ANY_LENGTH
                ? Duration.ofSeconds(number)
                : Duration.ofSeconds(number - now.getEpochSecond()));
      }
    }
    return Optional.empty();
  }
}
