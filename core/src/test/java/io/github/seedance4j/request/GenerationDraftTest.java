package io.github.seedance4j.request;

import static io.github.seedance4j.request.Drafts.AUDIO;
import static io.github.seedance4j.request.Drafts.IMAGE;
import static io.github.seedance4j.request.Drafts.VIDEO;
import static io.github.seedance4j.request.Drafts.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class GenerationDraftTest {

  private static final Duration FIVE = Duration.ofSeconds(5);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @Test
  void writesRolesAsContentAndKeepsALengthBesideItsVideo() {
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0_FAST)
            .prompt("the woman from image 1 walks through video 1")
            .referenceImage(IMAGE)
            .referenceVideo(VIDEO, Duration.ofMillis(5_250))
            .referenceAudio(AUDIO)
            .firstFrame("https://a/1")
            .lastFrame("https://a/2")
            .duration(Duration.ofSeconds(10))
            .build();

    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("model", "doubao-seedance-2.0-fast");
    expected.put("prompt", "the woman from image 1 walks through video 1");
    expected.put("duration", number("10"));
    expected.put("video_durations", List.of(number("5.25")));
    expected.put(
        "content",
        List.of(
            Drafts.item("image_url", IMAGE, "reference_image"),
            Drafts.item("video_url", VIDEO, "reference_video"),
            Drafts.item("audio_url", AUDIO, "reference_audio"),
            Drafts.item("image_url", "https://a/1", "first_frame"),
            Drafts.item("image_url", "https://a/2", "last_frame")));
    assertThat(draft.toMap()).isEqualTo(expected);
    assertThat(draft.toMap().keySet()).containsExactlyElementsOf(expected.keySet());
  }

  @Test
  void writesFlatMediaAsTheGuidesFlatFields() {
    GenerationDraft draft =
        GenerationDraft.builder()
            .model("m")
            .resolution(Resolution.P480)
            .aspectRatio(AspectRatio.R21_9)
            .generateAudio(false)
            .watermark(true)
            .image("https://a/1")
            .video("https://a/2")
            .video("https://a/3")
            .audio("https://a/4")
            .inputVideoDuration(FIVE)
            .extra("seed", 42)
            .build();

    assertThat(draft.canonical())
        .isEqualTo(
            "{\"aspect_ratio\":\"21:9\",\"audio_url\":\"https://a/4\",\"generate_audio\":false,"
                + "\"image_url\":\"https://a/1\",\"input_video_duration\":5,\"model\":\"m\","
                + "\"resolution\":\"480p\",\"seed\":42,"
                + "\"video_urls\":[\"https://a/2\",\"https://a/3\"],\"watermark\":true}");
    assertThat(draft.toString())
        .startsWith("GenerationDraft[m, [model, resolution, ")
        .doesNotContain("https://");
    assertThat(draft.url(MediaKind.IMAGE)).contains("https://a/1");
    assertThat(draft.urls(MediaKind.VIDEO)).containsExactly("https://a/2", "https://a/3");
    assertThat(draft.generateAudio()).contains(false);
    assertThat(draft.watermark()).contains(true);
    assertThat(draft.resolution()).contains("480p");
    assertThat(draft.aspectRatio()).contains("21:9");
    assertThat(draft.inputVideoDuration()).contains(number("5"));
  }

  @Test
  void ordersLengthsAsTheRulesOrderVideos() {
    GenerationDraft draft =
        GenerationDraft.builder()
            .referenceVideo("https://a/2", Duration.ofSeconds(2))
            .video("https://a/1", Duration.ofSeconds(1))
            .build();

    assertThat(draft.videoDurations()).containsExactly(number("1"), number("2"));
  }

  @Test
  void leavesALengthFinerThanAMillisecondToTheRules() {
    GenerationDraft draft =
        GenerationDraft.builder().duration(Duration.ofNanos(4_000_000_001L)).build();

    assertThat(draft.problems())
        .extracting(Finding::entry)
        .containsExactly("number-unusable:duration");
    assertThat(draft.problems()).extracting(Finding::given).containsExactly("4.000000001");
  }

  @Test
  void refusesNullsAndForeignNames() {
    GenerationDraft.Builder builder = GenerationDraft.builder();

    assertThatNullPointerException().isThrownBy(() -> builder.resolution(null));
    assertThatNullPointerException().isThrownBy(() -> builder.image(null)).withMessage("url");
    assertThatNullPointerException().isThrownBy(() -> builder.firstFrame(null)).withMessage("url");
    assertThatNullPointerException().isThrownBy(() -> builder.extra("x", null)).withMessage("x");
    assertThatThrownBy(() -> builder.extra("prompt", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("extra: 'prompt' is a field of the guide; set it as such");
  }

  @Test
  void takesTheNullOfAnEmptyFormForAnAbsentText() {
    GenerationDraft draft =
        GenerationDraft.builder().model((String) null).prompt("x").prompt(null).build();
    assertThat(draft).isEqualTo(GenerationDraft.builder().build());
  }

  @Test
  void changesOnlyWhatIsSet() {
    GenerationDraft before =
        GenerationDraft.read(
            Drafts.tree(
                "image_url",
                IMAGE,
                "video_urls",
                List.of(VIDEO, VIDEO),
                "video_durations",
                List.of(3, 4),
                "content",
                List.of(Drafts.referenceImage()),
                "seed",
                7),
            Set.of("seed"));

    assertThat(before.toBuilder().build()).isEqualTo(before);
    GenerationDraft after = before.toBuilder().prompt("a dog").extra("tag", "x").build();
    assertThat(after.prompt()).contains("a dog");
    assertThat(after.extras()).isEqualTo(Map.of("seed", number("7"), "tag", "x"));
    assertThat(after.toBuilder().prompt("a cat").build().toMap())
        .containsAllEntriesOf(before.toMap());
  }

  @Test
  void replacesMediaOfTheSameSpelling() {
    GenerationDraft before =
        Drafts.with(
            "image_urls",
            List.of(IMAGE, IMAGE),
            "audio_url",
            AUDIO,
            "content",
            List.of(Drafts.referenceImage(), Drafts.referenceImage()));

    GenerationDraft after =
        before.toBuilder().image("https://a/1").firstFrame("https://a/2").build();

    assertThat(after.url(MediaKind.IMAGE)).contains("https://a/1");
    assertThat(after.urls(MediaKind.IMAGE)).isEmpty();
    assertThat(after.url(MediaKind.AUDIO)).contains(AUDIO);
    assertThat(after.content())
        .containsExactly(ContentItem.of(MediaRole.FIRST_FRAME, "https://a/2"));
    GenerationDraft two = after.toBuilder().image("https://a/3").image("https://a/4").build();
    assertThat(two.url(MediaKind.IMAGE)).isEmpty();
    assertThat(two.urls(MediaKind.IMAGE)).containsExactly("https://a/3", "https://a/4");
  }

  @Test
  void doesNotKeepTheLengthOfAVideoThatIsReplaced() {
    GenerationDraft flat =
        Drafts.with("video_url", VIDEO, "video_durations", List.of(2), "input_video_duration", 2);
    GenerationDraft item =
        Drafts.with(
            "content", List.of(Drafts.roleless("video_url", VIDEO)), "input_video_duration", 2);

    for (GenerationDraft after :
        List.of(
            flat.toBuilder().video("https://a/1").build(),
            flat.toBuilder().referenceVideo("https://a/1").build(),
            item.toBuilder().firstFrame("https://a/1").build())) {
      assertThat(after.videoDurations()).isEmpty();
      assertThat(after.inputVideoDuration()).isEmpty();
    }
    assertThat(flat.toBuilder().image(IMAGE).firstFrame(IMAGE).build().videoDurations())
        .containsExactly(number("2"));
    assertThat(item.toBuilder().image(IMAGE).build().inputVideoDuration()).contains(number("2"));
    assertThat(flat.toBuilder().video("https://a/1", FIVE).build().videoDurations())
        .containsExactly(number("5"));
    assertThat(
            flat.toBuilder()
                .video("https://a/1")
                .inputVideoDuration(FIVE)
                .build()
                .inputVideoDuration())
        .contains(number("5"));
  }

  @Test
  void keepsWhatCouldNotBeReadAsAProblem() {
    GenerationDraft typo = Drafts.with("duraton", 15);

    GenerationDraft after = typo.toBuilder().watermark(true).duration(Duration.ofNanos(1)).build();

    assertThat(after.problems())
        .extracting(Finding::entry)
        .containsExactly("field-unknown:duraton", "number-unusable:duration");
  }

  @Test
  void isOfOneTextForOneMeaning() {
    GenerationDraft one =
        GenerationDraft.read(
            JSON.readValue("{\"a\":{\"y\":1.0,\"x\":[]},\"duration\":5}", Map.class), Set.of("a"));
    GenerationDraft two =
        GenerationDraft.read(
            JSON.readValue("{\"duration\":5.000,\"a\":{\"x\":[],\"y\":1}}", Map.class),
            Set.of("a"));

    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
    assertThat(one.canonical())
        .isEqualTo(two.canonical())
        .isEqualTo("{\"a\":{\"x\":[],\"y\":1},\"duration\":5}");
  }

  @Test
  void tellsDifferentDraftsApart() {
    GenerationDraft draft = Drafts.with("duration", 5);

    assertThat(draft)
        .isNotEqualTo(Drafts.with("duration", 6))
        .isNotEqualTo(Drafts.with("duration", 5, "typo", 1))
        .isNotEqualTo(GenerationDraft.read(Drafts.tree("duration", 5, "seed", 1), Set.of("seed")))
        .isNotEqualTo("draft")
        .doesNotHaveSameHashCodeAs(Drafts.with("duration", 6));
    assertThat(GenerationDraft.unreadable("x")).isNotEqualTo(GenerationDraft.unreadable("y"));
  }

  @Test
  void writesCanonicalTextThatAnyJsonReaderTakes() {
    String text = "q\"b\\s/\u0000\u001f\n\t \u007f\u0085\u2028é猫\uD83D\uDE00\uD83D";
    GenerationDraft draft = Drafts.with("prompt", text);

    assertThat(draft.canonical())
        .contains("\"q\\\"b\\\\s/\\u0000\\u001f\\u000a\\u0009 ", "\\ud83d\\ude00\\ud83d\"");
    assertThat(JSON.readTree(draft.canonical()).get("prompt").stringValue()).isEqualTo(text);
  }

  @Test
  void standsForItself() {
    GenerationDraft draft = Drafts.with();

    assertThat(draft.toDraft()).isSameAs(draft);
    assertThat(draft.propertyOf("image_urls[2]")).isEqualTo("image_urls[2]");
  }

  @Test
  void survivesTheWayToAMapAndBack() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RequestRules rules = RequestRules.of(ModelCatalog.tokenHub());
    for (int i = 0; i < 300; i++) {
      Map<String, Object> tree = RandomDrafts.tree(random);
      Set<String> extras = Set.of("seed", "options");
      GenerationDraft draft = GenerationDraft.read(tree, extras);

      assertThat(draft.problems()).as("seed %d, draft %d: %s", seed, i, tree).isEmpty();
      GenerationDraft again = GenerationDraft.read(draft.toMap(), extras);
      assertThat(again).as("seed %d, draft %d: %s", seed, i, tree).isEqualTo(draft);
      assertThat(again.canonical()).as("seed %d, draft %d", seed, i).isEqualTo(draft.canonical());
      assertThat(again.hashCode()).isEqualTo(draft.hashCode());
      assertThat(draft.toBuilder().build()).as("seed %d, draft %d", seed, i).isEqualTo(draft);
      GenerationDraft parsed =
          GenerationDraft.read(JSON.readValue(draft.canonical(), Map.class), extras);
      assertThat(parsed).as("seed %d, draft %d, as text", seed, i).isEqualTo(draft);
      Map<String, Object> shuffled = RandomDrafts.shuffled(random, tree);
      assertThat(GenerationDraft.read(shuffled, extras))
          .as("seed %d, draft %d", seed, i)
          .isEqualTo(draft);
      rules.judge(draft, Strictness.RELAXED);
    }
  }

  /** Readable drafts of any kind, sensible or not. */
  private static final class RandomDrafts {

    static Map<String, Object> tree(Random random) {
      Map<String, Object> tree = new LinkedHashMap<>();
      for (WireField field : WireField.values()) {
        if (random.nextInt(3) == 0) {
          tree.put(field.wireName(), value(random, field.type()));
        }
      }
      if (random.nextBoolean()) {
        tree.put("seed", random.nextLong());
      }
      if (random.nextInt(4) == 0) {
        tree.put("options", Map.of("a", List.of(text(random), random.nextInt()), "b", Map.of()));
      }
      return tree;
    }

    static Map<String, Object> shuffled(Random random, Map<String, Object> tree) {
      List<String> keys = new ArrayList<>(tree.keySet());
      Collections.shuffle(keys, random);
      Map<String, Object> shuffled = new LinkedHashMap<>();
      keys.forEach(key -> shuffled.put(key, tree.get(key)));
      return shuffled;
    }

    private static Object value(Random random, WireField.Type type) {
      return switch (type) {
        case TEXT -> text(random);
        case NUMBER -> number(random);
        case FLAG -> random.nextBoolean();
        case TEXTS -> list(random, () -> text(random));
        case NUMBERS -> list(random, () -> number(random));
        case ITEMS -> list(random, () -> item(random));
      };
    }

    private static List<Object> list(Random random, java.util.function.Supplier<Object> part) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(part.get());
      }
      return list;
    }

    private static Object item(Random random) {
      Map<String, Object> item = new LinkedHashMap<>();
      MediaKind kind = MediaKind.values()[random.nextInt(3)];
      if (random.nextInt(8) > 0) {
        item.put("type", kind.singular());
        if (random.nextInt(8) > 0) {
          item.put(kind.singular(), Map.of("url", text(random)));
        }
      }
      if (random.nextBoolean()) {
        item.put("role", MediaRole.values()[random.nextInt(5)].wireName());
      }
      return item;
    }

    private static Number number(Random random) {
      return switch (random.nextInt(4)) {
        case 0 -> random.nextInt(2_000) - 1_000;
        case 1 -> (double) (random.nextInt(200) - 100);
        case 2 -> BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 3);
        default -> new BigDecimal("0E" + (random.nextInt(200) - 100));
      };
    }

    private static String text(Random random) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.appendCodePoint(
            switch (random.nextInt(4)) {
              case 0 -> random.nextInt(0x80);
              case 1 -> 0x4E00 + random.nextInt(100);
              case 2 -> 0x1F600 + random.nextInt(40);
              default -> 'a' + random.nextInt(26);
            });
      }
      return text.toString();
    }
  }
}
