package io.github.seedance4j.adapter.http;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.media.MediaFacts;
import io.github.seedance4j.task.ClipLength;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A look at a medium behind a link, whatever serves it. */
class HttpMediaProbeTest {

  private static final byte[] CLIP = Mp4Bytes.clip(7, 900_000);

  /** As its film says, which lasts longer than its pictures: its sound does. */
  private static final ClipLength LENGTH = new ClipLength(5_056 / 8, 1_000 / 8);

  /** What tells its length comes last, behind more than is ever read on to. */
  private static final byte[] LATE =
      Mp4Bytes.join(
          Mp4Bytes.box("ftyp", "isomiso2".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
          Mp4Bytes.box("mdat", new byte[5 << 20]),
          Mp4Bytes.film(Mp4Bytes.track("vide", Mp4Bytes.header(12_288, 61_952))));

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  /** A part as it was asked for, under headers that say so. */
  private static void serve(
      byte[] medium, String headers, WireServer.Request request, WireServer.Peer peer)
      throws IOException {
    Matcher range = RANGE.matcher(request.headers().get("range"));
    assertThat(range.matches()).isTrue();
    int first = Integer.parseInt(range.group(1));
    int last = Math.min(Integer.parseInt(range.group(2)), medium.length - 1);
    String part = "Content-Range: bytes " + first + "-" + last + "/" + medium.length + "\r\n";
    peer.send(DownloadFixture.head(206, last - first + 1L, part + headers));
    peer.send(Arrays.copyOfRange(medium, first, last + 1));
  }

  private static WireServer serving(byte[] medium, String headers) throws IOException {
    return new WireServer((request, peer) -> serve(medium, headers, request, peer));
  }

  /** One that answers with the whole, as if nobody had asked for a part. */
  private static WireServer ignoringRanges(byte[] medium) throws IOException {
    return new WireServer(
        (request, peer) -> {
          peer.send(DownloadFixture.head(200, medium.length, ""));
          peer.send(medium);
        });
  }

  private static Optional<MediaFacts> look(WireServer server) throws IOException {
    return look(server, DownloadFixture.SANDBOX);
  }

  private static Optional<MediaFacts> look(WireServer server, HttpOptions options)
      throws IOException {
    try (HttpMediaProbe probe = HttpMediaProbe.open(options)) {
      return probe.probe(DownloadFixture.link(server));
    }
  }

  private static void assertIsTheClip(Optional<MediaFacts> facts, byte[] clip) {
    assertThat(facts).hasValueSatisfying(known -> assertThat(known.length()).isEqualTo(LENGTH));
    assertThat(facts).hasValueSatisfying(known -> assertThat(known.size()).isEqualTo(clip.length));
  }

  @Test
  void readsALengthFromOneSmallPart() throws Exception {
    try (WireServer server = serving(CLIP, "")) {
      assertIsTheClip(look(server), CLIP);

      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0).path()).isEqualTo("/clips/7.mp4?X-Tos-Signature=s1gned");
      assertThat(server.requests().get(0).headers())
          .containsEntry("range", "bytes=0-65535")
          .containsEntry("accept-encoding", "identity")
          .doesNotContainKeys("authorization", "cookie", "referer");
    }
  }

  @Test
  void readsAHeaderThatComesLast() throws Exception {
    try (WireServer server = serving(LATE, "ETag: \"one\"\r\n")) {
      assertIsTheClip(look(server), LATE);

      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(1).headers()).containsEntry("if-range", "\"one\"");
    }
  }

  @Test
  void readsOnWhereAServerIgnoresRanges() throws Exception {
    try (WireServer server = ignoringRanges(CLIP)) {
      assertIsTheClip(look(server), CLIP);
    }
  }

  @Test
  void readsNotOnForEver() throws Exception {
    try (WireServer server = ignoringRanges(LATE)) {
      assertThatThrownBy(() -> look(server))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage(
              "127.0.0.1 sends the whole or nothing, and its header is not at its beginning");
    }
  }

  @Test
  void takesASmallMediumOfUnknownLength() throws Exception {
    byte[] clip = Mp4Bytes.clip(7, 9_000);
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
              peer.send(clip);
              peer.drop();
            })) {
      assertIsTheClip(look(server), clip);
    }
  }

  @Test
  void takesNoLargeMediumOfUnknownLength() throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
              peer.send(LATE);
              peer.drop();
            })) {
      assertThatThrownBy(() -> look(server)).hasMessage("127.0.0.1 does not say how long it is");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304, 401, 403, 404, 416, 429, 500, 503})
  void tellsTheStatus(int status) throws Exception {
    try (WireServer server = WireServer.answering(answer(status, "Retry-After: 9\r\n", ""))) {
      assertThatThrownBy(() -> look(server))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("127.0.0.1 answered " + status);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes 5-65540/900000",
    "bytes 0-65534/900000",
    "bytes 0-65536/900000",
    "bytes 0-65535/4000",
    "bytes 0-0/1",
    "bytes 7-3/900000",
    "bytes 0-65535/*",
    "bytes */900000",
    "pages 0-65535/900000",
    "bytes 0-65535/99999999999999999999",
  })
  void believesNoRangeThatLies(String range) throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              peer.send(DownloadFixture.head(206, 65_536, "Content-Range: " + range + "\r\n"));
              peer.send(Arrays.copyOf(CLIP, 65_536));
            })) {
      assertThatThrownBy(() -> look(server))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("127.0.0.1 sends another part than it was asked for");
    }
  }

  @Test
  void believesNoSecondPartOfAnotherMedium() throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) ->
                serve(
                    request.number() == 1 ? LATE : Arrays.copyOf(LATE, LATE.length + 1),
                    "",
                    request,
                    peer))) {
      assertThatThrownBy(() -> look(server))
          .hasMessage("127.0.0.1 sends something else than a moment before");
    }
  }

  @Test
  void takesNoPackedBytes() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      zip.write(CLIP);
    }
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              peer.send(DownloadFixture.head(200, packed.size(), "Content-Encoding: gzip\r\n"));
              peer.send(packed.toByteArray());
            })) {
      assertThatThrownBy(() -> look(server))
          .hasMessage("127.0.0.1 sends it packed, which nobody asked for");
    }
  }

  @Test
  void cutsOffAServerThatDrips() throws Exception {
    Duration whole = Duration.ofSeconds(1);
    HttpOptions brief =
        HttpOptions.builder()
            .allowLoopback(true)
            .connectTimeout(whole)
            .responseTimeout(whole)
            .leaseTimeout(whole)
            .readDeadline(whole)
            .build();
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              peer.send(DownloadFixture.head(200, CLIP.length, ""));
              peer.drip(CLIP, 0);
            })) {
      assertThatThrownBy(() -> look(server, brief))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("127.0.0.1 was not done within 1 s");
    }
  }

  @Test
  void asksNobodyAgainWhoGaveNoAnswer() throws Exception {
    HttpOptions brief =
        HttpOptions.builder().allowLoopback(true).responseTimeout(Duration.ofMillis(50)).build();
    try (WireServer silent = new WireServer((request, peer) -> peer.stall());
        HttpMediaProbe probe = HttpMediaProbe.open(brief)) {
      assertThatThrownBy(() -> probe.probe(silent.uri("/a.mp4").toString()))
          .hasMessage("127.0.0.1: no answer: SocketTimeoutException");
      assertThatThrownBy(() -> probe.probe(silent.uri("/b.mp4").toString()))
          .hasMessage("127.0.0.1 gave no answer before");
      assertThat(silent.requests()).hasSize(1);
      try (WireServer another = serving(CLIP, "")) {
        assertIsTheClip(probe.probe(another.uri("/a.mp4").toString()), CLIP);
      }
    }
  }

  @Test
  void tellsThatATransferBrokeOff() throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              peer.send(DownloadFixture.head(200, CLIP.length, ""));
              peer.send(Arrays.copyOf(CLIP, 100));
              peer.drop();
            })) {
      assertThatThrownBy(() -> look(server))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("the transfer broke");
    }
  }

  @Test
  void readsNoPageForAMedium() throws Exception {
    try (WireServer server = WireServer.answering(answer(200, "", "<html>Not here</html>"))) {
      assertThatThrownBy(() -> look(server))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("it is a text file");
    }
  }

  @Test
  void followsRedirectsByHandAndChecksWhereTheyLead() throws Exception {
    try (WireServer store = serving(CLIP, "");
        WireServer server =
            WireServer.answering(answer(302, "Location: " + store.uri("/y?s=2") + "\r\n", ""));
        WireServer trap =
            WireServer.answering(
                answer(302, "Location: http://169.254.169.254/latest/meta-data\r\n", ""))) {
      assertIsTheClip(look(server), CLIP);
      assertThatThrownBy(() -> look(trap))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("169.254.169.254, which is no public address");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/x",
        "HTTP://localhost:%d/x",
        "http://127.1:%d/x",
        "http://2130706433:%d/x",
        "http://[::ffff:127.0.0.1]:%d/x",
        "http://0.0.0.0:%d/x"
      })
  void callsNoPrivateAddress(String form) throws Exception {
    try (WireServer server = serving(CLIP, "");
        HttpMediaProbe probe = HttpMediaProbe.open(HttpOptions.standard())) {
      assertThatThrownBy(() -> probe.probe(String.format(form, server.port())))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("no public address");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void tellsNothingOfALinkButItsHost() throws Exception {
    try (HttpMediaProbe probe = HttpMediaProbe.open(DownloadFixture.SANDBOX)) {
      for (String link :
          new String[] {
            "http://127.0.0.1:1/secret.mp4?sig=secret",
            "https://me:secret@media.example/secret.mp4",
            "https://media.example:99999/secret",
            "https:///secret",
          }) {
        assertThatThrownBy(() -> probe.probe(link))
            .isExactlyInstanceOf(IOException.class)
            .message()
            .doesNotContain("secret");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/hosts", "data:image/png;base64,AA", "job:3k9x", "", "http:"})
  void leavesOtherAddressesToOthers(String address) throws Exception {
    try (HttpMediaProbe probe = HttpMediaProbe.open(HttpOptions.standard())) {
      assertThat(probe.probe(address)).isEmpty();
    }
  }
}
