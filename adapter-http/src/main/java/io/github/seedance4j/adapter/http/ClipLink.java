package io.github.seedance4j.adapter.http;

import io.github.seedance4j.error.GiveUpException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHost;

/**
 * A signed link, of which only the host may be told to anybody. Taken as servers write links rather
 * than as RFC 2396 has them: what may not stand in a URL is escaped, hosts may have underscores.
 *
 * @param path with its query, as signed
 */
record ClipLink(HttpHost target, String path, URI uri) {

  /** What comes before the path; nothing in it is ever escaped, so that a host stays what it is. */
  private static final Pattern ROOT =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)?(//[^/?#]*)?", Pattern.DOTALL);

  /** A host that is no host name to java.net.URI; which address it has is the resolver's to see. */
  private static final Pattern ODD_HOST = Pattern.compile("([A-Za-z0-9._-]+)(?::(\\d{1,5})?)?");

  private static final String LEGAL = "-_.~!$&'()*+,;=:@/?";
  private static final int HIGHEST_PORT = 65_535;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * @throws GiveUpException if it is no http(s) URL with a host and without credentials
   */
  static ClipLink of(String url) {
    try {
      return of(new URI(escaped(url)));
    } catch (URISyntaxException e) {
      // no cause: its message repeats the link
      throw new GiveUpException("the link is no URL", null);
    }
  }

  /** Where a redirect leads, relative or not. */
  ClipLink follow(String location) {
    try {
      return of(uri.resolve(new URI(escaped(location))));
    } catch (URISyntaxException e) {
      throw new GiveUpException(host() + " redirects to what is no URL", null);
    }
  }

  private static ClipLink of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new GiveUpException("the link is neither http nor https", null);
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new ClipLink(target(scheme, uri), path + query, uri);
  }

  private static HttpHost target(String scheme, URI uri) {
    String host = uri.getHost();
    int port = uri.getPort();
    if (host == null) {
      String authority = uri.getRawAuthority();
      Matcher odd = ODD_HOST.matcher(authority == null ? "" : authority);
      if (odd.matches()) {
        host = odd.group(1);
        port = odd.group(2) == null ? -1 : Integer.parseInt(odd.group(2));
      }
    }
    if (host == null || uri.getRawUserInfo() != null || port > HIGHEST_PORT) {
      throw new GiveUpException("the link names no plain host", null);
    }
    return new HttpHost(scheme, host, port);
  }

  /** Escapes what URI would refuse, and nothing else: the rest is what was signed. */
  private static String escaped(String url) {
    Matcher root = ROOT.matcher(url);
    int at = root.lookingAt() ? root.end() : 0;
    StringBuilder plain = new StringBuilder(url.substring(0, at));
    char part = '/';
    while (at < url.length()) {
      int c = url.codePointAt(at);
      boolean opens = (c == '?' && part == '/') || (c == '#' && part != '#');
      if (opens) {
        part = (char) c;
      }
      if (opens || isLegal(c, part) || (c == '%' && isEscape(url, at))) {
        plain.appendCodePoint(c);
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          plain.append('%').append(HEX.toHexDigits(b));
        }
      }
      at += Character.charCount(c);
    }
    return plain.toString();
  }

  private static boolean isLegal(int c, char part) {
    boolean alphanumeric = c < 128 && Character.isLetterOrDigit(c);
    return alphanumeric || LEGAL.indexOf(c) >= 0 || (part != '/' && (c == '[' || c == ']'));
  }

  private static boolean isEscape(String url, int at) {
    return at + 2 < url.length()
        && HexFormat.isHexDigit(url.charAt(at + 1))
        && HexFormat.isHexDigit(url.charAt(at + 2));
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
