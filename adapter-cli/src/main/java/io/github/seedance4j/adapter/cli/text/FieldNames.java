package io.github.seedance4j.adapter.cli.text;

import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.Rule;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The guide's fields, for those who mistype them. */
public final class FieldNames {

  private static final int MOST_SLIPS = 2;

  /** Every field of a request. */
  public static final List<String> ALL =
      List.of(
          "model",
          "prompt",
          "duration",
          "resolution",
          "aspect_ratio",
          "image_url",
          "image_urls",
          "video_url",
          "video_urls",
          "video_durations",
          "input_video_duration",
          "audio_url",
          "audio_urls",
          "generate_audio",
          "watermark",
          "content");

  private FieldNames() {}

  /** The field that was meant by an unknown one, if there is one much like it. */
  static Optional<String> meant(Finding finding) {
    return finding.rule() == Rule.FIELD_UNKNOWN ? near(finding.path()) : Optional.empty();
  }

  /** The field that a name is much like. */
  public static Optional<String> near(String name) {
    String given = name.toLowerCase(Locale.ROOT).replace('-', '_');
    return near(given, ALL);
  }

  /** The one of those names that another is much like. */
  public static Optional<String> near(String given, Collection<String> names) {
    return given.length() > MOST_SLIPS
        ? names.stream()
            .filter(name -> slips(given, name) <= MOST_SLIPS)
            .min(Comparator.comparingInt(name -> slips(given, name)))
        : Optional.empty();
  }

  /** How many letters are to be added, left out or changed. */
  private static int slips(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** The fields in there that are outside the guide. */
  public static Set<String> foreign(Map<?, ?> tree) {
    Set<String> names = new HashSet<>();
    tree.keySet().forEach(name -> names.add(String.valueOf(name)));
    ALL.forEach(names::remove);
    return names;
  }
}
