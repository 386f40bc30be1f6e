package io.github.seedance4j.request;

import static io.github.seedance4j.request.Drafts.IMAGE;
import static io.github.seedance4j.request.Drafts.VIDEO;
import static io.github.seedance4j.request.Drafts.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftReaderTest {

  private static final Object REPEATED = GenerationDraft.REPEATED;

  static Stream<Arguments> typed() {
    Object[] wrong = {"5", 5, true, List.of("a"), Map.of("a", 1), 'c', new int[] {1}};
    Map<String, List<Integer>> right =
        Map.of(
            "model", List.of(0),
            "prompt", List.of(0),
            "duration", List.of(1),
            "generate_audio", List.of(2),
            "watermark", List.of(2),
            "image_urls", List.of(3),
            "image_url", List.of(0),
            "input_video_duration", List.of(1));
    List<Arguments> all = new ArrayList<>();
    right.forEach(
        (field, indexes) -> {
          for (int i = 0; i < wrong.length; i++) {
            all.add(Arguments.of(field, wrong[i], indexes.contains(i)));
          }
        });
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("typed")
  void takesEachFieldInItsOwnTypeAlone(String field, Object value, boolean right) {
    GenerationDraft draft = GenerationDraft.read(Map.of(field, value));

    assertThat(entries(draft)).isEqualTo(right ? List.of() : List.of("field-type:" + field));
    assertThat(draft.toMap().containsKey(field)).isEqualTo(right);
  }

  @Test
  void takesANullForAnAbsentField() {
    Map<String, Object> tree = new HashMap<>();
    for (WireField field : WireField.values()) {
      tree.put(field.wireName(), null);
    }

    assertThat(GenerationDraft.read(tree)).isEqualTo(GenerationDraft.read(Map.of()));
  }

  @Test
  void takesAnEmptyListForAnAbsentField() {
    GenerationDraft draft =
        GenerationDraft.read(
            Map.of("image_urls", List.of(), "content", List.of(), "video_durations", List.of()));

    assertThat(draft).isEqualTo(GenerationDraft.read(Map.of()));
    assertThat(draft.toMap()).isEmpty();
  }

  @Test
  void refusesANullInAList() {
    assertThat(
            entries(
                GenerationDraft.read(
                    Map.of(
                        "image_urls", Arrays.asList(IMAGE, null),
                        "video_durations", Arrays.asList(null, 3),
                        "content", Arrays.asList((Object) null)))))
        .containsExactlyInAnyOrder(
            "field-type:image_urls[1]", "field-type:video_durations[0]", "field-type:content[0]");
  }

  @Test
  void reportsNestedProblemsAtTheirPaths() {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("type", 3);
    item.put("role", List.of());
    item.put("image_url", Map.of("url", 7, "detail", "high"));
    item.put("video_url", "https://a/b");
    item.put("audio_url", null);
    item.put("text", "hello");

    assertThat(entries(GenerationDraft.read(Map.of("content", List.of("x", item)))))
        .containsExactlyInAnyOrder(
            "field-type:content[0]",
            "field-type:content[1].type",
            "field-type:content[1].role",
            "field-type:content[1].image_url.url",
            "field-unknown:content[1].image_url.detail",
            "field-type:content[1].video_url",
            "field-unknown:content[1].text");
  }

  @Test
  void takesNullsWithinAnItemForAbsent() {
    Map<String, Object> url = new HashMap<>();
    url.put("url", null);
    Map<String, Object> item = new HashMap<>();
    item.put("type", "image_url");
    item.put("role", null);
    item.put("image_url", url);
    item.put("video_url", null);

    GenerationDraft draft = GenerationDraft.read(Map.of("content", List.of(item)));

    assertThat(draft.problems()).isEmpty();
    assertThat(draft.content()).containsExactly(new ContentItem("image_url", null, null));
    assertThat(draft.toMap()).isEqualTo(Map.of("content", List.of(Map.of("type", "image_url"))));
  }

  @Test
  void refusesASecondMediumInOneItem() {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("video_url", Map.of("url", VIDEO));
    item.put("type", "image_url");
    item.put("audio_url", Map.of());
    item.put("image_url", Map.of("url", IMAGE));

    assertThat(entries(GenerationDraft.read(Map.of("content", List.of(item)))))
        .containsExactly(
            "field-unknown:content[0].video_url", "field-unknown:content[0].audio_url");
  }

  @Test
  void leavesAnItemWithoutItsOwnMediumToTheRules() {
    GenerationDraft draft =
        GenerationDraft.read(
            Map.of(
                "content",
                List.of(
                    Map.of("type", "image_url", "video_url", Map.of("url", VIDEO)),
                    Map.of("type", "text", "image_url", Map.of("url", IMAGE)),
                    Map.of("image_url", Map.of("url", IMAGE)))));

    assertThat(draft.problems()).isEmpty();
    assertThat(draft.content())
        .containsExactly(
            new ContentItem("image_url", null, null),
            new ContentItem("text", null, null),
            new ContentItem(null, null, null));
  }

  @Test
  void reportsARepeatedFieldWhereverItStands() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", REPEATED);
    tree.put("duration", REPEATED);
    tree.put("watermark", REPEATED);
    tree.put("image_urls", List.of(IMAGE, REPEATED));
    tree.put("video_durations", REPEATED);
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("type", REPEATED);
    item.put("role", REPEATED);
    item.put("image_url", REPEATED);
    tree.put("content", List.of(item, Map.of("video_url", Map.of("url", REPEATED)), REPEATED));
    tree.put("tags", Map.of("a", Map.of("b", REPEATED)));
    tree.put("list", List.of(1, REPEATED));
    tree.put("seed", REPEATED);

    GenerationDraft draft = GenerationDraft.read(tree, Set.of("tags", "list", "seed"));

    assertThat(entries(draft))
        .containsExactly(
            "field-repeated:model",
            "field-repeated:duration",
            "field-repeated:watermark",
            "field-repeated:image_urls[1]",
            "field-repeated:video_durations",
            "field-repeated:content[0].type",
            "field-repeated:content[0].role",
            "field-repeated:content[0].image_url",
            "field-repeated:content[1].video_url.url",
            "field-repeated:content[2]",
            "field-repeated:tags.a.b",
            "field-repeated:list[1]",
            "field-repeated:seed");
    assertThat(draft.problems()).allMatch(problem -> problem.given() == null);
    assertThat(REPEATED).hasToString("(repeated field)");
  }

  static Stream<Arguments> usableNumbers() {
    return Stream.of(
        Arguments.of(5, "5"),
        Arguments.of(5L, "5"),
        Arguments.of((short) 5, "5"),
        Arguments.of(5.0, "5"),
        Arguments.of(5.1f, "5.1"),
        Arguments.of(0.1 + 0.2, null),
        Arguments.of(BigInteger.valueOf(999_999), "999999"),
        Arguments.of(BigInteger.valueOf(1_000_000), null),
        Arguments.of(new AtomicLong(7), "7"),
        Arguments.of(number("5.000"), "5"),
        Arguments.of(number("5.1230000"), "5.123"),
        Arguments.of(number("5.1231"), null),
        Arguments.of(number("1e2"), "100"),
        Arguments.of(number("999999.999"), "999999.999"),
        Arguments.of(number("-999999.999"), "-999999.999"),
        Arguments.of(number("1000000"), null),
        Arguments.of(number("-1000000"), null),
        Arguments.of(number("1e6"), null),
        Arguments.of(number("0.001"), "0.001"),
        Arguments.of(number("0.0001"), null),
        Arguments.of(number("1e-3"), "0.001"),
        Arguments.of(number("1000e-6"), "0.001"),
        Arguments.of(number("1e-4"), null),
        Arguments.of(number("1e-99999999"), null),
        Arguments.of(number("1e99999999"), null),
        Arguments.of(number("-1e99999999"), null),
        Arguments.of(number("100e2147483647"), null),
        Arguments.of(number("1e-2147483647"), null),
        Arguments.of(number("0e99999999"), "0"),
        Arguments.of(number("0e-99999999"), "0"),
        Arguments.of(number("0.000000"), "0"),
        Arguments.of(-0.0, "0"),
        Arguments.of(Double.NaN, null),
        Arguments.of(Double.POSITIVE_INFINITY, null),
        Arguments.of(Float.NEGATIVE_INFINITY, null),
        Arguments.of(Double.MAX_VALUE, null),
        Arguments.of(Double.MIN_VALUE, null),
        Arguments.of(Long.MIN_VALUE, null));
  }

  @ParameterizedTest
  @MethodSource("usableNumbers")
  void readsNumbersExactlyOrNotAtAll(Number given, String plain) {
    GenerationDraft draft =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> GenerationDraft.read(Map.of("duration", given)));

    if (plain == null) {
      assertThat(entries(draft)).containsExactly("number-unusable:duration");
      assertThat(draft.problems().get(0).given()).isEqualTo(given.toString());
      assertThat(draft.duration()).isEmpty();
    } else {
      assertThat(draft.problems()).isEmpty();
      assertThat(draft.duration()).contains(new BigDecimal(plain));
    }
  }

  @Test
  void doesNotEvenLookAtNumbersOfAMillionDigits() {
    BigInteger million = BigInteger.ONE.shiftLeft(3_300_000);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("duration", million);
    tree.put("input_video_duration", new BigDecimal(million, 1_000_000));
    tree.put("prompt", million);
    tree.put("seed", million);

    GenerationDraft draft =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> GenerationDraft.read(tree, Set.of("seed")));

    assertThat(entries(draft))
        .containsExactly(
            "number-unusable:duration",
            "number-unusable:input_video_duration",
            "field-type:prompt",
            "number-unusable:seed");
    assertThat(draft.problems())
        .extracting(Finding::given)
        .containsOnly("(a number of very many digits)");
  }

  @ParameterizedTest
  @ValueSource(ints = {4095, 4096, 4097})
  void looksAtNumbersOfAThousandDigits(int bits) {
    BigInteger fine = BigInteger.ONE.shiftLeft(bits - 1);
    GenerationDraft draft = GenerationDraft.read(Map.of("duration", fine));

    assertThat(draft.problems().get(0).given())
        .isEqualTo(
            bits <= 4096
                ? fine.toString().substring(0, 80) + "…"
                : "(a number of very many digits)");
  }

  @Test
  void letsNamedExtrasThroughAsTheyAre() {
    Map<String, Object> nested = new LinkedHashMap<>();
    nested.put("none", null);
    nested.put("flag", false);
    nested.put("list", Arrays.asList("x", null, 1.5, Map.of()));
    Map<String, Object> tree =
        Map.of("seed", 4294967295L, "options", nested, "round", number("1e2"), "z", 0.0);

    GenerationDraft draft =
        GenerationDraft.read(tree, Set.of("seed", "options", "round", "z", "absent"));

    assertThat(draft.problems()).isEmpty();
    assertThat(draft.extras().keySet()).containsExactlyInAnyOrder("seed", "options", "round", "z");
    assertThat(draft.canonical())
        .isEqualTo(
            "{\"options\":{\"flag\":false,\"list\":[\"x\",null,1.5,{}],\"none\":null},"
                + "\"round\":100,\"seed\":4294967295,\"z\":0}");
    // a JSON writer that knows BigDecimal must not come to 1E+2
    assertThat(draft.extras().get("round")).hasToString("100");
    assertThat(GenerationDraft.read(draft.toMap(), draft.extras().keySet())).isEqualTo(draft);
  }

  @Test
  void keepsItsOwnCopyOfExtras() {
    List<Object> list = new ArrayList<>(List.of("a"));
    Map<String, Object> map = new HashMap<>(Map.of("list", list));
    GenerationDraft draft = GenerationDraft.read(Map.of("x", map), Set.of("x"));

    list.add("b");
    map.put("more", 1);

    assertThat(draft.extras()).isEqualTo(Map.of("x", Map.of("list", List.of("a"))));
    assertThatThrownBy(() -> draft.extras().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Map<?, ?>) draft.extras().get("x")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesExtrasThatNoJsonCouldSay() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("object", new StringBuilder("x"));
    tree.put("nan", Map.of("a", List.of(1, Double.NaN)));
    tree.put("long", number("1e40"));
    tree.put("fine", number("1e-41"));
    tree.put("fits", number("1e39"));
    tree.put("hostile", number("100e2147483647"));

    GenerationDraft draft =
        GenerationDraft.read(
            tree, tree.keySet().stream().collect(java.util.stream.Collectors.toSet()));

    assertThat(entries(draft))
        .containsExactly(
            "field-type:object",
            "number-unusable:nan.a[1]",
            "number-unusable:long",
            "number-unusable:fine",
            "number-unusable:hostile");
    assertThat(draft.extras().keySet()).contains("fits");
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 100_000})
  void boundsTheDepthOfExtras(int depth) {
    Object lists = "x";
    Object maps = "x";
    for (int i = 0; i < depth; i++) {
      lists = List.of(lists);
      maps = Map.of("m", maps);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("lists", lists);
    tree.put("maps", maps);

    GenerationDraft draft = GenerationDraft.read(tree, Set.of("lists", "maps"));

    assertThat(entries(draft))
        .isEqualTo(
            depth == 16
                ? List.of()
                : List.of(
                    "field-type:lists" + "[0]".repeat(16), "field-type:maps" + ".m".repeat(16)));
    assertThat(draft.problems().stream().map(Finding::given))
        .isEqualTo(depth == 16 ? List.of() : List.of("[…]", "{…}"));
  }

  @Test
  void refusesAFieldOfTheGuideAsAnExtra() {
    assertThatThrownBy(() -> GenerationDraft.read(Map.of(), Set.of("duration")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("extra: 'duration' is a field of the guide; set it as such");
  }

  @Test
  void reportsAllProblemsAtOnceAndNothingElse() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("duraton", 5);
    tree.put("duration", "5");
    tree.put("watermark", 1);
    tree.put("video_durations", List.of(1e-9, "x"));
    tree.put("resolution", "8k");

    Verdict verdict =
        RequestRules.of(ModelCatalog.tokenHub())
            .judge(GenerationDraft.read(tree), Strictness.RELAXED);

    assertThat(verdict.violations().stream().map(Finding::entry))
        .containsExactly(
            "field-unknown:duraton",
            "field-type:duration",
            "field-type:watermark",
            "number-unusable:video_durations[0]",
            "field-type:video_durations[1]");
    assertThat(verdict.advice()).isEmpty();
    assertThat(verdict.request()).isEmpty();
  }

  @Test
  void showsTheValueAtFault() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("duration", "5");
    tree.put("prompt", Map.of("a", 1));
    tree.put("model", List.of(1));
    tree.put("resolution", 720);
    tree.put("image_urls", Arrays.asList((Object) null));

    assertThat(GenerationDraft.read(tree).problems())
        .extracting(Finding::given)
        .containsExactly("\"5\"", "{…}", "[…]", "720", "null");
  }

  @Test
  void readsKeysThatAreNoText() {
    Map<Object, Object> tree = new HashMap<>();
    tree.put(null, 1);
    tree.put(7, 1);

    assertThat(entries(GenerationDraft.read(tree)))
        .containsExactlyInAnyOrder("field-unknown:null", "field-unknown:7");
  }

  private static List<String> entries(GenerationDraft draft) {
    return draft.problems().stream().map(Finding::entry).toList();
  }
}
