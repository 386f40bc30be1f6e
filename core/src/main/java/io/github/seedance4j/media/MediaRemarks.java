package io.github.seedance4j.media;

import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.Rule;
import io.github.seedance4j.task.ClipLength;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of lengths, said of the very files that have them: once each, with the way
 * out.
 *
 * @param videos those that were looked at, in the order of the request
 */
record MediaRemarks(List<Seen> videos) {

  /**
   * @param name a file's own, or an address
   */
  record Seen(String name, MediaFacts facts) {

    BigDecimal seconds() {
      @Nullable ClipLength length = facts.length();
      return InputLengths.seconds(Objects.requireNonNull(length));
    }
  }

  /** What says of a length once more what {@link Rule#INPUT_VIDEO_TOO_LONG} says already. */
  private static final Set<Rule> OF_EACH = Set.of(Rule.MEDIA_LENGTH, Rule.VIDEO_LENGTH_UNUSUAL);

  static boolean isOfTooLong(Finding finding) {
    return finding.rule() == Rule.INPUT_VIDEO_TOO_LONG;
  }

  static boolean isOfEach(Finding finding) {
    return OF_EACH.contains(finding.rule());
  }

  Finding named(Finding finding) {
    if (isOfTooLong(finding)) {
      return tooLong(finding);
    }
    String silent =
        videos.stream()
            .filter(video -> video.facts.length() == null)
            .map(Seen::name)
            .collect(Collectors.joining(", "));
    return finding.rule() == Rule.VIDEO_LENGTH_UNKNOWN && !silent.isEmpty()
        ? new Finding(finding.rule(), finding.path(), silent + " tells none", finding.allowed())
        : finding;
  }

  private Finding tooLong(Finding finding) {
    String limit = finding.allowed();
    List<Seen> known = videos.stream().filter(video -> video.facts.length() != null).toList();
    BigDecimal sum = known.stream().map(Seen::seconds).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (limit == null || sum.compareTo(new BigDecimal(limit)) <= 0) {
      return finding; // somebody declared more
    }
    String given =
        known.stream()
            .map(video -> video.name + ", " + video.seconds().toPlainString() + " s")
            .collect(Collectors.joining("; "));
    String way =
        known.stream()
            .filter(video -> video.seconds().compareTo(new BigDecimal(limit)) > 0)
            .map(Seen::name)
            .filter(name -> !name.contains("/")) // nor of an address, which may be signed
            .map(name -> " (" + cut(name, limit) + ")")
            .findFirst()
            .orElse("");
    return new Finding(finding.rule(), finding.path(), given, limit + " s" + way);
  }

  /** Coded anew, as a copy ends some frames late, and so beyond what is tolerated. */
  private static String cut(String name, String seconds) {
    return OtherKinds.ffmpeg(name, "-t " + seconds + " ", "short.mp4");
  }
}
