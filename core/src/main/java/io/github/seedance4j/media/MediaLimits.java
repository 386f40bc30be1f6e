package io.github.seedance4j.media;

import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.request.Rule;
import io.github.seedance4j.task.ClipLength;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What upstream takes of a single medium, as the model's maker documents it (July to August 2026).
 * This provider's guide is silent, so all of it is advice; where the documents contradict each
 * other the wider limit counts.
 */
final class MediaLimits {

  private static final long MEBIBYTE = 1 << 20;
  private static final int LEAST_SIDE = 300;
  private static final int MOST_SIDE = 6_000;
  private static final double LEAST_RATIO = 0.4;
  private static final double MOST_RATIO = 2.5;
  private static final long LEAST_PIXELS = 407_696;
  private static final long MOST_PIXELS = 8_295_044;
  private static final int LEAST_FRAME_RATE = 24;
  private static final int MOST_FRAME_RATE = 60;

  /** Two and fifteen seconds, and what others measured to pass (1.8, and 15.2 in all). */
  private static final BigDecimal LEAST_SECONDS = new BigDecimal("1.8");

  private static final BigDecimal MOST_SECONDS = new BigDecimal("15.2");
  private static final Set<String> CODECS = Set.of("avc1", "avc3", "hvc1", "hev1", "");

  private MediaLimits() {}

  static Stream<Finding> advice(String path, MediaFacts facts) {
    Stream.Builder<Finding> found = Stream.builder();
    long most = mostBytes(facts.kind());
    if (facts.size() > most) {
      found.add(
          new Finding(
              Rule.MEDIA_TOO_LARGE, path, mebibytes(facts.size()), "<= " + mebibytes(most)));
    }
    if (facts.width() > 0 && facts.height() > 0) {
      shape(path, facts, found);
    }
    ClipLength length = facts.length();
    if (length != null) {
      BigDecimal seconds = length.seconds();
      if (seconds.compareTo(LEAST_SECONDS) < 0 || seconds.compareTo(MOST_SECONDS) > 0) {
        found.add(new Finding(Rule.MEDIA_LENGTH, path, seconds.toPlainString(), "2..15 s"));
      }
      rate(path, facts, length, found);
    }
    if (!CODECS.contains(facts.codec())) {
      found.add(new Finding(Rule.MEDIA_CODEC, path, facts.codec(), "H.264, H.265"));
    }
    return found.build();
  }

  private static void shape(String path, MediaFacts facts, Stream.Builder<Finding> found) {
    String size = facts.width() + "x" + facts.height();
    int shorter = Math.min(facts.width(), facts.height());
    int longer = Math.max(facts.width(), facts.height());
    if (shorter < LEAST_SIDE || longer > MOST_SIDE) {
      found.add(new Finding(Rule.MEDIA_SIDES, path, size, LEAST_SIDE + ".." + MOST_SIDE));
    }
    double ratio = (double) facts.width() / facts.height();
    if (ratio < LEAST_RATIO || ratio > MOST_RATIO) {
      found.add(new Finding(Rule.MEDIA_SHAPE, path, size, LEAST_RATIO + ".." + MOST_RATIO));
    }
    long pixels = (long) facts.width() * facts.height();
    if (facts.kind() == MediaKind.VIDEO && (pixels < LEAST_PIXELS || pixels > MOST_PIXELS)) {
      found.add(new Finding(Rule.MEDIA_PIXELS, path, size, LEAST_PIXELS + ".." + MOST_PIXELS));
    }
  }

  private static void rate(
      String path, MediaFacts facts, ClipLength length, Stream.Builder<Finding> found) {
    if (facts.frames() == 0) {
      return;
    }
    BigDecimal rate =
        BigDecimal.valueOf(facts.frames())
            .multiply(BigDecimal.valueOf(length.ticksPerSecond()))
            .divide(BigDecimal.valueOf(length.ticks()), 2, RoundingMode.HALF_UP);
    // 23.976 is sold as 24
    boolean tooFew = rate.setScale(0, RoundingMode.HALF_UP).intValue() < LEAST_FRAME_RATE;
    boolean tooMany = rate.setScale(0, RoundingMode.HALF_UP).intValue() > MOST_FRAME_RATE;
    if (tooFew || tooMany) {
      found.add(
          new Finding(
              Rule.MEDIA_FRAME_RATE,
              path,
              rate.stripTrailingZeros().toPlainString(),
              LEAST_FRAME_RATE + ".." + MOST_FRAME_RATE));
    }
  }

  private static long mostBytes(MediaKind kind) {
    return switch (kind) {
      case IMAGE -> 30 * MEBIBYTE;
      case VIDEO -> 200 * MEBIBYTE;
      case AUDIO -> 15 * MEBIBYTE;
    };
  }

  private static String mebibytes(long bytes) {
    return BigDecimal.valueOf(bytes)
            .divide(BigDecimal.valueOf(MEBIBYTE), 1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " MB";
  }
}
