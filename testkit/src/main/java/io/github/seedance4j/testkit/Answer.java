package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What goes back over the wire. */
sealed interface Answer {

  /** The connection is reset (RST) instead of an answer. */
  record Reset() implements Answer {}

  /**
   * A complete answer; the body is a stretch of the bytes, so that a range of a clip needs no copy.
   */
  final class Reply implements Answer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] bytes;
    private final int from;
    private final int length;

    Reply(int status, Map<String, String> headers, byte[] bytes, int from, int length) {
      Objects.checkFromIndexSize(from, length, bytes.length);
      this.status = status;
      this.headers = headers;
      this.bytes = bytes;
      this.from = from;
      this.length = length;
    }

    int status() {
      return status;
    }

    Map<String, String> headers() {
      return headers;
    }

    byte[] bytes() {
      return bytes;
    }

    int from() {
      return from;
    }

    int length() {
      return length;
    }
  }

  static Reply text(int status, Map<String, String> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Reply(status, headers, bytes, 0, bytes.length);
  }

  static Reply json(int status, Map<String, String> headers, Map<String, ?> tree) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Content-Type", "application/json");
    all.putAll(headers);
    return text(status, all, JsonWriter.write(tree));
  }

  /** {@link #error(int, String, String, String, String, Map, Map)} with nothing beside the text. */
  static Reply error(int status, String code, String message, String requestId) {
    return error(status, code, message, null, requestId, Map.of(), Map.of());
  }

  /**
   * An answer in the provider's error shape; the message ends in the request id, which is a header
   * too.
   *
   * @param more fields beside the usual four
   */
  static Reply error(
      int status,
      String code,
      String message,
      @Nullable String param,
      String requestId,
      Map<String, String> headers,
      Map<String, ?> more) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message + " Request ID: " + requestId);
    error.put("param", param == null ? "" : param);
    error.put("type", type(status));
    error.putAll(more);
    return json(status, headers, Map.of("error", error));
  }

  private static String type(int status) {
    return switch (status) {
      case 400 -> "BadRequest";
      case 401 -> "Unauthorized";
      case 402 -> "PaymentRequired";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 405 -> "MethodNotAllowed";
      case 413 -> "PayloadTooLarge";
      case 416 -> "RangeNotSatisfiable";
      case 429 -> "TooManyRequests";
      default -> status < 500 ? "BadRequest" : "InternalServerError";
    };
  }
}
