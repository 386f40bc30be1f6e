package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
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
  void saysWhatTheCheapestCosts() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result dear = generate(hub, "a cat", "--max-cost", "0.90");
      CommandRun.Result hopeless = generate(hub, "a cat", "--max-cost", "0.10");
      CommandRun.Result least =
          generate(hub, "a cat", "--max-cost", "0.10", "-m", "fast", "--480p", "-d", "4");

      assertThat(dear.err())
          .containsPattern(
              "  Nothing was sent\\. Raise --max-cost to 1\\.00, or ask for less: --model fast, --480p,"
                  + " --duration 4\\.\n"
                  + "  The cheapest there is: 0\\.\\d\\d USD \\(fast, 480p, 4 s\\)\\.\n");
      assertThat(hopeless.exit()).isEqualTo(8);
      assertThat(hopeless.err())
          .containsPattern(
              "  Nothing was sent\\. Raise --max-cost to 1\\.00\\.\n"
                  + "  Even the cheapest there is costs 0\\.\\d\\d USD \\(fast, 480p, 4 s\\)\\.\n")
          .doesNotContain("less");
      assertThat(least.exit()).isEqualTo(8);
      assertThat(least.err())
          .contains("  That is the cheapest there is already (fast, 480p, 4 s).\n")
          .doesNotContain("--model", "--480p");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void saysThatTakesAreTooDearTogether() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          generate(hub, "a cat", "--takes", "4", "--max-cost", "3", "--480p", "-d", "10");

      assertThat(run.exit()).isEqualTo(8);
      assertThat(run.err())
          .contains(
              "error: 4 takes together may cost 4.80 USD, more than --max-cost 3\n",
              "or ask for less: --model fast, --duration 4, fewer --takes.\n",
              " (4 takes, fast, 480p, 4 s).\n");
    }
  }

  @Test
  void namesTheFilesThatGoIntoIt() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      generate(hub, "a cat", "-y");
    }
    BufferedImage picture = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", directory.resolve("cat.png").toFile());
    CommandRun run = CommandRun.in(directory);

    CommandRun.Result frame = run.run("quote", "x", "--first-frame", "cat.png");
    CommandRun.Result video =
        CommandRun.in(directory).run("quote", "x", "--video", "c.mp4", "--image", "cat.png");

    assertThat(frame.out())
        .contains("with sound\n  first frame cat.png 640×360\n  output ")
        .endsWith("\n  Clips come out a frame longer, and are billed so.\n");
    assertThat(video.out())
        .contains("  picture     cat.png 640×360\n", "  video       c.mp4 5.042 s 1280×720\n")
        .doesNotContain("declared", "yours");
    assertThat(
            CommandRun.in(directory)
                .run("quote", "x", "--video", "https://a.example/a.mp4", "--video-seconds", "5")
                .out())
        .contains("  The lengths of the reference videos are yours.\n");
  }

  @Test
  void pricesSeveralTakes() {
    CommandRun.Result run = CommandRun.in(directory).run("quote", "a cat", "--takes", "3");

    assertThat(run.out())
        .contains("  price                 1.00 USD  ", "  3 takes               3.00 USD\n");
    assertThat(CommandRun.in(directory).run("quote", "a cat", "--takes", "3", "-q").out())
        .isEqualTo("3.00 USD\n");
    assertThat(CommandRun.in(directory).run("quote", "a cat", "--takes", "3", "--json").out())
        .contains("\"low\":\"3.00\"");
    assertThat(CommandRun.in(directory).run("quote", "x", "--takes", "3", "--compare").out())
        .contains("3.00 USD", "For 3 takes of 5 s");
    assertThat(CommandRun.in(directory).run("quote", "--from", "-", "--takes", "3").exit())
        .isEqualTo(2);
  }

  @Test
  void takesNumbersAsPeopleWriteThem() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      for (String amount : new String[] {"$0.90", "0,90", "0.9 USD", "0.90$"}) {
        assertThat(generate(hub, "a cat", "-d", "5s", "--max-cost", amount).err())
            .as(amount)
            .contains("it may cost 1.00 USD, more than --max-cost 0.9");
      }
      assertThat(generate(hub, "a cat", "--max-cost", "1,000").err())
          .contains("'1,000' is no amount such as 3.00");
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
