package io.github.seedance4j.request;

import java.util.regex.Pattern;

/** What kind of address a medium has. */
enum MediaUrl {
  /** An absolute http(s) URL with a host. */
  WEB,
  /** A form that upstream takes and this provider may not. */
  UNCONFIRMED,
  /** A video as a {@code data:} URI. */
  VIDEO_DATA,
  INVALID;

  private static final String HOST =
      "(?:[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}._~%-]*[\\p{L}\\p{N}_])?\\.?|\\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*])";
  private static final Pattern WEB_FORM =
      Pattern.compile("(?i:https?)://" + HOST + "(?::\\d{1,5})?(?:[/?#][^\\s\\p{Cntrl}\\p{Z}]*)?");
  private static final Pattern ASSET = Pattern.compile("asset://[^\\s\\p{Cntrl}\\p{Z}]+");

  static MediaUrl of(MediaKind kind, String url) {
    if (ASSET.matcher(url).matches()) {
      return UNCONFIRMED;
    }
    if (url.regionMatches(true, 0, "data:", 0, 5)) {
      if (kind == MediaKind.VIDEO) {
        return VIDEO_DATA;
      }
      return isInline(kind == MediaKind.IMAGE ? "image/" : "audio/", url) ? UNCONFIRMED : INVALID;
    }
    return WEB_FORM.matcher(url).matches() && portFits(url) ? WEB : INVALID;
  }

  /** By hand, since the content may be megabytes: a pattern would recurse over it. */
  private static boolean isInline(String type, String url) {
    String start = "data:" + type;
    int content = url.indexOf(";base64,");
    return url.startsWith(start)
        && content > start.length()
        && content + ";base64,".length() < url.length();
  }

  private static boolean portFits(String url) {
    int authority = url.indexOf("://") + 3;
    int end = authority;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String host = url.substring(authority, end);
    int colon = host.lastIndexOf(':');
    return colon <= host.lastIndexOf(']') || Integer.parseInt(host.substring(colon + 1)) <= 65_535;
  }
}
