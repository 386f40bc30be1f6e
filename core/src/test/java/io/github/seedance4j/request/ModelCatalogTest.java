package io.github.seedance4j.request;

import static io.github.seedance4j.request.Drafts.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelCatalogTest {

  private static final ModelCatalog TOKENHUB = ModelCatalog.tokenHub();

  @Test
  void holdsTokenHubsModels() {
    assertThat(TOKENHUB.provider()).isEqualTo("TokenHub");
    assertThat(TOKENHUB.models())
        .extracting(ModelSpec::id)
        .containsExactly(ModelId.SEEDANCE_2_0.value(), ModelId.SEEDANCE_2_0_FAST.value());
    ModelSpec standard = TOKENHUB.find("doubao-seedance-2.0").orElseThrow();
    assertThat(standard)
        .isEqualTo(
            new ModelSpec(
                "doubao-seedance-2.0",
                "standard",
                new ModelSpec.DurationLimits(number("4"), number("15"), number("5")),
                List.of(Resolution.P720, Resolution.P480),
                List.of(
                    AspectRatio.ADAPTIVE,
                    AspectRatio.R16_9,
                    AspectRatio.R9_16,
                    AspectRatio.R1_1,
                    AspectRatio.R4_3,
                    AspectRatio.R3_4,
                    AspectRatio.R21_9),
                new ModelSpec.MediaLimits(9, 3, 3, 1, 1, 12),
                new ModelSpec.InputVideoLimits(
                    number("2"), number("15"), number("15"), number("0.2")),
                new ModelSpec.PromptLimits(1000, 500),
                24,
                standard.frameSizes(),
                Map.of()));
    assertThat(standard.inputVideo().hardTotal()).isEqualTo(number("15.2"));
  }

  @Test
  void findsByIdOrAlias() {
    assertThat(TOKENHUB.find("fast")).isEmpty();
    assertThat(TOKENHUB.findByName("fast")).map(ModelSpec::id).contains("doubao-seedance-2.0-fast");
    assertThat(TOKENHUB.findByName("doubao-seedance-2.0"))
        .map(ModelSpec::alias)
        .contains("standard");
    assertThat(TOKENHUB.findByName("slow")).isEmpty();
    assertThat(Catalogs.with("doubao-seedance-2.0.alias = x").findByName("x")).isPresent();
  }

  @Test
  void knowsPictureSizes() {
    ModelSpec standard = TOKENHUB.find("doubao-seedance-2.0").orElseThrow();

    assertThat(standard.frameSizes(Resolution.P720, AspectRatio.R21_9))
        .containsExactly(new ModelSpec.FrameSize(1470, 630));
    assertThat(standard.frameSizes(Resolution.P480, AspectRatio.ADAPTIVE)).hasSize(6);
    assertThat(standard.frameSizes(new Resolution("8k"), AspectRatio.R1_1)).isEmpty();
    assertThat(new ModelSpec.FrameSize(50_000, 50_000).pixels()).isEqualTo(2_500_000_000L);
  }

  @Test
  void usesTheIdWhereAModelHasNoAlias() throws IOException {
    String text = Catalogs.text().replace("doubao-seedance-2.0-fast.alias = fast", "");

    ModelCatalog catalog = ModelCatalog.read(new StringReader(text));

    assertThat(catalog.models())
        .extracting(ModelSpec::alias)
        .containsExactly("standard", "doubao-seedance-2.0-fast");
  }

  @Test
  void isExtendedModelByModel() {
    ModelCatalog longer =
        Catalogs.with("provider = Other", "doubao-seedance-2.0.duration.max = 30");

    ModelCatalog both = TOKENHUB.with(longer);

    assertThat(both.provider()).isEqualTo("TokenHub");
    assertThat(both.models()).hasSize(2);
    assertThat(both.find("doubao-seedance-2.0").orElseThrow().duration().max())
        .isEqualTo(number("30"));
    assertThat(longer.find("doubao-seedance-2.0-fast").orElseThrow().duration().max())
        .isEqualTo(number("15"));
  }

  @Test
  void isReadFromAFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(directory.resolve("m.properties"), Catalogs.text("*.duration.max = 20"));

    assertThat(ModelCatalog.load(file).models().get(1).duration().max()).isEqualTo(number("20"));
    Files.writeString(file, Catalogs.text("*.duration.max = long"));
    assertThatThrownBy(() -> ModelCatalog.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file + ": doubao-seedance-2.0.duration.max = 'long', wanted a decimal such as 0.12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.images.max = -1|doubao-seedance-2.0.images.max = '-1', wanted a whole number such as 3",
        "*.images.max = 4294967295|doubao-seedance-2.0.images.max = '4294967295', wanted a whole number such as 3",
        "*.images.max = +3|doubao-seedance-2.0.images.max = '+3', wanted a whole number such as 3",
        "*.frames-per-second = 0|doubao-seedance-2.0.frames-per-second = '0', wanted a whole number above zero",
        "*.resolutions = ,|doubao-seedance-2.0.resolutions = ',', wanted at least one",
        "*.aspect-ratios =|doubao-seedance-2.0.aspect-ratios = '', wanted at least one",
        "*.frame-size.480p = 16:9|doubao-seedance-2.0.frame-size.480p = '16:9', wanted a picture size such as 16:9 1280x720",
        "*.frame-size.480p = 1:1 1x2 x|doubao-seedance-2.0.frame-size.480p = '1:1 1x2 x', wanted a picture size such as 16:9 1280x720",
        "*.rule.no-such = waived|doubao-seedance-2.0.rule.no-such = 'waived', wanted a known rule",
        "*.rule.prompt-required = no|doubao-seedance-2.0.rule.prompt-required = 'no', wanted one of [stated, assumed, advice, waived]",
        "doubao-seedance-2.0-fast.rule.prompt-required = WAIVED|doubao-seedance-2.0-fast.rule.prompt-required = 'WAIVED', wanted one of [stated, assumed, advice, waived]",
        "*.durations.max = 1|not a setting: *.durations.max",
        "doubao-seedance-2.0-slow.alias = slow|not a setting: doubao-seedance-2.0-slow.alias",
        "models =|models = '', wanted at least one id, and none twice",
      })
  void saysWhatIsWrongWithAFile(String line, String message) {
    assertThatThrownBy(() -> Catalogs.with(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("catalogue: " + message);
  }

  @Test
  void namesEverySettingThatIsMissing() {
    for (String line : Catalogs.text().split("\n")) {
      String key = line.split("=", 2)[0].strip();
      if (line.startsWith("#")
          || line.isBlank()
          || key.contains("frame-size")
          || key.endsWith("alias")) {
        continue;
      }
      String named = key.replace("*.", "doubao-seedance-2.0.");
      assertThatThrownBy(
              () -> ModelCatalog.read(new StringReader(Catalogs.text().replace(line, ""))))
          .as(line)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("catalogue: '" + named + "' is missing");
    }
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void letsOnlyRulesOfAModelBeSoftened(Rule rule) {
    Set<Rule> soft =
        EnumSet.of(
            Rule.PROMPT_REQUIRED,
            Rule.DURATION_NOT_WHOLE,
            Rule.ASPECT_RATIO_UNKNOWN,
            Rule.URL_INVALID,
            Rule.VIDEO_DATA_URI,
            Rule.ROLE_REQUIRED,
            Rule.VIDEOS_TOO_MANY,
            Rule.AUDIOS_TOO_MANY,
            Rule.IMAGES_TOO_MANY,
            Rule.FIRST_FRAME_REPEATED,
            Rule.LAST_FRAME_REPEATED,
            Rule.LAST_FRAME_WITHOUT_FIRST,
            Rule.FRAMES_MIXED_WITH_REFERENCES,
            Rule.AUDIO_WITHOUT_VISUAL,
            Rule.INPUT_VIDEO_TOO_LONG);
    String line = "*.rule." + rule.code() + " = waived";

    if (soft.contains(rule) || rule.usualCertainty() == Certainty.ADVICE) {
      ModelSpec model = Catalogs.with(line).models().get(0);
      assertThat(model.certainty(rule)).isEqualTo(Certainty.WAIVED);
      assertThat(model.certainties()).hasSize(1);
    } else {
      assertThatThrownBy(() -> Catalogs.with(line))
          .hasMessage(
              "catalogue: doubao-seedance-2.0.rule."
                  + rule.code()
                  + " = 'waived', wanted no such line: this rule holds for every model");
    }
  }

  @Test
  void letsAModelsOwnLineWin() {
    ModelCatalog catalog =
        Catalogs.with(
            "*.rule.prompt-required = advice",
            "doubao-seedance-2.0-fast.rule.prompt-required = waived");
    RequestRules rules = RequestRules.of(catalog);

    Verdict standard = rules.judge(Drafts.with("prompt", ""));
    assertThat(standard.violations()).isEmpty();
    assertThat(standard.advice()).extracting(Finding::entry).containsExactly("prompt-required");
    Verdict fast = rules.judge(Drafts.with("prompt", "", "model", "doubao-seedance-2.0-fast"));
    assertThat(fast.violations()).isEmpty();
    assertThat(fast.advice()).isEmpty();
    assertThat(fast.request().orElseThrow().prompt()).isEmpty();
  }

  @Test
  void keepsItsOwnCopies() {
    Map<AspectRatio, ModelSpec.FrameSize> sizes = new HashMap<>();
    ModelSpec usual = TOKENHUB.models().get(0);
    ModelSpec spec =
        new ModelSpec(
            "x",
            "x",
            usual.duration(),
            usual.resolutions(),
            usual.aspectRatios(),
            usual.media(),
            usual.inputVideo(),
            usual.prompt(),
            24,
            Map.of(Resolution.P720, sizes),
            Map.of());

    sizes.put(AspectRatio.R1_1, new ModelSpec.FrameSize(1, 1));

    assertThat(spec.frameSizes(Resolution.P720, AspectRatio.R1_1)).isEmpty();
    assertThatThrownBy(
            () ->
                new ModelSpec(
                    "x",
                    "x",
                    usual.duration(),
                    List.of(),
                    usual.aspectRatios(),
                    usual.media(),
                    usual.inputVideo(),
                    usual.prompt(),
                    24,
                    Map.of(),
                    Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("resolutions, aspectRatios: a model has at least one of each: x");
    assertThatThrownBy(
            () ->
                new ModelSpec(
                    "x",
                    "x",
                    usual.duration(),
                    usual.resolutions(),
                    List.of(),
                    usual.media(),
                    usual.inputVideo(),
                    usual.prompt(),
                    24,
                    Map.of(),
                    Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesAnyTextButABlankOneForAModelsId() {
    assertThat(new ModelId("x")).hasToString("x");
    assertThatThrownBy(() -> new ModelId(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value: a model id is not blank");
  }
}
