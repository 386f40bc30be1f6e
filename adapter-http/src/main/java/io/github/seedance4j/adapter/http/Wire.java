package io.github.seedance4j.adapter.http;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * What the rest of the client must not see of a call: its path, which may be signed, and its key.
 * The client logs request lines and headers at DEBUG; these are put in after its last log line, and
 * taken out again. Also tells whether a byte may have left.
 */
final class Wire {

  private static final String KEY = "io.github.seedance4j.wire";

  private final String path;
  private final @Nullable String authorization;
  private volatile boolean sent;

  Wire(String path, @Nullable String authorization) {
    this.path = path;
    this.authorization = authorization;
  }

  void ride(HttpContext context) {
    context.setAttribute(KEY, this);
  }

  /** From here on a byte may have left. */
  void markSent() {
    sent = true;
  }

  boolean sent() {
    return sent;
  }

  /** Puts everything in at once, for a client that is not ours and does not know how to wait. */
  void dress(ClassicHttpRequest request) {
    // through a plain proxy the path is a whole URL: it ends in the "/" that stands for ours
    String stand = request.getPath();
    request.setPath(stand.substring(0, stand.length() - 1) + path);
    if (authorization != null) {
      request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
    }
  }

  /** The last step before the socket; nothing after it logs. */
  static final class Executor extends HttpRequestExecutor {

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        @Nullable HttpResponseInformationCallback informed,
        HttpContext context)
        throws IOException, HttpException {
      Object wire = context.getAttribute(KEY);
      // asking a proxy for a tunnel tells it neither path nor key, and is not the call itself
      if (!(wire instanceof Wire call) || Method.CONNECT.isSame(request.getMethod())) {
        return super.execute(request, connection, informed, context);
      }
      String stand = request.getPath();
      call.dress(request);
      call.markSent();
      try {
        return super.execute(request, connection, informed, context);
      } finally {
        request.setPath(stand);
        request.removeHeaders(HttpHeaders.AUTHORIZATION);
      }
    }
  }
}
