package io.github.seedance4j.adapter.http;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * Ends an exchange. Closing alone reads the rest of the body first, gigabytes of it if need be; a
 * cancelled call is cut. A body that was read to its end has given its connection back by then.
 */
final class Hangup {

  private Hangup() {}

  static void on(HttpUriRequestBase request, ClassicHttpResponse response) {
    request.cancel();
    try {
      response.close();
    } catch (IOException | RuntimeException e) {
      // it is of no more use either way
      return;
    }
  }
}
