package io.github.seedance4j.request;

import static io.github.seedance4j.request.MediaRole.FIRST_FRAME;
import static io.github.seedance4j.request.MediaRole.LAST_FRAME;
import static io.github.seedance4j.request.MediaRole.REFERENCE_AUDIO;
import static io.github.seedance4j.request.MediaRole.REFERENCE_IMAGE;
import static io.github.seedance4j.request.MediaRole.REFERENCE_VIDEO;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one truth about what a request may hold: an ordered list of small policies over a draft and a
 * {@link ModelCatalog}. Every problem is reported at once. Thread-safe; judging takes microseconds
 * and never throws for what is in the draft.
 */
public final class RequestRules {

  /** One thing that is looked at; it reports whatever it finds. */
  private interface Policy {
    void check(Facts facts, Consumer<Finding> found);
  }

  private static final Pattern INLINE_PARAMETER =
      Pattern.compile(
          "(?<![^"
              + WhiteSpace.CLASS
              + "])--(?:dur|duration|rs|resolution|rt|ratio|fps|seed|wm|watermark|cf|camerafixed)"
              + "(?![\\p{L}\\p{Nd}_])");

  /** In the order of the table that the rules are written in; findings come in this order. */
  private static final List<Policy> POLICIES =
      List.of(
          RequestRules::prompt,
          RequestRules::duration,
          RequestRules::resolution,
          RequestRules::aspectRatio,
          RequestRules::urls,
          RequestRules::contentItems,
          RequestRules::counts,
          RequestRules::frames,
          RequestRules::mixes,
          RequestRules::declaredLengths,
          RequestRules::inputTotal,
          RequestRules::spelling,
          RequestRules::promptAdvice,
          RequestRules::extras);

  private final ModelCatalog catalog;

