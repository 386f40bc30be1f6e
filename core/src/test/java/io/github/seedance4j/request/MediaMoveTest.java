package io.github.seedance4j.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The media of a draft, put elsewhere. */
class MediaMoveTest {

  private static final GenerationDraft ALL =
      GenerationDraft.read(
          Map.of(
              "prompt",
              "a cat",
              "image_url",
              "i1",
              "image_urls",
              List.of("i2", "i3"),
              "video_url",
              "v1",
              "audio_urls",
              List.of("a1"),
              "input_video_duration",
              7,
              "content",
              List.of(
                  Map.of("type", "video_url", "video_url", Map.of("url", "v2"), "role", "x"),
                  Map.of("type", "video_url"),
                  Map.of("type", "film_url", "film_url", Map.of("url", "f1")),
                  Map.of("image_url", Map.of("url", "i4")),
                  Map.of("type", "image_url", "image_url", Map.of("url", "i5")))));

  @Test
  void movesEachMediumInTheOrderOfItsKindAndLeavesTheRestAlone() {
    List<String> asked = new ArrayList<>();
    GenerationDraft moved =
        ALL.withUrls(
            (path, kind, url) -> {
              asked.add(path + " " + kind + " " + url);
              return "at/" + url;
            });
    assertThat(asked)
        .containsExactly(
            "image_url IMAGE i1",
            "image_urls[0] IMAGE i2",
            "image_urls[1] IMAGE i3",
            "video_url VIDEO v1",
            "audio_urls[0] AUDIO a1",
            "content[0].video_url.url VIDEO v2",
            "content[4].image_url.url IMAGE i5");
    assertThat(moved.url(MediaKind.IMAGE)).contains("at/i1");
    assertThat(moved.urls(MediaKind.IMAGE)).containsExactly("at/i2", "at/i3");
    assertThat(moved.urls(MediaKind.VIDEO)).isEmpty();
    assertThat(moved.content().get(0)).isEqualTo(new ContentItem("video_url", "at/v2", "x"));
    assertThat(moved.content().subList(1, 4)).isEqualTo(ALL.content().subList(1, 4));
    assertThat(moved.toMap().keySet()).isEqualTo(ALL.toMap().keySet());
    assertThat(moved.prompt()).isEqualTo(ALL.prompt());
    assertThat(moved.problems()).isEqualTo(ALL.problems());
    assertThat(moved.withUrls((path, kind, url) -> url.substring(3))).isEqualTo(ALL);
  }

  @Test
  void addsNothingWhereThereIsNothing() {
    GenerationDraft plain = GenerationDraft.read(Map.of("prompt", "a cat", "seed", 3));
    assertThat(plain.withUrls((path, kind, url) -> "elsewhere")).isEqualTo(plain);
    assertThat(plain.withUrls((path, kind, url) -> "elsewhere").toMap()).containsOnlyKeys("prompt");
  }

  @Test
  void putsLengthsInThePlaceOfWhateverWasDeclared() {
    List<BigDecimal> lengths = new ArrayList<>(Arrays.asList(BigDecimal.ONE, BigDecimal.TEN));
    GenerationDraft measured = ALL.withVideoDurations(lengths);
    lengths.clear();
    assertThat(measured.videoDurations()).containsExactly(BigDecimal.ONE, BigDecimal.TEN);
    assertThat(measured.inputVideoDuration()).isEmpty();
    assertThat(measured.content()).isEqualTo(ALL.content());
    assertThat(measured.problems()).isEqualTo(ALL.problems());
  }
}
