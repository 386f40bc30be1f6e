package io.github.seedance4j.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What was learnt of a provider changes what the rules say of its models. */
class ObservedFactsTest {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ModelCatalog TOKENHUB = ModelCatalog.tokenHub();
  private static final String FAST = "doubao-seedance-2.0-fast";

  @Test
  void makesAViolationOfWhatWasAdviceOnceItIsStated() {
    GenerationDraft odd = Drafts.with("aspect_ratio", "5:4", "model", FAST);
    ModelCatalog learnt =
        withModels(
            "{'"
                + FAST
                + "': {'rules': {'aspect-ratio-unknown': {'certainty': 'stated', 'source': 'support'}}}}");

    Verdict before = RequestRules.of(TOKENHUB).judge(odd, Strictness.RELAXED);
    assertThat(before.violations()).isEmpty();
    assertThat(before.advice()).extracting(Finding::entry).contains("aspect-ratio-unknown");
    Verdict after = RequestRules.of(learnt).judge(odd, Strictness.RELAXED);
    assertThat(after.violations())
        .extracting(Finding::rule)
        .containsExactly(Rule.ASPECT_RATIO_UNKNOWN);
    // the other model has learnt nothing
    GenerationDraft other = Drafts.with("aspect_ratio", "5:4");
    assertThat(RequestRules.of(learnt).judge(other, Strictness.RELAXED).violations()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Certainty.class)
  void knowsEveryCertainty(Certainty certainty) {
    String word = certainty.name().toLowerCase(java.util.Locale.ROOT);
    ModelCatalog learnt =
        withModels(
            "{'"
                + FAST
                + "': {'rules': {'prompt-required': {'certainty': '"
                + word
                + "', 'source': 'x'}}}}");

    assertThat(fast(learnt).certainty(Rule.PROMPT_REQUIRED)).isEqualTo(certainty);
  }

  @Test
  void keepsWhatWasSaidBeforeOfOtherRulesAndPictures() {
    ModelCatalog catalog =
        Catalogs.with("*.rule.prompt-required = advice", "*.frame-size.720p = 16:9 2x1")
            .withFacts(
                tree(
                    "{'at': 'any time', 'catalogue': {'note': 'by hand', 'models': {'"
                        + FAST
                        + "': {'rules': {'role-required': {'certainty': 'waived', 'source': 'x'}},"
                        + " 'frame_sizes': {'480p': {'21:9': {'size': '993x433', 'source': 'x'}}},"
                        + " 'frames_per_second': {'value': 30, 'source': 'x'}}}}}"));

    ModelSpec fast = fast(catalog);
    ModelSpec before = fast(TOKENHUB);
    assertThat(fast.certainties())
        .containsOnly(
            Map.entry(Rule.PROMPT_REQUIRED, Certainty.ADVICE),
            Map.entry(Rule.ROLE_REQUIRED, Certainty.WAIVED));
    assertThat(fast.framesPerSecond()).isEqualTo(30);
    assertThat(fast.frameSizes(Resolution.P480, AspectRatio.R21_9))
        .containsExactly(new ModelSpec.FrameSize(993, 433));
    assertThat(fast.frameSizes(Resolution.P480, AspectRatio.R16_9))
        .containsExactly(new ModelSpec.FrameSize(864, 496));
    assertThat(fast.frameSizes(Resolution.P720, AspectRatio.R16_9))
        .containsExactly(new ModelSpec.FrameSize(2, 1));
    assertThat(fast.alias()).isEqualTo("fast");
    assertThat(fast.duration()).isEqualTo(before.duration());
    assertThat(fast.resolutions()).isEqualTo(before.resolutions());
    assertThat(fast.aspectRatios()).isEqualTo(before.aspectRatios());
    assertThat(fast.media()).isEqualTo(before.media());
    assertThat(fast.inputVideo()).isEqualTo(before.inputVideo());
    assertThat(fast.prompt()).isEqualTo(before.prompt());
    assertThat(catalog.provider()).isEqualTo("TokenHub");
    assertThat(catalog.models())
        .extracting(ModelSpec::id)
        .containsExactly("doubao-seedance-2.0", FAST);
    assertThat(catalog.models().get(0).framesPerSecond()).isEqualTo(24);
    assertThat(fast(TOKENHUB).framesPerSecond()).isEqualTo(24);
  }

  @Test
  void learnsAPictureSizeWhereNoneWasKnown() {
    ModelSpec fast = fast(TOKENHUB);
    ModelSpec bare = fast.with(24, Map.of(), Map.of());
    Map<String, ModelSpec> learnt =
        ObservedFacts.applied(
            Map.of(FAST, bare),
            tree(
                "{'catalogue': {'models': {'"
                    + FAST
                    + "': {'frame_sizes': {'480p': {'1:1': {'size': '99999x1', 'source': 'x'}}}}}}}"));

    assertThat(learnt.get(FAST).frameSizes())
        .isEqualTo(
            Map.of(Resolution.P480, Map.of(AspectRatio.R1_1, new ModelSpec.FrameSize(99_999, 1))));
  }

  @Test
  void takesFactsThatSayNothing() {
    assertThat(TOKENHUB.withFacts(tree("{'catalogue': {}}")).models()).isEqualTo(TOKENHUB.models());
    assertThat(withModels("{'" + FAST + "': {}}").models()).isEqualTo(TOKENHUB.models());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|catalogue: an object",
        "{'catalogue': []}|catalogue: an object",
        "{'catalogue': {'note': 1}}|catalogue.note: a text",
        "{'catalogue': {'model': {}}}|catalogue.model: no part of a catalogue's facts: models, note",
        "{'catalogue': {'models': null}}|catalogue.models: an object",
        "{'catalogue': {'models': {'slow': {}}}}|catalogue.models.slow: no model of this catalogue",
      })
  void saysWhatIsWrongWithATree(String text, String message) {
    assertThatThrownBy(() -> TOKENHUB.withFacts(tree(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("facts: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|: an object",
        "{'rule': {}}|.rule: not rules, frame_sizes or frames_per_second",
        "{'rules': 'all'}|.rules: an object",
        "{'rules': {'no-such': {}}}|.rules.no-such: no known rule",
        "{'rules': {'model-unknown': {}}}|.rules.model-unknown: this rule holds for every model",
        "{'rules': {'role-required': 'stated'}}|.rules.role-required: an object",
        "{'rules': {'role-required': {'certainty': 'stated'}}}|.rules.role-required.source: a text",
        "{'rules': {'role-required': {'certainty': 'stated', 'source': ' '}}}|.rules.role-required.source: where this is known from",
        "{'rules': {'role-required': {'source': 'x'}}}|.rules.role-required.certainty: a text",
        "{'rules': {'role-required': {'certainty': 'sure', 'source': 'x'}}}|.rules.role-required.certainty: stated, assumed, advice or waived, not 'sure'",
        "{'rules': {'role-required': {'certainty': 'STATED', 'source': 'x'}}}|.rules.role-required.certainty: stated, assumed, advice or waived, not 'STATED'",
        "{'rules': {'role-required': {'certainty': 'stated', 'source': 'x', 'by': 'me'}}}|.rules.role-required.by: not certainty or source",
        "{'frame_sizes': 1}|.frame_sizes: an object",
        "{'frame_sizes': {'4k': {}}}|.frame_sizes.4k: no resolution of this model",
        "{'frame_sizes': {'480p': 1}}|.frame_sizes.480p: an object",
        "{'frame_sizes': {'480p': {'5:4': {}}}}|.frame_sizes.480p.5:4: no aspect ratio of this model",
        "{'frame_sizes': {'480p': {'1:1': {'size': '1x1'}}}}|.frame_sizes.480p.1:1.source: a text",
        "{'frame_sizes': {'480p': {'1:1': {'size': 1, 'source': 'x'}}}}|.frame_sizes.480p.1:1.size: a text",
        "{'frame_sizes': {'480p': {'1:1': {'size': '0x640', 'source': 'x'}}}}|.frame_sizes.480p.1:1.size: a picture size such as 1280x720, not '0x640'",
        "{'frame_sizes': {'480p': {'1:1': {'size': '100000x1', 'source': 'x'}}}}|.frame_sizes.480p.1:1.size: a picture size such as 1280x720, not '100000x1'",
        "{'frames_per_second': 24}|.frames_per_second: an object",
        "{'frames_per_second': {'source': 'x'}}|.frames_per_second.value: a whole number from 1 to 240",
        "{'frames_per_second': {'value': '24', 'source': 'x'}}|.frames_per_second.value: a whole number from 1 to 240",
        "{'frames_per_second': {'value': 23.976, 'source': 'x'}}|.frames_per_second.value: a whole number from 1 to 240",
        "{'frames_per_second': {'value': 1e99, 'source': 'x'}}|.frames_per_second.value: a whole number from 1 to 240",
        "{'frames_per_second': {'value': 0, 'source': 'x'}}|.frames_per_second.value: a whole number from 1 to 240",
        "{'frames_per_second': {'value': 241, 'source': 'x'}}|.frames_per_second.value: a whole number from 1 to 240",
      })
  void saysWhatIsWrongWithAModelsFacts(String facts, String message) {
    assertThatThrownBy(() -> withModels("{'" + FAST + "': " + facts + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("facts: catalogue.models." + FAST + message);
  }

  @Test
  void takesTheMostFramesThatItTakes() {
    for (int frames : new int[] {1, 240}) {
      assertThat(
              fast(withModels(
                      "{'"
                          + FAST
                          + "': {'frames_per_second': {'value': "
                          + frames
                          + ", 'source': 'x'}}}"))
                  .framesPerSecond())
          .isEqualTo(frames);
    }
  }

  @Test
  void refusesKeysThatAreNoTexts() {
    Map<Object, Object> odd = new LinkedHashMap<>();
    odd.put(1, "x");
    assertThatThrownBy(() -> TOKENHUB.withFacts(Map.of("catalogue", odd)))
        .hasMessage("facts: catalogue: an object");
  }

  private static ModelSpec fast(ModelCatalog catalog) {
    return catalog.find(FAST).orElseThrow();
  }

  private static ModelCatalog withModels(String models) {
    return TOKENHUB.withFacts(tree("{'catalogue': {'models': " + models + "}}"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> tree(String text) {
    return JSON.readValue(text.replace('\'', '"'), Map.class);
  }
}
