package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.check.Enforcement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies beside a clip: what it was made of, to be made again. */
class SidecarTest {

  @TempDir Path directory;

  private CommandRun.Result run(FakeTokenHub hub, String... words) {
    return CommandRun.in(directory).against(hub).run(words);
  }

  private String sidecar(String clip) throws IOException {
    return Files.readString(directory.resolve(clip + ".json"));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void tellsWhatAClipWasMadeOfAndWhatItCost() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result made =
          run(hub, "generate", "a cat", "-m", "fast", "--480p", "-y", "-o", "cat.mp4", "--json");

      assertThat(made.exit()).as(made.err()).isZero();
      String text = sidecar("cat.mp4").replaceAll("\\s+", "");
      String sha256 = made.out().replaceAll("(?s).*\"sha256\":\"(\\w+)\".*", "$1");
      assertThat(text)
          .contains(
              "\"file\":\"cat.mp4\"",
              "\"prompt\":\"acat\"",
              "\"model\":\"doubao-seedance-2.0-fast\"",
              "\"request\":{\"model\":\"doubao-seedance-2.0-fast\",\"prompt\":\"acat\","
                  + "\"resolution\":\"480p\"}",
              "\"job\":\"job-",
              "\"task\":\"",
              "\"quote\":{\"low\":\"0.50\",\"high\":\"0.50\",\"currency\":\"USD\"}",
              "\"basis\":\"computed\"",
              "\"seconds\":5.042",
              "\"sha256\":\"" + sha256 + "\"",
              "\"created\":\"20",
              "\"stored\":\"20")
          .doesNotContain("th-test-secret", "X-Tos", "video_url", "?");
      assertThat(files()).containsExactly("cat.mp4", "cat.mp4.json", "state");
    }
  }

  @Test
  void isARequestThatFlagsChange() {
    try (FakeTokenHub hub = FakeTokenHub.builder().enforce(Enforcement.NOTHING).start()) {
      run(hub, "generate", "a cat", "-m", "fast", "--extra", "seed=7", "-y", "-o", "cat.mp4");

      CommandRun.Result again =
          run(hub, "generate", "--request", "cat.mp4.json", "--480p", "-d", "4", "-y");

      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(hub.requests().creates().get(1).body())
          .contains(
              "\"prompt\":\"a cat\"",
              "\"model\":\"doubao-seedance-2.0-fast\"",
              "\"seed\":7",
              "\"resolution\":\"480p\"",
              "\"duration\":4")
          .doesNotContain("sha256", "seedance_clip");
    }
  }

  @Test
  void leavesAFileOfSomebodyElseAlone() throws IOException {
    for (String foreign : new String[] {"{\"mine\":true}", "not JSON", ""}) {
      Files.writeString(directory.resolve("cat.mp4.json"), foreign);
      Files.deleteIfExists(directory.resolve("cat.mp4"));

      CommandRun.Result made =
          CommandRun.in(directory).run("generate", "a cat", "--sandbox", "-o", "cat.mp4");

      assertThat(made.exit()).isZero();
      assertThat(made.err()).contains("note: cat.mp4.json is there already and none of ours");
      assertThat(sidecar("cat.mp4")).isEqualTo(foreign);
      assertThat(files()).containsExactly("cat.mp4", "cat.mp4.json");
    }
  }

  @Test
  void replacesThatOfAClipThatIsGone() throws IOException {
    CommandRun.in(directory).run("generate", "a cat", "--sandbox", "-o", "cat.mp4");
    Files.delete(directory.resolve("cat.mp4"));

    CommandRun.in(directory).run("generate", "a dog", "--sandbox", "-o", "cat.mp4");

    assertThat(sidecar("cat.mp4")).contains("a dog").doesNotContain("a cat");
  }

  @Test
  void keepsTheNameOfAClipThatIsGoneForItself() throws IOException {
    CommandRun.in(directory).run("generate", "a cat", "--sandbox");
    Files.delete(directory.resolve("cat.mp4"));

    assertThat(CommandRun.in(directory).run("generate", "a cat", "--sandbox").out())
        .isEqualTo("cat-2.mp4\n");
  }

  @Test
  void liesBesideWhateverCommandFetchedTheClip() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      run(hub, "generate", "a cat", "-y", "--no-wait", "-o", "waited.mp4");
      String job = run(hub, "jobs", "--json").out().replaceAll("(?s).*\"(job-[^\"]+)\".*", "$1");
      assertThat(run(hub, "wait", job).exit()).isZero();
      assertThat(sidecar("waited.mp4")).contains("a cat", job);

      assertThat(run(hub, "download", job, "-o", "copy.mp4").exit()).isZero();
      assertThat(sidecar("copy.mp4")).contains("a cat", job);

      Files.delete(directory.resolve("waited.mp4"));
      assertThat(run(hub, "download", job, "-o", "once-more.mp4").exit()).isZero();
      assertThat(sidecar("once-more.mp4")).contains("a cat", job);

      run(hub, "generate", "a dog", "-y", "--no-wait", "-o", "resumed.mp4");
      assertThat(run(hub, "resume").exit()).isZero();
      assertThat(sidecar("resumed.mp4")).contains("a dog");

      Files.writeString(
          directory.resolve("shots.jsonl"),
          "{\"id\":\"fox\",\"model\":\"fast\",\"prompt\":\"a fox\"}");
      assertThat(run(hub, "batch", "shots.jsonl", "--out-dir", "out", "--budget", "5").exit())
          .isZero();
      assertThat(sidecar("out/fox.mp4")).contains("a fox");
    }
  }

  @Test
  void goesWithItsClip() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      run(hub, "generate", "a cat", "-y", "-o", "cat.mp4");

      CommandRun.in(directory)
          .against(hub)
          .later(Duration.ofDays(2))
          .run("purge", "--older-than", "1d", "--yes");

      assertThat(files()).containsExactly("state");
    }
  }
}
