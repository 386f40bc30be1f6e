package io.github.seedance4j.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.seedance4j.request.Rule;
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
        .hasMessage(
            "seed 4711, round 17; again with -Dseedance4j.seed=4711: IllegalStateException: not so")
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
  void showsWhatWasDrawnLastAndTheFailureInOneLine() {
    assertThatThrownBy(
            () ->
                Seeds.checkDrafts(
                    4711,
                    10,
                    drafts -> {
                      drafts.tree();
                      assertThat(drafts.valid().prompt()).as("the prompt").isNull();
                    }))
        .hasMessageMatching(
            "seed 4711, round 1; again with -Dseedance4j.seed=4711; drawn last:"
                + " \\{.*\"model\":\"doubao-seedance-2.0.*\\}: \\[the prompt] expected: null but was: .*");
    assertThatThrownBy(
            () ->
                Seeds.checkDrafts(4711, 1, drafts -> fail(drafts.broken(Rule.FIELD_UNKNOWN) + "!")))
        .hasMessageContaining("; drawn last: BrokenDraft[tree={model=")
        .hasMessageContaining(", rule=FIELD_UNKNOWN]: ");
  }

  @Test
  void boundsWhatItShows() {
    assertThatThrownBy(
            () -> Seeds.checkRandom(1, random -> fail("x".repeat(100_000) + "\nand more")))
        .message()
        .hasSizeLessThan(800)
        .endsWith("… (100009 characters)");
    assertThatThrownBy(
            () ->
                Seeds.checkRandom(
                    1,
                    random -> {
                      throw new StackOverflowError();
                    }))
        .hasMessageEndingWith(": StackOverflowError");
  }

  @Test
  void takesAWholeNumberForASeedAndNothingElse() {
    assertThat(Seeds.chosen(null)).isEmpty();
    assertThat(Seeds.chosen(" -4711 ")).hasValue(-4711);
    assertThatThrownBy(() -> Seeds.chosen("abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-Dseedance4j.seed: a whole number, such as 4711, not \"abc\"");
  }

  @Test
  void refusesToTryNothing() {
    assertThatThrownBy(() -> Seeds.checkRandom(0, random -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rounds: at least 1, not 0");
  }
}
