package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What exactly is served when a task's clip is struck. */
class FileFaultsTest {

  private final FakeTokenHub hub = HubClient.hub().start();
  private final HubClient client = new HubClient(hub);

  @AfterEach
  void close() {
    hub.close();
  }

  private String link(Fault... faults) throws Exception {
    hub.next().with(faults);
    return client.link(client.created(HubClient.BEACH));
  }

  private byte[] clip() {
    return TestClips.render(
        new ClipSpec(
            1280,
            720,
            121,
            true,
            List.of(hub.tasks().get(0).id(), "A golden retriever on a beach")));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private enum End {
    CLOSED,
    RESET,
    OPEN
  }

  private record Got(byte[] body, End end) {}

  /** Reads until the other side ends it, or that much of the body is there and no more comes. */
  private static Got raw(String link, int enough) throws IOException {
    URI url = URI.create(link);
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(20_000);
      String get =
          "GET %s?%s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(url.getRawPath(), url.getRawQuery());
      socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int b = in.read(); b >= 0; b = in.read()) {
        got.write(b);
        if (body(got).length == enough) {
          socket.setSoTimeout(100);
        }
      }
      return new Got(body(got), End.CLOSED);
    } catch (SocketTimeoutException e) {
      return new Got(body(got), End.OPEN);
    } catch (SocketException e) {
      return new Got(body(got), End.RESET);
    }
  }

  private static byte[] body(ByteArrayOutputStream got) {
    String text = got.toString(StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    return (head < 0 ? "" : text.substring(head + 4)).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void cutsThenHangsThenServes() throws Exception {
    String link = link(new FileFault.CutsFile(1), new FileFault.HangsFile(1));
    Got cut = raw(link, 5_000);
    Got stalled = raw(link, 5_000);

    assertThat(cut.end()).isEqualTo(End.CLOSED);
    assertThat(cut.body()).isEqualTo(Arrays.copyOf(clip(), 5_000));
    assertThat(stalled.end()).isEqualTo(End.OPEN);
    assertThat(stalled.body()).isEqualTo(Arrays.copyOf(clip(), 5_000));
    assertThat(HubClient.download("GET", link).body()).isEqualTo(clip());
    assertThat(hub.struck()).containsExactly(new FileFault.CutsFile(1), new FileFault.HangsFile(1));
  }

  @Test
  void cutsTheStretchThatIsAskedFor() throws Exception {
    String link = link(new FileFault.CutsFile(1));

    assertThatThrownBy(() -> HubClient.download("GET", link, "Range", "bytes=5000-"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2500");
    assertThat(HubClient.download("GET", link, "Range", "bytes=5000-").body()).hasSize(5_000);
  }

  @Test
  void resetsInTheMiddle() throws Exception {
    String link = link(new FileFault.ResetsFile(2));

    for (int i = 0; i < 2; i++) {
      Got got = raw(link, 5_000);
      assertThat(got.end()).isEqualTo(End.RESET);
      // what was on its way may be lost with the connection
      assertThat(got.body().length).isLessThanOrEqualTo(5_000);
    }
    assertThat(HubClient.download("GET", link).body()).isEqualTo(clip());
  }

  @Test
  void drips() throws Exception {
    String link = link(new FileFault.DripsFile(1, Duration.ofMillis(400)));
    long begun = System.nanoTime();
    Got got = raw(link, 2); // the second byte comes when the first has had its pause
    long took = System.nanoTime() - begun;

    assertThat(Duration.ofNanos(took)).isGreaterThan(Duration.ofMillis(400));
    assertThat(got.end()).isEqualTo(End.OPEN);
    assertThat(got.body().length).isGreaterThanOrEqualTo(2).isLessThan(1_000);
    assertThat(HubClient.download("GET", link).body()).isEqualTo(clip());
  }

  @Test
  void sparesHeadFromWhatIsCounted() throws Exception {
    String link = link(new FileFault.RefusesDownloads(503, 1));

    assertThat(HubClient.download("HEAD", link).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = HubClient.download("GET", link);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .contains("\"code\":\"ServiceUnavailable\"");
    assertThat(HubClient.download("GET", link).statusCode()).isEqualTo(200);
  }

  @Test
  void killsEveryLinkForGood() throws Exception {
    hub.next().with(new FileFault.KillsLink(true));
    String id = client.created(HubClient.BEACH);

    for (int i = 0; i < 4; i++) {
      assertThat(HubClient.download("GET", client.link(id)).statusCode()).isEqualTo(403);
    }
    assertThat(hub.struck()).hasSize(4).allMatch(new FileFault.KillsLink(true)::equals);
  }

  @Test
  void ignoresRanges() throws Exception {
    String link = link(new FileFault.IgnoresRange());

    HttpResponse<byte[]> response = HubClient.download("GET", link, "Range", "bytes=5000-");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(clip());
    assertThat(hub.struck()).hasSize(1);
  }

  @Test
  void answersAnotherRangeAndSaysSo() throws Exception {
    String link = link(new FileFault.AnswersOtherRange());
    HttpResponse<byte[]> later = HubClient.download("GET", link, "Range", "bytes=5000-");
    HttpResponse<byte[]> first = HubClient.download("GET", link, "Range", "bytes=0-99");

    assertThat(later.statusCode()).isEqualTo(206);
    assertThat(header(later, "Content-Range")).isEqualTo("bytes 4999-9999/10000");
    assertThat(later.body()).isEqualTo(Arrays.copyOfRange(clip(), 4_999, 10_000));
    assertThat(header(first, "Content-Range")).isEqualTo("bytes 1-99/10000");
    assertThat(HubClient.download("GET", link).statusCode()).isEqualTo(200);
  }

  @Test
  void changesTheFileWithEachAnswer() throws Exception {
    String link = link(new FileFault.ChangesFile());
    HttpResponse<byte[]> one = HubClient.download("GET", link);
    HttpResponse<byte[]> two = HubClient.download("GET", link);
    HttpResponse<byte[]> resumed =
        HubClient.download("GET", link, "Range", "bytes=5000-", "If-Range", header(one, "ETag"));
    HttpResponse<byte[]> careless = HubClient.download("GET", link, "Range", "bytes=5000-");

    assertThat(two.body()).hasSameSizeAs(one.body()).isNotEqualTo(one.body());
    assertThat(header(two, "ETag")).isNotEqualTo(header(one, "ETag"));
    assertThat(resumed.statusCode()).isEqualTo(200);
    assertThat(resumed.body()).hasSameSizeAs(one.body()).isNotEqualTo(two.body());
    assertThat(careless.statusCode()).isEqualTo(206);
    assertThat(careless.body())
        .hasSize(one.body().length - 5_000)
        .isNotEqualTo(Arrays.copyOfRange(one.body(), 5_000, one.body().length));
  }

  @Test
  void changesARealClipAtBothEnds() throws Exception {
    try (FakeTokenHub real = FakeTokenHub.start()) {
      real.next().with(new FileFault.ChangesFile());
      HubClient asked = new HubClient(real);
      String link =
          asked.link(
              asked.created(
                  "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"x\",\"duration\":4,\"resolution\":\"480p\"}"));
      byte[] one = HubClient.download("GET", link).body();
      byte[] two = HubClient.download("GET", link).body();
      byte[] plain =
          PlayableClip.render(
              new ClipSpec(864, 496, 97, true, List.of(real.tasks().get(0).id(), "x")));

      int head = Arrays.mismatch(one, two);
      assertThat(head).isLessThan(100);
      assertThat(Arrays.mismatch(one, head + 1, one.length, two, head + 1, two.length) + head + 1)
          .isGreaterThan(plain.length);
      assertThat(one).hasSize(plain.length + 12);
    }
  }

  @Test
  void shortensTheFileConsistently() throws Exception {
    String link = link(new FileFault.ShortensFile());
    HttpResponse<byte[]> response = HubClient.download("GET", link);

    assertThat(response.body()).isEqualTo(Arrays.copyOf(clip(), 5_000));
    assertThat(header(response, "Content-Length")).isEqualTo("5000");
    assertThat(header(HubClient.download("GET", link, "Range", "bytes=4000-"), "Content-Range"))
        .isEqualTo("bytes 4000-4999/5000");
  }

  @Test
  void servesAWebPage() throws Exception {
    HttpResponse<byte[]> response = HubClient.download("GET", link(new FileFault.ServesHtml()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("video/mp4");
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).startsWith("<html>");
  }

  @Test
  void leavesOutTheLength() throws Exception {
    HttpResponse<byte[]> response =
        HubClient.download("GET", link(new FileFault.LeavesOutLength()));

    assertThat(response.headers().firstValue("Content-Length")).isEmpty();
    assertThat(header(response, "Transfer-Encoding")).isEqualTo("chunked");
    assertThat(response.body()).isEqualTo(clip());
  }
}
