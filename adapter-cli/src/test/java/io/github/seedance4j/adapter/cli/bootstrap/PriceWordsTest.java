package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of money: to people in cents, rounded up, and of what kind a figure is. */
class PriceWordsTest {

  @TempDir Path directory;

  private CommandRun.Result generate(FakeTokenHub hub, String... more) {
    String[] words = new String[more.length + 3];
    words[0] = "generate";
    System.arraycopy(more, 0, words, 1, more.length);
    words[more.length + 1] = "-o";
    words[more.length + 2] = "c.mp4";
    return CommandRun.in(directory).against(hub).run(words);
  }

  @Test
  void saysHowTheCostIsKnown() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run = generate(hub, "a cat", "-d", "10", "--yes");

      assertThat(run.err())
          .containsPattern("\\nDone: 10.042 s, \\d+ kB, 2.01 USD as computed from its length\\n");
    }
  }

  @Test
  void saysThatItIsAtMostWhereALengthWasNotDeclared() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          generate(hub, "a cat", "--video", "https://example.com/a.mp4", "--yes");

      assertThat(run.err()).containsPattern("\\nDone: 5.042 s, \\d+ kB, at most 4.0\\d USD\\n");
    }
  }

  @Test
  void leavesExactAmountsToPrograms() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run = generate(hub, "a cat", "--yes", "--json");

      assertThat(run.out()).containsPattern("\"amount\":\"1\\.008\\d+\"");
    }
  }

  @Test
  void comparesWithWhatIsHeldWhereThePromptMayAskForMore() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result dear = generate(hub, "a cat --dur 15", "--max-cost", "1.00");
      CommandRun.Result asked = generate(hub, "a cat --dur 15");

      assertThat(dear.exit()).isEqualTo(8);
      assertThat(dear.err())
          .containsPattern("  price +up to 3\\.\\d\\d USD  ")
          .containsPattern("error: it may cost 3\\.\\d\\d USD, more than --max-cost 1.00\\n");
      assertThat(asked.err()).containsPattern("agree to up to 3\\.\\d\\d USD: add --yes");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void saysWhatALimitIsComparedWith() {
    assertThat(CommandRun.in(directory).run("generate", "--help").out().replaceAll("\\s+", " "))
        .contains(
            "send nothing if its quote is more than that. Clips come out about a frame longer, so"
                + " the bill may be a cent more.");
  }

  @Test
  void beginsANewLineWhereAnAnswerNeverCame() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory).against(hub).answering("").run("generate", "a cat");

      assertThat(run.err())
          .endsWith("Spend 1.00 USD? [y/N] \nerror: not agreed; nothing was sent\n");
    }
  }

  @Test
  void showsNoPriceBeforeKeyAndOutputAreMadeSureOf() {
    CommandRun.Result run = CommandRun.in(directory).run("generate", "a cat", "--yes");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: no API key.").doesNotContain("price");
  }
}
