package io.github.seedance4j.adapter.cli.bootstrap;

import static io.github.seedance4j.testkit.assertion.LedgerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who types the command, and presses Ctrl-C, in a window that changes. */
class TerminalTest {

  private static final Duration TASK = Duration.ofHours(1);
  private static final String ESCAPE = "\u001b";

  @TempDir Path directory;

  private SettableClock clock;
  private FakeTokenHub hub;

  @BeforeAll
  static void needsTmux() {
    Terminal.assumeThere();
  }

  @BeforeEach
  void startHub() {
    clock = SettableClock.running();
    hub = FakeTokenHub.builder().clock(clock).pace(Pace.of(Duration.ZERO, TASK)).start();
  }

  @AfterEach
  void closeHub() {
    hub.close();
  }

  @Test
  void asksAtThePriceAndShowsHowTheClipGetsOn() throws Exception {
    try (Terminal terminal = open(80)) {
      terminal.run("seedance generate 'a cat' -o cat.mp4");
      terminal.await("Spend 1.00 USD? [y/N]");
      terminal.type("n");

      assertThat(terminal.awaitExit()).isEqualTo(8);
      assertThat(terminal.all()).contains("error: not agreed; nothing was sent");
      assertThat(hub.tasks()).isEmpty();

      terminal.run("seedance generate 'a cat' -o cat.mp4");
      terminal.await(seen -> seen.split("Spend 1.00 USD", -1).length == 3);
      terminal.type("y");
      terminal.await(seen -> seen.matches("(?s).*\nrunning  0:\\d\\d  1\\.00 USD"));
      clock.advance(TASK);

      assertThat(terminal.awaitExit()).isZero();
      assertThat(terminal.all())
          .containsPattern("(?m)^Done: 5\\.042 s, .* 1\\.01 USD as computed .*\\Rcat\\.mp4$")
          .doesNotContain("running");
      assertThat(directory.resolve("cat.mp4")).isNotEmptyFile();
      assertThat(hub.ledger()).chargedTimes(1);
    }
  }

  @Test
  void sendsNothingOnCtrlCAtTheQuestion() throws Exception {
    try (Terminal terminal = open(80)) {
      terminal.run("seedance generate 'a cat' -o cat.mp4");
      terminal.await("Spend 1.00 USD? [y/N]");
      terminal.press("C-c");

      assertThat(terminal.awaitExit()).isEqualTo(130);
      assertThat(terminal.all()).contains("\nNothing was sent, and nothing is charged.\n");
      assertThat(hub.tasks()).isEmpty();
      assertThat(directory.resolve("cat.mp4")).doesNotExist();
    }
  }

  @Test
  void keepsTheTableWholeWhileTheWindowIsMadeNarrowAndWide() throws Exception {
    writeShots();
    try (Terminal terminal = open(80)) {
      terminal.run("seedance batch shots.jsonl --out-dir out --budget 50 -c 3");
      String wide = terminal.await(seen -> isTable(seen, "3 under way, 3 to go"));

      for (int columns : new int[] {40, 100, 60, 40, 80}) {
        terminal.resize(columns);
        String time = time(terminal.all());
        String seen =
            terminal.await(now -> isTable(now, "3 under way, 3 to go") && !time(now).equals(time));

        assertThat(tableOf(seen)).isEqualTo(tableOf(wide));
      }
      clock.advance(TASK);
      terminal.await(seen -> isTable(seen, "3 under way, 0 to go"));
      clock.advance(TASK);

      assertThat(terminal.awaitExit()).isZero();
      assertThat(terminal.all())
          .contains("6 of 6 stored in out", "out/results.jsonl")
          .doesNotContain("under way", "to go", "held");
      assertThat(hub.ledger()).chargedTimes(6);
    }
  }

  @Test
  void leavesNoRubbleOfLinesThatSayMoreThanTheWindowHolds() throws Exception {
    writeShots();
    try (FakeTokenHub.Refusing refusing = hub.refusing();
        Terminal terminal = open(80)) {
      terminal.run("seedance batch shots.jsonl --out-dir out --budget 50 -c 3");
      terminal.await(seen -> seen.contains("trying again") && seen.contains("under way"));
      for (int columns : new int[] {40, 100, 40, 80}) {
        terminal.resize(columns);
        String time = time(terminal.all());
        String seen = terminal.await(now -> !time(now).equals(time));

        assertThat(seen.split("under way", -1)).hasSize(2);
        assertThat(seen.split("\nspent ", -1)).hasSize(2);
      }
      terminal.press("C-c");
      assertThat(terminal.awaitExit()).isEqualTo(130);
    }
    assertThat(hub.tasks()).isEmpty();
  }

  @Test
  void breaksWhatItSaysBetweenWordsAndNoCommand() throws Exception {
    try (Terminal terminal = open(50)) {
      terminal.run("seedance quote 'a cat' -r 9k -d 99");
      terminal.awaitExit();
      assertThat(terminal.all())
          .contains(
              """
                [duration-out-of-range] --duration 99: The
                  length in seconds is out of range. Allowed:
                  4–15 s.
              """);

      terminal.run("seedance show job-nope --journal j");
      terminal.awaitExit();
      assertThat(terminal.all()).contains("seedance jobs");
    }
  }

