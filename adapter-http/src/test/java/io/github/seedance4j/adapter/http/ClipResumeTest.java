package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.RetryLaterException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipResumeTest extends DownloadFixture {

  // ---- going on

  @Test
  void goesOnWhereItBrokeOff() throws Exception {
    try (WireServer server = breakingOnce()) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(RetryLaterException.class);
      assertThat(files()).containsExactly("dog.mp4.part", "dog.mp4.part.state");
      assertThat(download(server).sha256()).isEqualTo(sha256(CLIP));
      assertThat(target()).hasBinaryContent(CLIP);
      assertThat(files()).containsExactly("dog.mp4");
      assertThat(server.requests().get(1).headers())
          .containsEntry("range", "bytes=" + CLIP.length / 2 + "-")
          .containsEntry("if-range", ETAG);
    }
  }

  @Test
  void asksForTheLastByteWhereAllIsThere() throws Exception {
    try (WireServer server =
        new WireServer((request, peer) -> sendFrom(peer, CLIP, from(request), ETAG, CLIP.length))) {
      Files.write(directory.resolve("dog.mp4.part"), CLIP);
      Files.writeString(
          directory.resolve("dog.mp4.part.state"),
          ETAG + "\n" + CLIP.length + "\n" + CLIP.length + "\n");
      assertThat(download(server).sha256()).isEqualTo(sha256(CLIP));
      assertThat(from(server.requests().get(0))).isEqualTo(CLIP.length - 1);
    }
  }

  @Test
  void trustsOnlyWhatWasSynced() throws Exception {
    byte[] zeros = Arrays.copyOf(Arrays.copyOf(CLIP, 1000), 5000);
    try (WireServer server =
        new WireServer((request, peer) -> sendFrom(peer, CLIP, from(request), ETAG, CLIP.length))) {
      Files.write(directory.resolve("dog.mp4.part"), zeros);
      Files.writeString(
          directory.resolve("dog.mp4.part.state"), ETAG + "\n" + CLIP.length + "\n1000\n");
      assertThat(download(server).sha256()).isEqualTo(sha256(CLIP));
      assertThat(from(server.requests().get(0))).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"x\"", "W/\"x\"\n9\n9\n", "\"x\"\n-1\n5\n", "\"x\"\n10\n", "\u0000"})
  void startsOverWhereTheStateCantBeRead(String state) throws Exception {
    try (WireServer server =
        new WireServer((request, peer) -> sendFrom(peer, CLIP, from(request), ETAG, CLIP.length))) {
      Files.write(directory.resolve("dog.mp4.part"), new byte[5000]);
      Files.writeString(directory.resolve("dog.mp4.part.state"), state);
      assertThat(download(server).sha256()).isEqualTo(sha256(CLIP));
      assertThat(server.requests().get(0).headers()).doesNotContainKey("range");
    }
  }

  /** What a server may say to a Range request that must not be glued to what is there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "206 bytes 0-9/10",
        "206 bytes 5-9/99",
        "206 nonsense",
        "206 -",
        "206 etag",
        "206 no etag",
        "416 -"
      })
  void startsOverWhereTheServerCantGoOn(String how) throws Exception {
    int status = Integer.parseInt(how.substring(0, 3));
    String detail = how.substring(4);
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              int from = from(request);
              if (from == 0) {
                sendFrom(peer, CLIP, 0, ETAG, CLIP.length);
                return;
              }
              String right = "bytes " + from + "-" + (CLIP.length - 1) + "/" + CLIP.length;
              boolean aboutEtag = detail.endsWith("etag");
              String range = aboutEtag ? right : detail;
              String etag =
                  detail.equals("etag") ? "\"other\"" : detail.equals("no etag") ? null : ETAG;
              byte[] wrong = new byte[CLIP.length - from];
              peer.send(
                  head(
                      status,
                      wrong.length,
                      (range.equals("-") ? "" : "Content-Range: " + range + "\r\n")
                          + (etag == null ? "" : "ETag: " + etag + "\r\n")));
              peer.send(wrong);
            })) {
      Files.write(directory.resolve("dog.mp4.part"), Arrays.copyOf(CLIP, 5));
      Files.writeString(
          directory.resolve("dog.mp4.part.state"), ETAG + "\n" + CLIP.length + "\n5\n");
      assertThat(download(server).sha256()).isEqualTo(sha256(CLIP));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void takesTheWholeWhereTheServerSendsItInstead() throws Exception {
    byte[] other = Mp4Bytes.clip(8, 500_000);
    try (WireServer server =
        new WireServer((request, peer) -> sendFrom(peer, other, 0, "\"clip-8\"", other.length))) {
      Files.write(directory.resolve("dog.mp4.part"), Arrays.copyOf(CLIP, 5));
      Files.writeString(
          directory.resolve("dog.mp4.part.state"), ETAG + "\n" + CLIP.length + "\n5\n");
      assertThat(download(server).sha256()).isEqualTo(sha256(other));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void keepsNothingWhereItCouldNotGoOn() throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              sendFrom(peer, CLIP, 0, "W/\"weak\"", CLIP.length / 2);
              peer.drop();
            })) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(RetryLaterException.class);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void refusesASecondDownloadToTheSameTarget() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              arrived.countDown();
              release.await();
              sendFrom(peer, CLIP, 0, ETAG, CLIP.length);
            })) {
      Thread first =
          new Thread(
              () -> {
                try {
                  download(server);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      first.start();
      arrived.await();
      assertThatThrownBy(() -> download(server))
          .isInstanceOf(RetryLaterException.class)
          .hasMessageEndingWith("is being downloaded by somebody else");
      release.countDown();
      first.join();
      assertThat(target()).hasBinaryContent(CLIP);
    }
  }
}
