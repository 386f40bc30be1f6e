package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.cli.settings.Interrupts;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code --help} says of every command there is: it reads well, and its examples run as they
 * stand there, but for the ids of jobs and tasks, which nobody can know before.
 */
class HelpTest {

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String JOB = "job-3k9x";
  private static final String TASK = "task-2f81";

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("commands")
  void readsWellAt80Columns(String command) {
    String help = help(command);

    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(help)
        .startsWith("Usage: seedance " + command)
        .doesNotContain("\t", "\u001b")
        .containsPattern(
            "(?m)^$\\R +(-\\w, )?[-\\[A-Z]"); // a line between what it is for and takes
    assertThat(
            help.lines()
                .dropWhile(line -> !line.startsWith("Example"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty()))
        .as("none was broken in two")
        .allMatch(line -> line.startsWith("  ") || line.endsWith(":"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void showsAnExample(String command) {
    assertThat(examples(help(command)))
        .isNotEmpty()
        .allSatisfy(example -> assertThat(example).startsWith("seedance " + command));
  }

  @ParameterizedTest
  @MethodSource("commandsAndExamples")
  void runsAsItStandsThere(String example) throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      layOut();
      String job = storedJob(hub);
      if (example.contains(TASK)) {
        job = jobOfUnknownOutcome(hub);
      }
      int last = hub.tasks().size() - 1;
      String line = example.replace(JOB, job).replace(TASK, hub.tasks().get(last).id());

      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .answering("y\n")
              .answeringUnseen("th-test-secret")
              .interrupts(
                  line.matches("seedance (sandbox|serve --).*") ? new AtOnce() : Interrupts.NEVER)
              .run(words(line.replace("--port 8787", "--port 0")));

      assertThat(run.exit()).as(line + "\n" + run.all()).isZero();
    }
  }

  @Test
  void isPlainWhereItIsNotForATerminal() {
    // standard error is one, standard output, where help goes, is a pager or a file
    CommandRun.Result run = CommandRun.in(directory).onTerminal().run("quote", "--help");

    assertThat(run.out()).doesNotContain("\u001b");
  }

  @Test
  void isInColourOnATerminalAloneAndNotWithNoColor() {
    assertThat(CommandRun.in(directory).onTerminals().run("quote", "--help").out())
        .contains("\u001b[1m");
    assertThat(
            CommandRun.in(directory)
                .onTerminals()
                .set("NO_COLOR", "1")
                .run("quote", "--help")
                .all())
        .doesNotContain("\u001b");
  }

  @Test
  void readsExamplesOverSeveralLines() {
    assertThat(
            examples(
                "x\n\nExample, with:\n  {}\n  seedance a \"b c\" \\\n      -d\n\n  seedance z"))
        .containsExactly("seedance a \"b c\" -d");
    assertThat(words("seedance a \"b c\" -d")).containsExactly("a", "b c", "-d");
  }

  /** Interrupted before it began. */
  private static final class AtOnce implements Interrupts {
    @Override
    public <T> T during(Supplier<T> work, Runnable goodbye) {
      goodbye.run();
      return work.get();
    }
  }

  static List<String> commands() {
    return CommandRun.in(Path.of("."))
        .run("--help")
        .out()
        .lines()
        .dropWhile(line -> !line.equals("Commands:"))
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.matches("  [a-z].*") && !line.startsWith("  help "))
        .map(line -> line.strip().split(" ", 2)[0])
        .toList();
  }

  static Stream<String> commandsAndExamples() {
    return commands().stream().flatMap(command -> examples(help(command)).stream());
  }

  private static String help(String command) {
    return CommandRun.in(Path.of(".")).run(command, "--help").out();
  }

  /** The commands below a line that says "Example", up to an empty one, each in one line. */
  private static List<String> examples(String help) {
    String joined = help.replaceAll("\\\\\\R\\s+", "");
    return joined
        .lines()
        .dropWhile(line -> !line.startsWith("Example"))
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.startsWith("  seedance "))
        .map(String::strip)
        .toList();
  }

  private static String[] words(String line) {
    return WORD.matcher(line).results().skip(1).map(HelpTest::unquoted).toArray(String[]::new);
  }

  private static String unquoted(MatchResult word) {
    return word.group(1) == null ? Objects.requireNonNull(word.group(2)) : word.group(1);
  }

  /** The files that examples name. */
  private void layOut() throws IOException {
    Path samples = Path.of("../docs/batch");
    for (String file : List.of("shots.jsonl", "shots.csv")) {
      Files.copy(samples.resolve(file), directory.resolve(file));
    }
    Files.writeString(
        directory.resolve("requests.jsonl"),
        "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"a cat\",\"duration\":5}\n");
    Path settings = Files.createDirectory(directory.resolve("config")).resolve("config.ini");
    Files.writeString(settings, "[client]\nmodel = fast\n");
  }

  private String storedJob(FakeTokenHub hub) {
    return job(hub, 0);
  }

  private String jobOfUnknownOutcome(FakeTokenHub hub) {
    hub.next().chargedThenReset();
    return job(hub, 7);
  }

  private String job(FakeTokenHub hub, int exit) {
    CommandRun.Result made =
        CommandRun.in(directory)
            .against(hub)
            .run(
                "generate", "a cat", "--yes", "--json", "-o", exit == 0 ? "cat-roof.mp4" : "x.mp4");
    assertThat(made.exit()).as(made.err()).isEqualTo(exit);
    return made.out().replaceFirst("(?s).*\"job\":\"([^\"]+)\".*", "$1");
  }
}