  @Test
  @Tag("ci")
  void goesOnAfterCtrlCWithoutPayingAgain() throws Exception {
    try (Terminal terminal = open(80)) {
      terminal.run("seedance generate 'a cat' --yes -o cat.mp4");
      terminal.await(seen -> seen.matches("(?s).*\nrunning  0:.*"));
      terminal.press("C-c");

      assertThat(terminal.awaitExit()).isEqualTo(130);
      assertThat(terminal.all())
          .contains("Stopped waiting; the task goes on at the provider, and is paid for.")
          .containsPattern("\nTo come back to it:\n  seedance wait job-\\w{16}\n")
          .doesNotContainPattern("(?m)^running ");

      clock.advance(TASK);
      terminal.run("seedance resume");
      assertThat(terminal.awaitExit()).isZero();
      assertThat(terminal.all())
          .containsPattern("\nGoing on with a job\\.\ncat\\.mp4\nResumed 1: 1 fetched\\.\n");
      assertThat(directory.resolve("cat.mp4")).isNotEmptyFile();
      assertThat(hub.ledger()).chargedTimes(1);
    }
  }

  @Test
  @Tag("ci")
  void goesOnWithABatchAfterCtrlCWithoutPayingAgain() throws Exception {
    writeShots();
    String batch = "seedance batch shots.jsonl --out-dir out --budget 50 -c 3";
    try (Terminal terminal = open(80)) {
      terminal.run(batch);
      terminal.await(seen -> isTable(seen, "3 under way, 3 to go"));
      terminal.await(seen -> seen.split("running", -1).length == 4);
      terminal.press("C-c");

      assertThat(terminal.awaitExit()).isEqualTo(130);
      assertThat(terminal.all())
          .contains("Stopping: nothing more is sent.")
          .contains("To go on, without paying again:")
          .contains(batch.replace("--budget 50 ", "").substring(0, 40))
          .doesNotContain("under way");

      terminal.run(batch);
      terminal.await(seen -> isTable(seen, "3 under way, 3 to go"));
      clock.advance(TASK);
      terminal.await(seen -> isTable(seen, "3 under way, 0 to go"));
      clock.advance(TASK);
      assertThat(terminal.awaitExit()).isZero();
      assertThat(hub.ledger()).chargedTimes(6);
      assertThat(clips()).isEqualTo(6);
    }
  }

  @Test
  @Tag("ci")
  void saysItOnceHoweverOftenCtrlCIsPressed() throws Exception {
    try (Terminal terminal = open(80)) {
      terminal.run("seedance generate 'a cat' --yes -o cat.mp4");
      terminal.await(seen -> seen.matches("(?s).*\nrunning  0:.*"));
      terminal.press("C-c");
      terminal.press("C-c");

      assertThat(terminal.awaitExit()).isEqualTo(130);
      assertThat(terminal.all().split("Stopped waiting", -1)).hasSize(2);
      assertThat(terminal.all()).doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  @Tag("ci")
  void isInColourOnATerminalAloneAndNotWithNoColor() throws Exception {
    try (Terminal terminal = open(80)) {
      terminal.run("seedance quote --help; seedance quote 'a cat' -r 9k");
      assertThat(terminal.awaitExit()).isEqualTo(3);
      assertThat(terminal.inColour()).contains(ESCAPE + "[31merror:", ESCAPE + "[1mseedance quote");

      terminal.run("seedance quote --help | cat; seedance quote 'a cat' -r 9k 2>&1 | cat");
      terminal.awaitExit();
      String after = terminal.inColour();
      assertThat(after.substring(after.indexOf("--help | cat"))).doesNotContain(ESCAPE);
    }
    try (Terminal terminal = open(80, Map.of("NO_COLOR", "1"))) {
      terminal.run(
          "seedance quote --help; seedance quote 'a cat' -r 9k; seedance generate 'a cat'");
      terminal.await("Spend 1.00 USD? [y/N]");
      terminal.type("y");
      terminal.await(seen -> seen.matches("(?s).*\nrunning  0:.*"));
      assertThat(terminal.inColour()).doesNotContain(ESCAPE);
    }
  }

  private Terminal open(int columns) throws IOException, InterruptedException {
    return open(columns, Map.of());
  }

  private Terminal open(int columns, Map<String, String> more)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("TOKENHUB_BASE_URL", hub.baseUrl().toString());
    environment.put("TOKENHUB_API_KEY", "th-test-secret");
    environment.put("SEEDANCE_ALLOW_LOOPBACK", "true");
    return Terminal.open(directory, columns, environment);
  }

  private void writeShots() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 6; i++) {
      lines
          .append("{\"id\":\"opening-shot-with-a-long-name-")
          .append(i)
          .append("\",\"model\":\"fast\",\"prompt\":\"shot ")
          .append(i)
          .append("\"}\n");
    }
    Files.writeString(directory.resolve("shots.jsonl"), lines);
  }

  /** Whether there is one table, whole, at the very end, its rows running. */
  private static boolean isTable(String seen, String head) {
    return seen.split("under way", -1).length == 2
        && seen.matches(
            "(?s).*\\n\\d+:\\d\\d  "
                + head
                + "\\n(\\d stored\\n)?spent [^\\n]+"
                + "(\\n  \\d+:\\d\\d  opening-s…g-name-\\d running){3}");
  }

  /** Its rows, but for the time. */
  private static String tableOf(String seen) {
    return seen.substring(seen.lastIndexOf('\n', seen.indexOf("under way")))
        .replaceAll("\\d+:\\d\\d", "0:00");
  }

  private static String time(String seen) {
    return seen.replaceFirst("(?s).*\\n(\\d+:\\d\\d)  \\d under way.*", "$1");
  }

  private long clips() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("out"))) {
      return files.filter(file -> file.toString().endsWith(".mp4")).count();
    }
  }
}
