package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment says of key and address, and what it must not say. */
class EnvironmentTest {

  private static final String LOCAL =
      "error: TOKENHUB_BASE_URL is on this machine, so its clips are too: export"
          + " SEEDANCE_ALLOW_LOOPBACK=true\n";

  @TempDir Path directory;

  @Test
  void takesNoDirectoryForAKey() {
    CommandRun.Result run =
        CommandRun.in(directory)
            .set("TOKENHUB_API_KEY_FILE", directory.toString())
            .run("generate", "x", "--yes");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("TOKENHUB_API_KEY_FILE: " + directory + " is a directory, not a file\n")
        .doesNotContain("chmod 600 " + directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate x --yes", "wait task-1", "download task-1"})
  void refusesClipsOfThisMachineBeforeAnythingIsSent(String line) {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      for (String off : new String[] {"", "false", "FALSE", "0"}) {
        CommandRun.Result run =
            CommandRun.in(directory)
                .against(hub)
                .set("SEEDANCE_ALLOW_LOOPBACK", off)
                .run(line.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith(LOCAL);
      }
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE", "1"})
  void takesTrueAsItIsOftenWritten(String on) {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .set("SEEDANCE_ALLOW_LOOPBACK", on)
              .run("generate", "x", "--yes");

      assertThat(run.exit()).as(run.err()).isZero();
    }
  }

  @Test
  void refusesWhatIsNeitherTrueNorFalse() {
    CommandRun.Result run =
        CommandRun.in(directory)
            .set("TOKENHUB_API_KEY", "th-x")
            .set("SEEDANCE_ALLOW_LOOPBACK", "yes")
            .run("generate", "x", "--yes");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("error: SEEDANCE_ALLOW_LOOPBACK: 'yes' is neither true nor false\n");
  }

  @Test
  void asksForATaskOnThisMachineWithoutMore() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .set("SEEDANCE_ALLOW_LOOPBACK", "")
              .run("status", "task-typo");

      assertThat(run.exit()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://hub.example/api/v1  | TOKENHUB_BASE_URL: hub.example: a key is sent over https only; http is for this very machine alone
          https://hub.example/?a=b   | TOKENHUB_BASE_URL: hub.example: no query, no fragment
          hub.example                | TOKENHUB_BASE_URL: 'hub.example' is no http(s) address; the provider's is https://tokenhub.store/api/v1
          """)
  void namesTheVariableThatHoldsAnAddressThatWontDo(String address, String message) {
    CommandRun.Result run =
        CommandRun.in(directory)
            .set("TOKENHUB_API_KEY", "th-x")
            .set("TOKENHUB_BASE_URL", address)
            .run("generate", "x", "--yes");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("error: " + message + "\n");
  }

  @Test
  void asksWhetherTheAddressIsWholeWhereThereIsNoApi() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String address = hub.baseUrl().toString().replace("/api/v1", "/v1");
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .set("TOKENHUB_BASE_URL", address)
              .run("generate", "x", "--yes");

      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.err())
          .contains(
              "error: there is no TokenHub API at "
                  + address
                  + "; does TOKENHUB_BASE_URL end in /api/v1?\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "wait", "download"})
  void saysJustThatTheKeyIsNotAccepted(String command) {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .set("TOKENHUB_API_KEY", "sk-wrong")
              .run(command, "task-1");

      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.err())
          .isEqualTo(
              "note: the key doesn't begin with th-, as TokenHub's keys do\n"
                  + "error: the provider did not accept the key. Check TOKENHUB_API_KEY.\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "wait", "download"})
  void asksForTheJob(String command) {
    CommandRun.Result run = CommandRun.in(directory).run(command);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "error: name the job: seedance " + command + " JOB; list them: seedance jobs\n");
  }
}
