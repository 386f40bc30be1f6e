package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to those who typed what is nearly right. */
class SuggestionsTest {

  @TempDir Path directory;

  private CommandRun.Result run(String... args) {
    return CommandRun.in(directory).run(args);
  }

  @ParameterizedTest
  @CsvSource({
    "list, jobs",
    "ls, jobs",
    "version, --version",
    "price, quote",
    "cost, quote or usage",
    "create, generate",
    "gallery, report",
    "JOBS, jobs",
    "generat, generate"
  })
  void namesTheCommandThatWasMeant(String typed, String meant) {
    CommandRun.Result run = run(typed);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: there is no command '%s'\nDid you mean %s?\nSee: seedance --help\n"
                .formatted(typed, meant));
  }

  @Test
  void saysThatNothingCanBeCalledBack() {
    assertThat(run("cancel", "job-3k9x").err())
        .contains("this provider knows no cancelling", "seedance jobs --state unfinished\n");
  }

  @Test
  void takesWhatHasBlanksForAPrompt() {
    assertThat(run("a cat").err()).contains("To make that clip: seedance generate \"a cat\"\n");
    assertThat(run("a cat's $5", "--480p").err())
        .contains("To make that clip: seedance generate 'a cat'\\''s $5' --480p\n");
    assertThat(run("a", "cat", "on", "it", "--480p").err())
        .contains("To make that clip: seedance generate \"a cat on it\" --480p\n");
    assertThat(run("--480p", "a cat").err())
        .contains("To make that clip: seedance generate --480p \"a cat\"\n");
  }

  @Test
  void saysThatOptionsGoAfterTheCommand() {
    assertThat(run("--sandbox", "generate", "a cat").err())
        .startsWith(
            "error: options go after the command, not before it\n"
                + "Write: seedance generate --sandbox \"a cat\"\n");
  }

  @Test
  void repeatsNoKeyInASuggestion() {
    assertThat(run("th-very-secret-key of mine").all()).doesNotContain("very-secret");
    assertThat(run("--key", "th-very-secret-key", "jobs").all()).doesNotContain("very-secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --1080p    | error: there is no --1080p: clips are --480p or --720p
          --fast     | Did you mean --model fast?
          --seconds  | Did you mean --duration?
          --duraton  | Did you mean --duration?
          """)
  void namesTheFlagThatWasMeant(String typed, String said) {
    assertThat(run("quote", "x", typed).err().lines())
        .anyMatch(line -> line.startsWith(said.strip().replace("?", "")));
    assertThat(run("jobs", "--fast").err()).doesNotContain("--model fast");
  }

  @Test
  void takesDaysAndMonthsByTheirNames() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      Instant now = Instant.now();
      int[] ages = {400, 2, 1, 0};
      for (int age : ages) {
        jobs.stored(
            ExampleJobs.draft("x").build(),
            "",
            now.minus(Duration.ofDays(age)),
            Duration.ZERO,
            age + ".mp4");
      }
    }

    assertThat(run("jobs", "--since", "today", "--json").out().lines()).hasSize(1);
    assertThat(run("jobs", "--since", "yesterday", "--json").out().lines()).hasSize(2);
    assertThat(run("usage", "--by", "month").out())
        .startsWith("MONTH ")
        .containsPattern("(?m)^20\\d\\d-\\d\\d +1 +1 ")
        .containsPattern("(?m)^total +4 ");
    assertThat(run("jobs", "--since", "tomorrow").err()).contains("2026-11-01, today or yesterday");
  }
}
