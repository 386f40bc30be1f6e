package io.github.seedance4j.request;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be sent: only {@link RequestRules} makes one. It holds the draft, which is
 * what goes out, and what the draft means once the model's defaults are filled in. Immutable.
 */
public final class GenerationRequest {

  private final GenerationDraft draft;
  private final ModelSpec model;
  private final InputMode inputMode;
  private final int videoCount;
  private final List<Finding> advice;

  GenerationRequest(
      GenerationDraft draft,
      ModelSpec model,
      InputMode inputMode,
      int videoCount,
      List<Finding> advice) {
    this.draft = draft;
    this.model = model;
    this.inputMode = inputMode;
    this.videoCount = videoCount;
    this.advice = List.copyOf(advice);
  }

  /** What is sent, in its author's spelling. */
  public GenerationDraft draft() {
    return draft;
  }

  /** The catalogue's entry that the draft was judged by. */
  public ModelSpec model() {
    return model;
  }

  public InputMode inputMode() {
    return inputMode;
  }

  /** The prompt; empty where the model needs none. */
  public String prompt() {
    return draft.prompt().orElse("");
  }

  /** Seconds of video asked for. */
  public BigDecimal duration() {
    return draft.duration().orElse(model.duration().usual());
  }

  public Resolution resolution() {
    return draft.resolution().map(Resolution::new).orElse(model.resolutions().get(0));
  }

  public AspectRatio aspectRatio() {
    return draft.aspectRatio().map(AspectRatio::new).orElse(model.aspectRatios().get(0));
  }

  /** Whether the clip gets sound; yes unless the draft says no, as in the guide. */
  public boolean generateAudio() {
    return draft.generateAudio().orElse(true);
  }

  /** How many reference videos there are. */
  public int videoCount() {
    return videoCount;
  }

  /** Seconds of reference video, as declared; empty when there are videos of unknown length. */
  public Optional<BigDecimal> inputSeconds() {
    if (videoCount == 0) {
      return Optional.of(BigDecimal.ZERO);
    }
    return declaredInput(draft);
  }

  /** What is worth knowing about this request although it may go out. */
  public List<Finding> advice() {
    return advice;
  }

  /** Whether that piece of advice was given. */
  public boolean hasAdvice(Rule rule) {
    return advice.stream().anyMatch(finding -> finding.rule() == rule);
  }

  static Optional<BigDecimal> declaredInput(GenerationDraft draft) {
    return draft.videoDurations().isEmpty()
        ? draft.inputVideoDuration()
        : Optional.of(draft.videoDurations().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GenerationRequest that
        && draft.equals(that.draft)
        && model.equals(that.model); // which the rest follows from
  }

  @Override
  public int hashCode() {
    return Objects.hash(draft, model);
  }

  @Override
  public String toString() {
    return "GenerationRequest[" + draft + "]";
  }
}
