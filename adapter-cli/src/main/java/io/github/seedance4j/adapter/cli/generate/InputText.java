package io.github.seedance4j.adapter.cli.generate;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.media.MediaFacts;
import io.github.seedance4j.media.MediaProbe;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.task.ClipLength;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what was read of the files that go into a clip, so that a wrong one is seen in time. */
final class InputText {

  private static final int NAME = 12;
  private static final int LONGEST = 48;
  private static final String ROLE = "role";

  private InputText() {}

  /** A line for each, such as {@code first frame cat.png 1280×720}. */
  static List<String> lines(Surroundings around, GenerationDraft asked, InputMedia media) {
    Map<String, MediaFacts> facts = media.facts();
    List<String> lines = new ArrayList<>();
    asked.withUrls(
        (path, kind, url) -> {
          MediaFacts known = facts.get(url);
          if (known != null) {
            lines.add(
                "  "
                    + JobTable.pad(role(asked, path, kind), NAME)
                    + JobTable.cut(name(around, url), LONGEST)
                    + told(known));
          }
          return url;
        });
    return lines;
  }

  /** Whether the lengths of its videos were read, and not told by the user. */
  static boolean isMeasured(GenerationDraft asked) {
    return asked.videoDurations().isEmpty() && asked.inputVideoDuration().isEmpty();
  }

  private static String role(GenerationDraft asked, String path, MediaKind kind) {
    if (path.startsWith("content[") && asked.toMap().get("content") instanceof List<?> items) {
      int item = Integer.parseInt(path.substring("content[".length(), path.indexOf(']')));
      if (items.get(item) instanceof Map<?, ?> map
          && map.get(ROLE) instanceof String role
          && role.endsWith("_frame")) {
        return role.replace('_', ' ');
      }
    }
    return switch (kind) {
      case IMAGE -> "picture";
      case VIDEO -> "video";
      case AUDIO -> "sound";
    };
  }

  private static String name(Surroundings around, String url) {
    return MediaProbe.file(url)
        .map(file -> ClipFile.shown(around, file))
        .orElseGet(() -> url.replaceFirst("[?#].*", "").replaceFirst(".*/", ""));
  }

  private static String told(MediaFacts facts) {
    ClipLength length = facts.length();
    String seconds =
        length == null
            ? ""
            : " " + QuoteText.seconds(length.seconds().setScale(3, RoundingMode.CEILING)) + " s";
    return seconds + (facts.width() > 0 ? " " + facts.width() + "×" + facts.height() : "");
  }
}
