package io.github.seedance4j.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Strictness;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The product's rules and the fake's checks were written apart. Over many random requests, sensible
 * and hostile, they must say the same.
 */
class TwoImplementationsTest {

  private static final int REQUESTS = 40_000;
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

  private final RequestRules rules = RequestRules.of(ModelCatalog.tokenHub());

  @Test
  void agreeOnRandomRequests() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < REQUESTS; i++) {
      Map<String, @Nullable Object> request = request(random);
      for (Strictness strictness : Strictness.values()) {
        Enforcement enforcement =
            strictness == Strictness.STRICT ? Enforcement.ALL : Enforcement.STATED;
        SortedSet<String> theirs = RequestChecks.violations(request, enforcement);
        SortedSet<String> ours =
            rules.judge(GenerationDraft.read(request), strictness).violations().stream()
                .map(Finding::entry)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!ours.equals(theirs)) { // describing each of them would take most of the time
          String what = seed + ", request " + i + ", " + strictness + ": " + request;
          assertThat(ours).as("seed %s", what).isEqualTo(theirs);
        }
      }
    }
  }

  private static Map<String, @Nullable Object> request(Random random) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    often(random, tree, "model", () -> pick(random, "doubao-seedance-2.0", "other", " ", 3));
    often(random, tree, "prompt", () -> pick(random, "a cat", "\u00a0", "", true));
    some(random, tree, "duration", () -> number(random));
    some(random, tree, "resolution", () -> pick(random, "480p", "720p", "1080p", ""));
    some(random, tree, "aspect_ratio", () -> pick(random, "16:9", "2:1", "adaptive", 16));
    for (String kind : List.of("image", "video", "audio")) {
      some(random, tree, kind + "_url", () -> url(random));
      some(random, tree, kind + "_urls", () -> list(random, 5, () -> url(random)));
    }
    some(random, tree, "video_durations", () -> list(random, 4, () -> number(random)));
    some(random, tree, "input_video_duration", () -> number(random));
    some(random, tree, "generate_audio", () -> pick(random, true, false, "yes"));
    some(random, tree, "watermark", () -> pick(random, true, 1));
    some(random, tree, "content", () -> list(random, 5, () -> item(random)));
    if (random.nextInt(60) == 0) {
      tree.put("seed", pick(random, 42, null));
    }
    return tree;
  }

  private static @Nullable Object item(Random random) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    String kind = (String) pick(random, "image_url", "image_url", "video_url", "audio_url");
    often(random, item, "type", () -> random.nextInt(12) == 0 ? pick(random, "text", 7) : kind);
    often(
        random,
        item,
        random.nextInt(15) == 0 ? "video_url" : String.valueOf(kind),
        () -> link(random));
    if (random.nextInt(30) == 0) {
      item.put("audio_url", link(random));
    }
    if (random.nextInt(60) == 0) {
      item.put("weight", pick(random, 1, null));
    }
    some(
        random,
        item,
        "role",
        () ->
            pick(
                random,
                "first_frame",
                "last_frame",
                "reference_image",
                "reference_video",
                "reference_audio",
                "cover",
                null));
    return random.nextInt(80) == 0 ? pick(random, null, "text", 3) : item;
  }

  private static @Nullable Object link(Random random) {
    Map<String, @Nullable Object> link = new LinkedHashMap<>();
    often(random, link, "url", () -> url(random));
    if (random.nextInt(60) == 0) {
      link.put("detail", pick(random, "high", null));
    }
    return random.nextInt(60) == 0 ? "https://cdn.example.com/a" : link;
  }

  private static @Nullable Object number(Random random) {
    return random.nextInt(25) == 0
        ? pick(random, "5", true, decimal("1e-99999999"), decimal("1e9"), decimal("5.0001"))
        : pick(
            random,
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

  private static Object url(Random random) {
    return random.nextInt(4) > 0 ? URLS.get(0) : URLS.get(random.nextInt(URLS.size()));
  }

  private static @Nullable Object list(Random random, int most, Supplier<@Nullable Object> entry) {
    List<@Nullable Object> list = new ArrayList<>();
    int size = random.nextInt(20) == 0 ? 11 : random.nextInt(most);
    for (int i = 0; i < size; i++) {
      list.add(random.nextInt(100) == 0 ? null : entry.get());
    }
    return random.nextInt(80) == 0 ? "no list" : list;
  }

  private static void often(
      Random random,
      Map<String, @Nullable Object> tree,
      String field,
      Supplier<@Nullable Object> value) {
    if (random.nextInt(20) > 0) {
      tree.put(field, value.get());
    }
  }

  private static void some(
      Random random,
      Map<String, @Nullable Object> tree,
      String field,
      Supplier<@Nullable Object> value) {
    if (random.nextInt(4) == 0) {
      tree.put(field, value.get());
    }
  }

  private static @Nullable Object pick(Random random, @Nullable Object... choices) {
    // the first is the likeliest: all wrong at once finds less than one wrong at a time
    return random.nextBoolean() ? choices[0] : choices[random.nextInt(choices.length)];
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }
}
