package io.github.seedance4j.adapter.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {

  private static String wrapped(String text, int columns) {
    return Paragraph.wrapped(text, columns, 2, "seedance");
  }

  @Test
  void breaksBetweenWordsAndIndentsWhatFollows() {
    assertThat(wrapped("error: one two three four five six", 20))
        .isEqualTo("error: one two three\n  four five six");
    assertThat(wrapped("  [code] one two three four five six", 24))
        .isEqualTo("  [code] one two three\n    four five six");
  }

  @Test
  void leavesWhatFitsAndWhereNobodyKnowsAsItIs() {
    assertThat(wrapped("one two\n\nthree four\n", 20)).isEqualTo("one two\n\nthree four\n");
    assertThat(wrapped("\none", 20)).isEqualTo("\none");
    assertThat(wrapped("one two three four five", 0)).isEqualTo("one two three four five");
  }

  @Test
  void breaksNoCommand() {
    assertThat(wrapped("To fetch it: seedance wait job-1234567890 --now", 24))
        .isEqualTo("To fetch it:\n  seedance wait job-1234567890 --now");
    assertThat(wrapped("  seedance resolve job-1234567890 --resubmit", 24))
        .isEqualTo("  seedance resolve job-1234567890 --resubmit");
    assertThat(wrapped("start one that stays: 'seedance sandbox'", 24))
        .isEqualTo("start one that stays:\n  'seedance sandbox'");
  }

  @Test
  void keepsWordsThatAreLongerThanALine() {
    assertThat(wrapped("see /a/very/long/path/to/somewhere now", 20))
        .isEqualTo("see\n  /a/very/long/path/to/somewhere\n  now");
  }

  @Test
  void countsCharactersThatTakeTwoColumns() {
    assertThat(wrapped("提示词太长 请缩短 再试一次", 20)).isEqualTo("提示词太长 请缩短\n  再试一次");
  }
}
