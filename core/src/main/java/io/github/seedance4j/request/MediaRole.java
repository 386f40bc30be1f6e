package io.github.seedance4j.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a medium is to be in the clip. */
public enum MediaRole {
  FIRST_FRAME(MediaKind.IMAGE),
  LAST_FRAME(MediaKind.IMAGE),
  REFERENCE_IMAGE(MediaKind.IMAGE),
  REFERENCE_VIDEO(MediaKind.VIDEO),
  REFERENCE_AUDIO(MediaKind.AUDIO);

  private final MediaKind kind;

  MediaRole(MediaKind kind) {
    this.kind = kind;
  }

  /** The kind of medium that can play this role. */
  public MediaKind kind() {
    return kind;
  }

  /** The wire's word: {@code first_frame}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MediaRole referenceOf(MediaKind kind) {
    return switch (kind) {
      case IMAGE -> REFERENCE_IMAGE;
      case VIDEO -> REFERENCE_VIDEO;
      case AUDIO -> REFERENCE_AUDIO;
    };
  }

  static Optional<MediaRole> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
  }
}
