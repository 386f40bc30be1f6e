package io.github.seedance4j.media;

import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.task.ClipLength;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long the videos of a draft are: by what it declares, and by what was measured. What is held
 * must not be less than what is billed, so a declaration never stands below a measurement.
 *
 * @param videos each of them, in the order that lengths are declared in
 */
record InputLengths(GenerationDraft asked, List<Video> videos) {

  private static final int MILLIS = 3;

  /** As much is lost where a length is written down: 5 for 5.042, 12.1 for 12.144. */
  private static final BigDecimal ROUNDING = new BigDecimal("0.1");

  /**
   * @param seconds null where nobody measured any
   */
  record Video(String name, @Nullable BigDecimal seconds) {}

  /** Up to the next millisecond. */
  static BigDecimal seconds(ClipLength length) {
    return BigDecimal.valueOf(length.ticks())
        .divide(BigDecimal.valueOf(length.ticksPerSecond()), MILLIS, RoundingMode.CEILING)
        .stripTrailingZeros();
  }

  boolean areDeclared() {
    return !asked.videoDurations().isEmpty() || asked.inputVideoDuration().isPresent();
  }

  /**
   * @throws InvalidRequestException if less is declared than was measured, by more than rounding
   */
  void requireDeclaredEnough() {
    List<BigDecimal> each = asked.videoDurations();
    if (each.size() == videos.size()) {
      for (int i = 0; i < each.size(); i++) {
        Video video = videos.get(i);
        require(video.name, video.seconds, each.get(i), "video_durations[" + i + "]", 1);
      }
    }
    List<Video> known = videos.stream().filter(video -> video.seconds != null).toList();
    asked
        .inputVideoDuration()
        .filter(total -> !known.isEmpty())
        .ifPresent(
            total ->
                require(
                    known.stream().map(Video::name).collect(Collectors.joining(" and ")),
                    sum(known),
                    total,
                    "input_video_duration",
                    known.size()));
  }

  private static void require(
      String name, @Nullable BigDecimal measured, BigDecimal declared, String field, int count) {
    // what is not more than nothing the rules have a word for
    if (measured != null && declared.signum() > 0 && isLess(declared, measured, count)) {
      throw Window.unreadable(
          name
              + (count == 1 ? " is " : " are ")
              + measured.toPlainString()
              + " s long, and declared to be "
              + declared.toPlainString()
              + " s ("
              + field
              + "): the real length is billed; declare that, or nothing, as it is measured");
    }
  }

  private static boolean isLess(BigDecimal declared, BigDecimal measured, int count) {
    BigDecimal most = ROUNDING.multiply(BigDecimal.valueOf(count));
    return measured.subtract(declared).compareTo(most) > 0;
  }

  private static BigDecimal sum(List<Video> videos) {
    return videos.stream()
        .map(video -> Objects.requireNonNull(video.seconds))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * The draft with all lengths that are known: those declared, up to those measured where they were
   * rounded down, else those measured, if all are.
   */
  GenerationDraft measured() {
    boolean all = videos.stream().allMatch(video -> video.seconds != null);
    List<BigDecimal> each = asked.videoDurations();
    Optional<BigDecimal> total = asked.inputVideoDuration();
    if (videos.isEmpty() || (!each.isEmpty() && total.isPresent())) {
      return asked; // of two declarations the rules judge which one holds
    }
    if (total.isPresent()) {
      return all && sum(videos).compareTo(total.get()) > 0
          ? asked.toBuilder().inputVideoDuration(duration(sum(videos))).build()
          : asked;
    }
    if (each.isEmpty()) {
      return all ? asked.withVideoDurations(known()) : asked;
    }
    return each.size() == videos.size() ? asked.withVideoDurations(atLeast(each)) : asked;
  }

  private static Duration duration(BigDecimal seconds) {
    return Duration.ofMillis(seconds.movePointRight(MILLIS).longValueExact());
  }

  private List<BigDecimal> known() {
    return videos.stream().map(video -> Objects.requireNonNull(video.seconds)).toList();
  }

  private List<BigDecimal> atLeast(List<BigDecimal> declared) {
    List<BigDecimal> lengths = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      BigDecimal own = videos.get(i).seconds;
      BigDecimal said = declared.get(i);
      boolean rounded = own != null && said.signum() > 0 && own.compareTo(said) > 0;
      lengths.add(rounded ? own : said);
    }
    return lengths;
  }

  /** Whether two drafts declare the same, as far as rounding goes. */
  static boolean areAlike(GenerationDraft one, GenerationDraft other) {
    List<BigDecimal> ones = lengths(one);
    List<BigDecimal> others = lengths(other);
    boolean alike =
        ones.size() == others.size()
            && one.inputVideoDuration().isPresent() == other.inputVideoDuration().isPresent();
    for (int i = 0; alike && i < ones.size(); i++) {
      alike = ones.get(i).subtract(others.get(i)).abs().compareTo(ROUNDING) <= 0;
    }
    return alike;
  }

  private static List<BigDecimal> lengths(GenerationDraft draft) {
    List<BigDecimal> lengths = new ArrayList<>(draft.videoDurations());
    draft.inputVideoDuration().ifPresent(lengths::add);
    return lengths;
  }
}
