package io.github.seedance4j.testkit.generate;

import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.request.Rule;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws drafts: over all models of a catalogue, all ways of asking, all spellings, up to each limit
 * and no further. The same sequence of random numbers gives the same drafts. Not thread-safe.
 */
public final class Drafts {

  private static final ModelCatalog TOKEN_HUB = ModelCatalog.tokenHub();
  private static final List<String> PROMPTS =
      List.of(
          "a cat walks by",
          "the woman from image 1 walks through video 1",
          "ein Hund läuft über die Brücke, «schnell»\nund bellt",
          "一只猫在雨中奔跑",
          "a dog 🐕 \"quoted\" \\ and --bold",
          "slow pan --ratio 16:9",
          " . ");

  private final Dice dice;
  private final ModelCatalog catalog;
  private @Nullable Object last;

  /** Over TokenHub's models. */
  public Drafts(Random random) {
    this(random, TOKEN_HUB);
  }

  public Drafts(Random random, ModelCatalog catalog) {
    this.dice = new Dice(Objects.requireNonNull(random, "random"));
    this.catalog = Objects.requireNonNull(catalog, "catalog");
  }

  /** What these drafts are drawn with. */
  public Random random() {
    return dice.random();
  }

  /** A draft without a violation, strict or relaxed; there may be advice. */
  public GenerationDraft valid() {
    return drawn(GenerationDraft.read(validTree()));
  }

  /**
   * As {@link #valid}, as a tree that came over the wire: numbers are {@link BigDecimal}, and nulls
   * and empty lists stand for what is absent, too.
   */
  public Map<String, @Nullable Object> validTree() {
    ModelSpec model = model();
    Map<String, @Nullable Object> tree = plain(model);
    new DraftMedia(dice, model).addTo(tree);
    maybeAbsent(tree);
    return drawn(tree);
  }

  /** A draft with a violation of one kind at least, which it names. */
  public BrokenDraft broken() {
    return broken(dice.of(List.copyOf(Breakage.RULES.keySet())));
  }

  /**
   * A draft that breaks that rule; others may be broken by the same.
   *
   * @throws IllegalArgumentException if it is not among {@link #breakable}
   */
  public BrokenDraft broken(Rule rule) {
    Breakage breakage = Breakage.RULES.get(rule);
    if (breakage == null) {
      throw new IllegalArgumentException("rule: no draft can be made to break it: " + rule.code());
    }
    ModelSpec model = model();
    Map<String, @Nullable Object> tree = plain(model);
    breakage.apply(dice, model, tree);
    return drawn(new BrokenDraft(tree, rule));
  }

  /** Every rule that rejects, but for a text that is no tree at all. */
  public static Set<Rule> breakable() {
    return Breakage.RULES.keySet();
  }

  /** Any wire tree, sensible or hostile: what it breaks is not known. */
  public Map<String, @Nullable Object> tree() {
    return drawn(new HostileTree(dice).tree());
  }

  private <T> T drawn(T value) {
    last = value;
    return value;
  }

  /** What was drawn last, as a text; nothing yet where that is null. */
  @Nullable String last() {
    return last instanceof GenerationDraft draft
        ? draft.canonical()
        : last == null ? null : last.toString();
  }

  private ModelSpec model() {
    return dice.of(catalog.models());
  }

  /** All but the media. */
  private Map<String, @Nullable Object> plain(ModelSpec model) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("model", model.id());
    tree.put("prompt", prompt(model));
    if (!dice.oneIn(3)) {
      tree.put("duration", duration(model.duration()));
    }
    if (!dice.oneIn(3)) {
      tree.put("resolution", dice.of(model.resolutions().stream().map(Resolution::value).toList()));
    }
    if (!dice.oneIn(3)) {
      tree.put(
          "aspect_ratio", dice.of(model.aspectRatios().stream().map(AspectRatio::value).toList()));
    }
    if (dice.oneIn(2)) {
      tree.put("generate_audio", dice.oneIn(2));
    }
    if (dice.oneIn(2)) {
      tree.put("watermark", dice.oneIn(2));
    }
    return tree;
  }

  private String prompt(ModelSpec model) {
    if (!dice.oneIn(20)) {
      return dice.of(PROMPTS);
    }
    return dice.oneIn(2)
        ? "word ".repeat(model.prompt().words() + dice.between(-1, 1))
        : "猫".repeat(model.prompt().hanCharacters() + dice.between(-1, 1));
  }

  /** Whole seconds, however they are written. */
  private BigDecimal duration(ModelSpec.DurationLimits limits) {
    int seconds = dice.between(limits.min().intValueExact(), limits.max().intValueExact());
    return new BigDecimal(seconds + dice.of("", ".0", ".000", "e0"));
  }

  private void maybeAbsent(Map<String, @Nullable Object> tree) {
    for (String field : List.of("duration", "resolution", "image_url", "video_url", "watermark")) {
      if (dice.oneIn(12)) {
        tree.putIfAbsent(field, null);
      }
    }
    for (String field : List.of("image_urls", "audio_urls", "video_durations", "content")) {
      if (dice.oneIn(12)) {
        tree.putIfAbsent(field, List.of());
      }
    }
  }
}
