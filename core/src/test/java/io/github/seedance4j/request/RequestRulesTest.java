package io.github.seedance4j.request;

import static io.github.seedance4j.request.Drafts.AUDIO;
import static io.github.seedance4j.request.Drafts.IMAGE;
import static io.github.seedance4j.request.Drafts.VIDEO;
import static io.github.seedance4j.request.Drafts.firstFrame;
import static io.github.seedance4j.request.Drafts.lastFrame;
import static io.github.seedance4j.request.Drafts.number;
import static io.github.seedance4j.request.Drafts.roleless;
import static io.github.seedance4j.request.Drafts.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestRulesTest {

  private static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());

  @Test
  void reportsEverythingAtOnceInTheOrderOfTheTable() {
    Verdict verdict =
        RULES.judge(
            GenerationDraft.read(
                Map.of(
                    "duration",
                    99,
                    "resolution",
                    "4k",
                    "aspect_ratio",
                    "2:1",
                    "image_url",
                    "x",
                    "video_urls",
                    times(4, VIDEO),
                    "video_durations",
                    List.of(-1, 20),
                    "input_video_duration",
                    3,
                    "content",
                    List.of(lastFrame(), Map.of("type", "text")))));

    assertThat(verdict.violations())
        .extracting(Finding::entry)
        .containsExactly(
            "model-required",
            "prompt-required",
            "duration-out-of-range",
            "resolution-unknown",
            "aspect-ratio-unknown",
            "url-invalid:image_url",
            "content-type-unknown:content[1].type",
            "videos-too-many",
            "last-frame-without-first",
            "frames-mixed-with-references",
            "video-durations-count",
            "input-duration-not-positive:video_durations[0]",
            "video-durations-conflict",
            "input-video-too-long");
    assertThat(verdict.advice())
        .extracting(Finding::entry)
        .containsExactly("video-length-unusual", "flat-and-content-mixed");
    assertThat(verdict.request()).isEmpty();
  }

  static Stream<Arguments> shown() {
    String models = "doubao-seedance-2.0, doubao-seedance-2.0-fast";
    return Stream.of(
        Arguments.of(Drafts.with("model", " "), null, models),
        Arguments.of(Drafts.with("model", "x"), "x", models),
        Arguments.of(Drafts.with("duration", number("15.50")), "15.5", "4–15"),
        Arguments.of(Drafts.with("duration", number("5.50")), "5.5", null),
        Arguments.of(Drafts.with("resolution", "8k"), "8k", "720p, 480p"),
        Arguments.of(
            Drafts.with("aspect_ratio", "2:1"), "2:1", "adaptive, 16:9, 9:16, 1:1, 4:3, 3:4, 21:9"),
        Arguments.of(Drafts.with("video_url", "data:x@y"), "…@y", null),
        Arguments.of(Drafts.with("content", List.of(Map.of("type", "text"))), "text", null),
        Arguments.of(Drafts.with("content", List.of(Map.of("type", "image_url"))), null, null),
        Arguments.of(
            Drafts.with("content", List.of(Drafts.item("image_url", IMAGE, "x"))), "x", null),
        Arguments.of(
            Drafts.with("content", List.of(Drafts.item("image_url", IMAGE, "reference_audio"))),
            "reference_audio",
            null),
        Arguments.of(Drafts.with("video_urls", times(4, VIDEO)), "4", "3"),
        Arguments.of(Drafts.with("image_urls", times(11, IMAGE)), "11", "9"),
        Arguments.of(Drafts.with("video_url", VIDEO, "video_durations", List.of(2, 3)), "2", "1"),
        Arguments.of(
            Drafts.with(
                "video_url", VIDEO, "video_durations", List.of(2), "input_video_duration", 3),
            "3",
            "2"),
        Arguments.of(Drafts.with("video_url", VIDEO, "input_video_duration", -3), "-3", null),
        Arguments.of(Drafts.with("video_url", VIDEO, "input_video_duration", 16), "16", "15"));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void showsTheValueAtFaultAndTheWayOut(
      GenerationDraft draft, @Nullable String given, @Nullable String allowed) {
    List<Finding> violations = RULES.judge(draft).violations();

    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).given()).isEqualTo(given);
    assertThat(violations.get(0).allowed()).isEqualTo(allowed);
  }

  @Test
  void advisesOnAnEntryOnceAndShowsTheFirst() {
    List<Finding> advice =
        RULES
            .judge(
                Drafts.with(
                    "video_urls", times(2, VIDEO), "video_durations", List.of(1, number("0.5"))))
            .advice();

    assertThat(advice).containsExactly(new Finding(Rule.VIDEO_LENGTH_UNUSUAL, "", "1", "2–15"));
  }

  @Test
  void isSilentOnLengthsBeyondTheirLackingAVideo() {
    Verdict verdict =
        RULES.judge(Drafts.with("video_durations", List.of(0, 20, 1), "input_video_duration", -1));

    assertThat(verdict.violations())
        .extracting(Finding::entry)
        .containsExactly("input-duration-without-video");
    assertThat(verdict.advice()).isEmpty();
  }

  @Test
  void judgesAnUnknownModelByTheFirstOnesLimits() {
    Verdict verdict = RULES.judge(Drafts.with("model", "x", "duration", 16, "video_url", VIDEO));

    assertThat(verdict.violations())
        .extracting(Finding::entry)
        .containsExactly("model-unknown", "duration-out-of-range");
    assertThat(verdict.advice()).extracting(Finding::entry).containsExactly("video-length-unknown");
  }

  static Stream<Arguments> modes() {
    return Stream.of(
        Arguments.of(Drafts.with(), new InputMode.TextOnly()),
        Arguments.of(
            Drafts.with("content", List.of(roleless("image_url", IMAGE))),
            new InputMode.FirstFrame(IMAGE)),
        Arguments.of(
            Drafts.with("content", List.of(firstFrame())), new InputMode.FirstFrame(IMAGE)),
        Arguments.of(
            Drafts.with(
                "content",
                List.of(Drafts.item("image_url", "https://a/2", "last_frame"), firstFrame())),
            new InputMode.FirstAndLastFrame(IMAGE, "https://a/2")),
        Arguments.of(
            Drafts.with(
                "image_url",
                "https://a/1",
                "image_urls",
                List.of("https://a/2", "https://a/3"),
                "video_url",
                VIDEO,
                "content",
                List.of(
                    Drafts.item("image_url", "https://a/4", "reference_image"),
                    roleless("audio_url", AUDIO),
                    roleless("video_url", "https://a/5"))),
            new InputMode.References(
                List.of("https://a/1", "https://a/2", "https://a/3", "https://a/4"),
                List.of(VIDEO, "https://a/5"),
                List.of(AUDIO))),
        Arguments.of(
            Drafts.with("audio_url", AUDIO),
            new InputMode.References(List.of(), List.of(), List.of(AUDIO))),
        Arguments.of(Drafts.with("content", List.of(lastFrame())), new InputMode.Unclassified()),
        Arguments.of(
            Drafts.with("content", List.of(firstFrame()), "audio_url", AUDIO),
            new InputMode.Unclassified()),
        Arguments.of(
            Drafts.with("content", List.of(lastFrame()), "image_url", IMAGE),
            new InputMode.Unclassified()),
        Arguments.of(
            Drafts.with("content", times(2, roleless("image_url", IMAGE))),
            new InputMode.Unclassified()));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void classifiesTheInput(GenerationDraft draft, InputMode mode) {
    GenerationRequest request = RULES.judge(draft, Strictness.RELAXED).request().orElseThrow();

    assertThat(request.inputMode()).isEqualTo(mode);
    assertThat(request.draft()).isSameAs(draft);
  }

  @Test
  void leavesFramesUnclassifiedWhereACatalogueTakesMore() {
    RequestRules lenient =
        RequestRules.of(Catalogs.with("*.first-frames.max = 2", "*.last-frames.max = 2"));

    for (List<Map<String, Object>> content :
        List.of(times(2, firstFrame()), List.of(firstFrame(), lastFrame(), lastFrame()))) {
      Verdict verdict = lenient.judge(Drafts.with("content", content));
      assertThat(verdict.request().orElseThrow().inputMode())
          .isEqualTo(new InputMode.Unclassified());
    }
  }

  @Test
  void fillsInTheModelsDefaults() {
    GenerationRequest request = RULES.judge(Drafts.with()).request().orElseThrow();

    assertThat(request.duration()).isEqualTo(number("5"));
    assertThat(request.resolution()).isEqualTo(Resolution.P720);
    assertThat(request.aspectRatio()).isEqualTo(AspectRatio.ADAPTIVE);
    assertThat(request.generateAudio()).isTrue();
    assertThat(request.prompt()).isEqualTo("a cat");
    assertThat(request.model().id()).isEqualTo("doubao-seedance-2.0");
    assertThat(request.videoCount()).isZero();
    assertThat(request.inputSeconds()).contains(number("0"));
    assertThat(request.advice()).isEmpty();
    assertThat(request).hasToString("GenerationRequest[" + request.draft() + "]");
  }

  @Test
  void takesWhatTheDraftSaysOverTheDefaults() {
    GenerationRequest request =
        RULES
            .judge(
                Drafts.with(
                    "duration",
                    7,
                    "resolution",
                    "480p",
                    "aspect_ratio",
                    "1:1",
                    "generate_audio",
                    false,
                    "video_urls",
                    times(2, VIDEO),
                    "video_durations",
                    List.of(number("2.5"), 3)))
            .request()
            .orElseThrow();

    assertThat(request.duration()).isEqualTo(number("7"));
    assertThat(request.resolution()).isEqualTo(Resolution.P480).hasToString("480p");
    assertThat(request.aspectRatio()).isEqualTo(AspectRatio.R1_1).hasToString("1:1");
    assertThat(request.generateAudio()).isFalse();
    assertThat(request.videoCount()).isEqualTo(2);
    assertThat(request.inputSeconds()).contains(number("5.5"));
    assertThat(inputSeconds("input_video_duration", 4)).isEqualTo("4");
    assertThat(inputSeconds("input_video_duration", null)).isEqualTo("unknown");
  }

  @Test
  void isEqualByDraftAndModel() {
    GenerationRequest request =
        RULES.judge(Drafts.with("duration", 4.5), Strictness.RELAXED).request().orElseThrow();
    GenerationRequest same =
        RULES
            .judge(Drafts.with("duration", number("4.50")), Strictness.RELAXED)
            .request()
            .orElseThrow();
    RequestRules other = RequestRules.of(Catalogs.with("*.duration.max = 14"));
    RequestRules silent = RequestRules.of(Catalogs.with("*.rule.duration-not-whole = waived"));

    assertThat(request).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo("x");
    assertThat(request)
        .isNotEqualTo(RULES.judge(Drafts.with()).request().orElseThrow())
        .isNotEqualTo(
            other.judge(Drafts.with("duration", 4.5), Strictness.RELAXED).request().orElseThrow())
        .isNotEqualTo(silent.judge(Drafts.with("duration", 4.5)).request().orElseThrow());
    assertThat(RULES.judge(Drafts.with()).request().orElseThrow())
        .doesNotHaveSameHashCodeAs(request);
    assertThat(request.hasAdvice(Rule.DURATION_NOT_WHOLE)).isTrue();
    assertThat(request.hasAdvice(Rule.PROMPT_LONG)).isFalse();
  }

  @Test
  void wantsAReasonForARejection() {
    assertThatThrownBy(() -> new Verdict.Rejected(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("violations: a rejection needs a reason");
  }

  static Stream<String> megabytes() {
    return Stream.of(
            "a",
            " ",
            "\u3000",
            "-",
            "--",
            "--dur",
            " --durx",
            "w ",
            "猫",
            "\uD83D\uDE00",
            "\n",
            "\\",
            "\u0000")
        .map(part -> part.repeat(1_000_000 / part.length()));
  }

  @Tag("heavy")
  @ParameterizedTest(name = "{index}")
  @MethodSource("megabytes")
  void judgesAMegabyteOfPromptAtOnce(String prompt) {
    Verdict verdict =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              GenerationDraft draft = Drafts.with("prompt", prompt);
              assertThat(draft.canonical()).hasSizeGreaterThan(prompt.length());
              return RULES.judge(draft);
            });

    assertThat(verdict.violations()).allMatch(v -> v.message(Locale.ROOT).length() < 300);
  }

  @Test
  @Tag("heavy")
  void judgesManyMediaAtOnce() {
    GenerationDraft draft =
        Drafts.with("image_urls", times(20_000, "x"), "content", times(20_000, lastFrame()));

    Verdict verdict = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> RULES.judge(draft));

    assertThat(verdict.violations()).hasSize(20_000 + 4);
  }

  @Test
  @Tag("heavy")
  void judgesWithinMicroseconds() {
    GenerationDraft draft = Drafts.with("image_urls", times(9, IMAGE), "duration", 9);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 800; round++) { // short, so that some of them are not interrupted
      long start = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        assertThat(RULES.judge(draft).violations().isEmpty()).isTrue();
      }
      best = Math.min(best, (System.nanoTime() - start) / 10);
    }

    // about 20,000 here; the limit leaves room for a machine that is busy with other tests
    assertThat(best).as("nanoseconds a request").isLessThan(500_000);
  }

  private static String inputSeconds(String field, @Nullable Object value) {
    return RULES
        .judge(Drafts.with("video_url", VIDEO, field, value))
        .request()
        .orElseThrow()
        .inputSeconds()
        .map(Object::toString)
        .orElse("unknown");
  }
}
