package io.github.seedance4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PollRateTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void spacesQuestionsOutEvenly() {
    PollRate rate = new PollRate(4);

    assertThat(rate.reserve(NOON)).isEqualTo(NOON);
    assertThat(rate.reserve(NOON)).isEqualTo(NOON.plusMillis(250));
    assertThat(rate.reserve(NOON.plusMillis(100))).isEqualTo(NOON.plusMillis(500));
  }

  @Test
  void savesNothingUpForLater() {
    PollRate rate = new PollRate(4);
    rate.reserve(NOON);
    Instant later = NOON.plusSeconds(60);

    assertThat(rate.reserve(later)).isEqualTo(later);
    assertThat(rate.reserve(later)).isEqualTo(later.plusMillis(250));
  }

  @Test
  void holdsNobodyUpWithoutALimit() {
    PollRate rate = new PollRate(Double.POSITIVE_INFINITY);

    assertThat(rate.reserve(NOON)).isEqualTo(NOON);
    assertThat(rate.reserve(NOON)).isEqualTo(NOON);
  }
}
