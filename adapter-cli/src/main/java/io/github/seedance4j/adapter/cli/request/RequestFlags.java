package io.github.seedance4j.adapter.cli.request;

import io.github.seedance4j.adapter.cli.command.Flags;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.Sidecar;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.settings.Setting;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.FieldNames;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.adapter.cli.text.Shell;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.request.MediaRole;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Strictness;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The flags that say what to make: one for each field of the guide, and the wire's own JSON. */
public final class RequestFlags {

  public static final String USUAL_MODEL = "standard";
  public static final String USUAL_RESOLUTION = "720p";

  private static final Set<String> LENGTHS = Set.of("video_durations", "input_video_duration");

  private final String command;
  private final Flag<List<String>> prompts;
  private final Flag<String> model;
  private final Flag<BigDecimal> duration;
  private final Flag<String> resolution;
  private final Flag<Boolean> p480;
  private final Flag<Boolean> p720;
  private final Flag<String> aspectRatio;
  private final Flag<List<String>> images;
  private final Flag<List<String>> firstFrames;
  private final Flag<List<String>> lastFrames;
  private final Flag<List<String>> referenceImages;
  private final Flag<List<String>> videos;
  private final Flag<List<BigDecimal>> videoSeconds;
  private final Flag<BigDecimal> inputVideoSeconds;
  private final Flag<List<String>> audios;
  private final Flag<Boolean> noAudio;
  private final Flag<Boolean> generateAudio;
  private final Flag<Boolean> watermark;
  private final @Nullable Flag<String> request;
  private final Flag<List<String>> extras;
  private final Flag<Boolean> relaxed;
  private boolean isOfRelaxed;

  /** Of a new request. */
  public RequestFlags(Flags flags) {
    this(flags, false);
  }

  /** Of one that changes what a job asked for, which is named before the prompt. */
  public static RequestFlags ofChange(Flags flags) {
    return new RequestFlags(flags, true);
  }

