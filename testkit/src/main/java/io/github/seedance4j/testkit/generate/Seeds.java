package io.github.seedance4j.testkit.generate;

import static java.util.stream.Collectors.joining;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

  private static final long DRAWN = new Random().nextInt(1_000_000);
  private static final int MOST_CHARACTERS = 600;

  /** A description, what was expected and what it was: AssertJ takes a line for each. */
  private static final int FAILURE_LINES = 3;

  private Seeds() {}

  /** What shall hold for whatever is drawn. */
  @FunctionalInterface
  public interface Property<G> {

    /** Throws anything at all where it does not hold. */
    void holds(G drawn) throws Exception;
  }

  /**
   * The seed that was set, if one was, for whoever draws with a generator of his own.
   *
   * @throws IllegalArgumentException if {@link #PROPERTY} is no whole number
   */
  public static OptionalLong chosen() {
    return chosen(System.getProperty(PROPERTY));
  }

  static OptionalLong chosen(@Nullable String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "-D%s: a whole number, such as 4711, not \"%s\"".formatted(PROPERTY, text), e);
    }
  }

  /**
   * The seed of this run: as set, else drawn once.
   *
   * @throws IllegalArgumentException if {@link #PROPERTY} is no whole number
   */
  public static long seed() {
    return chosen().orElse(DRAWN);
  }

  /** A sequence of this run's; each name has its own. */
  public static Random random(String name) {
    return random(seed(), name.hashCode());
  }

  /**
   * Tries a property that often, on drafts.
   *
   * @throws AssertionError naming the seed, the round and what was drawn last, with what the
   *     property threw as its cause
   */
  public static void check(int rounds, Property<Drafts> property) {
    checkDrafts(seed(), rounds, property);
  }

  static void checkDrafts(long seed, int rounds, Property<Drafts> property) {
    AtomicReference<@Nullable Drafts> now = new AtomicReference<>();
    check(
        seed,
        rounds,
        random -> {
          Drafts drafts = new Drafts(random);
          now.set(drafts);
          property.holds(drafts);
        },
        () -> Objects.requireNonNull(now.get()).last());
  }

  /** As {@link #check}, on whatever the property draws itself. */
  public static void checkRandom(int rounds, Property<Random> property) {
    check(seed(), rounds, property);
  }

  static void check(long seed, int rounds, Property<Random> property) {
    check(seed, rounds, property, () -> null);
  }

  private static void check(
      long seed, int rounds, Property<Random> property, Supplier<@Nullable String> drawn) {
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
            "seed %d, round %d; again with -D%s=%d%s: %s"
                .formatted(seed, round, PROPERTY, seed, told(drawn.get()), firstLine(failure)),
            failure);
      }
    }
  }

  private static String told(@Nullable String drawn) {
    return drawn == null ? "" : "; drawn last: " + bounded(drawn.replace("\n", "\\n"));
  }

  /** What a failure says in a line; what AssertJ says in several is one. */
  private static String firstLine(Throwable failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "").strip();
    String line = message.lines().map(String::strip).limit(FAILURE_LINES).collect(joining(" "));
    String type = failure.getClass().getSimpleName();
    return failure instanceof AssertionError && !line.isEmpty()
        ? bounded(line)
        : line.isEmpty() ? type : type + ": " + bounded(line);
  }

  private static String bounded(String text) {
    return text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS) + "… (%d characters)".formatted(text.length());
  }

  /** Neighbours' sequences must not begin alike, as they do where seeds differ by one. */
  private static Random random(long seed, long which) {
    long mixed = seed + which * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return new Random(mixed ^ (mixed >>> 31));
  }
}
