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

  @Test
  void quotesExactly() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      assertThat(run(hub, "quote", "x", "--video", "job:" + made(hub), "-q").out())
          .isEqualTo("2.0084 USD\n");
    }
  }
}
