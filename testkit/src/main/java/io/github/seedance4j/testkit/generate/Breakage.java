package io.github.seedance4j.testkit.generate;

import static java.util.Map.entry;

import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.MediaKind;
import io.github.seedance4j.request.MediaRole;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.request.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Breaks one rule in a tree that is valid and has no media. */
interface Breakage {

  /** How each rule is broken. */
  Map<Rule, Breakage> RULES =
      Collections.unmodifiableMap(
          new EnumMap<>(
              Map.ofEntries(
                  entry(Rule.FIELD_REPEATED, Breakage::fieldRepeated),
                  entry(Rule.FIELD_UNKNOWN, Breakage::fieldUnknown),
                  entry(Rule.FIELD_TYPE, Breakage::fieldType),
                  entry(Rule.NUMBER_UNUSABLE, Breakage::numberUnusable),
                  entry(Rule.MODEL_REQUIRED, oneOf("model", null, "", " ", "\u3000\t")),
                  entry(Rule.MODEL_UNKNOWN, oneOf("model", "doubao-seedance-9", "x", "model ")),
                  entry(Rule.PROMPT_REQUIRED, oneOf("prompt", null, "", " \n", "\u00a0")),
                  entry(Rule.DURATION_OUT_OF_RANGE, Breakage::durationOutOfRange),
                  entry(Rule.DURATION_NOT_WHOLE, Breakage::durationNotWhole),
                  entry(Rule.RESOLUTION_UNKNOWN, Breakage::resolutionUnknown),
                  entry(Rule.ASPECT_RATIO_UNKNOWN, Breakage::aspectRatioUnknown),
                  entry(Rule.URL_INVALID, Breakage::urlInvalid),
                  entry(Rule.VIDEO_DATA_URI, Breakage::videoDataUri),
                  entry(Rule.CONTENT_TYPE_UNKNOWN, Breakage::contentTypeUnknown),
                  entry(Rule.CONTENT_URL_REQUIRED, Breakage::contentUrlRequired),
                  entry(Rule.ROLE_UNKNOWN, Breakage::roleUnknown),
                  entry(Rule.ROLE_TYPE_MISMATCH, Breakage::roleTypeMismatch),
                  entry(Rule.ROLE_REQUIRED, Breakage::roleRequired),
                  entry(Rule.VIDEOS_TOO_MANY, tooMany(MediaKind.VIDEO)),
                  entry(Rule.AUDIOS_TOO_MANY, tooMany(MediaKind.AUDIO)),
                  entry(Rule.IMAGES_TOO_MANY, tooMany(MediaKind.IMAGE)),
                  entry(
                      Rule.FIRST_FRAME_REPEATED,
                      items(MediaRole.FIRST_FRAME, MediaRole.FIRST_FRAME)),
                  entry(
                      Rule.LAST_FRAME_REPEATED,
                      items(MediaRole.FIRST_FRAME, MediaRole.LAST_FRAME, MediaRole.LAST_FRAME)),
                  entry(Rule.LAST_FRAME_WITHOUT_FIRST, items(MediaRole.LAST_FRAME)),
                  entry(Rule.FRAMES_MIXED_WITH_REFERENCES, Breakage::framesMixed),
                  entry(Rule.AUDIO_WITHOUT_VISUAL, Breakage::audioWithoutVisual),
                  entry(Rule.VIDEO_DURATIONS_COUNT, Breakage::durationsCount),
                  entry(Rule.VIDEO_DURATIONS_CONFLICT, Breakage::durationsConflict),
                  entry(Rule.INPUT_DURATION_WITHOUT_VIDEO, Breakage::durationWithoutVideo),
                  entry(Rule.INPUT_DURATION_NOT_POSITIVE, Breakage::durationNotPositive),
                  entry(Rule.INPUT_VIDEO_TOO_LONG, Breakage::inputTooLong))));

  void apply(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree);

  private static Breakage oneOf(String field, @Nullable Object... values) {
    return (dice, model, tree) -> tree.put(field, values[dice.below(values.length)]);
  }

