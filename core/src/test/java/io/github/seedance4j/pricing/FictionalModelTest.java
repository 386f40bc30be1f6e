package io.github.seedance4j.pricing;

import static io.github.seedance4j.request.Drafts.AUDIO;
import static io.github.seedance4j.request.Drafts.IMAGE;
import static io.github.seedance4j.request.Drafts.VIDEO;
import static io.github.seedance4j.request.Drafts.lastFrame;
import static io.github.seedance4j.request.Drafts.number;
import static io.github.seedance4j.request.Drafts.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.request.ConformanceCase;
import io.github.seedance4j.request.Drafts;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.request.Verdict;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Another model is data: two files in the test resources, and not a line of code. */
class FictionalModelTest {

  private static final ModelCatalog CATALOG =
      ModelCatalog.tokenHub().with(read("models", ModelCatalog::read));
  private static final Tariff TARIFF = Tariff.tokenHub().with(read("tariff", Tariff::read));
  private static final RequestRules RULES = RequestRules.of(CATALOG);

  @Test
  void standsBesideTokenHubsOwn() {
    assertThat(CATALOG.models())
        .extracting(model -> model.alias())
        .containsExactly("standard", "fast", "aurora");
    assertThat(CATALOG.provider()).isEqualTo("TokenHub");
    assertThat(CATALOG.findByName("aurora").orElseThrow().id()).isEqualTo("aurora-1");
    assertThat(TARIFF.date()).isEqualTo(LocalDate.of(2026, 6, 30));
    TARIFF.requirePricesFor(CATALOG);
    GenerationRequest fast =
        RULES.judge(Drafts.with("model", "doubao-seedance-2.0-fast")).request().orElseThrow();
    assertThat(TARIFF.quote(fast)).hasToString("0.80 USD");
  }

  @Test
  void takesAudioAloneForThirtySecondsWithoutAPrompt() {
    Verdict verdict = judge("prompt", null, "audio_urls", times(5, AUDIO), "duration", 30);

    assertThat(ConformanceCase.entries(verdict.violations())).isEmpty();
    assertThat(ConformanceCase.entries(verdict.advice())).containsExactly("many-files");
    GenerationRequest request = verdict.request().orElseThrow();
    assertThat(request.resolution()).isEqualTo(new Resolution("1080p"));
    assertThat(request.prompt()).isEmpty();
    // 30 s x 1920 x 1080 x 30 / 1024 = 1,822,500 tokens at 40 EUR for a million
    assertThat(TARIFF.quote(request)).hasToString("72.90 EUR");
  }

  @Test
  void isJudgedByItsOwnLimits() {
    Verdict verdict =
        judge(
            "prompt",
            "one two three four",
            "duration",
            31,
            "resolution",
            "720p",
            "aspect_ratio",
            "9:16",
            "image_urls",
            times(3, IMAGE),
            "video_urls",
            times(2, VIDEO),
            "video_durations",
            List.of(0.5, 30),
            "content",
            List.of(lastFrame()));

    assertThat(ConformanceCase.entries(verdict.violations()))
        .containsExactly(
            "aspect-ratio-unknown",
            "duration-out-of-range",
            "frames-mixed-with-references",
            "images-too-many",
            "input-video-too-long",
            "resolution-unknown",
            "videos-too-many");
    assertThat(ConformanceCase.entries(verdict.advice()))
        .containsExactly(
            "flat-and-content-mixed",
            "last-frame-without-first",
            "many-files",
            "prompt-long",
            "video-length-unusual");
  }

  @Test
  void isPricedByTheTokenWithAnotherRateBesideAVideo() {
    Quote quote = quote("video_url", VIDEO, "input_video_duration", 4);

    // a second is 60,750 tokens; 10 s out and 4 s in at half weight, at 25 EUR for a million
    assertThat(quote.low()).isEqualTo(Money.of("18.225", "EUR")).isEqualTo(quote.high());
    assertThat(quote.hold()).isEqualTo(quote.high());
    assertThat(quote.lines())
        .containsExactly(
            line("input video", "4", "3.0375", "3.0375"),
            line("output", "10", "15.1875", "15.1875"));
    // where there is no rate of its own for a video, the usual one holds: 15,187.5 tokens at 20.5
    assertThat(quote("video_url", VIDEO, "input_video_duration", 4, "resolution", "540p").high())
        .isEqualTo(Money.of("3.736125", "EUR"));
  }

  @Test
  void isAnIntervalWhereTheModelChoosesThePicture() {
    Quote quote = quote("aspect_ratio", "adaptive", "resolution", "540p", "duration", 1);

    // 960x540 is 15,187.5 tokens a second and 720x720 the same: no interval after all
    assertThat(quote).hasToString("0.31134375 EUR");
    assertThat(quote.assumptions()).containsExactly(Assumption.OUTPUT_AS_ASKED);
  }

  @Test
  void settlesWhatWasAskedFor() {
    GenerationRequest request = judge("duration", 10).request().orElseThrow();

    assertThat(TARIFF.quote(request).settle(new ClipLength(301, 30)))
        .isEqualTo(new Bill(Money.of("24.30", "EUR"), Bill.Basis.COMPUTED));
    assertThat(TARIFF.quote(request).settleFailed())
        .isEqualTo(new Bill(Money.of("24.30", "EUR"), Bill.Basis.AT_MOST));
  }

  @Test
  void holdsTheLongestAndDearestWhereThePromptMayAskForIt() {
    Quote quote = quote("prompt", "--rs 1080p", "resolution", "540p", "duration", 1);

    assertThat(quote.high()).isEqualTo(Money.of("0.31134375", "EUR"));
    assertThat(quote.hold()).isEqualTo(Money.of("72.90", "EUR"));
  }

  private static Quote.Line line(String item, String seconds, String low, String high) {
    return new Quote.Line(
        item, number(seconds), number(seconds), Money.of(low, "EUR"), Money.of(high, "EUR"));
  }

  private static Quote quote(@Nullable Object... namesAndValues) {
    return TARIFF.quote(judge(namesAndValues).request().orElseThrow());
  }

  private static Verdict judge(@Nullable Object... namesAndValues) {
    return RULES.judge(Drafts.with(namesAndValues).toBuilder().model("aurora-1").build());
  }

  private interface Reading<T> {
    T read(Reader reader) throws IOException;
  }

  private static <T> T read(String name, Reading<T> reading) {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                FictionalModelTest.class.getResourceAsStream("/fictional/" + name + ".properties")),
            StandardCharsets.UTF_8)) {
      return reading.read(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