  private RequestFlags(Flags flags, boolean change) {
    command = flags.command();
    prompts =
        flags.arguments(
            change ? 1 : 0,
            change ? "[PROMPT]" : "PROMPT",
            change
                ? "Another prompt, in quotes; - reads it from standard input."
                : "What to show, in quotes; - reads it from standard input.");
    model =
        flags.word(
            List.of("standard", "fast"),
            "MODEL",
            "standard, fast, or a model's id." + usually(change, USUAL_MODEL),
            "-m",
            "--model");
    duration =
        flags.converted(
            BigDecimal.class,
            new Values.Length(),
            "SECONDS",
            "Length of the clip." + usually(change, "5"),
            "-d",
            "--duration");
    resolution =
        flags.word(
            List.of("480p", "720p"),
            "RES",
            "480p or 720p; --480p and --720p for short." + usually(change, USUAL_RESOLUTION),
            "-r",
            "--resolution");
    p480 = flags.hidden("--480p");
    p720 = flags.hidden("--720p");
    aspectRatio =
        flags.word(
            List.of("adaptive", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9"),
            "RATIO",
            "adaptive, 16:9, 9:16, 1:1, 4:3, 3:4 or 21:9." + usually(change, "adaptive"),
            "-a",
            "--aspect-ratio",
            "--ratio");
    images =
        flags.texts(
            "URL",
            "A picture, as the guide's image_url: the provider decides what it is for.",
            "--image");
    firstFrames =
        flags.texts(
            "URL",
            "The picture to begin with; here and below an address or a file of yours.",
            "--first-frame");
    lastFrames = flags.texts("URL", "The picture to end with.", "--last-frame");
    referenceImages =
        flags.texts(
            "URL",
            "A picture to go by: \"image 1\", \"image 2\" in the prompt.",
            "--reference-image");
    videos =
        flags.texts(
            "URL",
            "A video to go by, or job:ID, what that made; its length is billed, and read from a"
                + " file.",
            "--video");
    videoSeconds =
        flags.decimals(
            "N,N",
            "The length of each --video that is an address, so that the price is exact.",
            "--video-seconds");
    inputVideoSeconds =
        flags.decimal("N", "The same for all of them together.", "--input-video-seconds");
    audios = flags.texts("URL", "Music or sound to go by.", "--audio");
    noAudio = flags.toggle("A silent clip.", "--no-audio");
    generateAudio = flags.toggle("A clip with sound." + usually(change, "yes"), "--generate-audio");
    watermark =
        flags.choice(
            "Whether to mark the clip as made by AI." + usually(change, "no"), "--watermark");
    request =
        change
            ? null
            : flags.text(
                "FILE",
                "The request as the provider's JSON, or the .json beside a clip; - reads standard"
                    + " input. Flags win over it.",
                "--request");
    extras =
        flags.texts(
            "NAME=VALUE",
            "A field outside the guide, sent as it is; NAME alone lets the file's own one pass.",
            "--extra");
    relaxed =
        flags.toggle(
            "Advise against what only the model's maker forbids, instead of refusing it.",
            "--relaxed");
  }

  /** What holds where a flag isn't given: of a job that is changed, what the job had. */
  private static String usually(boolean change, String usual) {
    return " Default: " + (change ? "as the job has it." : usual + ".");
  }

  private @Nullable String source() {
    return request == null ? null : request.value();
  }

  /** To be asked for once the draft was: a clip's sidecar says how it was judged. */
  public Strictness strictness() {
    return relaxed.or(false) || isOfRelaxed ? Strictness.RELAXED : Strictness.STRICT;
  }

  /** Whether anything says what to make. */
  public boolean isAnySet() {
    return model.value() != null
        || source() != null
        || !prompts.or(List.of()).isEmpty()
        || !extras.or(List.of()).isEmpty()
        || !settings().isEmpty();
  }

  /**
   * The draft that the flags and the file make together.
   *
   * @throws IllegalArgumentException if flags contradict each other or can't be read
   */
  public GenerationDraft draft(
      Surroundings around, ModelCatalog catalog, Talk talk, EarlierClips clips) {
    requireConsistent();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    Set<String> passed = new HashSet<>();
    String source = source();
    if (source != null) {
      Json.Document document = Json.read(Sources.bytes(around, "--request", source));
      if (!(document.value() instanceof Map<?, ?> file)) {
        throw new IllegalArgumentException(
            (source.equals(Sources.STANDARD_INPUT) ? "standard input" : source)
                + " "
                + Json.fault(document));
      }
      Map<?, ?> kept = Sidecar.request(file);
      isOfRelaxed = kept != null && Sidecar.isRelaxed(file);
      (kept == null ? file : kept).forEach((key, value) -> tree.put(String.valueOf(key), value));
      if (kept != null) {
        passed.addAll(Sidecar.extras(file));
        Sidecar.sayChanged(file, Sources.folder(around, source), talk);
      }
    }
    if (prompts.or(List.of()).isEmpty() && source == null && !hasMedia()) {
      throw new IllegalArgumentException(
          "give a prompt: "
              + Shell.quote(around.program())
              + " "
              + command
              + " \"a cat on a roof\"");
    }
    // a file that names no model is at fault, and no price may be made up for it
    Map<String, Object> flags = fields(source == null, around, catalog);
    if (source == null) {
      // a request in a file is whole, and means the same whoever sends it
      addSettings(flags, around, catalog);
    } else {
      requireOneOfMedia(tree, flags);
    }
    flags.forEach(
        (name, value) -> {
          Object before = tree.put(name, value);
          if (before != null && !before.equals(value)) {
            talk.note(name + " is " + value + ", instead of " + before + " in " + source);
          }
        });
    Path base = source == null ? around.directory() : Sources.folder(around, source);
    return read(tree, passed, base, clips);
  }

  /**
   * What a job asked for, but for what the flags say; media that they name take the place of all
   * that it had.
   *
   * @throws IllegalArgumentException if flags contradict each other or can't be read
   */
  public GenerationDraft changed(
      GenerationDraft before, Surroundings around, ModelCatalog catalog, EarlierClips clips) {
    requireConsistent();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(before.toMap());
    Set<String> passed = FieldNames.foreign(tree);
    if (hasMedia()) {
      tree.keySet().removeIf(RequestFlags::isMedia);
    } else if (videoSeconds.value() != null || inputVideoSeconds.value() != null) {
      tree.keySet().removeAll(LENGTHS);
    }
    tree.putAll(fields(false, around, catalog));
    return read(tree, passed, around.directory(), clips);
  }

  private GenerationDraft read(
      Map<String, @Nullable Object> tree, Set<String> passed, Path directory, EarlierClips clips) {
    Set<String> allowed = ExtraFields.add(tree, extras.or(List.of()));
    allowed.addAll(passed);
    return GenerationDraft.read(tree, allowed)
        .withUrls((path, kind, url) -> clips.address(directory, url));
  }

  /** Whether that field says what to go by. */
  private static boolean isMedia(String name) {
    for (MediaKind kind : MediaKind.values()) {
      if (name.equals(kind.singular()) || name.equals(kind.plural())) {
        return true;
      }
    }
    return name.equals("content") || LENGTHS.contains(name);
  }

  private boolean hasMedia() {
    return Stream.of(images, firstFrames, lastFrames, referenceImages, videos, audios)
        .anyMatch(flag -> !flag.or(List.of()).isEmpty());
  }

  /** Whether fields outside the guide are asked for. */
  public boolean hasExtras() {
    return !extras.or(List.of()).isEmpty();
  }

  private void requireConsistent() {
    List<String> words = prompts.or(List.of());
    if (words.size() > 1) {
      throw new IllegalArgumentException(
          "the prompt is one argument: put it in quotes, such as "
              + Shell.quote(String.join(" ", words)));
    }
    if (words.contains("-") && "-".equals(source())) {
      throw new IllegalArgumentException("standard input can't be both the prompt and --request");
    }
    int resolutions =
        (resolution.value() == null ? 0 : 1) + (p480.or(false) ? 1 : 0) + (p720.or(false) ? 1 : 0);
    if (resolutions > 1) {
      throw new IllegalArgumentException("give one of --resolution, --480p and --720p");
    }
    if (noAudio.or(false) && generateAudio.or(false)) {
      throw new IllegalArgumentException("--no-audio and --generate-audio contradict each other");
    }
  }

  /** What the flags say, in the wire's names. */
  private Map<String, Object> fields(boolean withModel, Surroundings around, ModelCatalog catalog) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (model.value() != null || withModel) {
      fields.put("model", id(catalog, model.or(USUAL_MODEL)));
    }
    List<String> prompt = prompts.or(List.of());
    put(fields, "prompt", prompt.isEmpty() ? null : prompt(around, prompt.get(0)));
    fields.putAll(settings());
    return fields;
  }

