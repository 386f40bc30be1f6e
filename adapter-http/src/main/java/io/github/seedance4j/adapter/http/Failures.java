package io.github.seedance4j.adapter.http;

import io.github.seedance4j.job.CreateReply.Phase;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Sorts what the client throws by how far the call had got. In doubt, bytes have left. */
final class Failures {

  private static final int LONGEST = 300;

  private Failures() {}

  /**
   * Decides how far it had got.
   *
   * @param sent whether our own hooks saw it reach the socket: for a hardened client that is proof
   *     either way, for somebody else's only that it did
   */
  static Phase phase(Exception e, boolean sent, boolean hardened) {
    if (sent) {
      return Phase.SENT;
    }
    if (e instanceof UnknownHostException) {
      return Phase.RESOLVE;
    }
    if (e instanceof ConnectionRequestTimeoutException) {
      return Phase.LEASE;
    }
    if (e instanceof ConnectException
        || e instanceof ConnectTimeoutException
        || e instanceof NoRouteToHostException) {
      return Phase.CONNECT;
    }
    if (!hardened) {
      return Phase.SENT;
    }
    if (e instanceof SSLException) {
      return Phase.TLS;
    }
    // cut or interrupted while it waited for a connection or made one, or the pool was closed
    return e instanceof IllegalStateException ? Phase.CLOSED : Phase.CONNECT;
  }

  /** The exception's kind and words: the client's own name hosts and addresses, never paths. */
  static String describe(Exception e) {
    String message = e.getMessage();
    String text = e.getClass().getSimpleName() + (message == null ? "" : ": " + message.strip());
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
