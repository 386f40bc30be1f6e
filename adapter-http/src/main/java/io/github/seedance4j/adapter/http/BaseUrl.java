package io.github.seedance4j.adapter.http;

import java.net.URI;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;

/**
 * Where an API lives.
 *
 * @param text without a slash at its end
 * @param root the origin with the single slash that stands for a path
 * @param path the base's own path, empty or with its slash in front
 */
record BaseUrl(String text, URI root, HttpHost host, String path) {

  static BaseUrl of(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost();
    if (host == null || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "baseUrl: write https://host/path, without credentials in it");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("baseUrl: " + host + ": no query, no fragment");
    }
    boolean secure = scheme.equals("https");
    if (!secure && !(scheme.equals("http") && isThisMachine(host))) {
      throw new IllegalArgumentException(
          "baseUrl: "
              + host
              + ": a key is sent over https only; http is for this very machine alone");
    }
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String origin = scheme + "://" + host + (url.getPort() < 0 ? "" : ":" + url.getPort());
    return new BaseUrl(
        origin + path, URI.create(origin + "/"), new HttpHost(scheme, host, url.getPort()), path);
  }

  private static boolean isThisMachine(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