  private Map<String, Object> settings() {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "duration", duration.value());
    put(
        fields,
        "resolution",
        p480.or(false) ? "480p" : p720.or(false) ? "720p" : resolution.value());
    put(fields, "aspect_ratio", aspectRatio.value());
    List<Object> content = new ArrayList<>();
    items(content, MediaRole.FIRST_FRAME, firstFrames);
    items(content, MediaRole.LAST_FRAME, lastFrames);
    items(content, MediaRole.REFERENCE_IMAGE, referenceImages);
    flat(fields, MediaKind.IMAGE, images);
    if (content.isEmpty()) {
      flat(fields, MediaKind.VIDEO, videos);
      flat(fields, MediaKind.AUDIO, audios);
    } else {
      // beside roles these have one too, so that nothing is left to guess
      items(content, MediaRole.REFERENCE_VIDEO, videos);
      items(content, MediaRole.REFERENCE_AUDIO, audios);
    }
    put(fields, "video_durations", videoSeconds.value());
    put(fields, "input_video_duration", inputVideoSeconds.value());
    put(
        fields,
        "generate_audio",
        noAudio.or(false) ? Boolean.FALSE : generateAudio.or(false) ? Boolean.TRUE : null);
    put(fields, "watermark", watermark.value());
    put(fields, "content", content.isEmpty() ? null : content);
    return fields;
  }

  /** The flag that a field came from, as it was typed; empty where none said it. */
  public String written(String field, List<String> typed) {
    WrittenFlags written =
        new WrittenFlags()
            .add("model", model, model.value())
            .add("duration", duration, plain(duration.value()))
            .add("resolution", p480)
            .add("resolution", p720)
            .add("resolution", resolution, resolution.value())
            .add("aspect_ratio", aspectRatio, aspectRatio.value())
            .add("input_video_duration", inputVideoSeconds, plain(inputVideoSeconds.value()))
            .add("generate_audio", noAudio)
            .add("generate_audio", generateAudio);
    images(written).addAll("content", firstFrames).addAll("content", lastFrames);
    written.addAll("content", referenceImages).addAll("content", videos).addAll("content", audios);
    for (BigDecimal seconds : videoSeconds.or(List.of())) {
      written.add("video_durations", videoSeconds, plain(seconds));
    }
    if (videoSeconds.value() == null) { // read from these
      written.addAll("video_durations", videos);
    }
    return written.of(field, typed);
  }

  private WrittenFlags images(WrittenFlags written) {
    written.addAll(MediaKind.IMAGE.singular(), images).addAll(MediaKind.IMAGE.plural(), images);
    written.addAll(MediaKind.VIDEO.singular(), videos).addAll(MediaKind.VIDEO.plural(), videos);
    return written
        .addAll(MediaKind.AUDIO.singular(), audios)
        .addAll(MediaKind.AUDIO.plural(), audios);
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : QuoteText.seconds(number);
  }

  /** What the user set once, where no flag says otherwise. */
  private void addSettings(Map<String, Object> fields, Surroundings around, ModelCatalog catalog) {
    if (model.value() == null) {
      around
          .setting(Setting.MODEL)
          .ifPresent(value -> fields.put("model", id(catalog, value.text())));
    }
    around
        .setting(Setting.RESOLUTION)
        .ifPresent(value -> fields.putIfAbsent("resolution", value.text()));
  }

  private static String id(ModelCatalog catalog, String name) {
    return catalog
        .findByName(name)
        .or(() -> catalog.findByName(name.toLowerCase(Locale.ROOT)))
        .map(ModelSpec::id)
        .orElse(name);
  }

  /** Media are given in one place or the other, as their order has a meaning. */
  private void requireOneOfMedia(Map<String, ?> file, Map<String, ?> flags) {
    List<String> inFile = file.keySet().stream().filter(RequestFlags::isMedia).sorted().toList();
    if (!inFile.isEmpty() && flags.keySet().stream().anyMatch(RequestFlags::isMedia)) {
      throw new IllegalArgumentException(
          "--request "
              + source()
              + " has media already ("
              + String.join(", ", inFile)
              + "); give media there or as flags, not both");
    }
  }

  private static String prompt(Surroundings around, String prompt) {
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

  private static void flat(Map<String, Object> fields, MediaKind kind, Flag<List<String>> flag) {
    List<String> urls = flag.or(List.of());
    if (urls.size() == 1) {
      fields.put(kind.singular(), urls.get(0));
    } else if (!urls.isEmpty()) {
      fields.put(kind.plural(), urls);
    }
  }

  private static void items(List<Object> content, MediaRole role, Flag<List<String>> flag) {
    for (String url : flag.or(List.of())) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("type", role.kind().singular());
      item.put(role.kind().singular(), Map.of("url", url));
      item.put("role", role.wireName());
      content.add(item);
    }
  }
}
