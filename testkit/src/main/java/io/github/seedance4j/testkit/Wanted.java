package io.github.seedance4j.testkit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a create asks for, defaults filled in. Read leniently, since with the checks off anything
 * may come: what makes no sense counts as absent, and a clip has 1 to 60 seconds.
 *
 * @param seconds of the output, as asked
 * @param inputSeconds of input video: declared, else 5 for each undeclared video, 15 at most
 */
record Wanted(
    String model,
    String prompt,
    BigDecimal seconds,
    String resolution,
    String ratio,
    boolean audio,
    BigDecimal inputSeconds) {

  static final int FRAME_RATE = 24;

  private static final BigDecimal DEFAULT_SECONDS = new BigDecimal(5);
  private static final BigDecimal MOST_SECONDS = new BigDecimal(60);
  private static final BigDecimal UNDECLARED_SECONDS = new BigDecimal(5);
  private static final BigDecimal MOST_UNDECLARED_SECONDS = new BigDecimal(15);
  private static final BigDecimal MOST_DECLARED_SECONDS = new BigDecimal(1_000_000);
  private static final int COST_DECIMALS = 6;

  /** USD per second, model and resolution: the guide's price list. */
  private static final Map<String, BigDecimal> RATES =
      Map.of(
          "doubao-seedance-2.0 480p", new BigDecimal("0.12"),
          "doubao-seedance-2.0 720p", new BigDecimal("0.20"),
          "doubao-seedance-2.0-fast 480p", new BigDecimal("0.10"),
          "doubao-seedance-2.0-fast 720p", new BigDecimal("0.16"));

  /** Width and height by resolution and ratio, as the model's maker lists them. */
  private static final Map<String, Size> SIZES =
      Map.ofEntries(
          Map.entry("480p 16:9", new Size(864, 496)),
          Map.entry("480p 4:3", new Size(752, 560)),
          Map.entry("480p 1:1", new Size(640, 640)),
          Map.entry("480p 3:4", new Size(560, 752)),
          Map.entry("480p 9:16", new Size(496, 864)),
          Map.entry("480p 21:9", new Size(992, 432)),
          Map.entry("720p 16:9", new Size(1280, 720)),
          Map.entry("720p 4:3", new Size(1112, 834)),
          Map.entry("720p 1:1", new Size(960, 960)),
          Map.entry("720p 3:4", new Size(834, 1112)),
          Map.entry("720p 9:16", new Size(720, 1280)),
          Map.entry("720p 21:9", new Size(1470, 630)));

  /** A picture's size in pixels. */
  record Size(int width, int height) {}

  static Wanted of(@Nullable Object tree) {
    Map<?, ?> request = tree instanceof Map<?, ?> map ? map : Map.of();
    BigDecimal seconds = number(request.get("duration"), MOST_SECONDS);
    String resolution = text(request, "resolution", "720p");
    return new Wanted(
        text(request, "model", "doubao-seedance-2.0"),
        text(request, "prompt", ""),
        seconds == null ? DEFAULT_SECONDS : seconds.max(BigDecimal.ONE),
        resolution.equals("480p") ? "480p" : "720p",
        text(request, "aspect_ratio", "adaptive"),
        !Boolean.FALSE.equals(request.get("generate_audio")),
        inputSeconds(request));
  }

  private static BigDecimal inputSeconds(Map<?, ?> request) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object each : list(request.get("video_durations"))) {
      sum =
          sum.add(Objects.requireNonNullElse(number(each, MOST_DECLARED_SECONDS), BigDecimal.ZERO));
    }
    BigDecimal total = number(request.get("input_video_duration"), MOST_DECLARED_SECONDS);
    if (sum.signum() > 0 || total != null) {
      return sum.signum() > 0 ? sum : Objects.requireNonNull(total);
    }
    return UNDECLARED_SECONDS
        .multiply(new BigDecimal(videos(request)))
        .min(MOST_UNDECLARED_SECONDS);
  }

  private static long videos(Map<?, ?> request) {
    long flat = request.get("video_url") instanceof String ? 1 : 0;
    long items =
        list(request.get("content")).stream()
            .filter(
                item -> item instanceof Map<?, ?> fields && "video_url".equals(fields.get("type")))
            .count();
    return flat + list(request.get("video_urls")).size() + items;
  }

  /** The same for a clip of another length. */
  Wanted withSeconds(BigDecimal other) {
    return new Wanted(model, prompt, other, resolution, ratio, audio, inputSeconds);
  }

  /** Of the seconds as asked: USD, exact. */
  BigDecimal cost() {
    return inputSeconds.add(seconds).multiply(rate());
  }

  /** Of the frames that the clip really has: USD, rounded up. */
  BigDecimal costOfRealLength() {
    BigDecimal frameRate = new BigDecimal(FRAME_RATE);
    return inputSeconds
        .multiply(frameRate)
        .add(new BigDecimal(frames()))
        .multiply(rate())
        .divide(frameRate, COST_DECIMALS, RoundingMode.UP);
  }

  /** USD a second; for a model without a price that of the dearest one. */
  private BigDecimal rate() {
    return Objects.requireNonNull(
        RATES.getOrDefault(
            model + " " + resolution, RATES.get("doubao-seedance-2.0 " + resolution)));
  }

  /** One more than the asked seconds have, as the real clips do: 121 for 5 s. */
  int frames() {
    return seconds.multiply(new BigDecimal(FRAME_RATE)).intValue() + 1;
  }

  /** Whole seconds, as the provider reports them. */
  int reportedSeconds() {
    return frames() / FRAME_RATE;
  }

  /** "adaptive", and what is unknown, is rendered as 16:9. */
  Size size() {
    return Objects.requireNonNull(
        SIZES.getOrDefault(resolution + " " + ratio, SIZES.get(resolution + " 16:9")));
  }

  private static String text(Map<?, ?> request, String field, String fallback) {
    return request.get(field) instanceof String text ? text : fallback;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  /**
   * A positive number within bounds; the comparison is cheap whatever the exponent, a calculation
   * would not be.
   */
  private static @Nullable BigDecimal number(@Nullable Object value, BigDecimal most) {
    if (value instanceof BigDecimal number
        && number.signum() > 0
        && number.stripTrailingZeros().scale() <= COST_DECIMALS) {
      return number.min(most);
    }
    return null;
  }
}
