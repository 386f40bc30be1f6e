package io.github.seedance4j.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaUrlTest {

  private static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cdn.example.com/a.png",
        "http://a",
        "HttpS://CDN.Example.COM/A",
        "https://media.example.com.",
        "https://my_bucket.example.com/a",
        "https://a--b.x1/",
        "https://1.example.com",
        "https://xn--bcher-kva.example/",
        "https://bücher.example/ä",
        "https://例え.テスト/",
        "https://हिन्दी.example/",
        "https://127.0.0.1/a",
        "https://127.0.0.1:80",
        "https://a:1/",
        "https://a:0/",
        "https://a:65535/",
        "https://a:00080?x",
        "https://a?x=1",
        "https://a#x",
        "https://a/b@c:d//e?f=https://g/h#i#j",
        "https://a/{b}|c\\d^e`f\"<g>",
        "https://[::1]/",
        "https://[::]/",
        "https://[2001:db8::1]:8443/a.png",
        "https://[1:2:3:4:5:6:7:8]",
        "https://[1:2:3:4:5:6:7::]",
        "https://[::2:3:4:5:6:7:8]",
        "https://[::FFFF:192.0.2.255]",
        "https://[1:2:3:4:5:6:192.0.2.1]",
        "https://[0:0:0:0:0:0:0:0]",
      })
  void takesAddressesOfTheWeb(String url) {
    assertThat(MediaUrl.of(MediaKind.IMAGE, url)).isEqualTo(MediaUrl.WEB);
    assertThat(MediaUrl.of(MediaKind.VIDEO, url)).isEqualTo(MediaUrl.WEB);
    assertThat(MediaUrl.of(MediaKind.AUDIO, url)).isEqualTo(MediaUrl.WEB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a.png",
        "/a.png",
        "//cdn.example.com/a.png",
        "cdn.example.com/a.png",
        "file:///etc/passwd",
        "ftp://a/b",
        "javascript:alert(1)",
        "xhttps://a/b",
        "https:/a/b",
        "https:a",
        "https://",
        "https:///a",
        "https://?a",
        "https://#a",
        "https://:80/",
        "https://a:/",
        "https://a:65536/",
        "https://a:99999/",
        "https://a:100000/",
        "https://a:-1/",
        "https://a:8o/",
        "https://a:\u0661/",
        "https://a:80:80/",
        "https://user@a/",
        "https://user:secret@a/",
        "https://@a/",
        "https://:@a/",
        "https://-a/",
        "https://a-/",
        "https://.a/",
        "https://a..b/",
        "https://a../",
        "https://./",
        "https://a b/",
        "https://a\\b/",
        "https://a%20b/",
        "https://a,b/",
        " https://a/",
        "https://a/ ",
        "https://a/b c",
        "https://a/\tb",
        "https://a/b\n",
        "https://a/\u00a0",
        "https://a/\u3000b",
        "https://a/\u2028b",
        "https://a/\u0085",
        "https://a/\u0000",
        "https://a/\u007f",
        "https://a/?\u2003",
        "https://a/#\r",
        "https://[]/",
        "https://[:]/",
        "https://[:::]/",
        "https://[::1/",
        "https://::1]/",
        "https://2001:db8::1/",
        "https://[1:2:3:4:5:6:7]/",
        "https://[1:2:3:4:5:6:7:8:9]/",
        "https://[1:2:3:4:5:6:7:8::]/",
        "https://[1:2:3:4::5:6:7:8]/",
        "https://[1::2::3]/",
        "https://[12345::]/",
        "https://[::g]/",
        "https://[::1:]/",
        "https://[:1::]/",
        "https://[::256.0.0.1]/",
        "https://[::1.2.3]/",
        "https://[::1.2.3.4:5]/",
        "https://[1.2.3.4::]/",
        "https://[1:2:3:4:5:6:7:192.0.2.1]/",
        "https://[127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://[v1.x]/",
        "https://[[::1]]/",
        "https://[::1]x/",
        "https://[::1]:/",
        "asset://",
        "asset://a b",
        "asset:a",
        "ASSET://a",
        "asset://\u3000",
        "blob:https://a/b",
      })
  void refusesWhatIsNone(String url) {
    assertThat(MediaUrl.of(MediaKind.IMAGE, url)).isEqualTo(MediaUrl.INVALID);
    assertThat(MediaUrl.of(MediaKind.VIDEO, url)).isEqualTo(MediaUrl.INVALID);
    assertThat(MediaUrl.of(MediaKind.AUDIO, url)).isEqualTo(MediaUrl.INVALID);
  }

  @ParameterizedTest
  @ValueSource(ints = {299, 300, 301})
  void boundsTheAuthority(int length) {
    String url = "https://" + "a".repeat(length) + "/";

    assertThat(MediaUrl.of(MediaKind.IMAGE, url))
        .isEqualTo(length <= 300 ? MediaUrl.WEB : MediaUrl.INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:image/png;base64,A",
        "data:image/svg+xml;charset=utf-8;base64,PHN2Zz4=",
        "DATA:nonsense",
      })
  void refusesDataInAVideo(String url) {
    assertThat(MediaUrl.of(MediaKind.VIDEO, url)).isEqualTo(MediaUrl.VIDEO_DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:",
        "data:image/;base64,AA",
        "data:image/png;base64,",
        "data:image/png,AA",
        "data:image/png;base64",
        "data:;base64,AA",
        "data:text/plain;base64,AA",
        "data:audio/mpeg;base64,AA",
        ";base64,data:image/png",
      })
  void refusesDataThatIsNoImage(String url) {
    assertThat(MediaUrl.of(MediaKind.IMAGE, url)).isEqualTo(MediaUrl.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"asset://a-1", "asset://a?b/c"})
  void letsAssetsPassAsUnconfirmed(String url) {
    for (MediaKind kind : MediaKind.values()) {
      assertThat(MediaUrl.of(kind, url)).isEqualTo(MediaUrl.UNCONFIRMED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data:image/png;base64,A", "data:image/svg+xml;charset=utf-8;base64,PA"})
  void letsInlineImagesPassAsUnconfirmed(String url) {
    assertThat(MediaUrl.of(MediaKind.IMAGE, url)).isEqualTo(MediaUrl.UNCONFIRMED);
    assertThat(MediaUrl.of(MediaKind.AUDIO, url)).isEqualTo(MediaUrl.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data:audio/mpeg;base64,A", "data:audio/wav;base64,UklGRg=="})
  void letsInlineAudioPassAsUnconfirmed(String url) {
    assertThat(MediaUrl.of(MediaKind.AUDIO, url)).isEqualTo(MediaUrl.UNCONFIRMED);
    assertThat(MediaUrl.of(MediaKind.IMAGE, url)).isEqualTo(MediaUrl.INVALID);
  }

  static Stream<String> megabytes() {
    return Stream.of(
            "a",
            ":",
            "[",
            "]",
            "[:",
            "::",
            "/",
            "//",
            "@",
            "//@",
            ".",
            "a.",
            "-",
            "a-",
            ";base64,",
            "https://",
            "é",
            " ",
            "\uD83D\uDE00",
            "%")
        .flatMap(
            part -> {
              String mega = part.repeat(1_000_000 / part.length());
              return Stream.of(
                  mega, "https://" + mega, "https://[" + mega + "]/", "data:image/" + mega);
            });
  }

  @Tag("heavy")
  @ParameterizedTest(name = "{index}")
  @MethodSource("megabytes")
  void judgesAMegabyteAtOnce(String url) {
    GenerationDraft draft = Drafts.with("image_url", url);

    Verdict verdict = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> RULES.judge(draft));

    assertThat(verdict.violations()).hasSizeLessThan(2);
  }
}
