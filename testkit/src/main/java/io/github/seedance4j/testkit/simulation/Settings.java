package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.pricing.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run is about, drawn before it begins.
 *
 * @param caps those that each instance brings along
 * @param chargesFailures whether the provider charges tasks that make no clip
 * @param linkLife how long a link to a clip is good
 */
record Settings(
    int instances,
    int actions,
    Duration lease,
    List<Budget> caps,
    boolean chargesFailures,
    Duration linkLife,
    Weather weather) {

  static Settings drawn(Chance chance) {
    List<Budget> caps = new ArrayList<>();
    if (chance.of(0.4)) {
      caps.add(Budget.perDay(dollars(chance.between(3, 12))));
    }
    if (chance.of(0.15)) {
      caps.add(Budget.ever(dollars(chance.between(2, 6))).forLabel("acme"));
    }
    return new Settings(
        chance.between(1, 3),
        chance.between(10, 45),
        Duration.ofSeconds(chance.of(0.5) ? 30 : 12),
        List.copyOf(caps),
        chance.of(0.5),
        chance.of(0.7) ? Duration.ofHours(24) : Duration.ofSeconds(20),
        Weather.drawn(chance));
  }

  static Money dollars(int amount) {
    return Money.usd(amount + ".00");
  }
}
