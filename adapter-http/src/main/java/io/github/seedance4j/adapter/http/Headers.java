package io.github.seedance4j.adapter.http;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Reads the headers of an answer. */
final class Headers {

  private Headers() {}

  /** The first of that name; null where there is none. */
  static @Nullable String text(HttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
