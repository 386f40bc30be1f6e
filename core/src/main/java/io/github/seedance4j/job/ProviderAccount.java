package io.github.seedance4j.job;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Whom a job was sent to, and as whom: kept with it, since only there can it be asked for again.
 *
 * @param provider such as {@code TokenHub}
 * @param baseUrl the API's address, in one spelling: scheme and host in lower case, without the
 *     scheme's own port, {@code /./} or a slash at the end; the rest is kept as it is written, and
 *     so is whatever is no web address
 * @param fingerprint tells accounts apart without holding the key
 */
public record ProviderAccount(String provider, String baseUrl, String fingerprint) {

  public ProviderAccount {
    baseUrl = spelled(baseUrl);
  }

  private static String spelled(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return url;
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    int ownPort = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
    boolean odd = uri.getRawUserInfo() != null || uri.getRawQuery() != null;
    if (ownPort < 0 || uri.getHost() == null || odd || uri.getRawFragment() != null) {
      return url;
    }
    int port = uri.getPort();
    return scheme
        + "://"
        + uri.getHost().toLowerCase(Locale.ROOT)
        + (port < 0 || port == ownPort ? "" : ":" + port)
        + path(uri.getRawPath());
  }

  /** {@code .} stands for nothing; {@code ..} and what is percent-encoded are left alone. */
  private static String path(String written) {
    String path = written;
    while (path.contains("/./")) {
      path = path.replace("/./", "/");
    }
    while (path.endsWith("/") || path.endsWith("/.")) {
      path = path.substring(0, path.lastIndexOf('/'));
    }
    return path;
  }
}
