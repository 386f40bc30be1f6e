package io.github.seedance4j.testkit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long tasks wait, and how long they then run, by the fake's clock. The create always answers
 * {@code queued}; under {@link #IMMEDIATE} the first poll finds the task done. Immutable.
 */
public final class Pace {

  /** Tasks take no time. */
  public static final Pace IMMEDIATE = of(Duration.ZERO, Duration.ZERO);

  private static final Pace PUBLISHED = new Pace("published", Published::draw);

  private final String name;
  private final Draw draw;

  private Pace(String name, Draw draw) {
    this.name = name;
    this.draw = draw;
  }

  /** What one task takes. */
  record Times(Duration queued, Duration running) {}

  @FunctionalInterface
  private interface Draw {
    Times of(Wanted wanted, SplittableRandom random);
  }

  /** The same for each task, a fifth of it in the queue. */
  public static Pace of(Duration whole) {
    Duration queued = whole.dividedBy(5);
    return of(queued, whole.minus(queued));
  }

  /** The same for each task. */
  public static Pace of(Duration queued, Duration running) {
    requireZeroOrMore("queued", queued);
    requireZeroOrMore("running", running);
    Times times = new Times(queued, running);
    return new Pace(queued + " and " + running, (wanted, random) -> times);
  }

  /**
   * Drawn for each task by the fake's seed, from the job times that users of the model have
   * published: 119 to 125 s for clips of 4 s, 275 to 479 s for long ones, taken here as those of 15
   * s. Lengths in between lie in proportion; 480p falls into the lower half of what its length
   * allows, 720p into the upper (which puts the one published figure for 720p, 296 s with two
   * frames and audio, among clips of 10 and 11 s). Others count as the nearest of these.
   *
   * <p>The published times are those of whole jobs; nobody says what share is spent in the queue. A
   * tenth is taken: 11.9 s at least, so that a client that asks every 5 s, as the guide's do, sees
   * a task queued.
   */
  public static Pace published() {
    return PUBLISHED;
  }

  /** What this task takes, the same for the same seed. */
  Times draw(Wanted wanted, long seed) {
    return draw.of(wanted, new SplittableRandom(seed));
  }

  @Override
  public String toString() {
    return "Pace[" + name + "]";
  }

  private static void requireZeroOrMore(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + ": zero or more, not " + value);
    }
  }

  /** The published job times, in seconds. */
  private static final class Published {
    private static final double SHORT = 4;
    private static final double LONG = 15;
    private static final double SHORT_LEAST = 119;
    private static final double SHORT_MOST = 125;
    private static final double LONG_LEAST = 275;
    private static final double LONG_MOST = 479;
    private static final int QUEUED_SHARE = 10;

    static Times draw(Wanted wanted, SplittableRandom random) {
      double seconds = Math.max(SHORT, Math.min(LONG, wanted.seconds().doubleValue()));
      double share = (seconds - SHORT) / (LONG - SHORT);
      double least = SHORT_LEAST + share * (LONG_LEAST - SHORT_LEAST);
      double most = SHORT_MOST + share * (LONG_MOST - SHORT_MOST);
      double half = (wanted.resolution().equals("480p") ? 0 : 1) + random.nextDouble();
      Duration whole = millis(least + half / 2 * (most - least));
      Duration queued = whole.dividedBy(QUEUED_SHARE);
      return new Times(queued, whole.minus(queued));
    }

    private static Duration millis(double seconds) {
      return Duration.ofMillis(
          BigDecimal.valueOf(seconds)
              .movePointRight(3)
              .setScale(0, RoundingMode.HALF_UP)
              .longValueExact());
    }
  }
}
