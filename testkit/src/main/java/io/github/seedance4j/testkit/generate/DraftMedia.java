package io.github.seedance4j.testkit.generate;

import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.request.MediaRole;
import io.github.seedance4j.request.ModelSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds media to a wire tree, in one of the ways of asking that the guide knows. */
final class DraftMedia {

  private final Dice dice;
  private final ModelSpec model;
  private final List<Object> content = new ArrayList<>();

  DraftMedia(Dice dice, ModelSpec model) {
    this.dice = dice;
    this.model = model;
  }

  void addTo(Map<String, @Nullable Object> tree) {
    switch (dice.below(6)) {
      case 0 -> {} // text only
      case 1 -> {
        Map<String, @Nullable Object> frame = item(MediaRole.FIRST_FRAME);
        if (dice.oneIn(2)) {
          frame.remove("role"); // the only medium, so it begins the clip
        }
        content.add(frame);
      }
      case 2 -> {
        content.add(item(MediaRole.FIRST_FRAME));
        content.add(item(MediaRole.LAST_FRAME));
      }
      default -> references(tree);
    }
    if (!content.isEmpty()) {
      tree.put("content", content);
    }
  }

  private void references(Map<String, @Nullable Object> tree) {
    ModelSpec.MediaLimits limits = model.media();
    int images = dice.oneIn(4) ? limits.images() : dice.between(0, limits.images());
    int videos = dice.oneIn(3) ? 0 : dice.between(0, limits.videos());
    int audios = images + videos == 0 ? 0 : dice.between(0, limits.audios());
    add(tree, MediaKind.IMAGE, images);
    add(tree, MediaKind.VIDEO, videos);
    add(tree, MediaKind.AUDIO, audios);
    if (videos > 0) {
      lengths(tree, videos);
    }
  }

  /** So many of that kind: in the flat singular, in the flat plural, or as items. */
  void add(Map<String, @Nullable Object> tree, MediaKind kind, int count) {
    List<String> plural = new ArrayList<>();
    int spelling = dice.below(4);
    for (int i = 0; i < count; i++) {
      int here = spelling == 3 ? dice.below(3) : spelling;
      String url = MediaUrls.good(dice, kind);
      if (here == 0) {
        Map<String, @Nullable Object> item = item(referenceOf(kind));
        if (kind != MediaKind.IMAGE && dice.oneIn(2)) {
          item.remove("role");
        }
        content.add(item);
      } else if (here == 1 && !tree.containsKey(kind.singular())) {
        tree.put(kind.singular(), url);
      } else {
        plural.add(url);
      }
    }
    if (!plural.isEmpty()) {
      tree.put(kind.plural(), plural);
    }
    if (!content.isEmpty()) {
      tree.put("content", content);
    }
  }

  /** Undeclared, each, all together, or both. */
  private void lengths(Map<String, @Nullable Object> tree, int videos) {
    int way = dice.below(4);
    if (way == 0) {
      return;
    }
    BigDecimal most = model.inputVideo().hardTotal();
    BigDecimal least = new BigDecimal("0.001");
    BigDecimal total = dice.oneIn(6) ? most : dice.seconds(least.movePointRight(1), most);
    if (way != 1) {
      tree.put("video_durations", split(total, videos));
    }
    if (way != 2) {
      tree.put("input_video_duration", total);
    }
  }

  /** Positive parts that make up the whole. */
  static List<BigDecimal> split(BigDecimal total, int parts) {
    List<BigDecimal> split = new ArrayList<>();
    BigDecimal each = total.divide(BigDecimal.valueOf(parts), 3, RoundingMode.DOWN);
    for (int i = 1; i < parts; i++) {
      split.add(each);
    }
    split.add(total.subtract(each.multiply(BigDecimal.valueOf(parts - 1L))));
    return split;
  }

  Map<String, @Nullable Object> item(MediaRole role) {
    return item(role.kind(), role.wireName(), MediaUrls.good(dice, role.kind()));
  }

  static Map<String, @Nullable Object> item(MediaKind kind, String role, String url) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("type", kind.singular());
    item.put(kind.singular(), Map.of("url", url));
    item.put("role", role);
    return item;
  }

  static MediaRole referenceOf(MediaKind kind) {
    return switch (kind) {
      case IMAGE -> MediaRole.REFERENCE_IMAGE;
      case VIDEO -> MediaRole.REFERENCE_VIDEO;
      case AUDIO -> MediaRole.REFERENCE_AUDIO;
    };
  }
}
