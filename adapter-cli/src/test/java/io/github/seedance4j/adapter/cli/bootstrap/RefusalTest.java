package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says to those who typed something that won't do, word by word. */
class RefusalTest {

  private static final String REQUEST =
      "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"x\",\"duration\":5}\n";

  @TempDir Path directory;

  private CommandRun.Result run(String... args) {
    return CommandRun.in(directory).run(args);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quote x", "quote x --json", "models", "generate x --sandbox"})
  void saysThatTheResultCannotBeWritten(String line) {
    CommandRun.Result run = CommandRun.in(directory).withoutOutput().run(line.split(" "));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).endsWith("error: can't write to standard output\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login --key=th-SECRET4",
        "login th-SECRET4",
        "th-SECRET4",
        "config set base-url th-SECRET7",
        "config set base-url https://user:SECRET@h.example/api/v1",
        "config set base-url https://user:SECRET/x@h.example/api/v1",
        "config set model th-SECRET",
        "config set prices th-SECRET8",
        "quote x --first-frame th-SECRET9",
        "quote x --model th-S",
        "batch th-SECRET.jsonl --dry-run",
        "batch th-SECRET.csv --dry-run --json",
        "quote x --first-frame th-SECRET9 --json",
      })
  void doesNotRepeatAKeyOrAPassword(String line) {
    CommandRun.Result run = run(line.split(" "));

    assertThat(run.exit()).as(run.all()).isBetween(2, 3);
    assertThat(run.all()).doesNotContain("SECRET", "th-S");
    assertThat(directory.resolve("config")).doesNotExist();
  }

  @Test
  void showsNoPasswordOfAnAddressThatIsSet() {
    CommandRun list =
        CommandRun.in(directory).set("TOKENHUB_BASE_URL", "https://user:SECRET@h.example/api/v1");
    CommandRun.Result run =
        CommandRun.in(directory)
            .set("TOKENHUB_BASE_URL", "https://user:SECRET@h.example/api/v1")
            .set("TOKENHUB_API_KEY", "th-x")
            .run("generate", "x", "--yes");

    assertThat(list.run("config", "list").all())
        .contains("base-url    https://…@h.example/api/v1  (TOKENHUB_BASE_URL)")
        .doesNotContain("SECRET");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error: TOKENHUB_BASE_URL: leave out what is before the @")
        .doesNotContain("SECRET");
  }

