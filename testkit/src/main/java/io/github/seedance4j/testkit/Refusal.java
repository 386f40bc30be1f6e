package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.ErrorShape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Error answers in all their shapes. The usual code of a status is upstream's where its error page
 * has one (400, 401, 403, 404, 429, 500), else the name that HTTP gives the status; which ones
 * TokenHub uses is not known.
 */
final class Refusal {

  private Refusal() {}

  /**
   * @param code null for the usual one
   * @param message null for the usual one
   * @param retryAfter the header as it is; null for none
   */
  static Answer.Reply answer(
      int status,
      ErrorShape shape,
      @Nullable String code,
      @Nullable String message,
      @Nullable String retryAfter,
      String requestId) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (retryAfter != null) {
      headers.put("Retry-After", retryAfter);
    }
    Usual usual = usual(status);
    String word = code == null ? usual.code : code;
    String text = message == null ? usual.message : message;
    String traced = text + " Request ID: " + requestId;
    return switch (shape) {
      case FULL -> Answer.error(status, word, text, null, requestId, headers, Map.of());
      case MESSAGE_ONLY -> Answer.json(status, headers, Map.of("error", Map.of("message", traced)));
      case TEXT -> Answer.json(status, headers, Map.of("error", traced));
      case NULL -> {
        Map<String, @Nullable Object> nothing = new LinkedHashMap<>();
        nothing.put("error", null);
        yield Answer.json(status, headers, nothing);
      }
      case HTML -> {
        headers.put("Content-Type", "text/html");
        yield Answer.text(status, headers, page(status + " " + word));
      }
      case EMPTY -> Answer.text(status, headers, "");
    };
  }

  /** A web page with that title, as proxies make them. */
  static String page(String title) {
    return "<html><head><title>%s</title></head><body><center><h1>%s</h1></center></body></html>\n"
        .formatted(title, title);
  }

  private record Usual(String code, String message) {}

  private static Usual usual(int status) {
    return switch (status) {
      case 401 ->
          new Usual("AuthenticationError", "The API key in the request is missing or invalid.");
      case 402 -> new Usual("InsufficientBalance", "The account has no balance left.");
      case 403 ->
          new Usual("AccessDenied", "The request failed because access to it is not granted.");
      case 404 ->
          new Usual(
              "InvalidEndpointOrModel.NotFound",
              "The model or endpoint does not exist or you do not have access to it.");
      case 408 -> new Usual("RequestTimeout", "The request was not complete in time.");
      case 409 -> new Usual("Conflict", "The request conflicts with what goes on.");
      case 422 -> new Usual("UnprocessableEntity", "The request can't be processed.");
      case 425 -> new Usual("TooEarly", "The request came too early.");
      case 429 ->
          new Usual(
              "RateLimitExceeded.EndpointRPMExceeded",
              "Requests are coming too fast, retry later.");
      case 502 -> new Usual("BadGateway", "The upstream service gave no valid answer.");
      case 503 -> new Usual("ServiceUnavailable", "The service is not available now.");
      case 504 -> new Usual("GatewayTimeout", "The upstream service gave no answer in time.");
      default ->
          status < 500
              ? new Usual("InvalidParameter", "A parameter of the request is not valid.")
              : new Usual("InternalServiceError", "The service encountered an unexpected error.");
    };
  }
}
