package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures inside requests, which are kept with every job. */
class InlineTest {

  private final FakeTokenHub hub = FakeTokenHub.start();

  @TempDir Path directory;

  @BeforeEach
  void putPictures() throws IOException {
    picture("cat.png", 0);
    picture("large.png", 9 << 20);
    picture("half.png", 5 << 20);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void picture(String name, long length) throws IOException {
    Path file = directory.resolve(name);
    ImageIO.write(new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    if (length > 0) {
      try (RandomAccessFile longer = new RandomAccessFile(file.toFile(), "rw")) {
        longer.setLength(length);
      }
    }
  }

  private CommandRun.Result run(String... words) {
    return CommandRun.in(directory).against(hub).run(words);
  }

  @Test
  void refusesWhatIsTooLargeForOneRequestBeforeThePrice() {
    CommandRun.Result one =
        run("generate", "x", "--first-frame", "large.png", "--inline", "--yes", "--takes", "4");
    CommandRun.Result two =
        run(
            "generate",
            "x",
            "--first-frame",
            "half.png",
            "--last-frame",
            "large.png",
            "--inline",
            "--yes");

    assertThat(one.exit()).isEqualTo(2);
    assertThat(one.err())
        .startsWith(
            "error: what goes inside this request is 9.4 MB (large.png: 9.4 MB), and at most 8.4 MB"
                + " may: make it smaller, or put it on the web with --stage 'CMD {}'\n");
    assertThat(two.err()).contains("(half.png: 5.2 MB, large.png: 9.4 MB)");
    assertThat(hub.requests().createsBegun()).isZero();
  }

  @Test
  void refusesABatchThatIsTooLargeAltogether() throws IOException {
    String line = "{\"model\":\"fast\",\"prompt\":\"x\",\"image_url\":\"half.png\"}\n";
    Files.writeString(directory.resolve("shots.jsonl"), line.repeat(7));

    CommandRun.Result run =
        run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "99", "--inline");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("what goes inside these requests is more than 33.6 MB together");
    assertThat(hub.requests().createsBegun()).isZero();
  }

  @Test
  void keepsTheDigestOfAPictureBesideTheClipAndAsksForItAgain() throws Exception {
    CommandRun.Result made =
        run("generate", "a cat", "--first-frame", "cat.png", "--inline", "--yes");
    String digest =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(Files.readAllBytes(directory.resolve("cat.png"))));

    CommandRun.Result again = run("generate", "--request", "cat.mp4.json", "--yes");

    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(directory.resolve("cat.mp4.json"))
        .content()
        .contains("\"data:image/png;sha256=" + digest + "\"")
        .doesNotContain("base64");
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err())
        .startsWith("error: a file went inside that request, and only its digest is kept")
        .contains("name the file again in its place");
    assertThat(hub.requests().createsBegun()).isEqualTo(1);
  }

  @Test
  void saysInOneSentenceThatThereIsNotEnoughMemory() {
    InputStream large =
        new InputStream() {
          @Override
          public int read() {
            throw new OutOfMemoryError("Java heap space");
          }
        };

    CommandRun.Result run =
        CommandRun.in(directory).input(large).run("quote", "--request", "-", "--json");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .matches(
            "error: there was not enough memory \\(\\d+ MB\\)\n"
                + "  Whatever was sent is kept in the journal. To go on with it: seedance resume\n");
    assertThat(run.out()).contains("\"code\":\"out-of-memory\"", "\"exit\":1}");
  }
}
