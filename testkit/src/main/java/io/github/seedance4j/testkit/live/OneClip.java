package io.github.seedance4j.testkit.live;

import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Resolution;
import java.time.Duration;

/** The clip that is paid for: the cheapest, chosen so that it answers the most. */
final class OneClip {

  static final ModelId MODEL = ModelId.SEEDANCE_2_0_FAST;
  static final Resolution RESOLUTION = Resolution.P480;
  static final AspectRatio RATIO = AspectRatio.R21_9;

  static final String WHY =
      "the cheaper model, the smaller picture and the shortest clip cost the least; 21:9 is a ratio"
          + " that the guide does not name, with a size that no other ratio has; without sound,"
          + " since sound costs nothing, but its moderation is what stops finished clips most";

  private static final Duration LENGTH = Duration.ofSeconds(4);

  /** Nothing that moderation could mind, nothing that needs sound, and no words on the picture. */
  private static final String PROMPT =
      "A small paper boat drifts slowly across a still pond at dawn, seen from above,"
          + " mist over the water, calm light, no people, no text";

  private OneClip() {}

  /**
   * @throws IllegalArgumentException if that catalogue does not allow it
   */
  static GenerationRequest request(ModelCatalog catalog) {
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(MODEL)
            .prompt(PROMPT)
            .duration(LENGTH)
            .resolution(RESOLUTION)
            .aspectRatio(RATIO)
            .generateAudio(false)
            .build();
    return RequestRules.of(catalog)
        .judge(draft)
        .request()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "catalog: it does not allow the live run's clip, "
                        + MODEL
                        + " "
                        + RESOLUTION
                        + " "
                        + RATIO
                        + " 4 s"));
  }
}
