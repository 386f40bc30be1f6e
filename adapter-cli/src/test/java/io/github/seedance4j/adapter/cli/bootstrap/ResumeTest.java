package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.SettableClock;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on with what an earlier run left, and beside one that is still there. */
class ResumeTest {

  private static final String JOURNAL = "home/seedance4j/sandbox.db";

  @TempDir Path directory;

  private CommandRun.Result at(FakeTokenHub hub, String... args) {
    return CommandRun.in(directory).against(hub).run(args);
  }

  private CommandRun.Result jobs(String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "jobs";
    args[1] = "--json";
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.in(directory).set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/").run(args);
  }

  private static String id(CommandRun.Result jobs) {
    return jobs.out().replaceFirst("(?s).*\"job\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void fetchesEveryClipToWhereItWasWanted() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "--no-wait", "-o", "cat.mp4");
      at(hub, "generate", "a dog", "--yes", "--no-wait", "-o", "dog.mp4");

      CommandRun.Result run = at(hub, "resume");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out().lines()).containsExactlyInAnyOrder("cat.mp4", "dog.mp4");
      assertThat(run.err())
          .startsWith("Going on with 2 jobs.\n")
          .endsWith("Resumed 2: 2 fetched.\n");
      assertThat(hub.ledger().charges()).hasSize(2);
      CommandRun.Result again = at(hub, "resume");
      assertThat(again.err()).isEqualTo("Nothing to resume.\n");
      assertThat(again.out()).isEmpty();
    }
  }

  @Test
  void goesOnWhereAProcessWasKilled() throws Exception {
    SettableClock clock = SettableClock.running();
    try (FakeTokenHub hub =
        FakeTokenHub.builder().clock(clock).pace(Pace.of(Duration.ofHours(1))).start()) {
      try (CommandProcess killed =
          CommandProcess.start(
              directory, hub.baseUrl().toString(), "generate", "a cat", "--yes", "-o", "c.mp4")) {
        killed.readUntil("queued");
        killed.kill();
      }
      clock.advance(Duration.ofHours(2));

      CommandRun.Result run = at(hub, "resume", "--journal", JOURNAL, "--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("\"state\":\"stored\"", "\"file\":\"" + directory.resolve("c.mp4") + "\"");
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void takesAProcessThatDiedBeforeItsAnswerForUnknown() throws Exception {
    try (SilentServer server = new SilentServer()) {
      try (CommandProcess killed =
          CommandProcess.start(directory, server.baseUrl(), "generate", "a cat", "--yes")) {
        server.awaitRequest();
        killed.kill();
      }

      CommandRun.Result run =
          CommandRun.in(directory)
              .set("TOKENHUB_BASE_URL", server.baseUrl())
              .set("TOKENHUB_API_KEY", "th-test-secret")
              .set("SEEDANCE_ALLOW_LOOPBACK", "true")
              .run("resume", "--journal", JOURNAL);

      assertThat(run.exit()).as(run.err()).isEqualTo(7);
      assertThat(run.err())
          .containsPattern(
              "error: job-\\w{8}: nobody knows whether the provider took it: whoever sent it died"
                  + " before an answer\\. It may have been charged, so it is not sent again\\.\n"
                  + "  The ways out: seedance show job-\\w{16} --journal "
                  + JOURNAL
                  + "\n")
          .endsWith("Resumed 1: 0 fetched, 1 of unknown outcome.\n");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void waitsForAClipThatAnotherProcessFetches() throws Exception {
    SettableClock clock = SettableClock.running();
    try (FakeTokenHub hub =
            FakeTokenHub.builder().clock(clock).pace(Pace.of(Duration.ofHours(1))).start();
        CommandProcess other =
            CommandProcess.start(
                directory, hub.baseUrl().toString(), "generate", "a cat", "--yes", "-o", "c.mp4")) {
      other.readUntil("queued");
      CommandRun wait = CommandRun.in(directory).against(hub);
      CompletableFuture<CommandRun.Result> waited =
          CompletableFuture.supplyAsync(
              () -> wait.run("wait", "task-", "--journal", JOURNAL, "-o", "mine.mp4"));
      while (!waited.isDone() && !wait.errSoFar().contains("queued")) {
        Thread.onSpinWait(); // until it waits, too
      }
      clock.advance(Duration.ofHours(2));

      assertThat(waited.get(60, TimeUnit.SECONDS).exit()).as(waited.get().err()).isZero();
      assertThat(waited.get().out()).isEqualTo("mine.mp4\n");
      assertThat(other.awaitExit()).as(other.said()).isZero();
      assertThat(directory.resolve("c.mp4")).hasSameBinaryContentAs(directory.resolve("mine.mp4"));
    }
  }

  @Test
  void leavesTheOtherJobsAloneWhileItWaitsForOne() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "--no-wait", "-o", "cat.mp4");
      String cat = id(jobs());
      at(hub, "generate", "a dog", "--yes", "--no-wait", "-o", "dog.mp4");

      assertThat(at(hub, "wait", cat).out()).isEqualTo("cat.mp4\n");

      assertThat(directory.resolve("dog.mp4")).doesNotExist();
      assertThat(jobs("--state", "submitted").out().lines()).hasSize(1);
    }
  }

  @Test
  void endsWithWhatWentWrong() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "--no-wait", "-o", "cat.mp4");
      hub.next().with(new TaskFault.Fails("InternalServiceError", "broke", false));
      at(hub, "generate", "a dog", "--yes", "--no-wait", "-o", "dog.mp4");

      CommandRun.Result run = at(hub, "resume", "--json");

      assertThat(run.exit()).isEqualTo(5);
      assertThat(run.out().lines()).hasSize(2);
      assertThat(run.out()).contains("\"code\":\"task-failed\"", "\"state\":\"stored\"");
      assertThat(run.err())
          .containsPattern("error: job-\\w{8}: the task failed: broke ")
          .endsWith("Resumed 2: 1 fetched, 1 without a clip.\n");
    }
  }

  @Test
  void saysOfALinkThatDiedThatTheClipIsPaidFor() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().with(new FileFault.KillsLink(true));
      at(hub, "generate", "a cat", "--yes", "--no-wait", "-o", "cat.mp4");

      CommandRun.Result run = at(hub, "resume", "--timeout", "20s");

      assertThat(run.exit()).as(run.err()).isEqualTo(9);
      assertThat(run.err()).contains("The clip is paid for; don't order it again.");
    }
  }

  @Test
  void stopsWaitingInTimeAndSaysHowToGoOn() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().stuck();
      at(hub, "generate", "a cat", "--yes", "--no-wait");

      CommandRun.Result run = at(hub, "resume", "--timeout", "0s");

      assertThat(run.exit()).isEqualTo(6);
      assertThat(run.err())
          .containsPattern("it has not ended yet; the task goes on at the provider")
          .containsPattern("seedance wait job-\\w{16}");
    }
  }

  @Test
  void resumesOnlyWhereAndAsWhomAJobWasSent() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().stuck();
      at(hub, "generate", "a cat", "--yes", "--no-wait");
      String job = id(jobs());
      CommandRun other = CommandRun.in(directory).against(hub).set("TOKENHUB_API_KEY", "th-other");

      CommandRun.Result run = other.run("resume");
      assertThat(run.exit()).isZero();
      assertThat(run.err())
          .containsPattern(
              "note: a job was sent elsewhere or with another key, and can be resumed only there:"
                  + " job-\\w{8} at "
                  + hub.baseUrl()
                  + ", key fingerprint [0-9a-f]{12}\n");

      CommandRun.Result wait =
          CommandRun.in(directory)
              .against(hub)
              .set("TOKENHUB_API_KEY", "th-other")
              .run("wait", job, "--timeout", "1s");
      assertThat(wait.exit()).isEqualTo(2);
      assertThat(wait.err())
          .containsPattern(
              job
                  + " was sent with another key \\(\\w{12}\\), and this is \\w{12}: set"
                  + " TOKENHUB_API_KEY to that\n");
    }
  }

  @Test
  void fetchesAClipOnceMoreThatIsNotWhereItWasPut() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "-o", "cat.mp4");
      String job = id(jobs());
      assertThat(at(hub, "wait", job).out()).isEqualTo("cat.mp4\n");
      Files.delete(directory.resolve("cat.mp4"));

      CommandRun.Result run = at(hub, "download", job, "-o", "again.mp4");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err())
          .startsWith(
              "note: the clip was fetched before but isn't at cat.mp4: fetching it once more\n");
      assertThat(run.out()).isEqualTo("again.mp4\n");
    }
  }
}
