package io.github.seedance4j.pricing;

import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.request.Rule;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;

/** What a second costs in the pictures that may come out: an interval where that is open. */
record Shape(BigDecimal cheapest, BigDecimal dearest) {

  /** The picture that is asked for. */
  static Shape asked(Rate rate, GenerationRequest request) {
    return of(
        rate,
        request.model(),
        List.of(request.resolution()),
        List.of(request.aspectRatio()),
        request.videoCount() > 0);
  }

  /** The pictures that may come out: all, where the prompt itself may ask for another one. */
  static Shape possible(Rate rate, GenerationRequest request) {
    ModelSpec model = request.model();
    return request.hasAdvice(Rule.PROMPT_INLINE_PARAMETER)
        ? of(rate, model, model.resolutions(), model.aspectRatios(), request.videoCount() > 0)
        : asked(rate, request);
  }

  /** Whether the model chooses, so that the price is an interval. */
  boolean isOpen() {
    return cheapest.compareTo(dearest) != 0;
  }

  static Shape of(
      Rate rate,
      ModelSpec model,
      List<Resolution> resolutions,
      List<AspectRatio> ratios,
      boolean withVideo) {
    List<BigDecimal> prices =
        resolutions.stream()
            .flatMap(
                resolution ->
                    ratios.stream()
                        .flatMap(
                            ratio -> rate.perSecond(model, resolution, ratio, withVideo).stream()))
            .toList();
    return new Shape(Collections.min(prices), Collections.max(prices));
  }
}
