package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.request.MediaRole;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Strictness;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags that say what to make: one for each field of the guide, and the wire's own JSON. */
final class RequestFlags {

  static final String USUAL_MODEL = "standard";

  @Parameters(
      arity = "0..*",
      paramLabel = "PROMPT",
      description = "What to show, in quotes; - reads it from standard input.")
  List<String> prompts = List.of();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "standard, fast, or a model's id. Default: " + USUAL_MODEL + ".")
  @Nullable String model;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "SECONDS",
      converter = Values.Decimal.class,
      description = "Length of the clip. Default: 5.")
  @Nullable BigDecimal duration;

  @Option(
      names = {"-r", "--resolution"},
      paramLabel = "RES",
      description = "480p or 720p; --480p and --720p for short. Default: 720p.")
  @Nullable String resolution;

  @Option(names = "--480p", hidden = true)
  boolean p480;

  @Option(names = "--720p", hidden = true)
  boolean p720;

  @Option(
      names = {"-a", "--aspect-ratio", "--ratio"},
      paramLabel = "RATIO",
      description = "adaptive, 16:9, 9:16, 1:1, 4:3, 3:4 or 21:9. Default: adaptive.")
  @Nullable String aspectRatio;

  @Option(
      names = "--image",
      paramLabel = "URL",
      description = "A picture, as the guide's image_url: the provider decides what it is for.")
  List<String> images = List.of();

  @Option(names = "--first-frame", paramLabel = "URL", description = "The picture to begin with.")
  List<String> firstFrames = List.of();

  @Option(names = "--last-frame", paramLabel = "URL", description = "The picture to end with.")
  List<String> lastFrames = List.of();

  @Option(
      names = "--reference-image",
      paramLabel = "URL",
      description = "A picture to go by: \"image 1\", \"image 2\" in the prompt.")
  List<String> referenceImages = List.of();

  @Option(
      names = "--video",
      paramLabel = "URL",
      description = "A video to go by; its length is billed.")
  List<String> videos = List.of();

  @Option(
      names = "--video-seconds",
      paramLabel = "N,…",
      split = ",",
      converter = Values.Decimal.class,
      description = "The length of each --video, so that the price is exact.")
  List<BigDecimal> videoSeconds = List.of();

  @Option(
      names = "--input-video-seconds",
      paramLabel = "N",
      converter = Values.Decimal.class,
      description = "The same for all of them together.")
  @Nullable BigDecimal inputVideoSeconds;

  @Option(names = "--audio", paramLabel = "URL", description = "Music or sound to go by.")
  List<String> audios = List.of();

  @Option(names = "--no-audio", description = "A silent clip.")
  boolean noAudio;

  @Option(names = "--generate-audio", description = "A clip with sound. The default.")
  boolean generateAudio;

  @Option(
      names = "--watermark",
      negatable = true,
      description = "Whether to mark the clip as made by AI. Default: no.")
  @Nullable Boolean watermark;

  @Option(
      names = "--request",
      paramLabel = "FILE",
      description =
          "The request as the provider's JSON; - reads standard input. Flags win over it.")
  @Nullable String request;

  @Option(
      names = "--extra",
      paramLabel = "NAME=VALUE",
      description =
          "A field outside the guide, sent as it is; NAME alone lets the file's own one pass.")
  List<String> extras = List.of();

  @Option(
      names = "--relaxed",
      description = "Send what only the model's maker forbids; see the notes.")
  boolean relaxed;

  Strictness strictness() {
    return relaxed ? Strictness.RELAXED : Strictness.STRICT;
  }

  /** Whether anything says what to make. */
  boolean isAnySet() {
    return !fields(name -> name).isEmpty()
        || !prompts.isEmpty()
        || request != null
        || model != null;
  }

  /**
   * The draft that the flags and the file make together.
   *
   * @throws IllegalArgumentException if flags contradict each other or can't be read
   */
  GenerationDraft draft(Surroundings around, ModelCatalog catalog, Talk talk) {
    requireConsistent();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    if (request != null) {
      Json.Document document = Json.read(Sources.bytes(around, "--request", request));
      if (!(document.value() instanceof Map<?, ?> file)) {
        return document.draft();
      }
      file.forEach((key, value) -> tree.put(String.valueOf(key), value));
    }
    Map<String, Object> flags = fields(name -> id(catalog, name));
    if (!prompts.isEmpty()) {
      flags.put("prompt", prompt(around));
    }
    merge(tree, flags, talk);
    Set<String> allowed = addExtras(tree);
    return GenerationDraft.read(tree, allowed);
  }

  private void requireConsistent() {
    if (prompts.size() > 1) {
      throw new IllegalArgumentException(
          "the prompt is one argument: put it in quotes, such as "
              + Shell.quote(String.join(" ", prompts)));
    }
    if (prompts.contains("-") && "-".equals(request)) {
      throw new IllegalArgumentException("standard input can't be both the prompt and --request");
    }
    int resolutions = (resolution == null ? 0 : 1) + (p480 ? 1 : 0) + (p720 ? 1 : 0);
    if (resolutions > 1) {
      throw new IllegalArgumentException("give one of --resolution, --480p and --720p");
    }
    if (noAudio && generateAudio) {
      throw new IllegalArgumentException("--no-audio and --generate-audio contradict each other");
    }
  }

  /** What the flags say, in the wire's names. */
  private Map<String, Object> fields(java.util.function.UnaryOperator<String> modelId) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (model != null || request == null) {
      // a file that names no model is at fault, and no price may be made up for it
      fields.put("model", modelId.apply(model == null ? USUAL_MODEL : model));
    }
    put(fields, "duration", duration);
    put(fields, "resolution", p480 ? "480p" : p720 ? "720p" : resolution);
    put(fields, "aspect_ratio", aspectRatio);
    boolean roles = !firstFrames.isEmpty() || !lastFrames.isEmpty() || !referenceImages.isEmpty();
    List<Object> content = new ArrayList<>();
    items(content, MediaRole.FIRST_FRAME, firstFrames);
    items(content, MediaRole.LAST_FRAME, lastFrames);
    items(content, MediaRole.REFERENCE_IMAGE, referenceImages);
    flat(fields, MediaKind.IMAGE, images);
    if (roles) {
      items(content, MediaRole.REFERENCE_VIDEO, videos);
      items(content, MediaRole.REFERENCE_AUDIO, audios);
    } else {
      flat(fields, MediaKind.VIDEO, videos);
      flat(fields, MediaKind.AUDIO, audios);
    }
    put(fields, "video_durations", videoSeconds.isEmpty() ? null : videoSeconds);
    put(fields, "input_video_duration", inputVideoSeconds);
    put(fields, "generate_audio", noAudio ? Boolean.FALSE : generateAudio ? true : null);
    put(fields, "watermark", watermark);
    put(fields, "content", content.isEmpty() ? null : content);
    return fields;
  }

  private static String id(ModelCatalog catalog, String name) {
    return catalog.findByName(name).map(ModelSpec::id).orElse(name);
  }

  /** Flags win over the file, and say so; media are given in one place or the other. */
  private void merge(Map<String, @Nullable Object> tree, Map<String, Object> flags, Talk talk) {
    Set<String> media = new HashSet<>(Set.of("content", "video_durations", "input_video_duration"));
    for (MediaKind kind : MediaKind.values()) {
      media.add(kind.singular());
      media.add(kind.plural());
    }
    List<String> inFile = tree.keySet().stream().filter(media::contains).sorted().toList();
    boolean inFlags = flags.keySet().stream().anyMatch(media::contains);
    if (inFlags && !inFile.isEmpty()) {
      throw new IllegalArgumentException(
          "--request "
              + request
              + " has media already ("
              + String.join(", ", inFile)
              + "); give media there or as flags, not both");
    }
    flags.forEach(
        (name, value) -> {
          Object before = tree.put(name, value);
          if (before != null && !before.equals(value)) {
            talk.note(name + " is " + value + ", instead of " + before + " in " + request);
          }
        });
  }

  private Set<String> addExtras(Map<String, @Nullable Object> tree) {
    Set<String> names = new HashSet<>();
    for (String extra : extras) {
      int equals = extra.indexOf('=');
      String name = equals < 0 ? extra : extra.substring(0, equals);
      if (name.isBlank() || (equals < 0 && !tree.containsKey(name))) {
        throw new IllegalArgumentException("--extra " + extra + ": write NAME=VALUE");
      }
      if (!names.add(name)) {
        throw new IllegalArgumentException("--extra " + name + " is there twice; keep one of them");
      }
      if (equals >= 0) {
        tree.put(name, extraValue(extra.substring(equals + 1)));
      }
    }
    return names;
  }

  /** JSON where it is some, else the text itself. */
  private static @Nullable Object extraValue(String text) {
    Json.Document document = Json.read(text.getBytes(StandardCharsets.UTF_8));
    return document.problem() == null ? document.value() : text;
  }

  private String prompt(Surroundings around) {
    String prompt = prompts.get(0);
    if (prompt.equals("-")) {
      return Sources.text(around, "the prompt").strip();
    }
    if (prompt.indexOf('\uFFFD') >= 0) {
      throw new IllegalArgumentException(
          "the prompt has characters that your locale can't carry; set LC_ALL=C.UTF-8, or give it"
              + " on standard input: … | "
              + around.program()
              + " generate -");
    }
    return prompt;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static void flat(Map<String, Object> fields, MediaKind kind, List<String> urls) {
    if (urls.size() == 1) {
      fields.put(kind.singular(), urls.get(0));
    } else if (!urls.isEmpty()) {
      fields.put(kind.plural(), urls);
    }
  }

  private static void items(List<Object> content, MediaRole role, List<String> urls) {
    for (String url : urls) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("type", role.kind().singular());
      item.put(role.kind().singular(), Map.of("url", url));
      item.put("role", role.wireName());
      content.add(item);
    }
  }
}
