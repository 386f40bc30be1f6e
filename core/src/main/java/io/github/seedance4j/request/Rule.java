package io.github.seedance4j.request;

import static io.github.seedance4j.request.Certainty.ADVICE;
import static io.github.seedance4j.request.Certainty.ASSUMED;
import static io.github.seedance4j.request.Certainty.STATED;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The vocabulary of findings: every way in which a request can be at fault or worth a remark.
 *
 * <p>The code is stable and meant for programs; people get {@link Finding#message}. The certainty
 * here is the usual one; a {@link ModelSpec} may say otherwise for its model.
 */
public enum Rule {
  REQUEST_UNREADABLE("request-unreadable", STATED, ""),
  FIELD_REPEATED("field-repeated", STATED, ""),
  FIELD_UNKNOWN("field-unknown", STATED, ""),
  FIELD_TYPE("field-type", STATED, ""),
  NUMBER_UNUSABLE("number-unusable", STATED, ""),

  MODEL_REQUIRED("model-required", STATED, "model"),
  MODEL_UNKNOWN("model-unknown", STATED, "model"),
  PROMPT_REQUIRED("prompt-required", STATED, "prompt"),
  DURATION_OUT_OF_RANGE("duration-out-of-range", STATED, "duration"),
  DURATION_NOT_WHOLE("duration-not-whole", ASSUMED, "duration"),
  RESOLUTION_UNKNOWN("resolution-unknown", STATED, "resolution"),
  ASPECT_RATIO_UNKNOWN("aspect-ratio-unknown", ASSUMED, "aspect_ratio"),

  URL_INVALID("url-invalid", STATED, ""),
  VIDEO_DATA_URI("video-data-uri", ASSUMED, ""),
  CONTENT_TYPE_UNKNOWN("content-type-unknown", STATED, "content"),
  CONTENT_URL_REQUIRED("content-url-required", STATED, "content"),
  ROLE_UNKNOWN("role-unknown", STATED, "content"),
  ROLE_TYPE_MISMATCH("role-type-mismatch", STATED, "content"),
  ROLE_REQUIRED("role-required", ASSUMED, "content"),

  VIDEOS_TOO_MANY("videos-too-many", STATED, ""),
  AUDIOS_TOO_MANY("audios-too-many", STATED, ""),
  IMAGES_TOO_MANY("images-too-many", ASSUMED, ""),
  FIRST_FRAME_REPEATED("first-frame-repeated", STATED, "content"),
  LAST_FRAME_REPEATED("last-frame-repeated", STATED, "content"),
  LAST_FRAME_WITHOUT_FIRST("last-frame-without-first", ASSUMED, "content"),
  FRAMES_MIXED_WITH_REFERENCES("frames-mixed-with-references", ASSUMED, ""),
  AUDIO_WITHOUT_VISUAL("audio-without-visual", ASSUMED, ""),

  VIDEO_DURATIONS_COUNT("video-durations-count", STATED, "video_durations"),
  VIDEO_DURATIONS_CONFLICT("video-durations-conflict", STATED, "input_video_duration"),
  INPUT_DURATION_WITHOUT_VIDEO("input-duration-without-video", STATED, ""),
  INPUT_DURATION_NOT_POSITIVE("input-duration-not-positive", STATED, ""),
  INPUT_VIDEO_TOO_LONG("input-video-too-long", ASSUMED, ""),

  VIDEO_LENGTH_UNKNOWN("video-length-unknown", ADVICE, ""),
  VIDEO_LENGTH_UNUSUAL("video-length-unusual", ADVICE, "video_durations"),
  VIDEO_DURATIONS_REDUNDANT("video-durations-redundant", ADVICE, "input_video_duration"),
  INPUT_VIDEO_NEAR_LIMIT("input-video-near-limit", ADVICE, ""),
  MANY_FILES("many-files", ADVICE, ""),
  FLAT_AND_CONTENT_MIXED("flat-and-content-mixed", ADVICE, "content"),
  SINGULAR_AND_PLURAL_MIXED("singular-and-plural-mixed", ADVICE, ""),
  URL_SCHEME_UNCONFIRMED("url-scheme-unconfirmed", ADVICE, ""),
  PROMPT_INLINE_PARAMETER("prompt-inline-parameter", ADVICE, "prompt"),
  PROMPT_LONG("prompt-long", ADVICE, "prompt"),
  FIELD_UNCONFIRMED("field-unconfirmed", ADVICE, ""),

  MEDIA_TOO_LARGE("media-too-large", ADVICE, ""),
  MEDIA_SIDES("media-sides", ADVICE, ""),
  MEDIA_SHAPE("media-shape", ADVICE, ""),
  MEDIA_PIXELS("media-pixels", ADVICE, ""),
  MEDIA_LENGTH("media-length", ADVICE, ""),
  MEDIA_FRAME_RATE("media-frame-rate", ADVICE, ""),
  MEDIA_CODEC("media-codec", ADVICE, "");

  private static final Set<Rule> FIRM =
      EnumSet.of(
          REQUEST_UNREADABLE,
          FIELD_REPEATED,
          FIELD_UNKNOWN,
          FIELD_TYPE,
          NUMBER_UNUSABLE,
          MODEL_REQUIRED,
          MODEL_UNKNOWN,
          DURATION_OUT_OF_RANGE,
          RESOLUTION_UNKNOWN,
          CONTENT_TYPE_UNKNOWN,
          CONTENT_URL_REQUIRED,
          ROLE_UNKNOWN,
          ROLE_TYPE_MISMATCH,
          VIDEO_DURATIONS_COUNT,
          VIDEO_DURATIONS_CONFLICT,
          INPUT_DURATION_WITHOUT_VIDEO,
          INPUT_DURATION_NOT_POSITIVE);

  private final String code;
  private final Certainty usualCertainty;
  private final String homeField;

  Rule(String code, Certainty usualCertainty, String homeField) {
    this.code = code;
    this.usualCertainty = usualCertainty;
    this.homeField = homeField;
  }

  /** The stable code, such as {@code videos-too-many}. */
  public String code() {
    return code;
  }

  /** How sure this rule is unless a model's entry says otherwise. */
  public Certainty usualCertainty() {
    return usualCertainty;
  }

  /** The wire field that this rule is about, or the empty string when it concerns several. */
  public String homeField() {
    return homeField;
  }

  /** Whether no catalogue may soften it: without it a request has no one meaning or no price. */
  boolean isFirm() {
    return FIRM.contains(this);
  }

  /** The rule of that code, if there is one. */
  public static Optional<Rule> ofCode(String code) {
    return Arrays.stream(values()).filter(rule -> rule.code.equals(code)).findFirst();
  }
}
