package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one job made, as input of the next: {@code job:ID}. */
class EarlierClipsTest {

  private static final String STAGED = "https://staged.example/cat.mp4";

  @TempDir Path directory;

  private Path stage;

  @BeforeEach
  void writesAProgramThatStages() throws IOException {
    stage = directory.resolve("stage.sh");
    Files.writeString(stage, "#!/bin/sh\ncp \"$1\" staged.mp4\necho " + STAGED + "\n");
  }

  private CommandRun.Result run(FakeTokenHub hub, String... words) {
    return CommandRun.in(directory).against(hub).run(words);
  }

  /** The id of a job that made {@code cat.mp4}. */
  private String made(FakeTokenHub hub) {
    CommandRun.Result made = run(hub, "generate", "a cat", "-y");
    assertThat(made.exit()).as(made.err()).isZero();
    return made.err().replaceAll("(?s).*Job job-(\\w+), task .*", "$1");
  }

  @Test
  void isAFileThatIsStagedAndPricedByItsLength() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String video = "job:" + made(hub).substring(0, 6);

      CommandRun.Result run =
          run(hub, "generate", "wild", "--video", video, "--stage", "sh " + stage, "-y");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).contains("input video 5.042 s");
      assertThat(hub.requests().creates().get(1).body())
          .contains("\"video_url\":\"" + STAGED + "\"", "\"video_durations\":[5.042]");
      assertThat(directory.resolve("staged.mp4"))
          .hasSameBinaryContentAs(directory.resolve("cat.mp4"));
    }
  }

  @Test
  void isTheProvidersLinkWhereNothingStages() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String video = "job:" + made(hub);
      Files.delete(directory.resolve("cat.mp4"));

      CommandRun.Result run = run(hub, "generate", "wild", "--video", video, "-y");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).contains("input video 5.042 s").doesNotContain("sig=");
      assertThat(hub.requests().creates().get(1).body())
          .contains("\"video_durations\":[5.042]")
          .containsPattern("\"video_url\":\"http://[^\"]+/video.mp4\\?expires=");
    }
  }

  @Test
  void isTheFileAgainOnceTheLinkMayDie() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String video = "job:" + made(hub);

      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .later(Duration.ofHours(23))
              .run("generate", "wild", "--video", video, "-y");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("(cat.mp4): add --stage 'CMD {}'");
    }
  }

  @Test
  void isNothingWithoutFileAndLink() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String video = "job:" + made(hub);
      Files.delete(directory.resolve("cat.mp4"));

      CommandRun.Result run =
          CommandRun.in(directory)
              .against(hub)
              .later(Duration.ofHours(23))
              .run("generate", "wild", "--video", video, "-y");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("has its clip no more at cat.mp4");
      assertThat(run(hub, "quote", "x", "--video", "job:nope").err())
          .contains("job:nope: no job begins with 'nope'; list them: seedance jobs");
      assertThat(run(hub, "quote", "x", "--video", "job:").err()).contains("names no job");
    }
  }

  @Test
  void isNoPicture() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run = run(hub, "quote", "x", "--first-frame", "job:" + made(hub));

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("cat.mp4: it is a video, where a picture goes");
    }
  }

  private void writeShots(String video) throws IOException {
    Files.writeString(
        directory.resolve("shots.jsonl"),
        """
        {"model":"standard","prompt":"plain"}
        {"model":"standard","prompt":"wild","video_url":"VIDEO"}
        {"model":"standard","prompt":"wilder","video_url":"VIDEO","id":"wilder"}
        """
            .replace("VIDEO", video));
  }

  @Test
  void isTheSameLineOfABatchWhereverTheClipIsToday() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String id = made(hub);
      String[] batch = {"batch", "shots.jsonl", "--out-dir", "out", "--budget", "9"};
      writeShots("job:" + id.substring(0, 6));
      CommandRun.Result byLink = run(hub, batch);
      writeShots("job:" + id);
      CommandRun.Result byFile =
          run(hub, "batch", "shots.jsonl", "--out-dir", "out", "--budget", "9", "--stage", "true");
      CommandRun.Result byFileOnly =
          CommandRun.in(directory).against(hub).later(Duration.ofHours(23)).run(batch);

      assertThat(byLink.exit()).as(byLink.err()).isZero();
      assertThat(hub.requests().creates().stream().skip(1))
          .hasSize(3)
          .filteredOn(call -> call.body().contains("video_url"))
          .hasSize(2)
          .allSatisfy(
              call ->
                  assertThat(call.body())
                      .contains("\"video_durations\":[5.042]")
                      .containsPattern("\"video_url\":\"http://[^\"]+/video.mp4\\?expires="));
      assertThat(byFile.exit()).as(byFile.err()).isZero();
      assertThat(byFile.err()).contains("3 of 3 stored");
      assertThat(byFileOnly.exit()).as(byFileOnly.err()).isZero();
      assertThat(hub.requests().creates()).hasSize(4);
    }
  }

  @Test
  void isWrongInALineOfABatchBeforeAnythingIsPaid() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      writeShots("job:" + made(hub));
      CommandRun late = CommandRun.in(directory).against(hub).later(Duration.ofHours(23));
      CommandRun.Result unstaged =
          late.run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "9");
      Files.delete(directory.resolve("cat.mp4"));
      CommandRun later = CommandRun.in(directory).against(hub).later(Duration.ofHours(23));
      CommandRun.Result gone =
          later.run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "9");
      writeShots("job:nope");
      CommandRun.Result unknown = run(hub, "batch", "shots.jsonl", "--dry-run");

      assertThat(unstaged.exit()).isEqualTo(2);
      assertThat(unstaged.err())
          .contains("line 2: the provider takes addresses, not files (cat.mp4): add --stage");
      assertThat(gone.exit()).isEqualTo(3);
      assertThat(gone.err())
          .contains("error: 2 lines are not valid; nothing was sent:")
          .contains("line 2: [media-unreadable] job:")
          .contains("line 3: [media-unreadable] job:")
          .contains("has its clip no more at cat.mp4, and the provider's link to it is dead");
      assertThat(unknown.exit()).isEqualTo(3);
      assertThat(unknown.err())
          .contains("line 2: [media-unreadable] job:nope: no job begins with 'nope'");
      assertThat(hub.requests().creates()).hasSize(1);
    }
  }

  @Test
  void quotesExactly() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      assertThat(run(hub, "quote", "x", "--video", "job:" + made(hub), "-q").out())
          .isEqualTo("2.0084 USD\n");
    }
  }
}
