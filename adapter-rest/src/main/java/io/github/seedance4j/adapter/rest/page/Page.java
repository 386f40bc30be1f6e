package io.github.seedance4j.adapter.rest.page;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.exchange.Sha256;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /} and {@code GET /assets/{file}}: the studio page, to anybody, since it holds nothing
 * but itself; what it shows, it asks the API for with the key of whoever sits there. Each file is
 * read once and then served from memory. Thread-safe.
 */
public final class Page {

  /**
   * Nothing inline, nothing from elsewhere, no frame around it, no text that becomes markup or
   * code. {@code blob:} is what a person dropped on the page, seen before it is uploaded.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}\\.(css|js|svg)");
  private static final Map<String, String> TYPES =
      Map.of("css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");

  private final Map<String, Asset> assets = new ConcurrentHashMap<>();
  private final Asset index;

  public Page() {
    this.index = read("index.html", "text/html").orElseThrow();
  }

  /** One file of the page, as it is served. */
  private static final class Asset {
    final String type;
    final String tag;
    final byte[] bytes;

    Asset(String type, String tag, byte[] bytes) {
      this.type = type;
      this.tag = tag;
      this.bytes = bytes;
    }
  }

  /** {@code GET /}. */
  public void index(Context request, Caller caller) {
    answer(request, index);
  }

  /** {@code GET /assets/{file}}. */
  public void asset(Context request, Caller caller) {
    Matcher name = NAME.matcher(request.pathParam("file"));
    Asset asset =
        name.matches()
            ? assets.computeIfAbsent(
                name.group(), file -> read(file, TYPES.get(name.group(1))).orElse(null))
            : null;
    if (asset == null) {
      throw Problem.of(ProblemType.NOT_FOUND, "The page has no such file.").refusal();
    }
    answer(request, asset);
  }

  private static void answer(Context request, Asset asset) {
    request
        .header("ETag", asset.tag)
        .header("Cache-Control", "no-cache") // asked for each time, sent when it changed
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()");
    if (isKnown(request.header("If-None-Match"), asset.tag)) {
      request.status(304);
    } else {
      request.contentType(asset.type + "; charset=utf-8").result(asset.bytes);
    }
  }

  private static boolean isKnown(@Nullable String tags, String tag) {
    return tags != null
        && Arrays.stream(tags.split(",", -1))
            .map(String::strip)
            .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
  }

  private static Optional<Asset> read(String file, @Nullable String type) {
    try (InputStream in = Page.class.getResourceAsStream(file)) {
      if (in == null || type == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      String tag = '"' + Sha256.hex(bytes).substring(0, 32) + '"';
      return Optional.of(new Asset(type, tag, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
