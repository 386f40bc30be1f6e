package io.github.seedance4j.adapter.rest.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace(Duration.ofSeconds(10), 100);

  private boolean at(long seconds, boolean waiting, long bytes) {
    return pace.tooSlow(waiting, bytes, TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void cutsADripAfterOneWindow() {
    assertThat(at(0, true, 0)).isFalse();
    assertThat(at(9, true, 9)).isFalse();
    assertThat(at(10, true, 999)).isTrue();
  }

  @Test
  void letsTheRateItselfGoOn() {
    for (int second = 0; second <= 100; second++) {
      assertThat(at(second, true, second * 100L)).isFalse();
    }
  }

  @Test
  void cutsAStallAfterABurstWithinTwoWindows() {
    assertThat(at(0, true, 0)).isFalse();
    assertThat(at(10, true, 1_000_000)).isFalse();
    assertThat(at(20, true, 1_000_000)).isTrue();
  }

  @Test
  void forgetsWhatWasBeforeAPauseOfOurOwn() {
    assertThat(at(0, true, 0)).isFalse();
    assertThat(at(9, false, 0)).isFalse();
    assertThat(at(500, true, 0)).isFalse();
    assertThat(at(509, true, 0)).isFalse();
    assertThat(at(510, true, 0)).isTrue();
  }
}
