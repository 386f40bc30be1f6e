package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.check.Enforcement;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same once more, or a little different. */
class AgainTest {

  private static final String A = "https://a.example/a.png";
  private static final String B = "https://a.example/b.mp4";

  @TempDir Path directory;

  private CommandRun.Result run(FakeTokenHub hub, String... words) {
    return CommandRun.in(directory).against(hub).run(words);
  }

  /** The one job's id. */
  private String made(FakeTokenHub hub, String... words) {
    CommandRun.Result made = run(hub, words);
    assertThat(made.exit()).as(made.err()).isZero();
    return made.err().replaceAll("(?s).*Job (job-\\w+), task .*", "$1");
  }

  private static String lastBody(FakeTokenHub hub) {
    return hub.requests().creates().get(hub.requests().creates().size() - 1).body();
  }

  @Test
  void sendsTheSameWithWhatFlagsChange() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = made(hub, "generate", "a cat", "-m", "fast", "-d", "7", "--no-audio", "-y");

      CommandRun.Result again =
          CommandRun.in(directory)
              .against(hub)
              .answering("y\n")
              .run("again", job.substring(0, 9), "--model", "standard", "--480p");

      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(again.out()).isEqualTo("cat-2.mp4\n");
      assertThat(again.err())
          .contains(
              "As " + job + ", but for:",
              "  model                 doubao-seedance-2.0-fast → doubao-seedance-2.0\n",
              "  resolution            the default → 480p\n",
              "Spend 0.84 USD? [y/N] ")
          .doesNotContain("duration ");
      assertThat(lastBody(hub))
          .isEqualTo(
              "{\"duration\":7,\"generate_audio\":false,\"model\":\"doubao-seedance-2.0\","
                  + "\"prompt\":\"a cat\",\"resolution\":\"480p\"}");
      assertThat(hub.ledger().charges()).hasSize(2);
    }
  }

  @Test
  void paysNoSecondTimeForAnUnknownOutcomeUnlessThatIsAccepted() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().chargedThenReset();
      CommandRun.Result lost = run(hub, "generate", "a cat", "--yes");
      assertThat(lost.exit()).isEqualTo(7);
      String job = lost.err().replaceAll("(?s).*(job-\\w{16}).*", "$1");

      CommandRun.Result refused = run(hub, "again", job, "--max-cost", "2");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "nobody knows whether " + job + " was charged, and another would be paid for as well",
              "seedance show " + job,
              "--accept-second-charge");
      assertThat(hub.ledger().charges()).hasSize(1);

      assertThat(run(hub, "again", job, "--accept-second-charge", "--yes").exit()).isZero();
      assertThat(hub.ledger().charges()).hasSize(2);
    }
  }

  @Test
  void saysThatTheOtherOneIsNotDoneYet() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = made(hub, "generate", "a cat", "--no-wait", "--yes");

      assertThat(run(hub, "again", job, "--no-wait", "--yes").err())
          .contains("note: " + job + " is not done yet; this is another one, paid for as well");
      assertThat(run(hub, "again", job, "--no-wait", "--yes", "--accept-second-charge").err())
          .contains("--accept-second-charge: the outcome of " + job + " is known");
    }
  }

  @Test
  void takesAnotherPromptAndOtherMedia() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job =
          made(hub, "generate", "it runs", "--video", B, "--video-seconds", "5", "-y", "--480p");

      CommandRun.Result changed =
          run(hub, "again", job, "it sleeps", "--image", A + "?signed=secret", "-y");
      assertThat(changed.exit()).as(changed.err()).isZero();
      assertThat(changed.err()).contains(A + "?…").doesNotContain("secret");
      assertThat(lastBody(hub))
          .contains("\"prompt\":\"it sleeps\"", "\"image_url\":\"" + A, "480p")
          .doesNotContain("video");

      assertThat(run(hub, "again", job, "--input-video-seconds", "6", "-y").exit()).isZero();
      assertThat(lastBody(hub))
          .contains("\"input_video_duration\":6", "\"video_url\":\"" + B + "\"")
          .doesNotContain("video_durations");
    }
  }

  @Test
  void keepsFieldsOutsideTheGuideAndTheStrictness() {
    try (FakeTokenHub hub = FakeTokenHub.builder().enforce(Enforcement.NOTHING).start()) {
      String job =
          made(hub, "generate", "x", "--extra", "seed=7", "--last-frame", A, "--relaxed", "-y");

      CommandRun.Result again = run(hub, "again", job, "-y");

      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(again.err()).contains("As " + job + ", unchanged:");
      assertThat(lastBody(hub)).isEqualTo(hub.requests().creates().get(0).body()).contains("seed");
    }
  }

  @Test
  void saysInItsHelpThatTheJobsOwnSettingsHold() {
    CommandRun.Result help = CommandRun.in(directory).run("again", "--help");

    assertThat(help.out().replaceAll("\\s+", " "))
        .contains("Length of the clip. Default: as the job has it.")
        .doesNotContain("Default: 5", "Default: standard", "Default: 720p", "Default: adaptive");
    assertThat(CommandRun.in(directory).run("generate", "--help").out()).contains("Default: 5.");
  }

  @Test
  void asksAndSendsNothingWithoutAYes() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = made(hub, "generate", "a cat", "-y");

      assertThat(run(hub, "again", job).exit()).isEqualTo(2);
      assertThat(run(hub, "again", job, "--max-cost", "0.99").exit()).isEqualTo(8);
      assertThat(run(hub, "again", job, "-d", "99", "-y").exit()).isEqualTo(3);
      assertThat(hub.requests().createsBegun()).isEqualTo(1);
    }
  }

  @Test
  void cannotMakeWhatIsForgottenOrNeverWasKnown() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String job = made(hub, "generate", "a cat", "-y");
      CommandRun.in(directory)
          .against(hub)
          .later(Duration.ofDays(2))
          .run("purge", "--older-than", "1d", "-y");

      CommandRun.Result purged = run(hub, "again", job, "-y");
      assertThat(purged.exit()).isEqualTo(2);
      assertThat(purged.err()).contains(job + " was purged: what it asked for is forgotten");

      CommandRun.Result unknown = run(hub, "again", "job-nope", "-y");
      assertThat(unknown.exit()).isEqualTo(2);
      assertThat(unknown.err()).contains("begins with 'job-nope'", "seedance jobs");
      assertThat(run(hub, "again", "-y").err()).contains("name the job");
      assertThat(hub.requests().createsBegun()).isEqualTo(1);
    }
  }
}
