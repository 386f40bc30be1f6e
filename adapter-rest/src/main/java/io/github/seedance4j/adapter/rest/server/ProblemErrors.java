package io.github.seedance4j.adapter.rest.server;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty's errors as the gateway's: {@code application/problem+json}, fixed sentences, nothing of
 * what the client sent, no stack traces. Each ends its connection.
 */
final class ProblemErrors implements Request.Handler {

  private static final String RETRY_SECONDS = "2";

  private static final Map<Integer, String> DETAILS =
      Map.ofEntries(
          Map.entry(400, "This is not a well-formed HTTP/1.1 request."),
          Map.entry(404, "There is nothing at this path."),
          Map.entry(405, "This method is not served here."),
          Map.entry(408, "The body of the request came too slowly."),
          Map.entry(413, "The body is larger than what is taken here."),
          Map.entry(414, "The address is longer than what is taken here."),
          Map.entry(417, "No expectation but 100-continue is met here."),
          Map.entry(421, "The request's authority and its Host are not the same."),
          Map.entry(426, "HTTP/1.1 is what is spoken here."),
          Map.entry(431, "The head of the request is larger than what is taken here."),
          Map.entry(500, "The gateway failed. What it knows of the request is in its journal."),
          Map.entry(501, "The request uses a coding or method that is not known here."),
          Map.entry(503, "The gateway is busy, or about to stop. Ask again shortly."),
          Map.entry(505, "HTTP/1.1 is what is spoken here."));

  private final ErrorBody bodies;

  ProblemErrors(ErrorBody bodies) {
    this.bodies = bodies;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException refused) {
      status = refused.getCode();
    }
    if (status < 400 || status > 599) {
      status = HttpStatus.INTERNAL_SERVER_ERROR_500;
    }
    response.setStatus(status);
    String detail = DETAILS.getOrDefault(status, HttpStatus.getMessage(status) + ".");
    byte[] body = bodies.of(status, detail);
    // what was not understood is not followed by a guess at where the next request begins
    response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
    }
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
