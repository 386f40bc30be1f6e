package io.github.seedance4j.testkit.check;

import io.github.seedance4j.testkit.json.JsonDocument;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fake provider's own checks of a request: every broken rule as {@code code} or {@code
 * code:path}, sorted, none twice.
 *
 * <p>A request that can't be read is reported for that alone. The limits are those of TokenHub's
 * two models; what is assumed of them (said by the model's maker only) is reported under {@link
 * Enforcement#ALL} alone. Stateless and thread-safe.
 */
public final class RequestChecks {

  private static final Set<String> MODELS =
      Set.of("doubao-seedance-2.0", "doubao-seedance-2.0-fast");
  private static final Set<String> RESOLUTIONS = Set.of("480p", "720p");
  private static final Set<String> RATIOS =
      Set.of("adaptive", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9");
  private static final BigDecimal FEWEST_SECONDS = new BigDecimal(4);
  private static final BigDecimal MOST_SECONDS = new BigDecimal(15);
  private static final BigDecimal MOST_INPUT_SECONDS = new BigDecimal("15.2");
  private static final int MOST_IMAGES = 9;
  private static final int MOST_VIDEOS = 3;
  private static final int MOST_AUDIOS = 3;

  private final Map<?, ?> request;
  private final Findings findings;
  private final RequestMedia media;

  private RequestChecks(Map<?, ?> request, Findings findings) {
    this.request = request;
    this.findings = findings;
    this.media = new RequestMedia(request, findings);
  }

  /** The violations of a plain tree (Map, List, String, BigDecimal, Boolean, null). */
  public static SortedSet<String> violations(@Nullable Object tree, Enforcement enforcement) {
    return violations(new JsonDocument(tree, List.of()), enforcement);
  }

  /** The violations of a text as it was read, keys that came twice among them. */
  public static SortedSet<String> violations(JsonDocument document, Enforcement enforcement) {
    if (enforcement == Enforcement.NOTHING) {
      return new TreeSet<>();
    }
    Findings findings = new Findings(enforcement);
    if (!(document.tree() instanceof Map<?, ?> request)) {
      findings.stated(true, "request-unreadable");
      return findings.entries();
    }
    document.repeated().forEach(path -> findings.stated(true, "field-repeated:" + path));
    new Readability(findings).check(request);
    if (findings.none()) {
      new RequestChecks(request, findings).rules();
    }
    return findings.entries();
  }

  private void rules() {
    String model = text("model");
    findings.stated(blank(model), "model-required");
    findings.stated(!blank(model) && !MODELS.contains(model), "model-unknown");
    findings.stated(blank(text("prompt")), "prompt-required");
    output();
    media.check();
    counts();
    if (media.videos() == 0) {
      findings.stated(
          !videoDurations().isEmpty() || number("input_video_duration") != null,
          "input-duration-without-video");
    } else {
      inputLength();
    }
  }

  private void output() {
    BigDecimal duration = number("duration");
    if (duration != null) {
      boolean outside =
          duration.compareTo(FEWEST_SECONDS) < 0 || duration.compareTo(MOST_SECONDS) > 0;
      findings.stated(outside, "duration-out-of-range");
      findings.assumed(!outside && duration.stripTrailingZeros().scale() > 0, "duration-not-whole");
    }
    String resolution = text("resolution");
    findings.stated(resolution != null && !RESOLUTIONS.contains(resolution), "resolution-unknown");
    String ratio = text("aspect_ratio");
    findings.assumed(ratio != null && !RATIOS.contains(ratio), "aspect-ratio-unknown");
  }

  private void counts() {
    findings.assumed(media.images() > MOST_IMAGES, "images-too-many");
    findings.stated(media.videos() > MOST_VIDEOS, "videos-too-many");
    findings.stated(media.audios() > MOST_AUDIOS, "audios-too-many");
    findings.stated(media.firstFrames() > 1, "first-frame-repeated");
    findings.stated(media.lastFrames() > 1, "last-frame-repeated");
    findings.assumed(
        media.lastFrames() > 0 && media.firstFrames() == 0, "last-frame-without-first");
    boolean frames = media.firstFrames() + media.lastFrames() > 0;
    boolean references = media.images() + media.videos() + media.audios() > 0;
    findings.assumed(frames && references, "frames-mixed-with-references");
    findings.assumed(
        media.audios() > 0 && !frames && media.images() + media.videos() == 0,
        "audio-without-visual");
  }

  private void inputLength() {
    List<?> each = videoDurations();
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < each.size(); i++) {
      BigDecimal seconds = (BigDecimal) each.get(i);
      findings.stated(
          seconds.signum() <= 0, "input-duration-not-positive:video_durations[" + i + "]");
      sum = sum.add(seconds);
    }
    BigDecimal total = number("input_video_duration");
    findings.stated(
        total != null && total.signum() <= 0, "input-duration-not-positive:input_video_duration");
    findings.stated(!each.isEmpty() && each.size() != media.videos(), "video-durations-count");
    findings.stated(
        !each.isEmpty() && total != null && sum.compareTo(total) != 0, "video-durations-conflict");
    boolean tooLong =
        sum.compareTo(MOST_INPUT_SECONDS) > 0
            || (total != null && total.compareTo(MOST_INPUT_SECONDS) > 0);
    findings.assumed(tooLong, "input-video-too-long");
  }

  private List<?> videoDurations() {
    return request.get("video_durations") instanceof List<?> list ? list : List.of();
  }

  private @Nullable String text(String field) {
    return (String) request.get(field);
  }

  private @Nullable BigDecimal number(String field) {
    return (BigDecimal) request.get(field);
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.codePoints().allMatch(RequestChecks::isSpace);
  }

  /** The no-break spaces as well, which the JDK leaves out of its white space. */
  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }
}
