package io.github.seedance4j.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaptionLayoutTest {

  private static final int TEN_COLUMNS = 10 * CaptionLayout.ADVANCE;
  private static final int PLENTY = 10_000;

  @Test
  void wrapsBetweenWords() {
    CaptionLayout layout = fit(PLENTY, "task-1", "a dog runs on the beach", "5 s");
    assertThat(layout.heading()).containsExactly("task-1");
    assertThat(layout.body()).containsExactly("a dog runs", "on the", "beach", "5 s");
  }

  @Test
  void breaksWordsLongerThanALine() {
    assertThat(fit(PLENTY, "is 0123456789abcdef it").heading())
        .containsExactly("is", "0123456789", "abcdef it");
  }

  @Test
  void cutsWhatDoesNotFit() {
    int threeLines = 3 * CaptionLayout.LINE_PITCH + CaptionLayout.RULE_PITCH;
    CaptionLayout layout = fit(threeLines, "task-1", "one two three four five six seven");
    assertThat(layout.body()).containsExactly("one two", "three f...");
    assertThat(layout.height()).isLessThanOrEqualTo(threeLines);
  }

  @Test
  void cutsTheHeadingWhereNothingElseFits() {
    assertThat(fit(CaptionLayout.LINE_PITCH, "a task with a name", "a prompt"))
        .isEqualTo(new CaptionLayout(1, List.of("a task..."), List.of()));
    assertThat(fit(3, "task-1", "a prompt")).isEqualTo(new CaptionLayout(1, List.of(), List.of()));
  }

  @Test
  void takesTheLargestSizeThatFitsWithoutBreakingWords() {
    assertThat(CaptionLayout.fit(List.of("12345"), TEN_COLUMNS, PLENTY, 3).scale()).isEqualTo(2);
    assertThat(CaptionLayout.fit(List.of("123456"), TEN_COLUMNS, PLENTY, 3).scale()).isEqualTo(1);
    assertThat(CaptionLayout.fit(List.of("123"), TEN_COLUMNS, PLENTY, 3).scale()).isEqualTo(3);
  }

  @Test
  void drawsWhatTheFontLacksAsTheNearestCharacterOrABox() {
    assertThat(fit(PLENTY, "caf\u00e9\t\u201cx\u201d").heading()).containsExactly("cafe \"x\"");
    assertThat(fit(PLENTY, "a\u2014b\u2026\uff01").heading()).containsExactly("a-b...!");
    String box = String.valueOf(BitmapFont.BOX);
    assertThat(fit(PLENTY, "\u6d77\u6ee9 \ud83d\udc15\ufe0f").heading())
        .containsExactly(box + box + " " + box);
  }

  private static CaptionLayout fit(int height, String... caption) {
    return CaptionLayout.fit(List.of(caption), TEN_COLUMNS, height, 1);
  }
}
