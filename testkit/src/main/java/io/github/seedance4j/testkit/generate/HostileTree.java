package io.github.seedance4j.testkit.generate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Any tree at all: mostly what the guide knows, with something wrong here and there. */
final class HostileTree {

  private static final List<String> URLS =
      List.of(
          "https://cdn.example.com/a.png",
          "HTTP://h/x?y#z",
          "http://127.0.0.1:8080/",
          "https://[2001:db8::1]:8443/a",
          "https://[::1/a",
          "https://a:99999/",
          "https://user:secret@host/a",
          "ftp://host/a",
          "https:///a",
          "https://ho st/a",
          "https://host/a b",
          "//host/a",
          "asset://x",
          "asset://",
          "data:image/png;base64,AAAA",
          "data:audio/mpeg;base64,AAAA",
          "data:video/mp4;base64,AAAA",
          "data:image/png;base64,",
          "",
          " ",
          "nonsense");

  private final Dice dice;

  HostileTree(Dice dice) {
    this.dice = dice;
  }

  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    often(tree, "model", () -> pick("doubao-seedance-2.0", "other", " ", 3));
    often(tree, "prompt", () -> pick("a cat", "\u00a0", "", true));
    some(tree, "duration", () -> number());
    some(tree, "resolution", () -> pick("480p", "720p", "1080p", ""));
    some(tree, "aspect_ratio", () -> pick("16:9", "2:1", "adaptive", 16));
    for (String kind : List.of("image", "video", "audio")) {
      some(tree, kind + "_url", () -> url());
      some(tree, kind + "_urls", () -> list(5, () -> url()));
    }
    some(tree, "video_durations", () -> list(4, () -> number()));
    some(tree, "input_video_duration", () -> number());
    some(tree, "generate_audio", () -> pick(true, false, "yes"));
    some(tree, "watermark", () -> pick(true, 1));
    some(tree, "content", () -> list(5, () -> item()));
    if (dice.oneIn(60)) {
      tree.put("seed", pick(42, null));
    }
    return tree;
  }

  private @Nullable Object item() {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    String kind = (String) pick("image_url", "image_url", "video_url", "audio_url");
    often(item, "type", () -> dice.oneIn(12) ? pick("text", 7) : kind);
    often(item, dice.oneIn(15) ? "video_url" : String.valueOf(kind), () -> link());
    if (dice.oneIn(30)) {
      item.put("audio_url", link());
    }
    if (dice.oneIn(60)) {
      item.put("weight", pick(1, null));
    }
    some(
        item,
        "role",
        () ->
            pick(
                "first_frame",
                "last_frame",
                "reference_image",
                "reference_video",
                "reference_audio",
                "cover",
                null));
    return dice.oneIn(80) ? pick(null, "text", 3) : item;
  }

  private @Nullable Object link() {
    Map<String, @Nullable Object> link = new LinkedHashMap<>();
    often(link, "url", () -> url());
    if (dice.oneIn(60)) {
      link.put("detail", pick("high", null));
    }
    return dice.oneIn(60) ? "https://cdn.example.com/a" : link;
  }

  private @Nullable Object number() {
    return dice.oneIn(25)
        ? pick("5", true, decimal("1e-99999999"), decimal("1e9"), decimal("5.0001"))
        : pick(
            decimal("5"),
            decimal("5.000"),
            decimal("15"),
            decimal("15.2"),
            decimal("15.201"),
            decimal("3"),
            decimal("4.5"),
            decimal("0"),
            decimal("-1"),
            decimal("1E+1"),
            decimal("16"));
  }

  private Object url() {
    return !dice.oneIn(4) ? URLS.get(0) : dice.of(URLS);
  }

  private @Nullable Object list(int most, Supplier<@Nullable Object> entry) {
    List<@Nullable Object> list = new ArrayList<>();
    int size = dice.oneIn(20) ? 11 : dice.below(most);
    for (int i = 0; i < size; i++) {
      list.add(dice.oneIn(100) ? null : entry.get());
    }
    return dice.oneIn(80) ? "no list" : list;
  }

  private void often(
      Map<String, @Nullable Object> tree, String field, Supplier<@Nullable Object> value) {
    if (!dice.oneIn(20)) {
      tree.put(field, value.get());
    }
  }

  private void some(
      Map<String, @Nullable Object> tree, String field, Supplier<@Nullable Object> value) {
    if (dice.oneIn(4)) {
      tree.put(field, value.get());
    }
  }

  private @Nullable Object pick(@Nullable Object... choices) {
    // the first is the likeliest: all wrong at once finds less than one wrong at a time
    return dice.oneIn(2) ? choices[0] : choices[dice.below(choices.length)];
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }
}
