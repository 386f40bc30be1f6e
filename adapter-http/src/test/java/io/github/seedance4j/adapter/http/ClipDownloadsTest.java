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
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipDownloadsTest {

  private static final byte[] CLIP = Mp4Bytes.clip(7, 900_000);
  private static final String ETAG = "\"clip-7\"";
  private static final HttpOptions SANDBOX = HttpOptions.builder().allowLoopback(true).build();

  @TempDir Path directory;

  private Path target() {
    return directory.resolve("dog.mp4");
  }

  private Clip download(WireServer server) throws IOException {
    return download(server, SANDBOX);
  }

  private Clip download(WireServer server, HttpOptions options) throws IOException {
    try (ClipDownloads downloads = ClipDownloads.open(options)) {
      return downloads.fetch(link(server), target(), progress -> {});
    }
  }

  private static String link(WireServer server) {
    return server.uri("/clips/7.mp4?X-Tos-Signature=s1gned").toString();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static String head(int status, long length, String headers) {
    return "HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n" + headers + "\r\n";
  }

  private static void sendFrom(WireServer.Peer peer, byte[] clip, int from, String etag, int upTo)
      throws IOException {
    String range =
        from == 0
            ? ""
            : "Content-Range: bytes " + from + "-" + (clip.length - 1) + "/" + clip.length + "\r\n";
    peer.send(head(from == 0 ? 200 : 206, clip.length - from, "ETag: " + etag + "\r\n" + range));
    peer.send(Arrays.copyOfRange(clip, from, upTo));
  }

  private static int from(WireServer.Request request) {
    String range = request.headers().get("range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Serves the clip, Range and all; the first answer breaks off at half. */
  private static WireServer breakingOnce() throws IOException {
    return new WireServer(
        (request, peer) -> {
          if (request.number() == 1) {
            sendFrom(peer, CLIP, 0, ETAG, CLIP.length / 2);
            peer.drop();
          } else {
            sendFrom(peer, CLIP, from(request), ETAG, CLIP.length);
          }
        });
  }

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
      assertThat(told).hasSizeBetween(2, 5).endsWith(new Progress(CLIP.length, CLIP.length));
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
        new WireServer((request, peer) -> sendFrom(peer, noise, 0, ETAG, noise.length))) {
      assertThatThrownBy(() -> download(server))
          .isInstanceOf(RetryLaterException.class)
          .hasMessage("what 127.0.0.1 sent is no whole MP4: it begins with no ftyp");
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

  // ---- H2

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void h2FollowsByHandWithoutCredentials(int status) throws Exception {
    try (WireServer store =
            new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length));
        WireServer server =
            WireServer.answering(
                answer(
                    status, "Set-Cookie: a=b\r\nLocation: " + store.uri("/y?s=2") + "\r\n", ""))) {
      download(server);
      WireServer.Request last = store.requests().get(0);
      assertThat(last.method()).isEqualTo("GET");
      assertThat(last.path()).isEqualTo("/y?s=2");
      assertThat(last.headers())
          .doesNotContainKeys("authorization", "cookie", "referer", "accept-encoding");
    }
  }

  @Test
  void h2FollowsFiveHopsAndNoMore() throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) ->
                peer.send(answer(302, "Location: /hop" + request.number() + "\r\n", "")))) {
      assertThatThrownBy(() -> download(server)).isExactlyInstanceOf(GiveUpException.class);
      assertThat(server.requests()).hasSize(6);
    }
  }

  // ---- H3

  @Test
  void h3CutsADrippingDownloadAtItsDeadlineAndKeepsWhatCame() throws Exception {
    Duration whole = Duration.ofSeconds(1);
    HttpOptions brief =
        HttpOptions.builder()
            .allowLoopback(true)
            .connectTimeout(whole)
            .responseTimeout(whole)
            .downloadDeadline(whole)
            .build();
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              sendFrom(peer, CLIP, 0, ETAG, 1000);
              peer.drip('x');
            })) {
      assertThatThrownBy(() -> download(server, brief))
          .isInstanceOf(RetryLaterException.class)
          .hasMessageContaining("was not whole within PT1S");
      assertThat(files()).contains("dog.mp4.part");
    }
  }

  @Test
  void givesUpOnSilence() throws Exception {
    HttpOptions brief =
        HttpOptions.builder().allowLoopback(true).responseTimeout(Duration.ofMillis(50)).build();
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              sendFrom(peer, CLIP, 0, ETAG, 1000);
              peer.stall();
            })) {
      assertThatThrownBy(() -> download(server, brief))
          .isInstanceOf(RetryLaterException.class)
          .hasMessageContaining("SocketTimeoutException");
    }
  }

  // ---- H6

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/x",
        "http://localhost:%d/x",
        "http://127.1:%d/x",
        "http://2130706433:%d/x",
        "http://[::ffff:127.0.0.1]:%d/x",
        "http://[::ffff:7f00:1]:%d/x",
        "http://0.0.0.0:%d/x"
      })
  void h6CallsNoPrivateAddress(String form) throws Exception {
    try (WireServer server = WireServer.answering(answer(200, "", ""));
        ClipDownloads downloads = ClipDownloads.open(HttpOptions.standard())) {
      String url = String.format(form, server.port());
      assertThatThrownBy(() -> downloads.fetch(url, target(), progress -> {}))
          .isExactlyInstanceOf(GiveUpException.class);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void h6ChecksWhereARedirectLeads() throws Exception {
    try (WireServer server =
            WireServer.answering(
                answer(302, "Location: http://169.254.169.254/latest/meta-data\r\n", ""));
        ClipDownloads downloads = ClipDownloads.open(SANDBOX)) {
      assertThatThrownBy(() -> downloads.fetch(link(server), target(), progress -> {}))
          .isExactlyInstanceOf(GiveUpException.class)
          .hasMessageContaining("169.254.169.254");
    }
  }

  @Test
  void h6CallsTheAddressThatWasChecked() throws Exception {
    try (WireServer server =
            new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length));
        Deadlines deadlines = new Deadlines();
        ClipDownloads downloads =
            new ClipDownloads(
                SANDBOX,
                deadlines,
                false,
                host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")})) {
      downloads.fetch("http://clips.invalid:" + server.port() + "/x", target(), progress -> {});
      assertThat(server.requests().get(0).headers())
          .containsEntry("host", "clips.invalid:" + server.port());
    }
  }

  @Test
  void h6ChecksLiteralsByHandBehindAProxy() throws Exception {
    try (WireServer proxy =
        new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length))) {
      HttpOptions options = HttpOptions.builder().proxy(proxy.uri("")).build();
      try (ClipDownloads downloads = ClipDownloads.open(options)) {
        assertThatThrownBy(() -> downloads.fetch("http://10.0.0.1/x", target(), progress -> {}))
            .isExactlyInstanceOf(GiveUpException.class);
        assertThat(proxy.connections()).isZero();
        downloads.fetch("http://clips.invalid/x?s=1", target(), progress -> {});
        assertThat(proxy.requests().get(0).path()).isEqualTo("http://clips.invalid/x?s=1");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://clips.example/x",
        "http://user:pw@clips.example/x",
        "/x",
        "",
        "http://",
        "http:// clips.example/"
      })
  void refusesLinksThatAreNoPlainUrl(String url) {
    try (ClipDownloads downloads = ClipDownloads.open(SANDBOX)) {
      assertThatThrownBy(() -> downloads.fetch(url, target(), progress -> {}))
          .isExactlyInstanceOf(GiveUpException.class)
          .hasMessageNotContaining("pw");
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
