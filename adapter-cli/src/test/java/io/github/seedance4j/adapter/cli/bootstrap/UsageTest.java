package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.cli.settings.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the command takes what is typed, and what it says where that won't do. */
class UsageTest {

  @TempDir Path directory;

  private CommandRun.Result run(String... args) {
    return CommandRun.in(directory).run(args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate",
        "quote",
        "status",
        "wait",
        "download",
        "resume",
        "jobs",
        "show",
        "resolve",
        "settle",
        "budget",
        "backup",
        "purge",
        "models",
        "sandbox"
      })
  void helpsIn80ColumnsWithAnExample(String command) {
    CommandRun.Result run = run(command, "--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("Usage: seedance " + command, "Example", "  seedance " + command);
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(run("help", command).out()).isEqualTo(run.out());
  }

  @Test
  void listsCommandsEnvironmentAndExitCodes() {
    CommandRun.Result run = run("--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains(
            "generate",
            "quote",
            "status",
            "wait",
            "download",
            "resume",
            "jobs",
            "show",
            "resolve",
            "settle",
            "budget",
            "backup",
            "purge",
            "models",
            "sandbox",
            "SEEDANCE_JOURNAL",
            "TOKENHUB_API_KEY",
            "7 outcome unknown",
            "8 over the cost limit");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void saysHowToBeginAndFailsWhenThereIsNoCommand() {
    CommandRun.Result run = run();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("seedance generate \"", " --sandbox\n", "All commands: seedance --help\n");
    assertThat(run.err().lines()).hasSizeLessThan(20); // it is seen as a whole
  }

  @Test
  void showsItsVersion() {
    assertThat(run("--version").out()).startsWith("seedance4j ");
  }

  @Test
  void suggestsTheFlagThatWasMeant() {
    CommandRun.Result run = run("generate", "a cat", "--sandbox", "--duraton", "5");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("--duraton", "Did you mean", "--duration", "seedance generate --help");
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    CommandRun.Result run = run("generat", "a cat");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("generate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          quote a cat                                 | in quotes, such as 'a cat'
          quote x --480p --720p                       | give one of
          quote x --no-audio --generate-audio         | contradict each other
          quote x --duration five                     | is no number such as 5 or 2.5
          quote x --duration 1e9                      | is no number such as 5 or 2.5
          quote x --extra duration=5                  | is a field of the guide
          quote x --extra seed                        | write NAME=VALUE
          quote x --extra seed=1 --extra seed=2       | is there twice
          quote --request nowhere.json                | can't read nowhere.json
          generate x --sandbox --timeout 5            | is no time such as 90s, 30m or 1h
          generate x --sandbox --max-cost -3          | is no amount such as 3.00
          sandbox --port 70000                        | 0 to 65535
          sandbox --pace quick                        | 'quick' is not published
          sandbox --pace published --task-seconds 1   | contradict each other
          sandbox --billing free                      | 'free' is not whole-seconds or real
          sandbox --enforce some                      | 'some' is not all or stated or nothing
          sandbox --seed 1.5                          | '1.5' is no whole number such as 42
          """)
  void refusesWhatContradictsItself(String line, String message) {
    CommandRun.Result run = run(line.strip().split(" +"));

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message, "--help");
  }

  @Test
  void takesThePromptFromStandardInput() {
    CommandRun.Result run =
        CommandRun.in(directory).input("x --dur 5\n").run("quote", "-", "--json");

    assertThat(run.out()).contains("\"advice\":[\"prompt-inline-parameter\"]");
  }

  @Test
  void refusesAPromptThatTheLocaleGarbled() {
    CommandRun.Result run = run("quote", "un caf\uFFFD");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("LC_ALL=C.UTF-8");
  }

  @Test
  void mergesFlagsIntoARequestAndSaysSo() throws IOException {
    Files.writeString(
        directory.resolve("r.json"),
        "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"hello\",\"duration\":10}");

    CommandRun.Result run =
        run("quote", "--request", "r.json", "--model", "fast", "--duration", "4", "--json");

    assertThat(run.out()).contains("\"low\":\"0.64\"");
    assertThat(run.err()).contains("duration is 4, instead of 10 in r.json");
  }

  @Test
  void neverMixesMediaOfAFileWithThoseOfFlags() throws IOException {
    Files.writeString(
        directory.resolve("r.json"),
        "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"x\",\"image_url\":\"https://a.example/a\"}");

    CommandRun.Result run =
        run("quote", "--request", "r.json", "--first-frame", "https://a.example/b");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("has media already (image_url)");
  }

  @Test
  void makesUpNoModelForAFileWithoutOne() throws IOException {
    Files.writeString(directory.resolve("r.json"), "{\"prompt\":\"x\"}");

    assertThat(run("quote", "--request", "r.json", "--json").out())
        .contains("\"violations\":[\"model-required\"]");
  }

  @Test
  void letsTheFilesOwnExtraPass() throws IOException {
    Files.writeString(
        directory.resolve("r.json"),
        "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"x\",\"seed\":42}");

    assertThat(run("quote", "--request", "r.json", "--json").out())
        .contains("\"violations\":[\"field-unknown:seed\"]");
    assertThat(run("quote", "--request", "r.json", "--extra", "seed", "--json").out())
        .contains("\"violations\":[],\"advice\":[\"field-unconfirmed:seed\"]");
  }

  @Test
  void listsModelsWithPricesAndLimits() {
    assertThat(run("models").out())
        .contains(
            "doubao-seedance-2.0-fast  (--model fast)",
            "720p 0.16 USD/s, 480p 0.10 USD/s",
            "4 to 15 s");
    assertThat(run("models", "--json").out())
        .contains("\"price_per_second\":{\"720p\":\"0.20\",\"480p\":\"0.12\"}");
  }

  @Test
  void saysInOneLineWhatIsUnexpectedAndHowToSeeMore() {
    CommandRun broken =
        CommandRun.in(directory)
            .interrupts(
                new Interrupts() {
                  @Override
                  public <T> T during(Supplier<T> work, Runnable goodbye) {
                    throw new IllegalStateException("made to fail");
                  }
                });

    CommandRun.Result run = broken.run("generate", "x", "--sandbox");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("unexpected: IllegalStateException: made to fail", "SEEDANCE_DEBUG=1");
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void callsModelsAsTheFlagsDo() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      jobs.stored(ExampleJobs.draft("x").build(), "", Instant.now(), Duration.ZERO, "standard.mp4");
    }

    CommandRun run = CommandRun.in(directory);

    assertThat(run.run("usage", "--by", "model").out()).containsPattern("(?m)^standard +1 +1 ");
    assertThat(CommandRun.in(directory).run("usage", "--by", "model", "--csv").out())
        .contains("\ndoubao-seedance-2.0,1,1,");
  }
}
