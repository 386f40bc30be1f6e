package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What helps to decide before anything is sent: prices side by side, and how to write a prompt. */
class CompareTest {

  @TempDir Path directory;

  private CommandRun.Result run(String... words) {
    return CommandRun.in(directory).run(words);
  }

  @Test
  void showsEveryModelInEveryResolution() {
    CommandRun.Result run = run("quote", "a cat on a roof", "--compare", "-d", "10");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith(
            """
                         720p       480p
            standard     2.00 USD   1.20 USD
            fast         1.60 USD   1.00 USD
            For 10 s, at prices of\
            """);
  }

  @Test
  void tellsProgramsTheSame() {
    CommandRun.Result run = run("quote", "hello", "--compare", "--json");

    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.out())
        .startsWith("{\"compare\":[{\"model\":\"doubao-seedance-2.0\",\"resolution\":\"720p\",")
        .contains(
            "{\"model\":\"doubao-seedance-2.0-fast\",\"resolution\":\"480p\",\"violations\":[],"
                + "\"advice\":[],\"quote\":{\"low\":\"0.50\",\"high\":\"0.50\","
                + "\"currency\":\"USD\"}}]}");
  }

  @Test
  void saysWhatIsWrongWhateverTheModel() {
    CommandRun.Result run = run("quote", "hello", "--compare", "-d", "99");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("breaks a rule", "[duration-out-of-range]");
    assertThat(run("quote", "--from", "x.jsonl", "--compare").exit()).isEqualTo(2);
  }

  @Test
  void writesPromptHelpThatFitsAnyWindow() {
    CommandRun.Result run = run("prompt");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains(
            "[subject] + [action] + [surroundings] + [camera, style]",
            "image 1",
            "prompt-inline-parameter");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
  }
}
