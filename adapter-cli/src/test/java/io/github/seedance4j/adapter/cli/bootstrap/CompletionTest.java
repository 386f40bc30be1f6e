package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What shells are told, and what they ask while somebody types. */
class CompletionTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void isReadByTheShellItIsFor(String shell) throws Exception {
    Path program = shell(shell);

    assertThat(output(program.toString(), "-n", script(shell).toString())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "seedance|qu, quote",
    "seedance|quote|--dur, --duration",
    "seedance|quote|--model|f, fast",
    "seedance|quote|--resolution|=|7, 720p",
    "seedance|quote|--aspect-ratio|21|:, 9",
    "seedance|jobs|--state|unk, unknown",
    "seedance|generate|x|--no-w, --no-watermark --no-wait",
    "seedance|batch|sho, shots.jsonl",
    "seedance|completion|z, zsh",
    "seedance|generate|x|--first-frame|a, a.jpg",
    "seedance|batch|x|--out-dir|o, out",
    "seedance|config|se, set",
    "seedance|config|set|r, resolution",
    "seedance|config|get|st, stage",
    "seedance|config|set|model|f, ''",
    "seedance|quote|--duration|1, ''",
    "seedance|models|x, ''",
    "seedance|complete-j, ''",
  })
  void offersInBashWhatFits(String typed, String offered) throws Exception {
    Files.writeString(directory.resolve("shots.jsonl"), "");
    Files.writeString(directory.resolve("a.jpg"), "");
    Files.createDirectory(directory.resolve("out"));

    assertThat(complete(typed.split("\\|"))).containsExactlyInAnyOrder(offered.split(" "));
  }

  @Test
  void offersInBashTheIdsOfJobs() throws Exception {
    String job = job();
    String seedance = seedance(directory.resolve("state/sandbox.db")).toString();

    assertThat(complete(seedance, "show", "job-")).containsExactly(job);
    assertThat(complete(seedance, "wait", "")).containsExactly(job);
    assertThat(complete(seedance, "generate", "x", "--video", "job", ":")).containsExactly(job);
    assertThat(complete(seedance, "show", "job-none")).containsExactly("");
  }

  @Test
  void tellsNewestFirstWhichJobItIs() {
    job();
    String newest = job();

    CommandRun.Result run = asked("job-");

    assertThat(run.out()).startsWith(newest + "\tstored, a cat\n").hasLineCount(2);
    assertThat(asked(newest).out()).isEqualTo(newest + "\tstored, a cat\n");
    assertThat(asked("job:" + newest).out()).isEqualTo("job:" + newest + "\tstored, a cat\n");
    assertThat(asked("task-").out()).startsWith("task-").hasLineCount(2);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void neverFailsNorSaysAnything() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.db"), "no database");
    for (String journal : List.of(broken.toString(), "none/at/all.db", "absent.db", ".")) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .set("SEEDANCE_JOURNAL", journal)
              .run("complete-jobs", "--", "--job");

      assertThat(run.exit()).as(journal).isZero();
      assertThat(run.all()).as(journal).isEmpty();
    }
    assertThat(directory.resolve("absent.db")).doesNotExist();
  }

  @Test
  void keepsOutOfTheHelp() {
    CommandRun.Result help = CommandRun.in(directory).run("--help");

    assertThat(help.out()).contains("  completion ").doesNotContain("complete-jobs");
  }

  @Test
  void knowsNoOtherShell() {
    CommandRun.Result run = CommandRun.in(directory).run("completion", "csh");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("'csh' is not bash, zsh or fish");
  }

  private CommandRun.Result asked(String beginning) {
    return CommandRun.in(directory)
        .set("SEEDANCE_JOURNAL", "state/sandbox.db")
        .run("complete-jobs", "--", beginning);
  }

  private String job() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result made =
          CommandRun.in(directory).against(hub).run("generate", "a cat", "--yes", "--json");
      return made.out().replaceFirst("(?s).*\"job\":\"([^\"]+)\".*", "$1");
    }
  }

  /** What bash offers once these words are typed, the last one as far as it goes. */
  private List<String> complete(String... words) throws Exception {
    Path bash = shell("bash");
    String code =
        "source '"
            + script("bash")
            + "'; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _seedance;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> command =
        new ArrayList<>(List.of(bash.toString(), "--norc", "-c", code, "completing"));
    command.addAll(List.of(words));
    return output(command.toArray(String[]::new)).lines().toList();
  }

  /** The command, on that journal, as something that a shell can run. */
  private Path seedance(Path journal) throws IOException {
    Path program = directory.resolve("seedance");
    Files.writeString(
        program,
        "#!/bin/sh\nunset TOKENHUB_BASE_URL\nSEEDANCE_JOURNAL='%s' exec '%s' -cp '%s' %s \"$@\"\n"
            .formatted(
                journal,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  private Path script(String shell) throws IOException {
    CommandRun.Result run = CommandRun.in(directory).run("completion", shell);
    assertThat(run.exit()).as(run.err()).isZero();
    return Files.writeString(directory.resolve("script." + shell), run.out());
  }

  private static Path shell(String name) {
    Path program =
        Stream.of("/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
            .map(place -> Path.of(place, name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(program != null, "needs " + name + ": apt install " + name);
    return program;
  }

  private String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
