package io.github.seedance4j.media;

import io.github.seedance4j.request.MediaKind;

/** The formats whose headers are read here. */
public enum MediaFormat {
  JPEG(MediaKind.IMAGE, "image/jpeg"),
  PNG(MediaKind.IMAGE, "image/png"),
  WEBP(MediaKind.IMAGE, "image/webp"),
  GIF(MediaKind.IMAGE, "image/gif"),
  MP4(MediaKind.VIDEO, "video/mp4"),
  MOV(MediaKind.VIDEO, "video/quicktime"),
  WAV(MediaKind.AUDIO, "audio/wav"),
  MP3(MediaKind.AUDIO, "audio/mpeg");

  private final MediaKind kind;
  private final String mimeType;

  MediaFormat(MediaKind kind, String mimeType) {
    this.kind = kind;
    this.mimeType = mimeType;
  }

  public MediaKind kind() {
    return kind;
  }

  /** As in {@code Content-Type} and in {@code data:} URIs, in lower case as upstream asks. */
  public String mimeType() {
    return mimeType;
  }
}
