package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SettableClockTest {

  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

  private final SettableClock clock = SettableClock.at(NOON);

  @Test
  void standsStillUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(NOON);
    clock.advance(Duration.ofMinutes(20));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(1_200));
    clock.advance(Duration.ofMinutes(-20));
    assertThat(clock.instant()).isEqualTo(NOON);
    clock.set(NOON.minusSeconds(1));
    assertThat(clock.millis()).isEqualTo(NOON.minusSeconds(1).toEpochMilli());
  }

  @Test
  void movesTogetherWithItsTwinInAnotherZone() {
    SettableClock paris = clock.withZone(ZoneId.of("Europe/Paris"));
    clock.advance(Duration.ofDays(1));

    assertThat(paris.instant()).isEqualTo(clock.instant());
    assertThat(paris.getZone()).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
  }

  @Test
  void goesOnByItselfWhereverItIsMoved() {
    SettableClock system = SettableClock.at(NOON);
    SettableClock running = SettableClock.running(system);

    system.advance(Duration.ofSeconds(1));
    assertThat(running.instant()).isEqualTo(NOON.plusSeconds(1));
    running.advance(Duration.ofDays(1));
    assertThat(running.ahead()).isEqualTo(Duration.ofDays(1));
    system.advance(Duration.ofSeconds(1));
    assertThat(running.instant()).isEqualTo(NOON.plusSeconds(86_402));
    running.set(NOON);
    system.advance(Duration.ofSeconds(5));
    assertThat(running.instant()).isEqualTo(NOON.plusSeconds(5));
    assertThat(running).hasToString("SettableClock[2026-11-02T12:00:05Z,Z]");
  }

  @Test
  void showsTheSystemsTimeUnlessItIsMoved() {
    Instant before = Instant.now();

    assertThat(SettableClock.running().instant()).isBetween(before, Instant.now());
  }
}
