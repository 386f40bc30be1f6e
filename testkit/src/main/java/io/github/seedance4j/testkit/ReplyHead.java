package io.github.seedance4j.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.protocol.HttpDateGenerator;

/**
 * The head of an answer as it goes over the wire. What the answer says itself comes as it is, right
 * or wrong; the rest is filled in.
 */
final class ReplyHead {

  static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private ReplyHead() {}

  /**
   * @param connection what the answer says about the connection's future; nothing if empty
   */
  static byte[] bytes(Answer.Reply reply, String requestId, String connection) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(reply.status()).append(' ').append(reason(reply.status()));
    head.append("\r\n");
    if (!says(reply, "Date")) {
      line(head, "Date", HttpDateGenerator.INSTANCE.getCurrentDate());
    }
    if (!says(reply, "X-Request-Id")) {
      line(head, "X-Request-Id", requestId);
    }
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      line(head, header.getKey(), header.getValue());
    }
    if (hasLength(reply) && !says(reply, "Content-Length") && !says(reply, "Transfer-Encoding")) {
      if (isChunked(reply)) {
        line(head, "Transfer-Encoding", "chunked");
      } else {
        line(head, "Content-Length", Long.toString(reply.body().length()));
      }
    }
    if (!connection.isEmpty() && !says(reply, "Connection")) {
      line(head, "Connection", connection);
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean says(Answer.Reply reply, String name) {
    for (String own : reply.headers().keySet()) {
      if (own.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** Two kinds of answers end with their head, whatever it says. */
  static boolean hasLength(Answer.Reply reply) {
    return reply.status() != NO_CONTENT && reply.status() != NOT_MODIFIED;
  }

  static boolean isChunked(Answer.Reply reply) {
    return reply.delivery() instanceof Delivery.Chunked || reply.body().length() == Body.UNKNOWN;
  }

  private static String reason(int status) {
    String reason =
        status < 100 || status > 599
            ? null
            : EnglishReasonPhraseCatalog.INSTANCE.getReason(status, null);
    return reason == null ? "" : reason;
  }
}
