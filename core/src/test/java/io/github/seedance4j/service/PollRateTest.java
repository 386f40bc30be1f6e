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

  @Test
  void letsNoMoreAskThanMayThoughAllComeLateAtOnce() {
    PollRate rate = new PollRate(4);
    Instant late = NOON.plusSeconds(60);
    for (int i = 0; i < 4; i++) {
      assertThat(rate.ask(late.plusMillis(i))).isEqualTo(late.plusMillis(i));
    }

    assertThat(rate.ask(late.plusMillis(900))).isEqualTo(late.plusMillis(1_000));
    assertThat(rate.ask(late.plusMillis(900))).isEqualTo(late.plusMillis(1_250));
    assertThat(rate.ask(late.plusMillis(1_000))).isEqualTo(late.plusMillis(1_000));
  }

  @Test
  void letsAskLessOftenThanOnceASecond() {
    PollRate rate = new PollRate(0.5);

    assertThat(rate.ask(NOON)).isEqualTo(NOON);
    assertThat(rate.ask(NOON.plusMillis(1_999))).isEqualTo(NOON.plusSeconds(2));
    assertThat(rate.ask(NOON.plusSeconds(2))).isEqualTo(NOON.plusSeconds(2));
  }

  @Test
  void letsEverybodyAskWithoutALimit() {
    PollRate rate = new PollRate(Double.POSITIVE_INFINITY);

    assertThat(rate.ask(NOON)).isEqualTo(NOON);
    assertThat(rate.ask(NOON)).isEqualTo(NOON);
  }
}
