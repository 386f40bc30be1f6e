package io.github.seedance4j.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What kind of address a medium has. URLs may be hostile and megabytes long: all is linear. */
enum MediaUrl {
  /** An absolute http(s) URL with a host. */
  WEB,
  /** A form that upstream takes and this provider may not. */
  UNCONFIRMED,
  /** A video as a {@code data:} URI. */
  VIDEO_DATA,
  INVALID;

  private static final int HIGHEST_PORT = 65_535;

  /** Longer than any name with a port, so that what looks into it may take its time. */
  private static final int LONGEST_AUTHORITY = 300;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}" + WhiteSpace.CLASS + "]");
  private static final Pattern WEB_FORM =
      Pattern.compile(
          "(?i:https?)://([^/?#]{1," + LONGEST_AUTHORITY + "})(?:[/?#].*)?", Pattern.DOTALL);

  private static final String LABEL =
      "[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_-]*[\\p{L}\\p{M}\\p{N}_])?";
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:" + LABEL + "(?:\\." + LABEL + ")*\\.?|\\[([^\\[\\]]+)])(?::([0-9]{1,5}))?");

  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6_GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int IPV6_GROUPS = 8;

  static MediaUrl of(MediaKind kind, String url) {
    if (url.regionMatches(true, 0, "data:", 0, 5)) {
      if (kind == MediaKind.VIDEO) {
        return VIDEO_DATA;
      }
      return isInline(kind == MediaKind.IMAGE ? "image/" : "audio/", url) ? UNCONFIRMED : INVALID;
    }
    if (UNPRINTABLE.matcher(url).find()) {
      return INVALID;
    }
    if (url.startsWith("asset://")) {
      return url.equals("asset://") ? INVALID : UNCONFIRMED;
    }
    Matcher form = WEB_FORM.matcher(url);
    return form.matches() && isAuthority(form.group(1)) ? WEB : INVALID;
  }

  private static boolean isInline(String type, String url) {
    String start = "data:" + type;
    int marker = url.indexOf(";base64,");
    return url.startsWith(start)
        && marker > start.length()
        && marker + ";base64,".length() < url.length();
  }

  private static boolean isAuthority(String text) {
    Matcher parts = AUTHORITY.matcher(text);
    return parts.matches()
        && (parts.group(1) == null || isIpv6(parts.group(1)))
        && (parts.group(2) == null || Integer.parseInt(parts.group(2)) <= HIGHEST_PORT);
  }

  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == IPV6_GROUPS;
    }
    return groups(text.substring(0, gap), false) + groups(text.substring(gap + 2), true)
        < IPV6_GROUPS;
  }

  /** How many groups of an IPv6 address these are; more than there can be if they are none. */
  private static int groups(String text, boolean mayEndInIpv4) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    String last = parts[parts.length - 1];
    boolean endsInIpv4 = mayEndInIpv4 && IPV4.matcher(last).matches();
    int hex = endsInIpv4 ? parts.length - 1 : parts.length;
    for (int i = 0; i < hex; i++) {
      if (!IPV6_GROUP.matcher(parts[i]).matches()) {
        return IPV6_GROUPS + 1;
      }
    }
    return endsInIpv4 ? hex + 2 : hex;
  }
}
