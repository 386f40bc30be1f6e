package io.github.seedance4j.adapter.rest.server;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.eclipse.jetty.server.Request;

/** How long a request has waited for its answer, in line for a worker and since. */
public final class Waited {

  private static final String ATTRIBUTE = Waited.class.getName();

  private Waited() {}

  /** From now on it waits for us: all of it is here, but for the body of an upload. */
  static void begin(Request request) {
    request.setAttribute(ATTRIBUTE, System.nanoTime());
  }

  /**
   * How long that is.
   *
   * @param request the request in hand, Javalin's {@code ctx.req()}
   */
  public static Duration since(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Long begin
        ? Duration.ofNanos(System.nanoTime() - begin)
        : Duration.ZERO;
  }
}
