package io.github.seedance4j.request;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a draft together from what is set in code, on top of what was there before: media replace
 * those of the same spelling, and lengths go with the videos that they were declared for.
 */
final class DraftWriter {

  private final GenerationDraft before;
  private final Map<String, @Nullable Object> tree = new LinkedHashMap<>();
  private final Map<String, Object> extras = new LinkedHashMap<>();
  private final List<ContentItem> content = new ArrayList<>();
  private final Map<MediaKind, List<String>> flat = new EnumMap<>(MediaKind.class);
  private final List<BigDecimal> flatVideoLengths = new ArrayList<>();
  private final List<BigDecimal> contentVideoLengths = new ArrayList<>();

  DraftWriter(GenerationDraft before) {
    this.before = before;
    extras.putAll(before.extras());
  }

  /** Null takes away what was there. */
  void field(WireField field, @Nullable Object value) {
    tree.put(field.wireName(), value);
  }

  void extra(String name, Object value) {
    extras.put(name, value);
  }

  void item(ContentItem item) {
    content.add(item);
  }

  void contentVideoLength(Duration length) {
    contentVideoLengths.add(seconds(length));
  }

  void flat(MediaKind kind, String url) {
    flat.computeIfAbsent(kind, any -> new ArrayList<>()).add(url);
  }

  void flatVideoLength(Duration length) {
    flatVideoLengths.add(seconds(length));
  }

  GenerationDraft draft() {
    Map<String, @Nullable Object> whole =
        new LinkedHashMap<>(WireTree.of(before.fields(), Map.of()));
    if (replacesVideos()) {
      whole.remove(WireField.VIDEO_DURATIONS.wireName());
      whole.remove(WireField.INPUT_VIDEO_DURATION.wireName());
    }
    whole.putAll(tree);
    flat.forEach(
        (kind, urls) -> {
          whole.remove(kind.singular());
          whole.remove(kind.plural());
          whole.put(
              urls.size() == 1 ? kind.singular() : kind.plural(),
              urls.size() == 1 ? urls.get(0) : urls);
        });
    if (!content.isEmpty()) {
      whole.put(WireField.CONTENT.wireName(), content.stream().map(WireTree::item).toList());
    }
    List<BigDecimal> lengths = new ArrayList<>(flatVideoLengths);
    lengths.addAll(contentVideoLengths);
    if (!lengths.isEmpty()) {
      whole.put(WireField.VIDEO_DURATIONS.wireName(), lengths);
    }
    whole.putAll(extras);
    GenerationDraft draft = GenerationDraft.read(whole, extras.keySet());
    List<Finding> problems = new ArrayList<>(before.problems());
    problems.addAll(draft.problems());
    return new GenerationDraft(draft.fields(), draft.extras(), problems);
  }

  private boolean replacesVideos() {
    return flat.containsKey(MediaKind.VIDEO)
        || hasVideo(content)
        || (!content.isEmpty() && hasVideo(before.content()));
  }

  private static boolean hasVideo(List<ContentItem> items) {
    return items.stream().anyMatch(item -> MediaKind.VIDEO.singular().equals(item.type()));
  }

  static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
  }
}
