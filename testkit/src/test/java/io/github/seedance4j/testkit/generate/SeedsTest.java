package io.github.seedance4j.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {

  private static List<Long> drawn(long seed) {
    List<Long> drawn = new ArrayList<>();
    Seeds.check(seed, 50, random -> drawn.add(random.nextLong()));
    return drawn;
  }

  @Test
  void drawsTheSameFromTheSameSeed() {
    assertThat(drawn(4711)).isEqualTo(drawn(4711)).doesNotContainAnyElementsOf(drawn(4712));
    assertThat(new HashSet<>(drawn(4711))).hasSize(50);
  }

  @Test
  void beginsNoTwoRoundsAlike() {
    List<Integer> first = new ArrayList<>();
    Seeds.check(1, 400, random -> first.add(random.nextInt(4)));
    for (int side = 0; side < 4; side++) {
      int number = side;
      assertThat(first.stream().filter(drawn -> drawn == number)).hasSizeBetween(60, 140);
    }
  }

  @Test
  void tellsTheSeedAndTheRoundOfAFailure() {
    IllegalStateException cause = new IllegalStateException("not so");
    List<Integer> rounds = new ArrayList<>();

    assertThatThrownBy(
            () ->
                Seeds.check(
                    4711,
                    100,
                    random -> {
                      rounds.add(rounds.size() + 1);
                      if (rounds.size() == 17) {
                        throw cause;
                      }
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("seed 4711, round 17; again with -Dseedance4j.seed=4711")
        .hasCause(cause);
    assertThat(rounds).hasSize(17);
  }

  @Test
  void findsWhatHoldsForMostOnly() {
    assertThatThrownBy(
            () ->
                Seeds.check(
                    2_000,
                    drafts -> assertThat(drafts.valid().videoDurations()).hasSizeLessThan(3)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("seed " + Seeds.seed() + ", round ");
  }

  @Test
  void refusesToTryNothing() {
    assertThatThrownBy(() -> Seeds.checkRandom(0, random -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rounds: at least 1, not 0");
  }
}
