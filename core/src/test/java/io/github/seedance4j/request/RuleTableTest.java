package io.github.seedance4j.request;

import static io.github.seedance4j.request.Drafts.AUDIO;
import static io.github.seedance4j.request.Drafts.IMAGE;
import static io.github.seedance4j.request.Drafts.VIDEO;
import static io.github.seedance4j.request.Drafts.firstFrame;
import static io.github.seedance4j.request.Drafts.item;
import static io.github.seedance4j.request.Drafts.lastFrame;
import static io.github.seedance4j.request.Drafts.number;
import static io.github.seedance4j.request.Drafts.referenceImage;
import static io.github.seedance4j.request.Drafts.roleless;
import static io.github.seedance4j.request.Drafts.times;
import static io.github.seedance4j.request.Drafts.tree;
import static io.github.seedance4j.request.Drafts.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** For every rule, drafts that break it and near misses that don't. */
class RuleTableTest {

  private static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());

  /** A draft, and the entry that is to be found in it; near misses have none. */
  private record Row(Rule rule, String entry, GenerationDraft draft) {}

  private static final List<Row> ROWS = new ArrayList<>();

  static {
    breaks(Rule.REQUEST_UNREADABLE, "request-unreadable", GenerationDraft.unreadable("<html>"));
    passes(Rule.REQUEST_UNREADABLE, GenerationDraft.read(Map.of()));
    breaks(
        Rule.FIELD_REPEATED, "field-repeated:duration", with("duration", GenerationDraft.REPEATED));
    passes(Rule.FIELD_REPEATED, with("duration", 5));
    breaks(Rule.FIELD_UNKNOWN, "field-unknown:duraton", with("duraton", 15));
    breaks(Rule.FIELD_UNKNOWN, "field-unknown:Duration", with("Duration", 15));
    passes(Rule.FIELD_UNKNOWN, GenerationDraft.read(tree("seed", 7), Set.of("seed")));
    breaks(Rule.FIELD_TYPE, "field-type:duration", with("duration", "5"));
    passes(Rule.FIELD_TYPE, with("duration", null));
    breaks(Rule.NUMBER_UNUSABLE, "number-unusable:duration", with("duration", number("5.0001")));
    breaks(Rule.NUMBER_UNUSABLE, "number-unusable:duration", with("duration", 1_000_000));
    passes(Rule.NUMBER_UNUSABLE, with("duration", number("5.001")));
    passes(Rule.NUMBER_UNUSABLE, with("duration", number("999999.999")));

    breaks(Rule.MODEL_REQUIRED, "model-required", with("model", null));
    breaks(Rule.MODEL_REQUIRED, "model-required", with("model", " \u00a0\u3000\t"));
    passes(Rule.MODEL_REQUIRED, with("model", "x"));
    breaks(Rule.MODEL_UNKNOWN, "model-unknown", with("model", "doubao-seedance-2.0 "));
    breaks(Rule.MODEL_UNKNOWN, "model-unknown", with("model", "Doubao-seedance-2.0"));
    passes(Rule.MODEL_UNKNOWN, with("model", "doubao-seedance-2.0-fast"));
    passes(Rule.MODEL_UNKNOWN, with("model", ""));
    breaks(Rule.PROMPT_REQUIRED, "prompt-required", with("prompt", null));
    breaks(Rule.PROMPT_REQUIRED, "prompt-required", with("prompt", ""));
    breaks(Rule.PROMPT_REQUIRED, "prompt-required", with("prompt", "\n\u00a0\u3000\u0085\u001c"));
    passes(Rule.PROMPT_REQUIRED, with("prompt", "\u00a0."));
    breaks(Rule.DURATION_OUT_OF_RANGE, "duration-out-of-range", with("duration", number("3.999")));
    breaks(Rule.DURATION_OUT_OF_RANGE, "duration-out-of-range", with("duration", number("15.001")));
    breaks(Rule.DURATION_OUT_OF_RANGE, "duration-out-of-range", with("duration", -1));
    passes(Rule.DURATION_OUT_OF_RANGE, with("duration", 4));
    passes(Rule.DURATION_OUT_OF_RANGE, with("duration", 15));
    breaks(Rule.DURATION_NOT_WHOLE, "duration-not-whole", with("duration", number("4.5")));
    passes(Rule.DURATION_NOT_WHOLE, with("duration", number("5.000")));
    passes(Rule.DURATION_NOT_WHOLE, with("duration", number("3.5")));
    breaks(Rule.RESOLUTION_UNKNOWN, "resolution-unknown", with("resolution", "1080p"));
    breaks(Rule.RESOLUTION_UNKNOWN, "resolution-unknown", with("resolution", ""));
    passes(Rule.RESOLUTION_UNKNOWN, with("resolution", "480p"));
    breaks(Rule.ASPECT_RATIO_UNKNOWN, "aspect-ratio-unknown", with("aspect_ratio", "2:1"));
    passes(Rule.ASPECT_RATIO_UNKNOWN, with("aspect_ratio", "21:9"));

    breaks(
        Rule.URL_INVALID, "url-invalid:image_urls[1]", with("image_urls", List.of(IMAGE, "a.png")));
    passes(Rule.URL_INVALID, with("image_url", "HTTP://localhost:65535"));
    breaks(
        Rule.VIDEO_DATA_URI,
        "video-data-uri:video_url",
        with("video_url", "data:video/mp4;base64,AA"));
    breaks(
        Rule.VIDEO_DATA_URI,
        "video-data-uri:content[0].video_url.url",
        with("content", List.of(roleless("video_url", "DATA:"))));
    passes(Rule.VIDEO_DATA_URI, with("image_url", "data:image/png;base64,AA"));
    breaks(
        Rule.CONTENT_TYPE_UNKNOWN,
        "content-type-unknown:content[1].type",
        with("content", List.of(firstFrame(), Map.of("type", "text"))));
    breaks(
        Rule.CONTENT_TYPE_UNKNOWN,
        "content-type-unknown:content[0].type",
        with("content", List.of(Map.of("role", "nonsense"))));
    passes(Rule.CONTENT_TYPE_UNKNOWN, with("content", List.of(Map.of("type", "audio_url"))));
    breaks(
        Rule.CONTENT_URL_REQUIRED,
        "content-url-required:content[0]",
        with("content", List.of(Map.of("type", "image_url", "role", "nonsense"))));
    breaks(
        Rule.CONTENT_URL_REQUIRED,
        "content-url-required:content[0]",
        with("content", List.of(Map.of("type", "image_url", "video_url", Map.of("url", VIDEO)))));
    passes(
        Rule.CONTENT_URL_REQUIRED, with("content", List.of(item("image_url", "", "first_frame"))));
    breaks(
        Rule.ROLE_UNKNOWN,
        "role-unknown:content[0].role",
        with("content", List.of(item("image_url", IMAGE, "cover"))));
    breaks(
        Rule.ROLE_UNKNOWN,
        "role-unknown:content[0].role",
        with("content", List.of(item("image_url", IMAGE, "FIRST_FRAME"))));
    passes(Rule.ROLE_UNKNOWN, with("content", List.of(referenceImage())));
    breaks(
        Rule.ROLE_TYPE_MISMATCH,
        "role-type-mismatch:content[0].role",
        with("content", List.of(item("image_url", IMAGE, "reference_video"))));
    passes(
        Rule.ROLE_TYPE_MISMATCH,
        with("content", List.of(item("video_url", VIDEO, "reference_video"))));
    breaks(
        Rule.ROLE_REQUIRED,
        "role-required:content[1].role",
        with("content", List.of(firstFrame(), roleless("image_url", IMAGE))));
    breaks(
        Rule.ROLE_REQUIRED,
        "role-required:content[0].role",
        with("audio_url", AUDIO, "content", List.of(roleless("image_url", IMAGE))));
    passes(Rule.ROLE_REQUIRED, with("content", List.of(roleless("image_url", IMAGE))));
    passes(
        Rule.ROLE_REQUIRED,
        with("content", List.of(roleless("video_url", VIDEO), roleless("audio_url", AUDIO))));

    breaks(Rule.VIDEOS_TOO_MANY, "videos-too-many", with("video_urls", times(4, VIDEO)));
    passes(Rule.VIDEOS_TOO_MANY, with("video_urls", times(3, VIDEO)));
    breaks(
        Rule.AUDIOS_TOO_MANY,
        "audios-too-many",
        with("audio_urls", times(3, AUDIO), "audio_url", AUDIO));
    passes(Rule.AUDIOS_TOO_MANY, with("audio_urls", times(3, AUDIO)));
    breaks(
        Rule.IMAGES_TOO_MANY,
        "images-too-many",
        with("image_urls", times(9, IMAGE), "content", List.of(referenceImage())));
    passes(Rule.IMAGES_TOO_MANY, with("image_urls", times(9, IMAGE)));
    breaks(
        Rule.FIRST_FRAME_REPEATED, "first-frame-repeated", with("content", times(2, firstFrame())));
    passes(Rule.FIRST_FRAME_REPEATED, with("content", List.of(firstFrame(), lastFrame())));
    breaks(
        Rule.LAST_FRAME_REPEATED,
        "last-frame-repeated",
        with("content", List.of(firstFrame(), lastFrame(), lastFrame())));
    passes(Rule.LAST_FRAME_REPEATED, with("content", List.of(firstFrame(), lastFrame())));
    breaks(
        Rule.LAST_FRAME_WITHOUT_FIRST,
        "last-frame-without-first",
        with("content", List.of(lastFrame())));
    passes(Rule.LAST_FRAME_WITHOUT_FIRST, with("content", List.of(lastFrame(), firstFrame())));
    breaks(
        Rule.FRAMES_MIXED_WITH_REFERENCES,
        "frames-mixed-with-references",
        with("content", List.of(firstFrame()), "audio_url", AUDIO));
    breaks(
        Rule.FRAMES_MIXED_WITH_REFERENCES,
        "frames-mixed-with-references",
        with("content", List.of(lastFrame(), referenceImage())));
    passes(
        Rule.FRAMES_MIXED_WITH_REFERENCES,
        with("content", List.of(firstFrame(), Map.of("type", "video_url"))));
    passes(
        Rule.FRAMES_MIXED_WITH_REFERENCES,
        with("audio_url", AUDIO, "video_url", VIDEO, "image_url", IMAGE));
    breaks(Rule.AUDIO_WITHOUT_VISUAL, "audio-without-visual", with("audio_urls", times(2, AUDIO)));
    passes(Rule.AUDIO_WITHOUT_VISUAL, with("audio_url", AUDIO, "video_url", "nonsense"));
    passes(Rule.AUDIO_WITHOUT_VISUAL, with("audio_url", AUDIO, "content", List.of(lastFrame())));
    passes(Rule.AUDIO_WITHOUT_VISUAL, with());

    breaks(
        Rule.VIDEO_DURATIONS_COUNT,
        "video-durations-count",
        with("video_url", VIDEO, "video_durations", List.of(3, 3)));
    breaks(
        Rule.VIDEO_DURATIONS_COUNT,
        "video-durations-count",
        with("video_urls", times(2, VIDEO), "video_durations", List.of(3)));
    passes(
        Rule.VIDEO_DURATIONS_COUNT,
        with("video_urls", times(2, VIDEO), "video_durations", List.of(3, 4)));
    passes(Rule.VIDEO_DURATIONS_COUNT, with("video_url", VIDEO, "video_durations", List.of()));
    passes(Rule.VIDEO_DURATIONS_COUNT, with("video_durations", List.of(3)));
    breaks(
        Rule.VIDEO_DURATIONS_CONFLICT,
        "video-durations-conflict",
        with(
            "video_url",
            VIDEO,
            "video_durations",
            List.of(3),
            "input_video_duration",
            number("3.001")));
    passes(
        Rule.VIDEO_DURATIONS_CONFLICT,
        with(
            "video_url",
            VIDEO,
            "video_durations",
            List.of(3),
            "input_video_duration",
            number("3.000")));
    breaks(
        Rule.INPUT_DURATION_WITHOUT_VIDEO,
        "input-duration-without-video",
        with("input_video_duration", 3));
    breaks(
        Rule.INPUT_DURATION_WITHOUT_VIDEO,
        "input-duration-without-video",
        with("image_url", IMAGE, "video_durations", List.of(3)));
    passes(Rule.INPUT_DURATION_WITHOUT_VIDEO, with("video_durations", List.of()));
    passes(
        Rule.INPUT_DURATION_WITHOUT_VIDEO,
        with("video_url", "nonsense", "input_video_duration", 3));
    breaks(
        Rule.INPUT_DURATION_NOT_POSITIVE,
        "input-duration-not-positive:video_durations[1]",
        with("video_urls", times(2, VIDEO), "video_durations", List.of(3, 0)));
    breaks(
        Rule.INPUT_DURATION_NOT_POSITIVE,
        "input-duration-not-positive:input_video_duration",
        with("video_url", VIDEO, "input_video_duration", number("-0.001")));
    breaks(
        Rule.INPUT_DURATION_NOT_POSITIVE,
        "input-duration-not-positive:input_video_duration",
        with("video_url", VIDEO, "input_video_duration", 0));
    passes(
        Rule.INPUT_DURATION_NOT_POSITIVE,
        with("video_url", VIDEO, "input_video_duration", number("0.001")));
    breaks(
        Rule.INPUT_VIDEO_TOO_LONG,
        "input-video-too-long",
        with("video_url", VIDEO, "input_video_duration", number("15.201")));
    breaks(
        Rule.INPUT_VIDEO_TOO_LONG,
        "input-video-too-long",
        with("video_urls", times(2, VIDEO), "video_durations", List.of(8, 8)));
    passes(
        Rule.INPUT_VIDEO_TOO_LONG,
        with("video_url", VIDEO, "input_video_duration", number("15.2")));

    breaks(Rule.VIDEO_LENGTH_UNKNOWN, "video-length-unknown", with("video_url", VIDEO));
    passes(Rule.VIDEO_LENGTH_UNKNOWN, with("video_url", VIDEO, "input_video_duration", 3));
    passes(Rule.VIDEO_LENGTH_UNKNOWN, with("image_url", IMAGE));
    breaks(
        Rule.VIDEO_LENGTH_UNUSUAL,
        "video-length-unusual",
        with("video_url", VIDEO, "video_durations", List.of(number("1.999"))));
    breaks(
        Rule.VIDEO_LENGTH_UNUSUAL,
        "video-length-unusual",
        with("video_url", VIDEO, "video_durations", List.of(number("15.001"))));
    passes(Rule.VIDEO_LENGTH_UNUSUAL, with("video_url", VIDEO, "video_durations", List.of(15)));
    passes(Rule.VIDEO_LENGTH_UNUSUAL, with("video_url", VIDEO, "video_durations", List.of(2)));
    passes(Rule.VIDEO_LENGTH_UNUSUAL, with("video_url", VIDEO, "video_durations", List.of(-1)));
    passes(Rule.VIDEO_LENGTH_UNUSUAL, with("video_url", VIDEO, "input_video_duration", 1));
    breaks(
        Rule.VIDEO_DURATIONS_REDUNDANT,
        "video-durations-redundant",
        with("video_url", VIDEO, "video_durations", List.of(3), "input_video_duration", 3));
    passes(Rule.VIDEO_DURATIONS_REDUNDANT, with("video_url", VIDEO, "video_durations", List.of(3)));
    breaks(
        Rule.INPUT_VIDEO_NEAR_LIMIT,
        "input-video-near-limit",
        with("video_url", VIDEO, "input_video_duration", number("15.2")));
    passes(Rule.INPUT_VIDEO_NEAR_LIMIT, with("video_url", VIDEO, "input_video_duration", 15));
    passes(
        Rule.INPUT_VIDEO_NEAR_LIMIT,
        with("video_url", VIDEO, "input_video_duration", number("15.201")));
    breaks(
        Rule.MANY_FILES,
        "many-files",
        with("image_urls", times(9, IMAGE), "video_urls", times(3, VIDEO), "audio_url", AUDIO));
    passes(Rule.MANY_FILES, with("image_urls", times(9, IMAGE), "video_urls", times(3, VIDEO)));
    breaks(
        Rule.FLAT_AND_CONTENT_MIXED,
        "flat-and-content-mixed",
        with("image_urls", List.of(IMAGE), "content", List.of(referenceImage())));
    breaks(
        Rule.FLAT_AND_CONTENT_MIXED,
        "flat-and-content-mixed",
        with("audio_url", AUDIO, "content", List.of(referenceImage())));
    passes(Rule.FLAT_AND_CONTENT_MIXED, with("image_url", IMAGE, "content", List.of()));
    passes(Rule.FLAT_AND_CONTENT_MIXED, with("content", List.of(referenceImage())));
    for (MediaKind kind : MediaKind.values()) {
      breaks(
          Rule.SINGULAR_AND_PLURAL_MIXED,
          "singular-and-plural-mixed",
          with(kind.singular(), IMAGE, kind.plural(), List.of(IMAGE)));
    }
    passes(
        Rule.SINGULAR_AND_PLURAL_MIXED,
        with("image_url", IMAGE, "video_urls", List.of(VIDEO), "image_urls", List.of()));
    breaks(
        Rule.URL_SCHEME_UNCONFIRMED,
        "url-scheme-unconfirmed:audio_url",
        with("image_url", IMAGE, "audio_url", "data:audio/mpeg;base64,AA"));
    breaks(
        Rule.URL_SCHEME_UNCONFIRMED,
        "url-scheme-unconfirmed:video_url",
        with("video_url", "asset://a-1"));
    passes(Rule.URL_SCHEME_UNCONFIRMED, with("image_url", "asset://"));
    for (String word :
        "dur duration rs resolution rt ratio fps seed wm watermark cf camerafixed".split(" ")) {
      breaks(Rule.PROMPT_INLINE_PARAMETER, "prompt-inline-parameter", with("prompt", "--" + word));
    }
    for (String prompt :
        List.of("a cat\u3000--dur 9", "a\u00a0--rs=480p", "a\n--fps, b", "x --wm-")) {
      breaks(Rule.PROMPT_INLINE_PARAMETER, "prompt-inline-parameter", with("prompt", prompt));
    }
    for (String prompt :
        List.of(
            "x--dur 9",
            "--dure",
            "--dur9",
            "--dur_",
            "--durée",
            "--dur\u0663",
            "--DUR",
            "-dur",
            "---dur",
            "--sees")) {
      passes(Rule.PROMPT_INLINE_PARAMETER, with("prompt", prompt));
    }
    breaks(Rule.PROMPT_LONG, "prompt-long", with("prompt", "w\u3000".repeat(1001)));
    breaks(Rule.PROMPT_LONG, "prompt-long", with("prompt", "\u4e00\u9fff\u732b".repeat(167)));
    passes(Rule.PROMPT_LONG, with("prompt", "w\t ".repeat(1000)));
    passes(Rule.PROMPT_LONG, with("prompt", "\u4e00\u9fff".repeat(250)));
    passes(Rule.PROMPT_LONG, with("prompt", "\u4dff\ua000".repeat(501)));
    breaks(
        Rule.FIELD_UNCONFIRMED,
        "field-unconfirmed:seed",
        GenerationDraft.read(tree("seed", 42), Set.of("seed")));
    passes(Rule.FIELD_UNCONFIRMED, GenerationDraft.read(tree("seed", null), Set.of("seed")));
  }

  @TestFactory
  Stream<DynamicTest> rows() {
    return ROWS.stream().map(row -> DynamicTest.dynamicTest(name(row), () -> judges(row)));
  }

  @Test
  void showsABreachAndANearMissOfEveryRule() {
    Set<Rule> broken = EnumSet.noneOf(Rule.class);
    Set<Rule> missed = EnumSet.noneOf(Rule.class);
    ROWS.forEach(row -> (row.entry().isEmpty() ? missed : broken).add(row.rule()));

    List<Rule> ofRequests =
        Arrays.stream(Rule.values()).filter(rule -> !rule.code().startsWith("media-")).toList();
    assertThat(broken).containsExactlyInAnyOrderElementsOf(ofRequests);
    assertThat(missed).containsExactlyInAnyOrderElementsOf(ofRequests);
  }

  private static void judges(Row row) {
    Verdict strict = RULES.judge(row.draft());
    Verdict relaxed = RULES.judge(row.draft(), Strictness.RELAXED);

    if (row.entry().isEmpty()) {
      assertThat(found(strict.violations(), row)).isEmpty();
      assertThat(found(strict.advice(), row)).isEmpty();
      return;
    }
    Certainty certainty = row.rule().usualCertainty();
    boolean advice = certainty == Certainty.ADVICE;
    assertThat(found(strict.violations(), row))
        .isEqualTo(advice ? List.of() : List.of(row.entry()));
    assertThat(found(strict.advice(), row)).isEqualTo(advice ? List.of(row.entry()) : List.of());
    boolean stated = certainty == Certainty.STATED;
    assertThat(found(relaxed.violations(), row))
        .isEqualTo(stated ? List.of(row.entry()) : List.of());
    assertThat(found(relaxed.advice(), row)).isEqualTo(stated ? List.of() : List.of(row.entry()));
    assertThat(strict.request().isPresent()).isEqualTo(strict.violations().isEmpty());
  }

  private static List<String> found(List<Finding> findings, Row row) {
    return findings.stream().filter(f -> f.rule() == row.rule()).map(Finding::entry).toList();
  }

  private static String name(Row row) {
    String draft = row.draft().canonical();
    return row.rule().code()
        + (row.entry().isEmpty() ? " passes " : " in ")
        + draft.substring(0, Math.min(draft.length(), 120));
  }

  private static void breaks(Rule rule, String entry, GenerationDraft draft) {
    ROWS.add(new Row(rule, entry, draft));
  }

  private static void passes(Rule rule, GenerationDraft draft) {
    ROWS.add(new Row(rule, "", draft));
  }
}