  private static void fieldRepeated(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    tree.put(dice.of("model", "prompt", "duration", "content"), GenerationDraft.REPEATED);
  }

  private static void fieldUnknown(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    tree.put(
        dice.of("promt", "Duration", "seed", "image_url "), dice.of("x", new BigDecimal(42), true));
  }

  private static void fieldType(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    switch (dice.below(6)) {
      case 0 -> tree.put(dice.of("model", "prompt", "resolution", "image_url"), new BigDecimal(7));
      case 1 -> tree.put(dice.of("duration", "input_video_duration"), dice.of("5", true, Map.of()));
      case 2 -> tree.put(dice.of("watermark", "generate_audio"), dice.of("true", BigDecimal.ONE));
      case 3 ->
          tree.put(
              dice.of("image_urls", "video_durations", "content"), dice.of("x", BigDecimal.ONE));
      case 4 -> tree.put("audio_urls", Arrays.asList("https://a.example/", null));
      default -> tree.put("content", List.of(dice.of("text", BigDecimal.TEN, List.of())));
    }
  }

  private static void numberUnusable(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    BigDecimal number =
        new BigDecimal(dice.of("5.0001", "1000000", "1e9", "1e-99999999", "1e99999999", "-1e7"));
    if (dice.oneIn(2)) {
      tree.put(dice.of("duration", "input_video_duration"), number);
    } else {
      tree.put("video_durations", List.of(new BigDecimal(5), number));
    }
  }

  private static void durationOutOfRange(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    BigDecimal little = new BigDecimal(dice.of("0.001", "1", "3", "100"));
    tree.put(
        "duration",
        dice.oneIn(2)
            ? model.duration().min().subtract(little)
            : model.duration().max().add(little));
  }

  private static void durationNotWhole(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    BigDecimal fraction = new BigDecimal(dice.of("0.5", "0.001", "0.999", "0.25"));
    int most = model.duration().max().intValueExact() - 1;
    int whole = dice.between(model.duration().min().intValueExact(), most);
    tree.put("duration", new BigDecimal(whole).add(fraction));
  }

  private static void resolutionUnknown(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    String known = dice.of(model.resolutions().stream().map(Resolution::value).toList());
    tree.put("resolution", dice.of("", "8k", known + " ", known.toUpperCase(Locale.ROOT)));
  }

  private static void aspectRatioUnknown(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    String known = dice.of(model.aspectRatios().stream().map(AspectRatio::value).toList());
    tree.put("aspect_ratio", dice.of("", "2:1", "16x9", " " + known));
  }

  private static void urlInvalid(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    MediaKind kind = dice.of(MediaKind.values());
    String url = MediaUrls.bad(dice, kind);
    switch (dice.below(3)) {
      case 0 -> tree.put(kind.singular(), url);
      case 1 -> tree.put(kind.plural(), List.of(MediaUrls.good(dice, kind), url));
      default ->
          tree.put(
              "content",
              List.of(DraftMedia.item(kind, DraftMedia.referenceOf(kind).wireName(), url)));
    }
  }

  private static void videoDataUri(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    tree.put("video_url", dice.of("data:video/mp4;base64,AAAA", "DATA:,", "data:image/png;x"));
  }

  private static void contentTypeUnknown(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> item = anyReference(dice, model);
    item.put("type", dice.of("text", "image", "", "IMAGE_URL"));
    content(tree, item);
  }

  private static void contentUrlRequired(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> item = anyReference(dice, model);
    item.keySet().removeIf(field -> !field.equals("type") && !field.equals("role"));
    content(tree, item);
  }

  private static void roleUnknown(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> item = anyReference(dice, model);
    item.put("role", dice.of("cover", "", "First_Frame", "reference_image "));
    content(tree, item);
  }

