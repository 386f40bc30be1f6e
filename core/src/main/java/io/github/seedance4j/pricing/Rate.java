package io.github.seedance4j.pricing;

import io.github.seedance4j.data.SettingsFile;
import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One model's prices, by the second or by the token. */
record Rate(
    Currency currency,
    Unit unit,
    Map<String, BigDecimal> plain,
    Map<String, BigDecimal> withVideo,
    BigDecimal inputWeight,
    FailedTasks failedTasks,
    boolean billsRealLength,
    int marginFrames) {

  /** Millionths: what a length such as 121/24 s costs is rounded up there, and nowhere else. */
  private static final int COST_DECIMALS = 6;

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal PIXELS_PER_TOKEN = BigDecimal.valueOf(1024);

  /** What a rate is for. */
  enum Unit {
    SECOND,
    TOKEN
  }

  static Rate read(SettingsFile file, String id) {
    String real = file.required(id, "billed-length");
    if (!List.of("real", "asked").contains(real)) {
      throw file.bad(id + ".billed-length", real, "real or asked");
    }
    return new Rate(
        currency(file, id),
        word(file, id, "unit", Unit.values()),
        decimals(file, id, "rate."),
        decimals(file, id, "rate-with-video."),
        file.decimal(id, "input-weight"),
        word(file, id, "failed-tasks", FailedTasks.values()),
        real.equals("real"),
        file.whole(id, "margin-frames"));
  }

  Money zero() {
    return Money.zero(currency);
  }

  /** Whether a clip of that resolution has a price, in every shape that the model offers. */
  boolean covers(ModelSpec model, Resolution resolution) {
    return plain.containsKey(resolution.value())
        && (unit == Unit.SECOND
            || model.aspectRatios().stream()
                .noneMatch(ratio -> model.frameSizes(resolution, ratio).isEmpty()));
  }

  BigDecimal cheapest(ModelSpec model, Resolution resolution, AspectRatio ratio, boolean video) {
    return perSecond(model, resolution, ratio, video).reduce(BigDecimal::min).orElseThrow();
  }

  BigDecimal dearest(ModelSpec model, Resolution resolution, AspectRatio ratio, boolean video) {
    return perSecond(model, resolution, ratio, video).reduce(BigDecimal::max).orElseThrow();
  }

  BigDecimal dearest(ModelSpec model, Resolution resolution, AspectRatio ratio) {
    return dearest(model, resolution, ratio, false);
  }

  /** Seconds of input as seconds of output. */
  BigDecimal weighted(BigDecimal inputSeconds) {
    return inputSeconds.multiply(inputWeight);
  }

  /** The price of {@code ticks / ticksPerSecond} seconds, rounded up to millionths. */
  Money cost(BigDecimal pricePerSecond, BigDecimal ticks, long ticksPerSecond) {
    BigDecimal whole = pricePerSecond.multiply(ticks);
    return new Money(
        ticksPerSecond == 1
            ? whole
            : whole.divide(BigDecimal.valueOf(ticksPerSecond), COST_DECIMALS, RoundingMode.CEILING),
        currency);
  }

  Quote.Line line(String item, Shape shape, BigDecimal least, BigDecimal most) {
    return new Quote.Line(
        item, least, most, cost(shape.cheapest(), least, 1), cost(shape.dearest(), most, 1));
  }

  Quote.Line inputLine(Shape shape, BigDecimal least, BigDecimal most) {
    Quote.Line weighted = line("input video", shape, weighted(least), weighted(most));
    return new Quote.Line(weighted.item(), least, most, weighted.low(), weighted.high());
  }

  private java.util.stream.Stream<BigDecimal> perSecond(
      ModelSpec model, Resolution resolution, AspectRatio ratio, boolean video) {
    BigDecimal price = price(resolution, video);
    if (unit == Unit.SECOND) {
      return java.util.stream.Stream.of(price);
    }
    return model.frameSizes(resolution, ratio).stream()
        .map(size -> BigDecimal.valueOf(size.pixels() * model.framesPerSecond()))
        .map(pixels -> pixels.divide(PIXELS_PER_TOKEN)) // by a power of two: exact
        .map(tokens -> tokens.multiply(price).divide(MILLION));
  }

  private BigDecimal price(Resolution resolution, boolean video) {
    @Nullable BigDecimal special = video ? withVideo.get(resolution.value()) : null;
    BigDecimal price = special == null ? plain.get(resolution.value()) : special;
    if (price == null) {
      throw new IllegalArgumentException("tariff: no price for " + resolution);
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

  private static <E extends Enum<E>> E word(
      SettingsFile file, String id, String setting, E[] values) {
    String word = file.required(id, setting);
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
        return value;
      }
    }
    throw file.bad(
        id + "." + setting, word, "one of " + List.of(values).toString().toLowerCase(Locale.ROOT));
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
