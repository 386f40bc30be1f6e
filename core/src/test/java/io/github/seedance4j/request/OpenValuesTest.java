package io.github.seedance4j.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenValuesTest {

  @Test
  void areEqualByTheirWordAndKindAlone() {
    assertThat(new Resolution("720p"))
        .isEqualTo(Resolution.P720)
        .hasSameHashCodeAs(Resolution.P720)
        .hasToString("720p")
        .isNotEqualTo(Resolution.P480)
        .isNotEqualTo(new AspectRatio("720p"));
    assertThat(new AspectRatio("16:9"))
        .isEqualTo(AspectRatio.R16_9)
        .hasSameHashCodeAs(AspectRatio.R16_9)
        .hasToString("16:9")
        .isNotEqualTo(AspectRatio.R1_1)
        .isNotEqualTo(new Resolution("16:9"));
  }

  @Test
  void inputModesTellNobodyASignedUrl() {
    String url = "https://bucket.example.com/a.png?sig=secret";
    assertThat(
            List.of(
                new InputMode.TextOnly(),
                new InputMode.FirstFrame(url),
                new InputMode.FirstAndLastFrame(url, url),
                new InputMode.References(List.of(url), List.of(), List.of(url, url)),
                ContentItem.of(MediaRole.FIRST_FRAME, url)))
        .extracting(Object::toString)
        .containsExactly(
            "TextOnly[]",
            "FirstFrame",
            "FirstAndLastFrame",
            "References[1 images, 0 videos, 2 audios]",
            "ContentItem[image_url, first_frame]");
  }
}
