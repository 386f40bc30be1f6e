package io.github.seedance4j.request;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was learnt of a provider's models, with its source, and corrects their entries by it.
 * Every refusal names the path of what is wrong.
 */
final class ObservedFacts {

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");
  private static final int MOST_FRAMES_PER_SECOND = 240;

  private ObservedFacts() {}

  /** Those models, corrected by the part {@code catalogue} of that tree. */
  static Map<String, ModelSpec> applied(Map<String, ModelSpec> models, Map<String, ?> tree) {
    Map<String, ?> catalogue = object("catalogue", tree.get("catalogue"));
    Map<String, ModelSpec> corrected = new LinkedHashMap<>(models);
    for (Map.Entry<String, ?> part : catalogue.entrySet()) {
      String path = "catalogue." + part.getKey();
      switch (part.getKey()) {
        case "note" -> text(path, part.getValue());
        case "models" ->
            object(path, part.getValue())
                .forEach(
                    (id, facts) ->
                        corrected.put(id, model(path + "." + id, models.get(id), facts)));
        default -> throw bad(path, "no part of a catalogue's facts: models, note");
      }
    }
    return corrected;
  }

  private static ModelSpec model(String path, @Nullable ModelSpec model, @Nullable Object facts) {
    if (model == null) {
      throw bad(path, "no model of this catalogue");
    }
    Map<Rule, Certainty> certainties = new EnumMap<>(Rule.class);
    certainties.putAll(model.certainties());
    Map<Resolution, Map<AspectRatio, ModelSpec.FrameSize>> sizes =
        new HashMap<>(model.frameSizes());
    int framesPerSecond = model.framesPerSecond();
    for (Map.Entry<String, ?> part : object(path, facts).entrySet()) {
      String at = path + "." + part.getKey();
      Object value = part.getValue();
      switch (part.getKey()) {
        case "rules" ->
            object(at, value)
                .forEach(
                    (code, fact) -> certainties.put(rule(at, code), certainty(at, code, fact)));
        case "frame_sizes" ->
            object(at, value)
                .forEach(
                    (word, byRatio) -> {
                      Resolution resolution = new Resolution(word);
                      if (!model.resolutions().contains(resolution)) {
                        throw bad(at + "." + word, "no resolution of this model");
                      }
                      sizes.put(
                          resolution,
                          sizes(at + "." + word, model, sizes.get(resolution), byRatio));
                    });
        case "frames_per_second" -> framesPerSecond = framesPerSecond(at, value);
        default -> throw bad(at, "not rules, frame_sizes or frames_per_second");
      }
    }
    return model.with(framesPerSecond, sizes, certainties);
  }

  private static Rule rule(String path, String code) {
    Rule rule = Rule.ofCode(code).orElseThrow(() -> bad(path + "." + code, "no known rule"));
    if (rule.isFirm()) {
      throw bad(path + "." + code, "this rule holds for every model");
    }
    return rule;
  }

  private static Certainty certainty(String path, String code, @Nullable Object fact) {
    String at = path + "." + code;
    String word = text(at + ".certainty", sourced(at, fact, "certainty"));
    for (Certainty each : Certainty.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    throw bad(at + ".certainty", "stated, assumed, advice or waived, not '" + word + "'");
  }

  private static Map<AspectRatio, ModelSpec.FrameSize> sizes(
      String path,
      ModelSpec model,
      @Nullable Map<AspectRatio, ModelSpec.FrameSize> before,
      @Nullable Object byRatio) {
    Map<AspectRatio, ModelSpec.FrameSize> sizes = new HashMap<>(before == null ? Map.of() : before);
    object(path, byRatio)
        .forEach(
            (word, fact) -> {
              String at = path + "." + word;
              AspectRatio ratio = new AspectRatio(word);
              if (!model.aspectRatios().contains(ratio)) {
                throw bad(at, "no aspect ratio of this model");
              }
              String size = text(at + ".size", sourced(at, fact, "size"));
              Matcher matcher = SIZE.matcher(size);
              if (!matcher.matches()) {
                throw bad(at + ".size", "a picture size such as 1280x720, not '" + size + "'");
              }
              sizes.put(
                  ratio,
                  new ModelSpec.FrameSize(
                      Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
            });
    return sizes;
  }

  private static int framesPerSecond(String path, @Nullable Object fact) {
    String at = path + ".value";
    Object value = sourced(path, fact, "value");
    // by its text: whatever number type the JSON library has, and never a power of ten written out
    if (value instanceof Number && value.toString().matches("[0-9]{1,3}")) {
      int frames = Integer.parseInt(value.toString());
      if (frames >= 1 && frames <= MOST_FRAMES_PER_SECOND) {
        return frames;
      }
    }
    throw bad(at, "a whole number from 1 to " + MOST_FRAMES_PER_SECOND);
  }

  /** The one value of a fact that also says where it is from. */
  private static @Nullable Object sourced(String path, @Nullable Object fact, String name) {
    Map<String, ?> fields = object(path, fact);
    if (text(path + ".source", fields.get("source")).isBlank()) {
      throw bad(path + ".source", "where this is known from");
    }
    for (String field : fields.keySet()) {
      if (!field.equals(name) && !field.equals("source")) {
        throw bad(path + "." + field, "not " + name + " or source");
      }
    }
    return fields.get(name);
  }

  @SuppressWarnings("unchecked") // the keys are looked at
  private static Map<String, ?> object(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map
        && map.keySet().stream().allMatch(String.class::isInstance)) {
      return (Map<String, ?>) map;
    }
    throw bad(path, "an object");
  }

  private static String text(String path, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw bad(path, "a text");
  }

  private static IllegalArgumentException bad(String path, String wanted) {
    return new IllegalArgumentException("facts: " + path + ": " + wanted);
  }
}
