package io.github.seedance4j.adapter.http;

import io.github.seedance4j.error.GiveUpException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;

/**
 * A signed link, of which only the host may be told to anybody.
 *
 * @param path with its query, as signed
 */
record ClipLink(HttpHost target, String path, URI uri) {

  /**
   * @throws GiveUpException if it is no http(s) URL with a host and without credentials
   */
  static ClipLink of(String url) {
    try {
      return of(new URI(url));
    } catch (URISyntaxException e) {
      // no cause: its message repeats the link
      throw new GiveUpException("the clip's link is no URL", null);
    }
  }

  /** Where a redirect leads, relative or not. */
  ClipLink follow(String location) {
    try {
      return of(uri.resolve(new URI(location)));
    } catch (URISyntaxException e) {
      throw new GiveUpException(host() + " redirects to what is no URL", null);
    }
  }

  private static ClipLink of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new GiveUpException("the clip's link is neither http nor https", null);
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw new GiveUpException("the clip's link names no plain host", null);
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new ClipLink(new HttpHost(scheme, uri.getHost(), uri.getPort()), path + query, uri);
  }

  String host() {
    return target.getHostName();
  }

  /** What stands for the link wherever it might be logged. */
  URI root() {
    return URI.create(target.toURI() + "/");
  }

  @Override
  public String toString() {
    return "ClipLink[" + host() + "]";
  }
}
