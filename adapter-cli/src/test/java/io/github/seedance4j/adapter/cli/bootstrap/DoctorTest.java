package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checkup finds, and how it says so. */
class DoctorTest {

  @TempDir Path directory;

  @Test
  void findsNothingWrongAgainstASandbox() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run = CommandRun.in(directory).against(hub).run("doctor");

      assertThat(run.exit()).as(run.all()).isZero();
      assertThat(run.out().lines().map(line -> line.substring(0, 16).strip()))
          .containsExactly(
              "ok    settings",
              "ok    key",
              "ok    clock",
              line(run, "disk"),
              "ok    journal",
              "ok    network",
              line(run, "prices"));
      assertThat(run.out())
          .contains("(TOKENHUB_API_KEY) accepted by " + hub.baseUrl() + "\n")
          .contains("127.0.0.1 resolves, connects, answers in ")
          .contains("none yet; the first job makes ");
      assertThat(run.all()).doesNotContain("th-test-secret");
      assertThat(hub.ledger().charges()).isEmpty();
    }
  }

  /** Disk and prices depend on machine and day: of them only that they don't fail. */
  private static String line(CommandRun.Result run, String name) {
    String line = run.out().lines().filter(l -> l.contains(name + " ")).findFirst().orElseThrow();
    assertThat(line).doesNotStartWith("fail");
    return line.substring(0, 16).strip();
  }

  @Test
  void failsOnARefusedKeyAndSaysWhatToDo() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory).against(hub).set("TOKENHUB_API_KEY", "sk-no").run("doctor");

      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.out())
          .containsPattern("(?m)^fail  key .* doesn't accept it: .* → seedance login$");
    }
  }

  @Test
  void failsWithoutAKey() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory).against(hub).set("TOKENHUB_API_KEY", "").run("doctor");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out()).contains("fail  key       there is none → seedance login\n");
    }
  }

  @Test
  void comparesTheClockWithTheProviders() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory).against(hub).later(Duration.ofMinutes(10)).run("doctor");

      assertThat(run.exit()).isZero();
      assertThat(run.out())
          .containsPattern("(?m)^warn  clock     (599|60\\d) s ahead of the provider's → set it ");
    }
  }

  @Test
  void tellsHowOldThePricesAre() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory).against(hub).later(Duration.ofDays(4_000)).run("doctor");

      assertThat(run.out())
          .containsPattern("(?m)^warn  prices    of 2026-11-01, \\d+ days old → compare them ")
          .contains("seedance config set prices FILE\n");
    }
  }

  @Test
  void namesTheStepThatTheNetworkFailsAt() throws IOException {
    int nobodys;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobodys = socket.getLocalPort();
    }
    CommandRun.Result run =
        CommandRun.in(directory)
            .set("TOKENHUB_BASE_URL", "http://127.0.0.1:" + nobodys + "/api/v1")
            .set("TOKENHUB_API_KEY", "th-x")
            .set("https_proxy", "http://proxy.example:8080")
            .run("doctor");

    assertThat(run.exit()).isEqualTo(6);
    assertThat(run.out())
        .contains("warn  key ")
        .contains("can't be tried without a network → see network below\n")
        .contains("ok    clock     nobody to compare it with\n")
        .containsPattern("(?m)^fail  network   no connection to 127.0.0.1:" + nobodys)
        .contains("; https_proxy set, and not used: it calls itself → check network, firewall and");
  }

  @Test
  void looksAtTheJournal() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.in(directory).against(hub).run("generate", "x", "--yes");
      Path journal = directory.resolve("state/sandbox.db");

      assertThat(CommandRun.in(directory).against(hub).run("doctor").out())
          .contains("ok    journal   " + journal + " opens, for you alone; nothing waits\n");

      Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(CommandRun.in(directory).against(hub).run("doctor").out())
          .contains(
              "warn  journal   others can get at " + journal + " → chmod 600 " + journal + "\n");

      Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(
          journal, "no database, and long enough to be taken for a broken one ........");
      CommandRun.Result broken = CommandRun.in(directory).against(hub).run("doctor");
      assertThat(broken.exit()).isEqualTo(2);
      assertThat(broken.out()).contains("fail  journal   ");
    }
  }

  @Test
  void remindsOfWhatWaits() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().chargedThenReset();
      CommandRun.in(directory).against(hub).run("generate", "x", "--yes");

      assertThat(CommandRun.in(directory).against(hub).run("doctor").out())
          .containsPattern("(?m)^warn  journal .* the outcome of a job is unknown");
    }
  }

  @Test
  void triesWhetherTheJournalCanBeMade() {
    assumeThat(Path.of("/proc")).as("a directory that nobody can write in").isDirectory();
    CommandRun.Result run =
        CommandRun.in(directory).set("SEEDANCE_JOURNAL", "/proc/jobs.db").run("doctor");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out())
        .containsPattern(
            "(?m)^fail  journal   can't make /proc/jobs.db: .* in /proc → set SEEDANCE_JOURNAL or"
                + " HOME$")
        .doesNotContain("Exception");
    CommandRun.Result made =
        CommandRun.in(directory)
            .set("SEEDANCE_JOURNAL", "/proc/jobs.db")
            .run("budget", "--set", "1", "--per", "day");
    assertThat(made.err())
        .startsWith("error: the journal /proc/jobs.db can't be made: ")
        .contains("; SEEDANCE_JOURNAL or --journal names another place")
        .doesNotContain("Exception");
  }

  @Test
  void tellsThatThereIsNoHomeToKeepAnythingIn() {
    String message = "there is no home directory to keep jobs in: set HOME or SEEDANCE_JOURNAL";

    assertThat(CommandRun.in(directory).homeless().run("jobs").err()).contains(message);
    assertThat(CommandRun.in(directory).homeless().run("generate", "x", "--sandbox").err())
        .contains(message);
    assertThat(CommandRun.in(directory).homeless().run("doctor").out())
        .contains("fail  journal   " + message);
    assertThat(CommandRun.in(directory).homeless().run("config", "set", "model", "fast").err())
        .contains("there is no home directory to keep settings in: set HOME");
    assertThat(
            CommandRun.in(directory)
                .homeless()
                .set("SEEDANCE_JOURNAL", "own.db")
                .run("generate", "x", "--sandbox")
                .exit())
        .isZero();
    assertThat(directory.resolve("sandbox.db")).exists();
  }

  @Test
  void goesOnWhereTheSettingsAreBroken() throws IOException {
    Files.createDirectories(directory.resolve("config"));
    Files.writeString(directory.resolve("config/config.ini"), "modle = fast\n");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run = CommandRun.in(directory).against(hub).run("doctor", "--json");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out().lines()).hasSize(7);
      assertThat(run.out())
          .startsWith("{\"check\":\"settings\",\"level\":\"fail\",\"message\":\"")
          .contains("'modle' is no setting", "\"next\":\"seedance config unset modle\"")
          .containsOnlyOnce("modle' is no setting");
    }
  }

  @Test
  void findsOutThatAnAddressHasNoTls() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      URI plain = hub.baseUrl();
      assertThat(Knock.at(URI.create(plain.toString().replace("http:", "https:"))).trouble())
          .startsWith("no TLS with 127.0.0.1:" + plain.getPort() + ": ");
    }
  }
}
