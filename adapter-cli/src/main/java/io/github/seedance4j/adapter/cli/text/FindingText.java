package io.github.seedance4j.adapter.cli.text;

import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.Rule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says findings in a terminal's words: where they are in the flags that were typed, lengths in one
 * form of number, and what was probably meant.
 */
public final class FindingText {

  private static final Set<Rule> OF_LENGTHS =
      EnumSet.of(
          Rule.DURATION_OUT_OF_RANGE,
          Rule.DURATION_NOT_WHOLE,
          Rule.VIDEO_DURATIONS_CONFLICT,
          Rule.INPUT_DURATION_NOT_POSITIVE,
          Rule.INPUT_VIDEO_TOO_LONG,
          Rule.INPUT_VIDEO_NEAR_LIMIT,
          Rule.VIDEO_LENGTH_UNUSUAL,
          Rule.MEDIA_LENGTH);

  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
  private static final Pattern RATIO = Pattern.compile("(\\d+)\\s*[xX×/_.,-]\\s*(\\d+)");

  private FindingText() {}

  /**
   * Path and message.
   *
   * @param written the flag that it came from, with its value; empty where none is known
   */
  public static String words(Finding finding, String written, Locale locale) {
    String where = written.isEmpty() ? finding.field() : written;
    boolean said = finding.given() != null && written.endsWith(" " + finding.given());
    Finding tidy = tidy(finding);
    Finding told = said ? new Finding(tidy.rule(), tidy.path(), null, tidy.allowed()) : tidy;
    return (where.isEmpty() ? "" : where + ": ")
        + told.message(locale)
        + meant(finding).map(hint -> " " + hint).orElse("");
  }

  /** With lengths as {@code 40 s}, and ranges as {@code 2–15}. */
  private static Finding tidy(Finding finding) {
    String given = withoutData(finding.given());
    String allowed = finding.allowed();
    allowed = allowed == null ? null : allowed.replace("..", "–");
    if (OF_LENGTHS.contains(finding.rule())) {
      given = seconds(given);
      allowed = seconds(allowed);
    }
    return new Finding(finding.rule(), finding.path(), given, allowed);
  }

  /** Of what was put into the request itself nobody wants to see more than what it is. */
  private static @Nullable String withoutData(@Nullable String given) {
    return given != null && given.matches("(?s)data:[^,]{1,80},.*")
        ? given.substring(0, given.indexOf(',') + 1) + "…"
        : given;
  }

  private static @Nullable String seconds(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String plain =
        NUMBER
            .matcher(text)
            .replaceAll(
                number ->
                    QuoteText.seconds(
                        new BigDecimal(number.group()).setScale(3, RoundingMode.HALF_UP)));
    return plain.matches(".*\\d") ? plain + " s" : plain;
  }

  /** What was meant by what is not known, if there is something much like it. */
  private static Optional<String> meant(Finding finding) {
    String given = finding.given() == null ? "" : finding.given().toLowerCase(Locale.ROOT);
    String known = finding.allowed() == null ? "" : finding.allowed();
    List<String> allowed = List.of(known.split(", "));
    return switch (finding.rule()) {
      case FIELD_UNKNOWN -> FieldNames.meant(finding).map(FindingText::asked);
      case MODEL_UNKNOWN -> FieldNames.near(given, allowed).map(FindingText::asked);
      case RESOLUTION_UNKNOWN ->
          allowed.stream()
              .filter(word -> word.equals(given + "p"))
              .findFirst()
              .map(FindingText::asked);
      case ASPECT_RATIO_UNKNOWN -> {
        Matcher ratio = RATIO.matcher(given);
        yield Optional.of(ratio.matches() ? ratio.group(1) + ":" + ratio.group(2) : "")
            .filter(allowed::contains)
            .map(word -> "Write it " + word + ".");
      }
      case VIDEO_LENGTH_UNKNOWN ->
          Optional.of("That is --video-seconds; in a file, video_durations.");
      default -> Optional.empty();
    };
  }

  private static String asked(String name) {
    return "Did you mean " + name + "?";
  }
}