  private static void roleTypeMismatch(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    MediaRole right = dice.of(MediaRole.values());
    List<MediaRole> wrong = new ArrayList<>(List.of(MediaRole.values()));
    wrong.removeIf(role -> role.kind() == right.kind());
    Map<String, @Nullable Object> item = new DraftMedia(dice, model).item(right);
    item.put("role", dice.of(wrong).wireName());
    content(tree, item);
  }

  private static void roleRequired(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> item =
        new DraftMedia(dice, model).item(MediaRole.REFERENCE_IMAGE);
    item.remove("role");
    content(tree, item, anyReference(dice, model));
  }

  private static Breakage tooMany(MediaKind kind) {
    return (dice, model, tree) -> {
      int limit =
          switch (kind) {
            case IMAGE -> model.media().images();
            case VIDEO -> model.media().videos();
            case AUDIO -> model.media().audios();
          };
      new DraftMedia(dice, model).add(tree, kind, limit + dice.between(1, 3));
    };
  }

  private static Breakage items(MediaRole... roles) {
    return (dice, model, tree) -> {
      DraftMedia media = new DraftMedia(dice, model);
      List<Object> items = new ArrayList<>();
      for (MediaRole role : roles) {
        items.add(media.item(role));
      }
      Collections.shuffle(items, dice.random());
      tree.put("content", items);
    };
  }

  private static void framesMixed(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    content(tree, new DraftMedia(dice, model).item(MediaRole.FIRST_FRAME));
    MediaKind kind = dice.of(MediaKind.values());
    tree.put(kind.singular(), MediaUrls.good(dice, kind));
  }

  private static void audioWithoutVisual(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    new DraftMedia(dice, model).add(tree, MediaKind.AUDIO, dice.between(1, model.media().audios()));
  }

  private static void durationsCount(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    int videos = videos(dice, model, tree);
    int count = videos > 1 && dice.oneIn(2) ? videos - 1 : videos + 1;
    tree.put("video_durations", DraftMedia.split(new BigDecimal(6), count));
  }

  private static void durationsConflict(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    tree.put("video_durations", DraftMedia.split(new BigDecimal(9), videos(dice, model, tree)));
    tree.put("input_video_duration", new BigDecimal(dice.of("8.999", "9.001", "3", "15")));
  }

  private static void durationWithoutVideo(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    if (dice.oneIn(2)) {
      tree.put("image_url", MediaUrls.good(dice, MediaKind.IMAGE));
    }
    BigDecimal length = new BigDecimal(dice.of("5", "0", "-1"));
    if (dice.oneIn(2)) {
      tree.put("video_durations", List.of(length));
    } else {
      tree.put("input_video_duration", length);
    }
  }

  private static void durationNotPositive(
      Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    int videos = videos(dice, model, tree);
    BigDecimal none = new BigDecimal(dice.of("0", "-1", "-0.001", "0.000"));
    if (dice.oneIn(2)) {
      tree.put("input_video_duration", none);
    } else {
      List<BigDecimal> each = DraftMedia.split(new BigDecimal(6), videos);
      each.set(dice.below(videos), none);
      tree.put("video_durations", each);
    }
  }

  private static void inputTooLong(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    int videos = videos(dice, model, tree);
    BigDecimal total =
        model.inputVideo().hardTotal().add(new BigDecimal(dice.of("0.001", "0.1", "1", "999")));
    if (dice.oneIn(2)) {
      tree.put("input_video_duration", total);
    } else {
      tree.put("video_durations", DraftMedia.split(total, videos));
    }
  }

  private static int videos(Dice dice, ModelSpec model, Map<String, @Nullable Object> tree) {
    int videos = dice.between(1, model.media().videos());
    new DraftMedia(dice, model).add(tree, MediaKind.VIDEO, videos);
    return videos;
  }

  private static Map<String, @Nullable Object> anyReference(Dice dice, ModelSpec model) {
    return new DraftMedia(dice, model).item(DraftMedia.referenceOf(dice.of(MediaKind.values())));
  }

  private static void content(Map<String, @Nullable Object> tree, Object... items) {
    tree.put("content", List.of(items));
  }
}
