package io.github.seedance4j.request;

import io.github.seedance4j.data.SettingsFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models of one provider and their limits: data that a user can replace by a file or extend in
 * code. The built-in one is a file of the same form, {@code tokenhub-models.properties}. Immutable.
 */
public final class ModelCatalog {

  private final String provider;
  private final Map<String, ModelSpec> models;

  private ModelCatalog(String provider, Map<String, ModelSpec> models) {
    this.provider = provider;
    this.models = models;
  }

  /** TokenHub's two models, from its guide and, where that is silent, from the model's maker. */
  public static ModelCatalog tokenHub() {
    return of(SettingsFile.ofResource(ModelCatalog.class, "tokenhub-models.properties"));
  }

  /**
   * Reads a catalogue from a file.
   *
   * @throws IllegalArgumentException naming the line's key, if a setting is missing, unknown,
   *     repeated or unusable
   */
  public static ModelCatalog load(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return of(SettingsFile.read(file.toString(), reader));
    }
  }

  /** As {@link #load}, from any text. */
  public static ModelCatalog read(Reader reader) throws IOException {
    return of(SettingsFile.read("catalogue", reader));
  }

  /** This catalogue with another's models added; the other's win where ids are the same. */
  public ModelCatalog with(ModelCatalog other) {
    Map<String, ModelSpec> all = new LinkedHashMap<>(models);
    all.putAll(other.models);
    return new ModelCatalog(provider, all);
  }

  /**
   * This catalogue corrected by what was learnt of its models: how sure rules are, sizes and rates
   * of pictures. {@code {"catalogue": {"models": {ID: {"rules": {CODE: {"certainty": "stated",
   * "source": "…"}}, "frame_sizes": {"480p": {"21:9": {"size": "992x432", "source": "…"}}},
   * "frames_per_second": {"value": 24, "source": "…"}}}}}}: a {@code live-facts.json} of the
   * testkit's live run has that form, and what else is at its top is not looked at.
   *
   * @param tree plain maps, texts and numbers, as any JSON library reads them
   * @throws IllegalArgumentException naming the path, if a model, rule, resolution, ratio, word or
   *     field is not known, a rule holds for every model, or a fact has no source
   */
  public ModelCatalog withFacts(Map<String, ?> tree) {
    return new ModelCatalog(provider, ObservedFacts.applied(models, tree));
  }

  /** Whose models these are. */
  public String provider() {
    return provider;
  }

  /** All models, in the order of the file. */
  public List<ModelSpec> models() {
    return List.copyOf(models.values());
  }

  /** The model of that id. Nothing is trimmed and case matters: the provider decides what it is. */
  public Optional<ModelSpec> find(String id) {
    return Optional.ofNullable(models.get(id));
  }

  /** The model of that alias or id. */
  public Optional<ModelSpec> findByName(String name) {
    return find(name)
        .or(() -> models.values().stream().filter(m -> m.alias().equals(name)).findFirst());
  }

  /** The first model, whose limits a draft of unknown model is judged by. */
  ModelSpec first() {
    return models.values().iterator().next();
  }

  private static ModelCatalog of(SettingsFile file) {
    String provider = file.required("provider");
    file.required("source");
    Map<String, ModelSpec> models = new LinkedHashMap<>();
    for (String id : file.models()) {
      models.put(id, spec(file, id));
    }
    file.refuseUnread();
    return new ModelCatalog(provider, models);
  }

  private static ModelSpec spec(SettingsFile file, String id) {
    return new ModelSpec(
        id,
        file.find(id, "alias").orElse(id),
        new ModelSpec.DurationLimits(
            file.decimal(id, "duration.min"),
            file.decimal(id, "duration.max"),
            file.decimal(id, "duration.default")),
        file.list(id, "resolutions").stream().map(Resolution::new).toList(),
        file.list(id, "aspect-ratios").stream().map(AspectRatio::new).toList(),
        new ModelSpec.MediaLimits(
            file.whole(id, "images.max"),
            file.whole(id, "videos.max"),
            file.whole(id, "audios.max"),
            file.whole(id, "first-frames.max"),
            file.whole(id, "last-frames.max"),
            file.whole(id, "files.usual")),
        new ModelSpec.InputVideoLimits(
            file.decimal(id, "input-video.min-each"),
            file.decimal(id, "input-video.max-each"),
            file.decimal(id, "input-video.max-total"),
            file.decimal(id, "input-video.tolerance")),
        new ModelSpec.PromptLimits(
            file.whole(id, "prompt.words"), file.whole(id, "prompt.han-characters")),
        file.positive(id, "frames-per-second"),
        frameSizes(file, id),
        certainties(file, id));
  }

  private static Map<Resolution, Map<AspectRatio, ModelSpec.FrameSize>> frameSizes(
      SettingsFile file, String id) {
    Map<Resolution, Map<AspectRatio, ModelSpec.FrameSize>> sizes = new LinkedHashMap<>();
    file.group(id, "frame-size.")
        .forEach(
            (resolution, list) -> {
              Map<AspectRatio, ModelSpec.FrameSize> byRatio = new LinkedHashMap<>();
              for (String entry : SettingsFile.split(list)) {
                String[] parts = entry.split("[ x]+");
                if (!entry.matches("\\S+ +\\d{1,5}x\\d{1,5}")) {
                  throw file.bad(
                      id + ".frame-size." + resolution,
                      entry,
                      "a picture size such as 16:9 1280x720");
                }
                byRatio.put(
                    new AspectRatio(parts[0]),
                    new ModelSpec.FrameSize(
                        Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
              }
              sizes.put(new Resolution(resolution), byRatio);
            });
    return sizes;
  }

  private static Map<Rule, Certainty> certainties(SettingsFile file, String id) {
    Map<Rule, Certainty> certainties = new EnumMap<>(Rule.class);
    file.group(id, "rule.")
        .forEach(
            (code, word) -> {
              String key = id + ".rule." + code;
              Rule rule = Rule.ofCode(code).orElseThrow(() -> file.bad(key, word, "a known rule"));
              if (rule.isFirm()) {
                throw file.bad(key, word, "no such line: this rule holds for every model");
              }
              certainties.put(rule, file.word(key, word, Certainty.values()));
            });
    return certainties;
  }
}
