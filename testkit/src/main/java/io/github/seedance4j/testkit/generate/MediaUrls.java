package io.github.seedance4j.testkit.generate;

import io.github.seedance4j.request.MediaKind;
import java.util.List;

/** Addresses of media, good and bad. */
final class MediaUrls {

  private static final List<String> GOOD =
      List.of(
          "https://cdn.example.com/a",
          "https://cdn.example.com/a b".replace(' ', '+') + "?sig=x%20y&e=1#t=2",
          "HTTP://host/x?y#z",
          "http://127.0.0.1:8080/",
          "https://[2001:db8::1]:8443/a",
          "https://bücher.example/ä",
          "https://a.example:65535");
  private static final List<String> BAD =
      List.of(
          "",
          " ",
          "nonsense",
          "//host/a",
          "ftp://host/a",
          "https:///a",
          "https://[::1/a",
          "https://a:99999/",
          "https://user:secret@host/a",
          "https://ho st/a",
          "https://host/a b",
          "asset://",
          "data:text/plain;base64,AAAA");

  private MediaUrls() {}

  static String good(Dice dice, MediaKind kind) {
    if (kind != MediaKind.VIDEO && dice.oneIn(12)) {
      return "data:" + (kind == MediaKind.IMAGE ? "image/png" : "audio/mpeg") + ";base64,AAAA";
    }
    return dice.oneIn(12) ? "asset://asset-1" : dice.of(GOOD);
  }

  static String bad(Dice dice, MediaKind kind) {
    String url = dice.of(BAD);
    // a video as any kind of data is another rule's
    return kind == MediaKind.VIDEO && url.startsWith("data:") ? "file:///a.mp4" : url;
  }
}
