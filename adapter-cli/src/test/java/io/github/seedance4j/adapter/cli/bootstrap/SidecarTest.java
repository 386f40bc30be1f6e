package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.check.Enforcement;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
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

  private Path picture(String name) throws IOException {
    BufferedImage picture = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
    Path file = directory.resolve(name);
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  @Test
  void isNoWayAroundTheFieldsAndNoPlaceToChangeOnlyWhatIsToldOfIt() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      run(hub, "generate", "a cat", "-m", "fast", "-y", "-o", "cat.mp4");
      String told = sidecar("cat.mp4");
      String wrong = told.replaceFirst("(\"request\" : \\{)", "$1 \"durtion\" : 15,");
      assertThat(wrong).isNotEqualTo(told);
      Files.writeString(directory.resolve("wrong.json"), wrong);
      Files.writeString(
          directory.resolve("bare.json"), "{\"request\":{\"model\":\"fast\",\"prompt\":\"x\"}}");
      Files.writeString(
          directory.resolve("dog.json"),
          told.replaceFirst("\"prompt\" : \"a cat\"", "\"prompt\" : \"a dog\""));

      assertThat(run(hub, "quote", "--request", "wrong.json").err())
          .contains("[field-unknown] durtion", "Did you mean duration?");
      assertThat(run(hub, "quote", "--request", "bare.json").err())
          .contains("[field-unknown] request");
      CommandRun.Result dog = run(hub, "generate", "--request", "dog.json", "--yes");
      assertThat(dog.exit()).isEqualTo(2);
      assertThat(dog.err()).contains("prompt: it is another in \"request\", which is what is sent");
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void goesWithItsJobThoughTheClipWasMoved() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      run(hub, "generate", "a secret cat", "-m", "fast", "-y", "-o", "cat.mp4");
      Files.move(directory.resolve("cat.mp4"), directory.resolve("elsewhere.mp4"));

      assertThat(run(hub, "purge", "--older-than", "0d", "--yes").exit()).isZero();

      assertThat(files()).containsExactly("elsewhere.mp4", "state");
    }
  }

  @Test
  void namesTheFilesOfASandboxClipSoThatItCanBeMadeAgainAlsoForReal() throws IOException {
    Files.createDirectory(directory.resolve("out"));
    picture("my cat.png");
    CommandRun.in(directory)
        .run("generate", "x", "--first-frame", "my cat.png", "--sandbox", "-o", "out/cat.mp4");
    String again = "out/cat.mp4.json";

    CommandRun.Result free =
        CommandRun.in(directory).run("generate", "--request", again, "--sandbox");
    assertThat(free.exit()).as(free.err()).isZero();
    assertThat(free.err()).doesNotContain("changed");
    assertThat(sidecar("out/cat.mp4").replaceAll("\\s+", ""))
        .contains("\"files\":[{\"file\":\"../mycat.png\",\"sha256\":\"")
        .doesNotContain("not-staged");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result real = run(hub, "generate", "--request", again, "--inline", "-y");
      assertThat(real.exit()).as(real.err()).isZero();
      assertThat(hub.requests().creates().get(0).body())
          .contains("data:image/png;base64,", "first_frame");
      assertThat(run(hub, "generate", "--request", again, "-y").err())
          .contains("the provider takes addresses, not files (my cat.png)");
    }
    Files.write(directory.resolve("my cat.png"), new byte[] {0}, StandardOpenOption.APPEND);
    assertThat(CommandRun.in(directory).run("quote", "--request", again).err())
        .contains("note: ../my cat.png has changed since that clip was made");
    Files.delete(directory.resolve("my cat.png"));
    assertThat(CommandRun.in(directory).run("quote", "--request", again).err())
        .contains("There is no file ../my cat.png");
  }

  @Test
  void letsAJobOfTheSandboxBeMadeAgainAlsoForReal() throws IOException {
    Path picture = picture("cat.png");
    String[] make = {"generate", "x", "--image", "cat.png", "--sandbox", "--journal", "jobs.db"};
    assertThat(CommandRun.in(directory).run(make).exit()).isZero();

    CommandRun.Result free =
        CommandRun.in(directory).run("again", "job", "--sandbox", "--journal", "jobs.db");
    assertThat(free.exit()).as(free.err()).isZero();
    assertThat(free.err()).contains(", unchanged:");
    String job = free.err().replaceAll("(?s).*As (job-\\w+), unchanged.*", "$1");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result real =
          run(hub, "again", job, "--inline", "-y", "--journal", "jobs.db", "-o", "real.mp4");
      assertThat(real.exit()).as(real.err()).isZero();
      assertThat(hub.requests().creates().get(0).body()).contains("data:image/png;base64,");
    }
    Files.delete(picture);
    assertThat(
            CommandRun.in(directory).run("again", job, "--sandbox", "--journal", "jobs.db").err())
        .contains("there is no file " + picture.toAbsolutePath());
  }

  @Test
  void namesTheFilesOfEachClipOfABatchInTheSandbox() throws IOException {
    picture("cat.png");
    picture("dog.png");
    Files.writeString(
        directory.resolve("shots.jsonl"),
        """
        {"id":"a","model":"fast","prompt":"x","image_url":"cat.png"}
        {"id":"b","model":"fast","prompt":"x","image_url":"dog.png"}
        """);

    CommandRun.Result batch =
        CommandRun.in(directory).run("batch", "shots.jsonl", "--sandbox", "--out-dir", "out");

    assertThat(batch.exit()).as(batch.err()).isZero();
    assertThat(sidecar("out/a.mp4")).contains("../cat.png").doesNotContain("dog");
    assertThat(sidecar("out/b.mp4")).contains("../dog.png").doesNotContain("cat");
  }

  @Test
  void tellsHowTheRequestWasJudged() throws IOException {
    String[] make = {
      "generate", "x", "--last-frame", "https://a.example/a.png", "--sandbox", "-o", "x.mp4"
    };
    assertThat(CommandRun.in(directory).run(make).exit()).isEqualTo(3);
    String[] relaxed = Arrays.copyOf(make, make.length + 1);
    relaxed[make.length] = "--relaxed";
    assertThat(CommandRun.in(directory).run(relaxed).err()).contains("last");

    assertThat(CommandRun.in(directory).run("quote", "--request", "x.mp4.json").exit()).isZero();

    Path sidecar = directory.resolve("x.mp4.json");
    Files.writeString(sidecar, Files.readString(sidecar).replace("relaxed", "strict"));
    assertThat(CommandRun.in(directory).run("quote", "--request", "x.mp4.json").exit())
        .isEqualTo(3);
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
      assertThat(files()).containsExactly("cat.mp4", "cat.mp4.json", "state");
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
