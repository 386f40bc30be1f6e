package io.github.seedance4j.adapter.http;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.GiveUpException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links as servers sign them, which java.net.URI would refuse. */
class OddLinksTest extends DownloadFixture {

  private static final GuardedResolver.Lookup HERE =
      host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};

  private static WireServer store() throws IOException {
    return new WireServer((request, peer) -> sendFrom(peer, CLIP, 0, ETAG, CLIP.length));
  }

  private void fetch(String url, HttpOptions options) throws IOException {
    Path target = target();
    try (Deadlines deadlines = new Deadlines();
        ClipDownloads downloads = new ClipDownloads(options, deadlines, false, HERE, Disk.REAL)) {
      downloads.fetch(url, target, progress -> {});
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      quoteCharacter = '\u0001',
      value = {
        "/a b.mp4?s=1\t/a%20b.mp4?s=1",
        "/a.mp4?name=a|b^c\t/a.mp4?name=a%7Cb%5Ec",
        "/{id}/a.mp4?q={\"x\"}\t/%7Bid%7D/a.mp4?q=%7B%22x%22%7D",
        "/a%2Fb%20c|d.mp4?s=%3d%2B\t/a%2Fb%20c%7Cd.mp4?s=%3d%2B",
        "/100%/a.mp4?s=5%zz%\t/100%25/a.mp4?s=5%25zz%25",
        "/a[1].mp4?b[]=1\t/a%5B1%5D.mp4?b[]=1",
        "/a\\b`<c>.mp4\t/a%5Cb%60%3Cc%3E.mp4",
        "/chat-été-😀.mp4\t/chat-%C3%A9t%C3%A9-%F0%9F%98%80.mp4",
        "/a;b=1,c@d:e/!$&'()*+~.mp4?x=/?&y=1#part|#two\t/a;b=1,c@d:e/!$&'()*+~.mp4?x=/?&y=1",
        "?s=1\t/?s=1",
      })
  void escapesWhatNoUrlMayHoldAndNothingElse(String signed, String sent) {
    assertThat(ClipLink.of("https://ark.example" + signed).path()).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "https://ark_content.example/a, ark_content.example, -1",
    "https://ark_content.example:8443/a, ark_content.example, 8443",
    "http://ark_content.example:/a, ark_content.example, -1",
    "https://-ark.example/a, -ark.example, -1",
    "https://ark.example:8443?s=1, ark.example, 8443",
  })
  void takesHostsThatAreNoHostNames(String url, String host, int port) {
    ClipLink link = ClipLink.of(url);
    assertThat(link.target().getHostName()).isEqualTo(host);
    assertThat(link.target().getPort()).isEqualTo(port);
    assertThat(link.root().getRawPath()).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me@ark_content.example/a",
        "https://me:secret@ark.example/a",
        "https://ark_content.example:99999/a",
        "https://ark.example:99999/a",
        "https://ark_content.example:80a/a",
        "https://ark|content.example/a",
        "https://ark content.example/a",
        "https://ark%5Fcontent.example/a",
        "https://ark.example\\@other_host/a",
        "https://arké.example/a",
        "https://_:_/a",
        "https:ark_content.example/a",
      })
  void refusesOddAuthorities(String url) {
    assertThatThrownBy(() -> ClipLink.of(url))
        .isExactlyInstanceOf(GiveUpException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void downloadsFromAHostWithAnUnderscore() throws Exception {
    try (WireServer server = store()) {
      String root = "ark_content.invalid:" + server.port();
      fetch("http://" + root + "/a b|c.mp4?X-Tos-Signature=a%2Fb", SANDBOX);
      WireServer.Request request = server.requests().get(0);
      assertThat(request.path()).isEqualTo("/a%20b%7Cc.mp4?X-Tos-Signature=a%2Fb");
      assertThat(request.headers()).containsEntry("host", root);
      assertThat(target()).hasBinaryContent(CLIP);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://clips_7.invalid:%d/a|b.mp4?s=%%7C", "/a|b.mp4?s=%%7C"})
  void followsOddRedirects(String location) throws Exception {
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              if (request.number() == 1) {
                String to = String.format(location, port(request));
                peer.send(answer(302, "Location: " + to + "\r\n", ""));
              } else {
                sendFrom(peer, CLIP, 0, ETAG, CLIP.length);
              }
            })) {
      fetch("http://ark_content.invalid:" + server.port() + "/first", SANDBOX);
      WireServer.Request last = server.requests().get(1);
      assertThat(last.path()).isEqualTo("/a%7Cb.mp4?s=%7C");
      String host = location.startsWith("/") ? "ark_content.invalid:" : "clips_7.invalid:";
      assertThat(last.headers()).containsEntry("host", host + server.port());
    }
  }

  private static int port(WireServer.Request request) {
    String host = String.valueOf(request.headers().get("host"));
    return Integer.parseInt(host.substring(host.indexOf(':') + 1));
  }

  @Test
  void callsNoPrivateAddressForAnOddHost() throws Exception {
    try (WireServer server = store()) {
      String url = "http://ark_content.invalid:" + server.port() + "/a";
      assertThatThrownBy(() -> fetch(url, HttpOptions.standard()))
          .isExactlyInstanceOf(GiveUpException.class)
          .hasMessageContaining("ark_content.invalid");
      assertThat(server.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.1", "2130706433", "0x7f.1", "0177.0.0.1"})
  void checksNumbersInDisguiseBehindAProxy(String host) throws Exception {
    try (WireServer proxy = store()) {
      HttpOptions proxied = HttpOptions.builder().proxy(proxy.uri("")).build();
      assertThatThrownBy(() -> fetch("http://" + host + "/a", proxied))
          .isExactlyInstanceOf(GiveUpException.class);
      assertThat(proxy.connections()).isZero();
    }
  }
}
