package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes back over the wire. */
sealed interface Answer {

  /** The connection is reset (RST) instead of an answer. */
  record Reset() implements Answer {}

  /** The connection is closed in good order, without a byte. */
  record Close() implements Answer {}

  /** Nothing, until the client or the fake closes the connection. */
  record Hang() implements Answer {}

  /** These bytes as they are, HTTP or not; then the connection is closed. */
  record Raw(Body body) implements Answer {}

  /**
   * An answer in HTTP.
   *
   * @param headers go over the wire as they are; {@link ReplyHead} adds what they lack
   */
  record Reply(int status, Map<String, String> headers, Body body, Delivery delivery)
      implements Answer {

    Reply(int status, Map<String, String> headers, Body body) {
      this(status, headers, body, new Delivery.Whole());
    }

    Reply with(Delivery other) {
      return new Reply(status, headers, body, other);
    }

    /** Half of the body comes; none of one whose length isn't known. */
    Reply cutInMiddle(Delivery.How how) {
      return with(new Delivery.CutInBody(Math.max(0, body.length() / 2), how));
    }
  }

  static Reply text(int status, Map<String, String> headers, String body) {
    return new Reply(status, headers, Body.of(body));
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

  /** What upstream calls the kind of error. */
  static String type(int status) {
    return switch (status) {
      case 400 -> "BadRequest";
      case 401 -> "Unauthorized";
      case 402 -> "PaymentRequired";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 405 -> "MethodNotAllowed";
      case 408 -> "RequestTimeout";
      case 409 -> "Conflict";
      case 413 -> "PayloadTooLarge";
      case 416 -> "RangeNotSatisfiable";
      case 422 -> "UnprocessableEntity";
      case 425 -> "TooEarly";
      case 429 -> "TooManyRequests";
      case 502 -> "BadGateway";
      case 503 -> "ServiceUnavailable";
      case 504 -> "GatewayTimeout";
      default -> status < 500 ? "BadRequest" : "InternalServerError";
    };
  }
}
