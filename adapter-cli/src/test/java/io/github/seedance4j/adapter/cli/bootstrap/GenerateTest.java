package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTask;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, from the command line to the file and back. */
class GenerateTest {

  @TempDir Path directory;

  @Test
  void makesAPlayableFileInTheSandboxWithoutKeyOrQuestion() {
    CommandRun.Result run =
        CommandRun.in(directory)
            .run("generate", "A golden retriever running on a sunny beach", "--sandbox");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("golden-retriever-running.mp4\n");
    assertThat(directory.resolve("golden-retriever-running.mp4")).isRegularFile();
    assertThat(run.err())
        .contains("price", "1.00 USD", "nothing is charged")
        .containsPattern(
            "\\nDone: 5.042 s, \\d+ kB. Nothing was charged; the real one: about 1.01 USD.\n$");
  }

  @Test
  void writesOneJsonObjectWithFileAndCost() {
    CommandRun.Result run =
        CommandRun.in(directory).run("generate", "a cat", "--sandbox", "--json", "-o", "cat.mp4");

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.out())
        .contains(
            "\"state\":\"stored\"",
            "\"file\":\"" + directory.resolve("cat.mp4").toAbsolutePath() + "\"",
            "\"seconds\":5.042",
            "\"quote\":{\"low\":\"1.00\",\"high\":\"1.00\",\"currency\":\"USD\"}",
            "\"basis\":\"computed\"",
            "\"exit\":0");
  }

  @Test
  void saysNothingButTheResultWhenQuiet() {
    CommandRun.Result run =
        CommandRun.in(directory).run("generate", "a cat", "--sandbox", "-q", "-o", "cat.mp4");

    assertThat(run.out()).isEqualTo("cat.mp4\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void showsEveryViolationAtOnceAndSendsNothing() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .run(
                  "generate",
                  "a cat",
                  "--duration",
                  "20",
                  "--resolution",
                  "8k",
                  "--image",
                  "x",
                  "--yes");

      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.err())
          .contains(
              "breaks 3 rules",
              "[duration-out-of-range] --duration 20: The length in seconds is out of range."
                  + " Allowed: 4–15 s.",
              "[resolution-unknown] --resolution ",
              "[url-invalid] --image ",
              "Try it with 'quote': that sends nothing.\n");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void speaksTheUsersLanguage() {
    CommandRun.Result french =
        CommandRun.in(directory).set("LANG", "fr_FR.UTF-8").run("quote", "x", "--duration", "20");
    CommandRun.Result chinese =
        CommandRun.in(directory).set("LANG", "zh_CN.UTF-8").run("quote", "x", "--duration", "20");

    assertThat(french.err()).contains("durée");
    assertThat(chinese.err()).containsPattern("\\p{IsHan}");
  }

  @Test
  void needsSomebodysAgreementWhereNobodyCanBeAsked() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run = CommandRun.in(directory).against(hub).run("generate", "a cat");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("--yes", "--max-cost 1.00", "1.00 USD");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void sendsNothingWhenTheAnswerIsNo() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      for (String answer : new String[] {"n\n", "\n", ""}) {
        CommandRun.Result run =
            CommandRun.in(directory).against(hub).answering(answer).run("generate", "a cat");

        assertThat(run.exit()).isEqualTo(8);
        assertThat(run.err())
            .contains(
                "(sent to this very machine: no real money if that is a sandbox)\n"
                    + "Spend 1.00 USD? [y/N] ");
      }
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void sendsWhenTheAnswerIsYes() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory).against(hub).answering("y\n").run("generate", "a cat");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void refusesWhatMayCostMoreThanAllowed() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .run(
                  "generate",
                  "a cat",
                  "--video",
                  "https://example.com/a.mp4",
                  "--max-cost",
                  "3.99");

      assertThat(run.exit()).isEqualTo(8);
      assertThat(run.err()).contains("it may cost 4.00 USD, more than --max-cost 3.99");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void agreesUpToTheLimitWithoutAsking() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory).against(hub).run("generate", "a cat", "--max-cost", "1.00");

      assertThat(run.exit()).as(run.err()).isZero();
    }
  }

  @Test
  void namesEveryWayOutWhenThereIsNoKey() {
    CommandRun.Result run = CommandRun.in(directory).run("generate", "a cat", "--yes");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("TOKENHUB_API_KEY=", "TOKENHUB_API_KEY_FILE=", "--sandbox");
  }

  @Test
  void takesTheKeyFromAFileAndWarnsIfOthersCanReadIt() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "th-from-file\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun run = CommandRun.in(directory).against(hub).set("TOKENHUB_API_KEY", "");
      CommandRun.Result result =
          run.set("TOKENHUB_API_KEY_FILE", "key").run("generate", "a cat", "--yes");

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).contains("others can read the key", "chmod 600");
      assertThat(result.all()).doesNotContain("th-from-file");
    }
  }

  @Test
  void neverOverwritesAFile() throws IOException {
    Files.writeString(directory.resolve("cat.mp4"), "precious");

    CommandRun.Result run =
        CommandRun.in(directory).run("generate", "a cat", "--sandbox", "-o", "cat.mp4");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("is there already", "-o cat-2.mp4");
    assertThat(directory.resolve("cat.mp4")).hasContent("precious");
  }

  @Test
  void takesTheNextFreeNameByItself() throws IOException {
    Files.writeString(directory.resolve("cat.mp4"), "precious");

    CommandRun.Result run = CommandRun.in(directory).run("generate", "a cat", "--sandbox");

    assertThat(run.out()).isEqualTo("cat-2.mp4\n");
  }

  @Test
  void putsTheClipIntoADirectory() throws IOException {
    Files.createDirectory(directory.resolve("clips"));

    CommandRun.Result run =
        CommandRun.in(directory).run("generate", "a cat", "--sandbox", "-o", "clips");

    assertThat(run.out()).isEqualTo("clips/cat.mp4\n");
  }

  @Test
  void saysBeforePayingThatTheDirectoryIsMissing() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory).against(hub).run("generate", "a", "--yes", "-o", "no/a.mp4");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("mkdir -p");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void tellsWhatTheProviderRefused() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().noBalance();

      CommandRun.Result run =
          CommandRun.in(directory).against(hub).run("generate", "a cat", "--yes", "--json");

      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.err()).contains("refused", "Add credit");
      assertThat(run.out()).contains("\"code\":\"refused\"", "\"exit\":4");
    }
  }

  @Test
  void saysThatTheKeyIsNotAcceptedWithoutShowingIt() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .set("TOKENHUB_API_KEY", "sk-wrong-secret")
              .run("generate", "a cat", "--yes");

      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.err()).contains("Check TOKENHUB_API_KEY");
      assertThat(run.all()).doesNotContain("sk-wrong-secret");
    }
  }

  @Test
  void tellsWhyATaskFailedAndWhetherItCost() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().with(new TaskFault.Fails("OutputVideoSensitiveContentDetected", "no", false));

      CommandRun.Result run =
          CommandRun.in(directory).against(hub).run("generate", "a cat", "--yes", "--json");

      assertThat(run.exit()).isEqualTo(5);
      assertThat(run.err()).contains("the task failed", "Whether it was charged is not known");
      assertThat(run.out()).contains("\"code\":\"task-failed\"", "\"exit\":5");
    }
  }

  @Test
  void endsWaitingButNotTheTask() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().stuck();

      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .run("generate", "a cat", "--yes", "--timeout", "0s", "-o", "my cat.mp4");

      assertThat(run.exit()).isEqualTo(6);
      assertThat(run.err()).containsPattern("\\n  Wait for it again: seedance wait job-\\w{16}\n$");
    }
  }

  @Test
  void doesNotSendAgainWhatMayHaveBeenCharged() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().chargedThenReset();

      CommandRun.Result run =
          CommandRun.in(directory).against(hub).run("generate", "a cat", "--yes", "-o", "c.mp4");

      assertThat(run.exit()).isEqualTo(7);
      assertThat(run.err())
          .contains("may have been charged", "dashboard")
          .containsPattern("If it is there: seedance resolve job-\\w{16} --attach TASK\n")
          .containsPattern("and a letter that asks: seedance show job-\\w{16}\n");
      assertThat(hub.requests().createsReceived()).isEqualTo(1);
    }
  }

  @Test
  void leavesATaskThatCanBeWaitedForLater() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result sent =
          CommandRun.in(directory)
              .against(hub)
              .run("generate", "a cat", "--yes", "--no-wait", "-o", "cat.mp4");
      String task = sent.out().strip();

      assertThat(sent.exit()).as(sent.err()).isZero();
      assertThat(hub.tasks()).extracting(FakeTask::id).containsExactly(task);
      assertThat(sent.err()).containsPattern("To fetch the clip: seedance wait job-\\w{16}\n");

      CommandRun.Result status = CommandRun.in(directory).against(hub).run("status", task);
      assertThat(status.out()).isEqualTo("succeeded\n");

      CommandRun.Result waited =
          CommandRun.in(directory).against(hub).run("wait", task, "-o", "later.mp4");
      assertThat(waited.exit()).as(waited.err()).isZero();
      assertThat(directory.resolve("later.mp4")).isRegularFile();

      CommandRun.Result again =
          CommandRun.in(directory).against(hub).run("download", task, "-o", "again.mp4");
      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(directory.resolve("again.mp4"))
          .hasSameBinaryContentAs(directory.resolve("later.mp4"));
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void downloadsNothingThatIsNotThereYet() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().stuck();
      String task =
          CommandRun.in(directory)
              .against(hub)
              .run("generate", "a cat", "--yes", "--no-wait")
              .out()
              .strip();

      CommandRun.Result run = CommandRun.in(directory).against(hub).run("download", task);

      assertThat(run.exit()).isEqualTo(6);
      assertThat(run.err())
          .contains("there is no clip yet")
          .containsPattern("Wait for it: seedance wait job-\\w{16}\n");
    }
  }

  @Test
  void saysAtOnceThatATaskIsNotKnown() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      for (String command : new String[] {"status", "wait", "download"}) {
        CommandRun.Result run = CommandRun.in(directory).against(hub).run(command, "task-typo");

        assertThat(run.exit()).as(command).isEqualTo(4);
        assertThat(run.err()).contains("Check the id").containsOnlyOnce("seven days");
      }
    }
  }

  @Test
  void tellsStatusOfAFailedTaskByItsExitCode() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().with(new TaskFault.Fails("InternalServiceError", "broke", false));
      String task =
          CommandRun.in(directory)
              .against(hub)
              .run("generate", "a cat", "--yes", "--no-wait")
              .out()
              .strip();

      CommandRun.Result run = CommandRun.in(directory).against(hub).run("status", task, "--json");

      assertThat(run.exit()).isEqualTo(5);
      assertThat(run.out()).contains("\"state\":\"failed\"", "broke", "\"exit\":5");
    }
  }

  @Test
  void refusesToLeaveTheSandboxBehind() {
    CommandRun.Result run =
        CommandRun.in(directory).run("generate", "a cat", "--sandbox", "--no-wait");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("seedance sandbox");
  }

  @Test
  void rewritesOneLineOnATerminalAndLeavesItClean() {
    CommandRun.Result run =
        CommandRun.in(directory)
            .onTerminal()
            .set("NO_COLOR", "1")
            .run("generate", "a cat", "--sandbox");

    assertThat(run.err()).contains("\r\033[2K\033[?7l").contains("\033[?7h");
    assertThat(run.err()).doesNotContain("\033[3");
    assertThat(run.err().substring(run.err().lastIndexOf('\r'))).startsWith("\r\033[2KDone: ");
  }

  @Test
  void tellsWhereNobodyListensThatNothingWasCharged() {
    CommandRun.Result run =
        CommandRun.in(directory)
            .set("TOKENHUB_API_KEY", "th-x")
            .set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/api/v1")
            .set("SEEDANCE_ALLOW_LOOPBACK", "true")
            .run("generate", "a cat", "--yes", "--timeout", "0s");

    assertThat(run.exit()).isEqualTo(6);
    assertThat(run.err()).contains("nothing was charged");
  }
}