  private RequestRules(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  public static RequestRules of(ModelCatalog catalog) {
    return new RequestRules(Objects.requireNonNull(catalog, "catalog"));
  }

  /** Judges strictly. */
  public Verdict judge(GenerationDraft draft) {
    return judge(draft, Strictness.STRICT);
  }

  /**
   * Judges a draft. One that could not be read is reported for that alone; one whose model is not
   * known is judged by the limits of the catalogue's first model besides.
   */
  public Verdict judge(GenerationDraft draft, Strictness strictness) {
    if (!draft.problems().isEmpty()) {
      return new Verdict.Rejected(distinct(draft.problems().stream()), List.of());
    }
    List<Finding> found = new ArrayList<>();
    ModelSpec model = model(draft, found::add).orElse(catalog.first());
    Facts facts = Facts.of(draft, model);
    POLICIES.forEach(policy -> policy.check(facts, found::add));

    List<Finding> violations =
        distinct(found.stream().filter(finding -> rejects(model, finding.rule(), strictness)));
    List<Finding> advice =
        distinct(
            found.stream()
                .filter(finding -> !rejects(model, finding.rule(), strictness))
                .filter(finding -> model.certainty(finding.rule()) != Certainty.WAIVED));
    if (!violations.isEmpty()) {
      return new Verdict.Rejected(violations, advice);
    }
    return new Verdict.Accepted(
        new GenerationRequest(
            draft, model, facts.inputMode(), facts.count(REFERENCE_VIDEO), advice));
  }

  private static boolean rejects(ModelSpec model, Rule rule, Strictness strictness) {
    Certainty certainty = model.certainty(rule);
    return certainty == Certainty.STATED
        || (certainty == Certainty.ASSUMED && strictness == Strictness.STRICT);
  }

  /** Each entry once: of several values at one place, the first is shown. */
  private static List<Finding> distinct(Stream<Finding> findings) {
    Map<String, Finding> first = new LinkedHashMap<>();
    findings.forEach(finding -> first.putIfAbsent(finding.entry(), finding));
    return List.copyOf(first.values());
  }

  private Optional<ModelSpec> model(GenerationDraft draft, Consumer<Finding> found) {
    String known = String.join(", ", catalog.models().stream().map(ModelSpec::id).toList());
    String id = draft.model().orElse("");
    if (WhiteSpace.isBlank(id)) {
      found.accept(new Finding(Rule.MODEL_REQUIRED, "", null, known));
      return Optional.empty();
    }
    Optional<ModelSpec> model = catalog.find(id);
    if (model.isEmpty()) {
      found.accept(new Finding(Rule.MODEL_UNKNOWN, "", id, known));
    }
    return model;
  }

  private static void prompt(Facts facts, Consumer<Finding> found) {
    if (WhiteSpace.isBlank(facts.draft().prompt().orElse(""))) {
      found.accept(Finding.of(Rule.PROMPT_REQUIRED, ""));
    }
  }

  private static void duration(Facts facts, Consumer<Finding> found) {
    ModelSpec.DurationLimits limits = facts.model().duration();
    facts
        .draft()
        .duration()
        .ifPresent(
            seconds -> {
              if (seconds.compareTo(limits.min()) < 0 || seconds.compareTo(limits.max()) > 0) {
                String range = plain(limits.min()) + "–" + plain(limits.max());
                found.accept(new Finding(Rule.DURATION_OUT_OF_RANGE, "", plain(seconds), range));
              } else if (seconds.scale() > 0) {
                found.accept(new Finding(Rule.DURATION_NOT_WHOLE, "", plain(seconds), null));
              }
            });
  }

  private static void resolution(Facts facts, Consumer<Finding> found) {
    List<Resolution> known = facts.model().resolutions();
    facts
        .draft()
        .resolution()
        .filter(word -> !known.contains(new Resolution(word)))
        .ifPresent(word -> found.accept(notAmong(Rule.RESOLUTION_UNKNOWN, word, known)));
  }

  private static void aspectRatio(Facts facts, Consumer<Finding> found) {
    List<AspectRatio> known = facts.model().aspectRatios();
    facts
        .draft()
        .aspectRatio()
        .filter(word -> !known.contains(new AspectRatio(word)))
        .ifPresent(word -> found.accept(notAmong(Rule.ASPECT_RATIO_UNKNOWN, word, known)));
  }

  private static void urls(Facts facts, Consumer<Finding> found) {
    for (Facts.Medium medium : facts.media()) {
      Rule rule =
          switch (MediaUrl.of(medium.role().kind(), medium.url())) {
            case WEB -> null;
            case UNCONFIRMED -> Rule.URL_SCHEME_UNCONFIRMED;
            case VIDEO_DATA -> Rule.VIDEO_DATA_URI;
            case INVALID -> Rule.URL_INVALID;
          };
      if (rule != null) {
        found.accept(new Finding(rule, medium.path(), withoutUserInfo(medium.url()), null));
      }
    }
  }

  private static void contentItems(Facts facts, Consumer<Finding> found) {
    facts.itemFaults().forEach(found);
  }

  private static void counts(Facts facts, Consumer<Finding> found) {
    ModelSpec.MediaLimits limits = facts.model().media();
    atMost(limits.videos(), facts.count(REFERENCE_VIDEO), Rule.VIDEOS_TOO_MANY, found);
    atMost(limits.audios(), facts.count(REFERENCE_AUDIO), Rule.AUDIOS_TOO_MANY, found);
    atMost(limits.images(), facts.count(REFERENCE_IMAGE), Rule.IMAGES_TOO_MANY, found);
    atMost(limits.firstFrames(), facts.count(FIRST_FRAME), Rule.FIRST_FRAME_REPEATED, found);
    atMost(limits.lastFrames(), facts.count(LAST_FRAME), Rule.LAST_FRAME_REPEATED, found);
    atMost(limits.usualFiles(), facts.media().size(), Rule.MANY_FILES, found);
  }

  private static void frames(Facts facts, Consumer<Finding> found) {
    if (facts.count(LAST_FRAME) > 0 && facts.count(FIRST_FRAME) == 0) {
      found.accept(Finding.of(Rule.LAST_FRAME_WITHOUT_FIRST, ""));
    }
  }

  private static void mixes(Facts facts, Consumer<Finding> found) {
    if (facts.hasFrame() && facts.hasReference()) {
      found.accept(Finding.of(Rule.FRAMES_MIXED_WITH_REFERENCES, ""));
    }
    boolean onlyAudio =
        !facts.media().isEmpty() && facts.count(REFERENCE_AUDIO) == facts.media().size();
    if (onlyAudio) {
      found.accept(Finding.of(Rule.AUDIO_WITHOUT_VISUAL, ""));
    }
  }

  private static void declaredLengths(Facts facts, Consumer<Finding> found) {
    List<BigDecimal> each = facts.draft().videoDurations();
    Optional<BigDecimal> total = facts.draft().inputVideoDuration();
    boolean declared = !each.isEmpty() || total.isPresent();
    int videos = facts.count(REFERENCE_VIDEO);
    if (videos == 0) {
      if (declared) { // whatever else may be wrong with it
        found.accept(Finding.of(Rule.INPUT_DURATION_WITHOUT_VIDEO, ""));
      }
      return;
    }
    if (!declared) {
      found.accept(Finding.of(Rule.VIDEO_LENGTH_UNKNOWN, ""));
    }
    if (!each.isEmpty() && each.size() != videos) {
      found.accept(
          new Finding(
              Rule.VIDEO_DURATIONS_COUNT, "", String.valueOf(each.size()), String.valueOf(videos)));
    }
    for (int i = 0; i < each.size(); i++) {
      length(each.get(i), "video_durations[" + i + "]", facts.model().inputVideo(), found);
    }
    total
        .filter(seconds -> seconds.signum() <= 0)
        .ifPresent(seconds -> found.accept(notPositive("input_video_duration", seconds)));
    if (!each.isEmpty() && total.isPresent()) {
      BigDecimal sum = each.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      found.accept(
          sum.compareTo(total.get()) == 0
              ? Finding.of(Rule.VIDEO_DURATIONS_REDUNDANT, "")
              : new Finding(Rule.VIDEO_DURATIONS_CONFLICT, "", plain(total.get()), plain(sum)));
    }
  }

  private static void length(
      BigDecimal seconds, String path, ModelSpec.InputVideoLimits limits, Consumer<Finding> found) {
    if (seconds.signum() <= 0) {
      found.accept(notPositive(path, seconds));
    } else if (seconds.compareTo(limits.minEach()) < 0 || seconds.compareTo(limits.maxEach()) > 0) {
      String range = plain(limits.minEach()) + "–" + plain(limits.maxEach());
      found.accept(new Finding(Rule.VIDEO_LENGTH_UNUSUAL, "", plain(seconds), range));
    }
  }

  private static void inputTotal(Facts facts, Consumer<Finding> found) {
    ModelSpec.InputVideoLimits limits = facts.model().inputVideo();
    if (facts.count(REFERENCE_VIDEO) == 0) {
      return;
    }
    // both forms, since where they differ nobody knows which one is meant
    Stream.concat(
            GenerationRequest.declaredInput(facts.draft()).stream(),
            facts.draft().inputVideoDuration().stream())
        .max(BigDecimal::compareTo)
        .filter(seconds -> seconds.compareTo(limits.maxTotal()) > 0)
        .ifPresent(
            seconds ->
                found.accept(
                    new Finding(
                        seconds.compareTo(limits.hardTotal()) > 0
                            ? Rule.INPUT_VIDEO_TOO_LONG
                            : Rule.INPUT_VIDEO_NEAR_LIMIT,
                        "",
                        plain(seconds),
                        plain(limits.maxTotal()))));
  }

  private static void spelling(Facts facts, Consumer<Finding> found) {
    boolean flat = false;
    for (MediaKind kind : MediaKind.values()) {
      flat |= facts.hasFlat(kind);
      if (facts.draft().url(kind).isPresent() && !facts.draft().urls(kind).isEmpty()) {
        found.accept(Finding.of(Rule.SINGULAR_AND_PLURAL_MIXED, ""));
      }
    }
    if (flat && !facts.draft().content().isEmpty()) {
      found.accept(Finding.of(Rule.FLAT_AND_CONTENT_MIXED, ""));
    }
  }

  private static void promptAdvice(Facts facts, Consumer<Finding> found) {
    String prompt = facts.draft().prompt().orElse("");
    ModelSpec.PromptLimits limits = facts.model().prompt();
    if (INLINE_PARAMETER.matcher(prompt).find()) {
      found.accept(Finding.of(Rule.PROMPT_INLINE_PARAMETER, ""));
    }
    long han = prompt.chars().filter(c -> c >= 0x4E00 && c <= 0x9FFF).count();
    if (han > limits.hanCharacters() || WhiteSpace.hasMoreWordsThan(limits.words(), prompt)) {
      found.accept(Finding.of(Rule.PROMPT_LONG, ""));
    }
  }

  private static void extras(Facts facts, Consumer<Finding> found) {
    facts
        .draft()
        .extras()
        .keySet()
        .forEach(name -> found.accept(Finding.of(Rule.FIELD_UNCONFIRMED, name)));
  }

  private static void atMost(int limit, int count, Rule rule, Consumer<Finding> found) {
    if (count > limit) {
      found.accept(new Finding(rule, "", String.valueOf(count), String.valueOf(limit)));
    }
  }

  private static Finding notAmong(Rule rule, String given, List<?> known) {
    String list = String.join(", ", known.stream().map(Object::toString).toList());
    return new Finding(rule, "", given, list);
  }

  private static Finding notPositive(String path, BigDecimal seconds) {
    return new Finding(Rule.INPUT_DURATION_NOT_POSITIVE, path, plain(seconds), null);
  }

  /** There may be a password before the host; a message must not repeat it. */
  private static String withoutUserInfo(String url) {
    int at = url.lastIndexOf('@');
    return at < 0 ? url : "…" + url.substring(at);
  }

  private static String plain(BigDecimal number) {
    return number.toPlainString();
  }
}
