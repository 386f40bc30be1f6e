package io.github.seedance4j.testkit.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed behind the jar's name; HubProcessTest has it run. */
class SandboxServerTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(InputStream in, String... args) {
    return SandboxServer.run(
        args,
        in,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private int run(String... args) {
    return run(new ByteArrayInputStream(new byte[0]), args);
  }

  @Test
  void helpsIn88Columns() {
    assertThat(run("--port", "0", "--help")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--port", "--ledger", "--task-seconds", "--pace", "--billing", "--enforce")
        .contains("--seed", "--child", "Exit codes")
        .satisfies(
            help ->
                assertThat(help.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(89)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nonsense                      | there is no option --nonsense
          8080                            | there is no option 8080
          --port                          | --port: needs a value
          --port=                         | --port: needs a value
          --port 70000                    | --port: a whole number, 0 to 65535, not 70000
          --port eight                    | --port: a whole number, 0 to 65535, not eight
          --task-seconds -1               | --task-seconds: seconds, 0 to 86400, not -1
          --task-seconds 86401            | --task-seconds: seconds, 0 to 86400, not 86401
          --pace quick                    | --pace: published, not quick
          --pace published --task-seconds 1 | --task-seconds and --pace: give one of them
          --billing free                  | --billing: real or whole-seconds, not free
          --enforce some                  | --enforce: all or stated or nothing, not some
          --seed 1.5                      | --seed: a whole number
          --seed 1 --seed 1               | --seed: given twice
          --port 1 -p 2                   | -p: given twice
          """)
  void refusesWhatItCantMean(String line, String message) {
    assertThat(run(line.split(" "))).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("error: " + message)
        .endsWith("--help" + System.lineSeparator());
    assertThat(out.size()).isZero();
  }

  @Test
  void endsAsAChildWhenItsInputDoes() {
    assertThat(run("--child", "--seed=1", "--task-seconds=0.5")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches("http://127\\.0\\.0\\.1:\\d+/api/v1\\R");
    assertThat(err.size()).isZero();
  }

  @Test
  void namesThePortThatIsTaken() {
    try (FakeTokenHub other = FakeTokenHub.start()) {
      String port = Integer.toString(other.baseUrl().getPort());

      assertThat(run("--child", "--port", port)).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .startsWith("error: --port " + port + ": ")
          .contains("; leave --port out");
    }
  }

  @Test
  void namesTheFileThatCantBeWritten() {
    assertThat(run("--child", "--ledger", folder.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("error: --ledger: can't write " + folder + ": ")
        .doesNotContain("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Dear diary,¶                       | line 1 is no ledger line: Dear diary,
          {"kind":"charge","task":1}¶        | line 1 is no ledger line: {"kind":"charge","task":1}
          no end                              | its last line has no end
          """)
  void leavesAFileAloneThatIsNoLedger(String text, String reason) throws Exception {
    Path file = folder.resolve("notes.txt");
    Files.writeString(file, text.replace("¶", "\n"));

    assertThat(run("--child", "--ledger", file.toString())).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("error: --ledger: can't write " + file + ": " + reason);
    assertThat(file).hasContent(text.replace("¶", "\n"));
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("seedance4j-sandbox ");
  }
}
