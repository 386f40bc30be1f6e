package io.github.seedance4j.request;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the rules know of one model. Seconds are exact decimals; lists are in order of
 * preference, and the first resolution and aspect ratio are the defaults.
 *
 * @param id the wire's name
 * @param alias a short name for people, such as {@code fast}; may be the id itself
 * @param prompt how long a prompt should be at most; longer ones are advised against
 * @param frameSizes picture sizes, where known; prices by picture size need them
 * @param certainties where this model differs from {@link Rule#usualCertainty}
 */
public record ModelSpec(
    String id,
    String alias,
    DurationLimits duration,
    List<Resolution> resolutions,
    List<AspectRatio> aspectRatios,
    MediaLimits media,
    InputVideoLimits inputVideo,
    PromptLimits prompt,
    int framesPerSecond,
    Map<Resolution, Map<AspectRatio, FrameSize>> frameSizes,
    Map<Rule, Certainty> certainties) {

  public ModelSpec {
    resolutions = List.copyOf(resolutions);
    aspectRatios = List.copyOf(aspectRatios);
    Map<Resolution, Map<AspectRatio, FrameSize>> sizes = new HashMap<>();
    frameSizes.forEach((resolution, byRatio) -> sizes.put(resolution, Map.copyOf(byRatio)));
    frameSizes = Map.copyOf(sizes);
    certainties = Map.copyOf(certainties);
    if (resolutions.isEmpty() || aspectRatios.isEmpty()) {
      throw new IllegalArgumentException(
          "resolutions, aspectRatios: a model has at least one of each: " + id);
    }
  }

  /** Seconds of output: the least, the most, and what holds when none are asked for. */
  public record DurationLimits(BigDecimal min, BigDecimal max, BigDecimal usual) {}

  /** The most of each kind, and how many files in all are still usual. */
  public record MediaLimits(
      int images, int videos, int audios, int firstFrames, int lastFrames, int usualFiles) {}

  /**
   * Seconds of reference video: each from {@code minEach} to {@code maxEach}, all together at most
   * {@code maxTotal}, give or take {@code tolerance}.
   */
  public record InputVideoLimits(
      BigDecimal minEach, BigDecimal maxEach, BigDecimal maxTotal, BigDecimal tolerance) {

    /** The most that still passes. */
    public BigDecimal hardTotal() {
      return maxTotal.add(tolerance);
    }
  }

  /** Words between white space, and characters of the Han script, that upstream advises. */
  public record PromptLimits(int words, int hanCharacters) {}

  /** A picture's width and height in pixels. */
  public record FrameSize(int width, int height) {
    public long pixels() {
      return (long) width * height;
    }
  }

  /** This model with another frame rate, other picture sizes and other certainties. */
  ModelSpec with(
      int framesPerSecond,
      Map<Resolution, Map<AspectRatio, FrameSize>> frameSizes,
      Map<Rule, Certainty> certainties) {
    return new ModelSpec(
        id,
        alias,
        duration,
        resolutions,
        aspectRatios,
        media,
        inputVideo,
        prompt,
        framesPerSecond,
        frameSizes,
        certainties);
  }

  /** How sure that rule is for this model. */
  public Certainty certainty(Rule rule) {
    return certainties.getOrDefault(rule, rule.usualCertainty());
  }

  /** The picture sizes that a clip of that shape may have: one, or all where the model chooses. */
  public List<FrameSize> frameSizes(Resolution resolution, AspectRatio ratio) {
    Map<AspectRatio, FrameSize> byRatio = frameSizes.getOrDefault(resolution, Map.of());
    return Optional.ofNullable(byRatio.get(ratio))
        .map(List::of)
        .orElseGet(() -> List.copyOf(byRatio.values()));
  }
}
