package io.github.seedance4j.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The guide's table of fields, in its order: the whole of what a request may hold by name. */
enum WireField {
  MODEL(Type.TEXT),
  PROMPT(Type.TEXT),
  DURATION(Type.NUMBER),
  RESOLUTION(Type.TEXT),
  ASPECT_RATIO(Type.TEXT),
  IMAGE_URL(Type.TEXT),
  IMAGE_URLS(Type.TEXTS),
  VIDEO_URL(Type.TEXT),
  VIDEO_URLS(Type.TEXTS),
  VIDEO_DURATIONS(Type.NUMBERS),
  INPUT_VIDEO_DURATION(Type.NUMBER),
  AUDIO_URL(Type.TEXT),
  AUDIO_URLS(Type.TEXTS),
  GENERATE_AUDIO(Type.FLAG),
  WATERMARK(Type.FLAG),
  CONTENT(Type.ITEMS);

  /** What a field holds. */
  enum Type {
    TEXT,
    TEXTS,
    NUMBER,
    NUMBERS,
    FLAG,
    ITEMS
  }

  private static final Map<String, WireField> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(WireField::wireName, field -> field));

  private final Type type;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  WireField(Type type) {
    this.type = type;
  }

  Type type() {
    return type;
  }

  String wireName() {
    return wireName;
  }

  static Optional<WireField> of(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }
}
