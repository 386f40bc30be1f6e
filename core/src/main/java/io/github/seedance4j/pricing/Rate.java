package io.github.seedance4j.pricing;

import io.github.seedance4j.data.SettingsFile;
import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One model's prices, by the second or by the token. */
record Rate(
    Currency currency,
    Unit unit,
    Map<String, BigDecimal> plain,
    Map<String, BigDecimal> withVideo,
    BigDecimal inputWeight,
    FailedTasks failedTasks,
    BilledLength billedLength,
    int marginFrames) {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal PIXELS_PER_TOKEN = BigDecimal.valueOf(1024);

  /** What a rate is for. */
  enum Unit {
    SECOND,
    TOKEN
  }

  /** Which seconds of output are billed: those of the clip, or those that were asked for. */
  enum BilledLength {
    REAL,
    ASKED
  }

  static Rate read(SettingsFile file, String id) {
    return new Rate(
        currency(file, id),
        file.word(id + ".unit", file.required(id, "unit"), Unit.values()),
        decimals(file, id, "rate."),
        decimals(file, id, "rate-with-video."),
        file.decimal(id, "input-weight"),
        file.word(id + ".failed-tasks", file.required(id, "failed-tasks"), FailedTasks.values()),
        file.word(id + ".billed-length", file.required(id, "billed-length"), BilledLength.values()),
        file.whole(id, "margin-frames"));
  }

  Money zero() {
    return Money.zero(currency);
  }

  /** Whether a clip of that resolution has a price, in every shape that the model offers. */
  boolean covers(ModelSpec model, Resolution resolution) {
    return plain.containsKey(resolution.value())
        && (unit == Unit.SECOND
            || !model.frameSizes(resolution, model.aspectRatios().get(0)).isEmpty());
  }

  /** What a second costs in each picture size that the model may choose. */
  List<BigDecimal> perSecond(
      ModelSpec model, Resolution resolution, AspectRatio ratio, boolean video) {
    BigDecimal price = price(model, resolution, video);
    if (unit == Unit.SECOND) {
      return List.of(price);
    }
    if (!covers(model, resolution)) {
      throw new IllegalArgumentException(
          "tariff: no price for " + model.id() + ": no picture sizes at " + resolution);
    }
    return model.frameSizes(resolution, ratio).stream()
        .map(size -> BigDecimal.valueOf(size.pixels() * model.framesPerSecond()))
        .map(pixels -> pixels.divide(PIXELS_PER_TOKEN)) // by a power of two: exact
        .map(tokens -> tokens.multiply(price).divide(MILLION))
        .toList();
  }

  /** Seconds of input as seconds of output. */
  BigDecimal weighted(BigDecimal inputSeconds) {
    return inputSeconds.multiply(inputWeight);
  }

  /** The price of {@code ticks / ticksPerSecond} seconds. */
  Money cost(BigDecimal pricePerSecond, BigDecimal ticks, long ticksPerSecond) {
    return Terms.cost(pricePerSecond, ticks, ticksPerSecond, currency);
  }

  Quote.Line line(String item, Shape shape, BigDecimal least, BigDecimal most) {
    return new Quote.Line(
        item, least, most, cost(shape.cheapest(), least, 1), cost(shape.dearest(), most, 1));
  }

  Quote.Line inputLine(Shape shape, BigDecimal least, BigDecimal most) {
    Quote.Line weighted = line("input video", shape, weighted(least), weighted(most));
    return new Quote.Line(weighted.item(), least, most, weighted.low(), weighted.high());
  }

  private BigDecimal price(ModelSpec model, Resolution resolution, boolean video) {
    BigDecimal usual = plain.get(resolution.value());
    BigDecimal price = video ? withVideo.getOrDefault(resolution.value(), usual) : usual;
    if (price == null) {
      throw new IllegalArgumentException(
          "tariff: no price for " + model.id() + " at " + resolution);
    }
    return price;
  }

  private static Currency currency(SettingsFile file, String id) {
    String code = file.required(id, "currency");
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      throw file.bad(id + ".currency", code, "an ISO 4217 code such as USD");
    }
  }

  private static Map<String, BigDecimal> decimals(SettingsFile file, String id, String prefix) {
    Map<String, BigDecimal> decimals = new LinkedHashMap<>();
    file.group(id, prefix)
        .forEach(
            (resolution, text) ->
                decimals.put(resolution, file.decimalOf(id + "." + prefix + resolution, text)));
    return decimals;
  }
}
