package io.github.seedance4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The page that shows the fake to people: one file, whose only script and style are those in it,
 * named by their digests, so that no prompt can bring another.
 */
final class StatusPage {

  private static final String HTML = read();
  private static final Map<String, String> HEADERS = headers();

  private StatusPage() {}

  static Answer answer() {
    return Answer.text(200, HEADERS, HTML);
  }

  private static String read() {
    try (InputStream in =
        Objects.requireNonNull(StatusPage.class.getResourceAsStream("status-page.html"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/html; charset=utf-8");
    headers.put(
        "Content-Security-Policy",
        "default-src 'none'; connect-src 'self'; media-src 'self'; img-src data:; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'; script-src "
            + digest("script")
            + "; style-src "
            + digest("style"));
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cache-Control", "no-store");
    return headers;
  }

  private static String digest(String element) {
    String open = "<" + element + ">";
    int from = HTML.indexOf(open) + open.length();
    String text = HTML.substring(from, HTML.indexOf("</" + element + ">", from));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
