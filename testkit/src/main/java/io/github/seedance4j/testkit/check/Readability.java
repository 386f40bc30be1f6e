package io.github.seedance4j.testkit.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request can be read at all: known fields, right types, numbers one can calculate with.
 * All of it is stated.
 */
final class Readability {

  static final Set<String> MEDIA = Set.of("image_url", "video_url", "audio_url");

  private static final Set<String> TEXTS =
      Set.of(
          "model", "prompt", "resolution", "aspect_ratio", "image_url", "video_url", "audio_url");
  private static final Set<String> TEXT_LISTS = Set.of("image_urls", "video_urls", "audio_urls");
  private static final Set<String> NUMBERS = Set.of("duration", "input_video_duration");
  private static final Set<String> FLAGS = Set.of("generate_audio", "watermark");
  private static final BigDecimal TOO_LARGE = new BigDecimal(1_000_000);
  private static final int MOST_DECIMALS = 3;

  private final Findings findings;

  Readability(Findings findings) {
    this.findings = findings;
  }

  void check(Map<?, ?> request) {
    request.forEach(
        (key, value) -> {
          if (value != null) {
            field((String) key, value);
          }
        });
  }

  private void field(String name, Object value) {
    if (TEXTS.contains(name)) {
      text(name, value);
    } else if (NUMBERS.contains(name)) {
      number(name, value);
    } else if (FLAGS.contains(name)) {
      findings.stated(!(value instanceof Boolean), "field-type:" + name);
    } else if (TEXT_LISTS.contains(name)) {
      each(name, value, this::text);
    } else if (name.equals("video_durations")) {
      each(name, value, this::number);
    } else if (name.equals("content")) {
      each(name, value, this::item);
    } else {
      findings.stated(true, "field-unknown:" + name);
    }
  }

  private interface Check {
    void at(String path, @Nullable Object value);
  }

  private void each(String path, Object value, Check check) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        check.at(path + "[" + i + "]", list.get(i));
      }
    } else {
      findings.stated(true, "field-type:" + path);
    }
  }

  private void text(String path, @Nullable Object value) {
    findings.stated(!(value instanceof String), "field-type:" + path);
  }

  private void number(String path, @Nullable Object value) {
    if (value instanceof BigDecimal number) {
      findings.stated(!usable(number), "number-unusable:" + path);
    } else {
      findings.stated(true, "field-type:" + path);
    }
  }

  /**
   * Looks at digits and exponent only: no calculation with an unchecked number, its length may be
   * anything.
   */
  private static boolean usable(BigDecimal number) {
    return number.abs().compareTo(TOO_LARGE) < 0
        && number.stripTrailingZeros().scale() <= MOST_DECIMALS;
  }

  private void item(String path, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> item)) {
      findings.stated(true, "field-type:" + path);
      return;
    }
    item.forEach(
        (key, part) -> {
          String partPath = path + "." + key;
          if (part == null) {
            return;
          }
          if (key.equals("type") || key.equals("role")) {
            text(partPath, part);
          } else if (MEDIA.contains(key)) {
            link(partPath, part);
          } else {
            findings.stated(true, "field-unknown:" + partPath);
          }
        });
    strayMedia(path, item);
  }

  private void link(String path, Object value) {
    if (!(value instanceof Map<?, ?> link)) {
      findings.stated(true, "field-type:" + path);
      return;
    }
    link.forEach(
        (key, part) -> {
          if (part == null) {
            return;
          }
          if (key.equals("url")) {
            text(path + ".url", part);
          } else {
            findings.stated(true, "field-unknown:" + path + "." + key);
          }
        });
  }

  /** A second medium inside an item would travel past every count, and past the price. */
  private void strayMedia(String path, Map<?, ?> item) {
    if (item.get("type") instanceof String own && MEDIA.contains(own) && item.get(own) != null) {
      for (String other : MEDIA) {
        findings.stated(
            !other.equals(own) && item.get(other) != null, "field-unknown:" + path + "." + other);
      }
    }
  }
}
