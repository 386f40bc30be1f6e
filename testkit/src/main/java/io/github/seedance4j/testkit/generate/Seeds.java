package io.github.seedance4j.testkit.generate;

import java.util.Random;

/**
 * Holds a property to many random values. Every run draws another seed; a failure tells it, and
 * {@code -Dseedance4j.seed=4711} draws the same values again. Each round has a sequence of its own,
 * so what one round draws changes nothing for the next. Thread-safe.
 *
 * <pre>{@code
 * Seeds.check(1_000, drafts -> assertThat(rules.judge(drafts.valid()).violations()).isEmpty());
 * }</pre>
 */
public final class Seeds {

  /** The system property that sets the seed. */
  public static final String PROPERTY = "seedance4j.seed";

  private static final long OF_THIS_RUN = Long.getLong(PROPERTY, new Random().nextInt(1_000_000));

  private Seeds() {}

  /** What shall hold for whatever is drawn. */
  @FunctionalInterface
  public interface Property<G> {

    /** Throws anything at all where it does not hold. */
    void holds(G drawn) throws Exception;
  }

  /** The seed of this run: as set, else drawn once. */
  public static long seed() {
    return OF_THIS_RUN;
  }

  /** A sequence of this run's; each name has its own. */
  public static Random random(String name) {
    return random(OF_THIS_RUN, name.hashCode());
  }

  /**
   * Tries a property that often, on drafts.
   *
   * @throws AssertionError naming the seed and the round, with what the property threw as its cause
   */
  public static void check(int rounds, Property<Drafts> property) {
    check(OF_THIS_RUN, rounds, random -> property.holds(new Drafts(random)));
  }

  /** As {@link #check}, on whatever the property draws itself. */
  public static void checkRandom(int rounds, Property<Random> property) {
    check(OF_THIS_RUN, rounds, property);
  }

  static void check(long seed, int rounds, Property<Random> property) {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds: at least 1, not " + rounds);
    }
    for (int round = 1; round <= rounds; round++) {
      try {
        property.holds(random(seed, round));
      } catch (Throwable failure) { // a deep tree may end in a StackOverflowError
        if (failure instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        throw new AssertionError(
            "seed %d, round %d; again with -D%s=%d".formatted(seed, round, PROPERTY, seed),
            failure);
      }
    }
  }

  /** Neighbours' sequences must not begin alike, as they do where seeds differ by one. */
  private static Random random(long seed, long which) {
    long mixed = seed + which * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return new Random(mixed ^ (mixed >>> 31));
  }
}
