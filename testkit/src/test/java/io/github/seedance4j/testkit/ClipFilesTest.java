package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.seedance4j.testkit.media.ClipSpec;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipFilesTest {

  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-02T12:00:00Z"));
  private final AtomicInteger rendered = new AtomicInteger();
  private FakeTokenHub hub;
  private HubClient client;
  private String id;
  private String link;
  private byte[] clip;

  @BeforeEach
  void start() throws Exception {
    hub =
        HubClient.hub()
            .clock(clock)
            .clips(
                spec -> {
                  rendered.incrementAndGet();
                  return TestClips.render(spec);
                })
            .start();
    client = new HubClient(hub);
    id = client.created(HubClient.BEACH);
    link = client.link(id);
    clip =
        TestClips.render(
            new ClipSpec(1280, 720, 121, true, List.of(id, "A golden retriever on a beach")));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void servesTheWholeClip() throws Exception {
    HttpResponse<byte[]> response = HubClient.download("GET", link);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(clip);
    assertThat(header(response, "Content-Length")).isEqualTo("10000");
    assertThat(header(response, "Content-Type")).isEqualTo("video/mp4");
    assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(response, "ETag")).matches("\"[0-9a-f]{32}\"");
  }

  @Test
  void rendersOnceAndNotBeforeItIsAskedFor() throws Exception {
    assertThat(rendered).hasValue(0);
    HubClient.download("HEAD", link);
    HubClient.download("GET", link);
    HubClient.download("GET", link, "Range", "bytes=0-9");

    assertThat(rendered).hasValue(1);
    assertThat(hub.requests().downloads()).isEqualTo(3);
  }

  @Test
  void answersHeadLikeGetWithoutTheBytes() throws Exception {
    HttpResponse<byte[]> head = HubClient.download("HEAD", link);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo("10000");
    assertThat(header(head, "ETag")).isEqualTo(header(HubClient.download("GET", link), "ETag"));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,        0,    1",
    "bytes=100-199,    100,  200",
    "bytes=9990-,      9990, 10000",
    "bytes=9990-99999, 9990, 10000",
    "bytes=-10,        9990, 10000",
    "bytes=-99999,     0,    10000",
  })
  void servesARange(String range, int from, int to) throws Exception {
    HttpResponse<byte[]> response = HubClient.download("GET", link, "Range", range);

    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(header(response, "Content-Range"))
        .isEqualTo("bytes " + from + "-" + (to - 1) + "/10000");
    assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(to - from));
    assertThat(response.body()).isEqualTo(Arrays.copyOfRange(clip, from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10000-", "bytes=20000-20001", "bytes=-0"})
  void refusesARangeBeyondTheEnd(String range) throws Exception {
    HttpResponse<byte[]> response = HubClient.download("GET", link, "Range", range);

    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "Content-Range")).isEqualTo("bytes */10000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=5-4", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=1"})
  void ignoresWhatIsNoSingleRange(String range) throws Exception {
    HttpResponse<byte[]> response = HubClient.download("GET", link, "Range", range);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(clip);
  }

  @Test
  void resumesOnlyTheSameBytes() throws Exception {
    String etag = header(HubClient.download("HEAD", link), "ETag");
    HttpResponse<byte[]> same =
        HubClient.download("GET", link, "Range", "bytes=5000-", "If-Range", etag);
    HttpResponse<byte[]> other =
        HubClient.download("GET", link, "Range", "bytes=5000-", "If-Range", "\"other\"");

    assertThat(same.statusCode()).isEqualTo(206);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(clip);
  }

  @Test
  void expiresLinksAfterADayAndSignsFreshOnes() throws Exception {
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(HubClient.download("GET", link).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    HttpResponse<byte[]> dead = HubClient.download("GET", link);

    assertThat(dead.statusCode()).isEqualTo(403);
    assertThat(new String(dead.body(), StandardCharsets.UTF_8))
        .contains("\"code\":\"AccessDenied\"");
    assertThat(HubClient.download("GET", client.link(id)).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesLinksItDidNotSign() throws Exception {
    char last = link.charAt(link.length() - 1);
    String forged = link.substring(0, link.length() - 1) + (last == '0' ? '1' : '0');
    String longer = link.replaceFirst("expires=[0-9]+", "expires=99999999999");
    String bare = link.substring(0, link.indexOf('?'));

    for (String url : List.of(forged, longer, bare, link.replace(id, "task-000002-0000"))) {
      assertThat(HubClient.download("GET", url).statusCode()).as(url).isEqualTo(403);
    }
    assertThat(HubClient.download("POST", link).statusCode()).isEqualTo(405);
  }

  @Test
  void makesAClipAgainThatItHasDropped() throws Exception {
    AtomicInteger made = new AtomicInteger();
    try (FakeTokenHub large =
        HubClient.hub()
            .clips(
                spec -> {
                  made.incrementAndGet();
                  byte[] bytes = new byte[40 << 20];
                  bytes[0] = (byte) spec.caption().get(0).charAt(10);
                  return bytes;
                })
            .start()) {
      HubClient other = new HubClient(large);
      String first = other.link(other.created(HubClient.BEACH));
      String second = other.link(other.created(HubClient.BEACH));
      String etag = header(HubClient.download("HEAD", first), "ETag");
      HubClient.download("HEAD", second);

      assertThat(header(HubClient.download("HEAD", first), "ETag")).isEqualTo(etag);
      assertThat(made).hasValue(3);
    }
  }

  @Test
  void closesUnderAClientThatHasStoppedReading() throws Exception {
    FakeTokenHub large = HubClient.hub().clips(spec -> new byte[40 << 20]).start();
    try (Socket stalled = new Socket("127.0.0.1", large.baseUrl().getPort())) {
      stalled.setSoTimeout(20_000);
      HubClient other = new HubClient(large);
      URI url = URI.create(other.link(other.created(HubClient.BEACH)));
      String head =
          "GET " + url.getRawPath() + "?" + url.getRawQuery() + " HTTP/1.1\r\nHost: x\r\n\r\n";
      stalled.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertThat(stalled.getInputStream().read()).isEqualTo('H');

      assertTimeoutPreemptively(Duration.ofSeconds(20), large::close);

      assertThatThrownBy(() -> stalled.getInputStream().readNBytes(40 << 20))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
