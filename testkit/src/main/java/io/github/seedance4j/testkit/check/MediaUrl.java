package io.github.seedance4j.testkit.check;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What counts as the address of a medium: an http(s) URL, or one of the forms that the model's
 * maker takes.
 */
final class MediaUrl {

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*\\.?");
  private static final Pattern DOTTED_NUMBERS = Pattern.compile("(.*\\.)?[0-9]+\\.?");
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern HEX_GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_DATA_HEAD = 200;

  private MediaUrl() {}

  static boolean isData(String url) {
    return url.regionMatches(true, 0, "data:", 0, 5);
  }

  /** Whether a URL may stand for a medium of this kind ("image", "video", "audio"). */
  static boolean valid(String kind, String url) {
    if (url.isEmpty() || url.codePoints().anyMatch(MediaUrl::isBlank)) {
      return false;
    }
    String lower =
        url.length() > 64
            ? url.substring(0, 64).toLowerCase(Locale.ROOT)
            : url.toLowerCase(Locale.ROOT);
    if (lower.startsWith("asset://")) {
      return url.length() > "asset://".length();
    }
    if (isData(url)) {
      return data(kind, url);
    }
    if (lower.startsWith("http://")) {
      return authority(url.substring("http://".length()));
    }
    return lower.startsWith("https://") && authority(url.substring("https://".length()));
  }

  /** {@code data:KIND/…;base64,…}, by hand: a pattern would walk the stack through megabytes. */
  private static boolean data(String kind, String url) {
    int comma = url.indexOf(',');
    if (comma < 0 || comma > LONGEST_DATA_HEAD || comma == url.length() - 1) {
      return false;
    }
    String head = url.substring(0, comma).toLowerCase(Locale.ROOT);
    String before = "data:" + kind + "/";
    String after = ";base64";
    return !kind.equals("video")
        && head.startsWith(before)
        && head.endsWith(after)
        && head.length() > before.length() + after.length();
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  private static boolean authority(String rest) {
    String authority = rest.split("[/?#]", 2)[0];
    if (authority.startsWith("[")) {
      int end = authority.indexOf(']');
      return end > 0 && ipv6(authority.substring(1, end)) && port(authority.substring(end + 1));
    }
    int colon = authority.indexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    return host(host) && port(colon < 0 ? "" : authority.substring(colon));
  }

  private static boolean host(String host) {
    if (host.length() > LONGEST_HOST) {
      return false;
    }
    return DOTTED_NUMBERS.matcher(host).matches()
        ? IPV4.matcher(host).matches()
        : NAME.matcher(host).matches();
  }

  private static boolean port(String port) {
    return port.isEmpty()
        || (port.matches(":[0-9]{1,5}") && Integer.parseInt(port.substring(1)) <= 65_535);
  }

  private static boolean ipv6(String address) {
    int gap = address.indexOf("::");
    if (gap < 0) {
      return groups(address) == 8;
    }
    int before = gap == 0 ? 0 : groups(address.substring(0, gap));
    String tail = address.substring(gap + 2);
    int after = tail.isEmpty() ? 0 : groups(tail);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** How many 16-bit groups these are, or -1; an IPv4 address at the end counts for two. */
  private static int groups(String text) {
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (HEX_GROUP.matcher(parts[i]).matches()) {
        count++;
      } else if (i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
        count += 2;
      } else {
        return -1;
      }
    }
    return count;
  }
}
