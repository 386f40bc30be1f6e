package io.github.seedance4j.pricing;

import io.github.seedance4j.request.GenerationRequest;
import java.math.BigDecimal;

/** What a second costs in the picture that a request asks for: an interval where it is open. */
record Shape(BigDecimal cheapest, BigDecimal dearest) {

  static Shape of(Rate rate, GenerationRequest request) {
    boolean withVideo = request.videoCount() > 0;
    return new Shape(
        rate.cheapest(request.model(), request.resolution(), request.aspectRatio(), withVideo),
        rate.dearest(request.model(), request.resolution(), request.aspectRatio(), withVideo));
  }
}
