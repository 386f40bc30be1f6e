package io.github.seedance4j.request;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of input media, each with the wire's names for it. */
public enum MediaKind {
  IMAGE("image_url", "image_urls"),
  VIDEO("video_url", "video_urls"),
  AUDIO("audio_url", "audio_urls");

  private final String singular;
  private final String plural;

  MediaKind(String singular, String plural) {
    this.singular = singular;
    this.plural = plural;
  }

  /** The flat field for one, which is also the type of a content item: {@code image_url}. */
  public String singular() {
    return singular;
  }

  /** The flat field for several: {@code image_urls}. */
  public String plural() {
    return plural;
  }

  static Optional<MediaKind> ofType(String type) {
    return Arrays.stream(values()).filter(kind -> kind.singular.equals(type)).findFirst();
  }
}
