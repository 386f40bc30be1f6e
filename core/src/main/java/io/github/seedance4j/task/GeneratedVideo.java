package io.github.seedance4j.task;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a succeeded task offers. Every part may be missing: a success without a URL has been seen.
 *
 * @param url where the clip is, signed and good for about a day; a secret as long as it lives
 * @param coverUrl a still picture, which only TokenHub offers
 * @param reportedSeconds the provider's own figure, in whole seconds
 */
public record GeneratedVideo(
    @Nullable String url, @Nullable String coverUrl, @Nullable BigDecimal reportedSeconds) {

  /** Leaves the URLs out: they are signed, so whoever has one has the clip. */
  @Override
  public String toString() {
    return "GeneratedVideo[" + (url == null ? "no url" : "url") + ", " + reportedSeconds + " s]";
  }
}
