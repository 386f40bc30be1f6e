package io.github.seedance4j.adapter.http;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.RetryLaterException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a link, or the server behind it, may try with a download. */
class DownloadHazardsTest extends DownloadFixture {

  // a redirect must be followed by hand: without credentials, not for ever

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsByHandWithoutCredentials(int status) throws Exception {
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
  void followsFiveHopsAndNoMore() throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) ->
                peer.send(answer(302, "Location: /hop" + request.number() + "\r\n", "")))) {
      assertThatThrownBy(() -> download(server)).isExactlyInstanceOf(GiveUpException.class);
      assertThat(server.requests()).hasSize(6);
    }
  }

  // a server that drips or is silent must not hold a download for ever

  @Test
  void cutsADrippingDownloadAtItsDeadlineAndKeepsWhatCame() throws Exception {
    Duration whole = Duration.ofSeconds(2);
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
          .hasMessageContaining("was not whole within PT2S");
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

  // a link must not lead into a private network, however it is spelt

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
  void callsNoPrivateAddress(String form) throws Exception {
    try (WireServer server = WireServer.answering(answer(200, "", ""));
        ClipDownloads downloads = ClipDownloads.open(HttpOptions.standard())) {
      String url = String.format(form, server.port());
      assertThatThrownBy(() -> downloads.fetch(url, target(), progress -> {}))
          .isExactlyInstanceOf(GiveUpException.class);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void checksWhereARedirectLeads() throws Exception {
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
  void callsTheAddressThatWasChecked() throws Exception {
    try (WireServer server =
            new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length));
        Deadlines deadlines = new Deadlines();
        ClipDownloads downloads =
            new ClipDownloads(
                SANDBOX,
                deadlines,
                false,
                host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")},
                Disk.REAL)) {
      downloads.fetch("http://clips.invalid:" + server.port() + "/x", target(), progress -> {});
      assertThat(server.requests().get(0).headers())
          .containsEntry("host", "clips.invalid:" + server.port());
    }
  }

  @Test
  void checksLiteralsByHandBehindAProxy() throws Exception {
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
}
