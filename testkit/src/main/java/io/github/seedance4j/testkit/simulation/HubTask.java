package io.github.seedance4j.testkit.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * A task at the provider: all that becomes of it is decided when it is made.
 *
 * @param digest of the bytes that asked for it
 * @param ours whether its charge is in our ledger
 * @param knownFrom before then, the provider says that it knows no such task
 * @param runsFrom when it leaves its queue
 * @param endsAt when it ends
 * @param oddWord whether it is in a state that nobody has heard of while it runs
 * @param charged whether it is charged although there is no clip
 */
record HubTask(
    String id,
    String digest,
    Order order,
    boolean ours,
    Instant knownFrom,
    Instant runsFrom,
    Instant endsAt,
    Fate fate,
    boolean oddWord,
    boolean charged) {

  enum Fate {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    EXPIRED
  }

  static HubTask drawn(World world, String id, String digest, Order order, boolean ours) {
    Chance chance = world.chance;
    Instant now = world.now();
    double trouble = world.weather().poll();
    Duration unknown =
        chance.of(trouble / 3) ? chance.seconds(1, chance.of(0.2) ? 1200 : 200) : Duration.ZERO;
    Instant runs = now.plus(chance.seconds(0, 60));
    Instant ends = runs.plus(chance.seconds(20, chance.of(0.1) ? 3000 : 300));
    Fate fate =
        switch (chance.weighted(80, 10, 5, 5)) {
          case 0 -> Fate.SUCCEEDED;
          case 1 -> Fate.FAILED;
          case 2 -> Fate.CANCELLED;
          default -> Fate.EXPIRED;
        };
    return new HubTask(
        id,
        digest,
        order,
        ours,
        now.plus(unknown),
        runs,
        ends,
        fate,
        chance.of(trouble / 3),
        fate == Fate.SUCCEEDED || world.settings.chargesFailures());
  }

  boolean hasEnded(Instant now) {
    return !now.isBefore(endsAt);
  }

  /** In millionths of a dollar: what was asked for until it ends, the real length from then on. */
  long cost(Instant now) {
    if (!ours) {
      return 0;
    }
    if (!hasEnded(now)) {
      return order.firstCharge();
    }
    if (!charged) {
      return 0;
    }
    return fate == Fate.SUCCEEDED ? order.lastCharge() : order.firstCharge();
  }

  /** What is in its clip. */
  String content() {
    return Order.digest("the clip of " + id);
  }

  int bytes() {
    return 1000 + order.seconds();
  }
}