  @Test
  void readsNoFurtherOnceNobodyTakesTheQuotes() {
    int[] read = new int[1];
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return REQUEST.charAt(read[0]++ % REQUEST.length());
          }
        };

    CommandRun.Result run =
        CommandRun.in(directory).withoutOutput().input(endless).run("quote", "--from", "-");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("error: can't write to standard output\n");
  }

  @Test
  void sendsNothingByAQuoteAndNeedNotSaySo() {
    assertThat(run("quote", "x", "-d", "20").err())
        .startsWith("error: the request breaks a rule:\n")
        .doesNotContain("More may follow");
  }

  @Test
  void saysThatMoreMayFollowWhatCannotBeRead() throws IOException {
    Files.writeString(directory.resolve("r.json"), "{\"promt\":\"x\",\"duration\":\"5\"}");

    assertThat(run("quote", "--request", "r.json").err())
        .startsWith("error: the request breaks 2 rules:\n")
        .contains("[field-unknown] promt: ", " Did you mean prompt?\n")
        .endsWith("  More may follow once these are corrected.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quote", "quote --duration 5", "generate --sandbox"})
  void asksForAPrompt(String line) {
    CommandRun.Result run = run(line.split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: give a prompt: seedance %s \"a cat on a roof\"\n"
                .formatted(line.split(" ")[0]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {`n"prompt" 5}  | is no JSON: broken at line 2, column 1
          ``              | is empty
          [1]             | holds a list, not an object
          5               | holds a number, not an object
          "x"             | holds a text, not an object
          null            | holds null, not an object
          {} {}           | is no JSON that is taken here: more after the end
          """)
  void saysWhatARequestFileHoldsInstead(String content, String what) throws IOException {
    Files.writeString(directory.resolve("bad.json"), content.replace('`', '\n'));

    CommandRun.Result run = run("quote", "--request", "bad.json");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: bad.json " + what + "\n");
  }

  @Test
  void givesThePositionWithinALineAlone() {
    assertThat(CommandRun.in(directory).input("{\"a\" 5}\n").run("quote", "--from", "-").out())
        .contains("column ")
        .doesNotContain("line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --duration 20                       | [duration-out-of-range] --duration 20: The length in seconds is out of range. Allowed: 4–15 s.
          -d 20s                              | [duration-out-of-range] --duration 20: The length in seconds is out of range. Allowed: 4–15 s.
          --ratio 16x9                        | [aspect-ratio-unknown] --ratio 16x9: The model
          -a 16/9                             | [aspect-ratio-unknown] --aspect-ratio 16/9: The model
          -m fats                             | [model-unknown] --model fats: This model is not in the price list. Allowed: standard, fast,
          -r 1080p                            | [resolution-unknown] --resolution 1080p: The model does not offer this resolution. Allowed: 720p, 480p.
          --resolution=720                    | [resolution-unknown] --resolution 720: The model does not offer this resolution.
          --image nope                        | [url-invalid] --image nope: There is no file nope,
          --first-frame nope                  | [url-invalid] --first-frame nope: There is no file nope,
          --image https://a.example/a.png --image nope | [url-invalid] --image nope: There is no file nope,
          --video https://a.example/a.mp4 --video-seconds 40 | [input-video-too-long] The reference videos are too long taken together. Given: 40 s. Allowed:
          """)
  void saysWhatBreaksARuleInTheWordsOfTheFlags(String flags, String message) {
    String[] words = ("quote x " + flags).split(" +");

    CommandRun.Result run = run(words);

    assertThat(run.exit()).as(run.all()).isEqualTo(3);
    assertThat(run.err()).contains("  " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "--ratio 16x9, Write it 16:9.",
    "-a 16/9, Write it 16:9.",
    "-m fats, Did you mean fast?",
    "-r 720, Did you mean 720p?"
  })
  void saysWhatWasMeant(String flag, String meant) {
    assertThat(run(("quote x " + flag).split(" ")).err()).contains(" " + meant + "\n");
  }

  @Test
  void saysLengthsInOneForm() {
    CommandRun.Result run =
        run("quote", "x", "--video", "https://a.example/a.mp4", "--video-seconds", "1.500");

    assertThat(run.err())
        .contains("[video-length-unusual] --video-seconds 1.5: Upstream only takes ", "2–15 s.")
        .doesNotContain("1.500", "..");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \n"})
  void saysThatThereAreNoRequests(String content) throws IOException {
    Files.writeString(directory.resolve("empty.json"), content);

    CommandRun.Result run = run("quote", "--from", "empty.json");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: no requests in empty.json\n");
  }

  @Test
  void takesAModelsShortNameInAnyCaseAndListsItFirst() {
    assertThat(run("quote", "x", "--model", "Fast").out()).contains("doubao-seedance-2.0-fast");
    assertThat(run("quote", "x", "--model", "slow").err())
        .contains("standard, fast, doubao-seedance-2.0, doubao-seedance-2.0-fast");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''        | -o: the name is empty
          /dev/null | -o: /dev/null is no regular file
          """)
  void refusesWhatIsNoFile(String name, String message) {
    CommandRun.Result run = run("generate", "x", "--sandbox", "-o", name);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: " + message + "\n");
  }

  @Test
  void namesNoFileThatTheUserNeverGave() {
    CommandRun.Result run = run("generate", "x", "--sandbox", "-o", "/proc/x.mp4");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("can't write in /proc (").doesNotContain(".seedance-");
  }

  @Test
  void namesTheSandboxesFlagAtFault() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String taken = String.valueOf(hub.baseUrl().getPort());

      CommandRun.Result port = run("sandbox", "--port", taken, "--ledger", "ledger.jsonl");
      CommandRun.Result ledger = run("sandbox", "--ledger", "nowhere/ledger.jsonl");

      assertThat(port.exit()).isEqualTo(2);
      assertThat(port.err())
          .startsWith("error: --port " + taken + ": ")
          .contains("; leave --port out for any that is free\n")
          .doesNotContain("--ledger");
      assertThat(ledger.exit()).isEqualTo(2);
      assertThat(ledger.err())
          .startsWith(
              "error: --ledger: can't write nowhere/ledger.jsonl: there is no such directory\n");
    }
  }

  @Test
  void leavesAFileAloneThatIsNoLedger() throws Exception {
    Path notes = Files.writeString(directory.resolve("notes.txt"), "Dear diary,\n");

    CommandRun.Result run = run("sandbox", "--ledger", notes.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "error: --ledger: can't write " + notes + ": line 1 is no ledger line: Dear diary,\n");
    assertThat(notes).hasContent("Dear diary,\n");
  }

  @Test
  void refusesASandboxesOptionThatIsGivenTwice() {
    CommandRun.Result run = run("sandbox", "--seed", "1", "--seed", "2");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--seed", "only once");
  }

  @Test
  void makesAnObjectOfWrongUsageToo() {
    CommandRun.Result typo = run("generate", "x", "--json", "--duraton", "5");
    CommandRun.Result key = run("generate", "x", "--json", "--yes");

    assertThat(typo.exit()).isEqualTo(2);
    assertThat(typo.out())
        .startsWith("{\"error\":{\"code\":\"usage\",\"message\":\"")
        .endsWith(",\"exit\":2}\n")
        .hasLineCount(1);
    assertThat(key.out()).contains("no API key").endsWith(",\"exit\":2}\n").hasLineCount(1);
  }

  @Test
  void givesAnErrorBesidesTheViolations() {
    assertThat(run("generate", "x", "--sandbox", "-d", "20", "--json").out())
        .contains(
            "\"violations\":[\"duration-out-of-range\"]",
            "\"error\":{\"code\":\"invalid-request\",\"message\":\"the request breaks a rule;"
                + " nothing was sent\"",
            "\"exit\":3");
  }

  @Test
  void hasASandboxThatTakesItsTime() {
    CommandRun.Result run = run("generate", "x", "--sandbox", "--task-seconds", "1");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("  queued\n", "  running\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          generate x --sandbox --extra seed=1     | --extra: the sandbox knows only the guide's fields
          generate x --task-seconds 5             | --task-seconds is for --sandbox: the provider takes its own time
          """)
  void refusesWhatASandboxDoesNotHave(String line, String message) {
    CommandRun.Result run = run(line.strip().split(" +"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: " + message + "\n");
  }

  @Test
  void helpsWithTheSameExitCodesAsTheReadme() {
    assertThat(run("--help").out())
        .contains(
            "  0 done                         6 timed out or unreachable\n",
            "  1 unexpected                   7 outcome unknown: may be charged, don't resend\n",
            "  2 wrong usage                  8 over the cost limit or not agreed\n",
            "  3 the request breaks a rule    9 paid for but not fetched\n",
            "  4 refused by the provider    130 interrupted\n",
            "  5 the task failed",
            "  LANG                     the rules' texts in English, French or Chinese\n");
    assertThat(run("quote", "--help").out().replaceAll("\\s+", " "))
        .contains("Advise against what only the model's maker forbids, instead of refusing it.");
  }
}
