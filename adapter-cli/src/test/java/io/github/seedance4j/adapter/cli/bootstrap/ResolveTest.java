package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person says of an unknown outcome, and of what was charged. */
class ResolveTest {

  @TempDir Path directory;

  private CommandRun.Result at(FakeTokenHub hub, String... args) {
    return CommandRun.in(directory).against(hub).run(args);
  }

  private CommandRun.Result offline(String... args) {
    return CommandRun.in(directory).set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/api/v1").run(args);
  }

  /** A job that was charged, of which no answer came; its id. */
  private String unknown(FakeTokenHub hub) {
    hub.next().chargedThenReset();
    assertThat(at(hub, "generate", "a cat", "--yes", "-o", "cat.mp4").exit()).isEqualTo(7);
    return offline("jobs", "--json", "--state", "unknown")
        .out()
        .replaceFirst("(?s).*\"job\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void attachesTheTaskThatWasFoundAndFetchesItsClip() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = unknown(hub);
      String task = hub.tasks().get(0).id();

      CommandRun.Result attached = at(hub, "resolve", job, "--attach", task);

      assertThat(attached.exit()).as(attached.err()).isZero();
      assertThat(attached.out()).isEqualTo(job + " is submitted: " + task + "\n");
      assertThat(attached.err()).isEqualTo("Fetch its clip: seedance wait " + job + "\n");
      CommandRun.Result waited = at(hub, "wait", job);
      assertThat(waited.out()).isEqualTo("cat.mp4\n");
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void attachesNoTaskThatTheProviderDoesNotKnow() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = unknown(hub);

      CommandRun.Result run = at(hub, "resolve", job, "--attach", "task-typo");

      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.err())
          .startsWith("error: the provider doesn't know task task-typo; nothing was changed\n");
      assertThat(offline("jobs", "--json").out()).contains("\"state\":\"unknown\"");
    }
  }

  @Test
  void saysWhoseTheTaskIsThatBelongsToAnotherJob() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = unknown(hub);
      at(hub, "generate", "a dog", "--yes", "-o", "dog.mp4");
      String task = hub.tasks().get(1).id();

      CommandRun.Result run = at(hub, "resolve", job, "--attach", task);

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("error: --attach: task " + task + " belongs to job-");
      assertThat(offline("show", job, "--json").out()).contains("\"state\":\"unknown\"");
    }
  }

  @Test
  void attachesUncheckedWhereThereIsNoKeyToAskWith() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = unknown(hub);

      CommandRun.Result run = offline("resolve", job, "--attach", "task-1");

      assertThat(run.exit()).isZero();
      assertThat(run.err())
          .startsWith("note: no key, so the provider isn't asked whether it knows");
    }
  }

  @Test
  void givesUpWhatIsLost() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = unknown(hub);

      CommandRun.Result lost = offline("resolve", job, "--lost");

      assertThat(lost.exit()).as(lost.err()).isZero();
      assertThat(lost.out()).isEqualTo(job + " is lost, and counts as at most 1.01 USD\n");
      assertThat(lost.err())
          .isEqualTo(
              "If the account shows another sum: seedance settle " + job + " --charged 0.00\n");
      assertThat(offline("resolve", job, "--lost").err())
          .startsWith("error: " + job + " is lost: there is nothing to resolve\n");

      CommandRun.Result settled = offline("settle", job, "--charged", "0.00");
      assertThat(settled.out()).isEqualTo(job + " is lost, charged 0.00 USD\n");
      assertThat(offline("budget").out()).contains("looked up 0.00, held 0.00: 0.00 USD");
    }
  }

  @Test
  void sendsNothingAgainUnlessASecondChargeIsAccepted() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = unknown(hub);

      CommandRun.Result refused = at(hub, "resolve", job, "--resubmit", "--json");

      assertThat(refused.exit()).isEqualTo(8);
      assertThat(refused.err())
          .isEqualTo(
              "error: to send it again may cost up to 1.01 USD a second time; nothing was sent\n"
                  + "  To agree to that: seedance resolve "
                  + job
                  + " --resubmit --accept-second-charge\n");
      assertThat(refused.out()).contains("\"code\":\"not-agreed\"", "\"exit\":8");
      assertThat(hub.requests().createsReceived()).isEqualTo(1);

      CommandRun.Result again = at(hub, "resolve", job, "--resubmit", "--accept-second-charge");
      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(again.out()).isEqualTo("cat.mp4\n");
      assertThat(hub.ledger().charges()).hasSize(2);
      assertThat(offline("show", job).out()).contains("agreed to       2 charges, the last at ");
    }
  }

  @Test
  void keepsASecondChargeUnderTheMaxCostThatIsSet() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = unknown(hub);

      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .set("SEEDANCE_MAX_COST", "0.10")
              .run("resolve", job, "--resubmit", "--accept-second-charge");

      assertThat(run.exit()).isEqualTo(8);
      assertThat(run.err()).contains("more than max-cost 0.10 (SEEDANCE_MAX_COST)");
      assertThat(hub.requests().createsReceived()).isEqualTo(1);
    }
  }

  @Test
  void keepsASecondChargeUnderTheCaps() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = unknown(hub);
      offline("budget", "--set", "2.00", "--per", "ever");

      CommandRun.Result run = at(hub, "resolve", job, "--resubmit", "--accept-second-charge");

      assertThat(run.exit()).isEqualTo(8);
      assertThat(run.err())
          .contains(
              "error: with a second charge " + job, "the budget of 2.00 USD", "seedance budget\n");
      assertThat(hub.requests().createsReceived()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resolve job-x                          | say what became of it: one of --attach TASK, --lost, --resubmit
          resolve job-x --lost --attach t        | --resubmit, not several
          resolve job-x --lost --accept-second-charge | --accept-second-charge goes with --resubmit
          resolve --lost                         | name the job: seedance resolve JOB
          settle job-x                           | say what was charged: seedance settle JOB --charged 0.00
          settle job-x --charged -1              | is no amount such as 3.00
          """)
  void refusesWhatIsNotSaidClearly(String line, String message) {
    CommandRun.Result run = offline(line.strip().split(" +"));

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message, "--help");
  }

  @Test
  void settlesNothingThatHasNotEnded() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().stuck();
      String task = at(hub, "generate", "a cat", "--yes", "--no-wait").out().strip();

      CommandRun.Result run = offline("settle", task, "--charged", "1.00");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains(" is submitted: it has not ended yet\n", "seedance show job-");
    }
  }
}
