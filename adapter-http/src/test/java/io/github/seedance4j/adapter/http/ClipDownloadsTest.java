package io.github.seedance4j.adapter.http;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipDownloadsTest extends DownloadFixture {

  // ---- the whole clip

  @Test
  void bringsAClipToDiskWithItsDigestAndLength() throws Exception {
    try (WireServer server =
        new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length))) {
      List<Progress> told = new ArrayList<>();
      try (ClipDownloads downloads = ClipDownloads.open(SANDBOX)) {
        Clip clip = downloads.fetch(link(server), target(), told::add);
        assertThat(clip)
            .isEqualTo(new Clip(target(), CLIP.length, sha256(CLIP), new ClipLength(121, 24)));
      }
      assertThat(target()).hasBinaryContent(CLIP);
      assertThat(files()).containsExactly("dog.mp4");
      assertThat(told).hasSizeBetween(2, 5).endsWith(new Progress(CLIP.length, (long) CLIP.length));
      assertThat(server.requests().get(0).path()).isEqualTo("/clips/7.mp4?X-Tos-Signature=s1gned");
    }
  }

  @Test
  void takesAClipOfUntoldLength() throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              peer.send("HTTP/1.1 200 OK\r\n\r\n");
              peer.send(CLIP);
              peer.drop();
            })) {
      assertThat(download(server).bytes()).isEqualTo(CLIP.length);
    }
  }

  @Test
  void neverOverwritesAnotherFile() throws Exception {
    try (WireServer server =
        new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length))) {
      Files.writeString(target(), "mine");
      Files.writeString(directory.resolve("dog-1.mp4"), "mine, too");
      assertThat(download(server).path()).isEqualTo(directory.resolve("dog-2.mp4"));
      assertThat(target()).hasContent("mine");
      assertThat(download(server).path()).isEqualTo(directory.resolve("dog-2.mp4"));
      assertThat(files()).containsExactly("dog-1.mp4", "dog-2.mp4", "dog.mp4");
    }
  }

  @Test
  void takesTheSameBytesForTheClip() throws Exception {
    try (WireServer server =
        new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length))) {
      assertThat(download(server)).isEqualTo(download(server));
      assertThat(files()).containsExactly("dog.mp4");
    }
  }

  // ---- what is no clip

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 451})
  void tellsThatTheLinkIsDead(int status) throws Exception {
    try (WireServer server = WireServer.answering(answer(status, "", "<Error/>"))) {
      assertThatThrownBy(() -> download(server))
          .isInstanceOf(LinkExpiredException.class)
          .hasMessage("127.0.0.1 refuses the clip's link with " + status + ": ask for a fresh one");
      assertThat(files()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>expired</html>", "{\"error\":1}", "\n<Error/>", "\uFEFF<x/>"})
  void takesAPageForADeadLink(String page) throws Exception {
    try (WireServer server = WireServer.answering(answer(200, "", page))) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(LinkExpiredException.class);
      assertThat(files()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 300, 304, 408, 416, 429, 500, 503})
  void comesBackLaterForWhatMayPass(int status) throws Exception {
    try (WireServer server = WireServer.answering(answer(status, "Retry-After: 9\r\n", ""))) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(RetryLaterException.class);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void handsRetryAfterOn() throws Exception {
    try (WireServer server = WireServer.answering(answer(503, "Retry-After: 9\r\n", ""))) {
      RetryLaterException later = (RetryLaterException) catchThrowable(() -> download(server));
      assertThat(later.retryAfter()).contains(Duration.ofSeconds(9));
    }
  }

  @Test
  void keepsThePartOfALaterRefusal() throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              if (request.number() == 1) {
                sendFrom(peer, CLIP, 0, ETAG, CLIP.length / 2);
                peer.drop();
              } else if (request.number() == 2) {
                peer.send(answer(403, "", ""));
              } else {
                sendFrom(peer, CLIP, from(request), ETAG, CLIP.length);
              }
            })) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(RetryLaterException.class);
      assertThatThrownBy(() -> download(server)).isInstanceOf(LinkExpiredException.class);
      download(server);
      assertThat(from(server.requests().get(2))).isEqualTo(CLIP.length / 2);
    }
  }

  @Test
  void removesAWholeFileThatIsNoMp4() throws Exception {
    byte[] noise = new byte[5000];
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              peer.send("HTTP/1.1 200 OK\r\n\r\n");
              peer.send(noise);
              peer.drop();
            })) {
      assertThatThrownBy(() -> download(server))
          .isInstanceOf(RetryLaterException.class)
          .hasMessage("what 127.0.0.1 sent is no whole MP4: the box at byte 0 does not fit");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void refusesClipsOverTheLimit() throws Exception {
    HttpOptions small = HttpOptions.builder().allowLoopback(true).maxClip(100_000).build();
    try (WireServer told =
            new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length));
        WireServer untold =
            new WireServer(
                (request, peer) -> {
                  peer.send("HTTP/1.1 200 OK\r\n\r\n");
                  peer.send(CLIP);
                  peer.drop();
                })) {
      assertThatThrownBy(() -> download(told, small)).isExactlyInstanceOf(GiveUpException.class);
      assertThatThrownBy(() -> download(untold, small)).isExactlyInstanceOf(GiveUpException.class);
    }
  }

  @Test
  void refusesDownloadsOnceClosed() throws Exception {
    try (WireServer server = WireServer.answering(answer(200, "", ""))) {
      ClipDownloads downloads = ClipDownloads.open(SANDBOX);
      downloads.close();
      assertThatThrownBy(() -> downloads.fetch(link(server), target(), progress -> {}))
          .isInstanceOf(RetryLaterException.class)
          .hasMessage("downloads are closed");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void followsNoSymbolicLinkPlantedAsPart() throws Exception {
    Path victim = Files.writeString(directory.resolve("victim"), "mine");
    Files.createSymbolicLink(directory.resolve("dog.mp4.part"), victim);
    try (WireServer server =
        new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length))) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(IOException.class);
      assertThat(victim).hasContent("mine");
    }
  }

  // ---- secrets

  @Test
  void keepsTheLinkOutOfLogsAndExceptions() throws Exception {
    String secret = "unloggable-signature";
    for (String raw :
        new String[] {
          answer(403, "", ""), answer(500, "", ""), answer(200, "", "no clip"), "garbage\r\n\r\n"
        }) {
      try (WireServer server =
              new WireServer(
                  (request, peer) -> {
                    peer.send(raw);
                    peer.drop();
                  });
          ClipDownloads downloads = ClipDownloads.open(SANDBOX)) {
        String url = server.uri("/path-" + secret + "?s=" + secret).toString();
        Throwable thrown = catchThrowable(() -> downloads.fetch(url, target(), progress -> {}));
        java.io.StringWriter trace = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(trace));
        assertThat(trace.toString()).contains("127.0.0.1").doesNotContain(secret);
        assertThat(server.requests().get(0).path()).contains(secret);
      }
    }
    assertThat(LogCapture.text())
        .contains("org.apache.hc.client5.http.impl.classic")
        .doesNotContain(secret);
  }

  @Test
  void letsADisksRefusalThrough() throws Exception {
    try (WireServer server =
            new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length));
        ClipDownloads downloads = ClipDownloads.open(SANDBOX)) {
      Path nowhere = directory.resolve("no/such/directory/dog.mp4");
      assertThatThrownBy(() -> downloads.fetch(link(server), nowhere, progress -> {}))
          .isInstanceOf(IOException.class);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void stopsWhereProgressThrows() throws Exception {
    try (WireServer server =
            new WireServer(
                (request, peer) -> sendFrom(peer, CLIP, from(request), ETAG, CLIP.length));
        ClipDownloads downloads = ClipDownloads.open(SANDBOX)) {
      assertThatThrownBy(
              () ->
                  downloads.fetch(
                      link(server),
                      target(),
                      progress -> {
                        throw new IllegalStateException("enough");
                      }))
          .hasMessage("enough");
      assertThat(downloads.fetch(link(server), target(), progress -> {}).sha256())
          .isEqualTo(sha256(CLIP));
      assertThat(new String(Files.readAllBytes(target()), 4, 4, StandardCharsets.US_ASCII))
          .isEqualTo("ftyp");
    }
  }
}
