package io.github.seedance4j.pricing;

import static io.github.seedance4j.request.Drafts.AUDIO;
import static io.github.seedance4j.request.Drafts.IMAGE;
import static io.github.seedance4j.request.Drafts.VIDEO;
import static io.github.seedance4j.request.Drafts.number;
import static io.github.seedance4j.request.Drafts.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.request.Drafts;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffTest {

  private static final ModelCatalog CATALOG = ModelCatalog.tokenHub();
  private static final RequestRules RULES = RequestRules.of(CATALOG);
  private static final Tariff TARIFF = Tariff.tokenHub();
  private static final ClipLength FIVE_AND_A_FRAME = new ClipLength(121, 24);

  @ParameterizedTest
  @CsvSource({
    "doubao-seedance-2.0,      480p, 0.12, 0.48,  1.80",
    "doubao-seedance-2.0,      720p, 0.20, 0.80,  3.00",
    "doubao-seedance-2.0-fast, 480p, 0.10, 0.40,  1.50",
    "doubao-seedance-2.0-fast, 720p, 0.16, 0.64,  2.40",
  })
  void pricesEachModelAndResolution(
      String model, String resolution, String second, String four, String fifteen) {
    ModelSpec spec = CATALOG.find(model).orElseThrow();

    assertThat(TARIFF.perSecond(spec, new Resolution(resolution))).isEqualTo(Money.usd(second));
    assertThat(quote("model", model, "resolution", resolution, "duration", 4).high())
        .isEqualTo(Money.usd(four));
    assertThat(quote("model", model, "resolution", resolution, "duration", 15).high())
        .isEqualTo(Money.usd(fifteen));
  }

  @Test
  void pricesTheGuidesExample() {
    Quote quote = quote("duration", 10, "video_url", VIDEO, "input_video_duration", 5);

    assertThat(quote)
        .isEqualTo(
            new Quote(
                Money.usd("3.00"),
                Money.usd("3.00"),
                Money.usd("3.008334"),
                List.of(
                    line("input video", "5", "5", "1.00", "1.00"),
                    line("output", "10", "10", "2.00", "2.00")),
                List.of(Assumption.OUTPUT_AS_ASKED, Assumption.INPUT_LENGTH_DECLARED),
                LocalDate.of(2026, 11, 1),
                new Terms(
                    number("0.20"),
                    true,
                    Money.usd("0"),
                    Money.usd("1.00"),
                    true,
                    FailedTasks.UNCONFIRMED)));
    assertThat(quote.isExact()).isTrue();
    assertThat(quote).hasToString("3.00 USD");
    assertThat(TARIFF.currency()).isEqualTo(quote.high().currency());
  }

  @Test
  void isAnIntervalWhereTheInputsLengthIsUnknown() {
    Quote quote = quote("duration", 6, "video_urls", times(3, VIDEO), "resolution", "480p");

    assertThat(quote.isExact()).isFalse();
    assertThat(quote).hasToString("1.44–2.52 USD");
    assertThat(quote.lines())
        .containsExactly(
            line("input video", "6", "15", "0.72", "1.80"),
            line("output", "6", "6", "0.72", "0.72"));
    assertThat(quote.assumptions())
        .containsExactly(Assumption.OUTPUT_AS_ASKED, Assumption.INPUT_LENGTH_UNKNOWN);
    // (6 + 1/24 + 15.2) x 0.12
    assertThat(quote.hold()).isEqualTo(Money.usd("2.549"));
  }

  @Test
  void asksNothingForImagesAndAudios() {
    Quote quote = quote("image_urls", times(9, IMAGE), "audio_urls", times(3, AUDIO));

    assertThat(quote.high()).isEqualTo(Money.usd("1.00"));
    assertThat(quote.lines()).hasSize(1);
    assertThat(quote.assumptions()).containsExactly(Assumption.OUTPUT_AS_ASKED);
  }

  @Test
  void holdsAFrameMoreRoundedUp() {
    assertThat(quote().hold()).isEqualTo(Money.usd("1.008334"));
    assertThat(quote("resolution", "480p").hold()).isEqualTo(Money.usd("0.605"));
    assertThat(quote("duration", 4).hold()).isEqualTo(Money.usd("0.808334"));
  }

  @Test
  void holdsTheLongestClipAtTheDearestResolutionWhereThePromptMayAskForIt() {
    Quote quote = quote("prompt", "a cat --dur 9", "resolution", "480p", "duration", 4);

    assertThat(quote.high()).isEqualTo(Money.usd("0.48"));
    assertThat(quote.hold()).isEqualTo(Money.usd("3.008334"));
    assertThat(quote.assumptions())
        .containsExactly(Assumption.OUTPUT_AS_ASKED, Assumption.PROMPT_MAY_CHANGE_LENGTH);
    assertThat(quote("prompt", "a --fps", "video_url", VIDEO).hold())
        .isEqualTo(Money.usd("6.048334"));
  }

  @Test
  void holdsNoLessThanTheBillOfAClipOneFrameLonger() {
    for (Object[] fields :
        List.of(
            new Object[] {},
            new Object[] {"resolution", "480p", "duration", 7},
            new Object[] {"video_url", VIDEO},
            new Object[] {"prompt", "--rs 720p", "resolution", "480p"})) {
      GenerationRequest request = request(fields);
      ClipLength clip = new ClipLength(request.duration().intValueExact() * 24L + 1, 24);
      assertThat(TARIFF.quote(request).settle(clip).amount())
          .isLessThanOrEqualTo(TARIFF.quote(request).hold());
    }
  }

  @Test
  void settlesTheClipsRealLength() {
    assertThat(TARIFF.quote(request()).settle(FIVE_AND_A_FRAME))
        .isEqualTo(new Bill(Money.usd("1.008334"), Bill.Basis.COMPUTED));
    assertThat(TARIFF.quote(request()).settle(new ClipLength(5, 1)))
        .isEqualTo(new Bill(Money.usd("1.00"), Bill.Basis.COMPUTED));
    assertThat(
            TARIFF
                .quote(request("video_url", VIDEO, "video_durations", List.of(number("2.333"))))
                .settle(new ClipLength(120, 24)))
        .isEqualTo(new Bill(Money.usd("1.4666"), Bill.Basis.COMPUTED));
  }

  @Test
  void settlesAnUndeclaredInputAtItsLongest() {
    assertThat(TARIFF.quote(request("video_url", VIDEO)).settle(new ClipLength(5, 1)))
        .isEqualTo(new Bill(Money.usd("4.04"), Bill.Basis.AT_MOST));
  }

  @Test
  void settlesAtTheDearestWhereThePromptMayHaveAskedForIt() {
    GenerationRequest request = request("prompt", "--rs 720p", "resolution", "480p");

    assertThat(TARIFF.quote(request).settle(new ClipLength(5, 1)))
        .isEqualTo(new Bill(Money.usd("1.00"), Bill.Basis.AT_MOST));
  }

  @Test
  void settlesTheSecondsAskedForWhereThoseAreBilled() {
    Tariff asked = tariff("billed-length", "asked");

    assertThat(asked.quote(request()).settle(FIVE_AND_A_FRAME).amount())
        .isEqualTo(Money.usd("1.00"));
    GenerationRequest inline = request("prompt", "--dur 9");
    assertThat(asked.quote(inline).settle(new ClipLength(9, 1)).amount())
        .isEqualTo(Money.usd("1.80"));
    assertThat(asked.quote(inline).settle(new ClipLength(4, 1)).amount())
        .isEqualTo(Money.usd("1.00"));
  }

  @Test
  void settlesFailedTasksByTheTariffsPolicy() {
    GenerationRequest request = request();

    assertThat(TARIFF.quote(request).settleFailed())
        .isEqualTo(new Bill(Money.usd("1.008334"), Bill.Basis.UNCONFIRMED));
    assertThat(tariff("failed-tasks", "none").quote(request).settleFailed())
        .isEqualTo(new Bill(Money.usd("0.00"), Bill.Basis.COMPUTED));
    assertThat(tariff("failed-tasks", "full").quote(request).settleFailed())
        .isEqualTo(new Bill(Money.usd("1.008334"), Bill.Basis.AT_MOST));
  }

  @Test
  void weighsSecondsOfInput() {
    Tariff half = tariff("input-weight", "0.5");
    GenerationRequest request = request("video_url", VIDEO, "input_video_duration", 4);

    Quote quote = half.quote(request);
    assertThat(quote.high()).isEqualTo(Money.usd("1.40"));
    assertThat(quote.lines().get(0)).isEqualTo(line("input video", "4", "4", "0.40", "0.40"));
    assertThat(half.quote(request).settle(new ClipLength(5, 1)).amount())
        .isEqualTo(Money.usd("1.40"));
    assertThat(tariff("input-weight", "0").quote(request).high()).isEqualTo(Money.usd("1.00"));
  }

  @Test
  void holdsAsManyFramesAsTheTariffSays() {
    assertThat(tariff("margin-frames", "0").quote(request()).hold()).isEqualTo(Money.usd("1.00"));
    assertThat(tariff("margin-frames", "24").quote(request()).hold()).isEqualTo(Money.usd("1.20"));
  }

  @Test
  void pricesARelaxedFractionOfASecond() {
    GenerationRequest request =
        RULES.judge(Drafts.with("duration", 4.5), Strictness.RELAXED).request().orElseThrow();

    assertThat(TARIFF.quote(request).high()).isEqualTo(Money.usd("0.90"));
  }

  @Test
  void isReplacedModelByModel() {
    Tariff dear = tariff("rate.720p", "9");
    Tariff both = TARIFF.with(dear);

    assertThat(both.quote(request()).high()).isEqualTo(Money.usd("45.00"));
    assertThat(both.quote(request("model", "doubao-seedance-2.0-fast")).high())
        .isEqualTo(Money.usd("0.80"));
    assertThat(both.date()).isEqualTo(LocalDate.of(2025, 1, 1));
    assertThat(dear.with(TARIFF).date()).isEqualTo(LocalDate.of(2025, 1, 1));
    assertThat(dear.with(TARIFF).quote(request()).high()).isEqualTo(Money.usd("1.00"));
  }

  @Test
  void saysWhichPricesAreMissing() {
    Tariff tariff = tariff("rate.480p", null);

    TARIFF.requirePricesFor(CATALOG);
    assertThatThrownBy(() -> tariff.requirePricesFor(CATALOG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "tariff: no price for doubao-seedance-2.0 at 480p, doubao-seedance-2.0-fast at 720p,"
                + " doubao-seedance-2.0-fast at 480p");
    GenerationRequest small = request("resolution", "480p");
    assertThatThrownBy(() -> tariff.quote(small))
        .hasMessage("tariff: no price for doubao-seedance-2.0 at 480p");
    GenerationRequest fast = request("model", "doubao-seedance-2.0-fast");
    assertThatThrownBy(() -> tariff.quote(fast))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tariff: no price for doubao-seedance-2.0-fast");
  }

  @Test
  void needsPictureSizesToPriceByTheToken() throws IOException {
    ModelCatalog sizeless =
        ModelCatalog.read(
            new StringReader(
                resource("/io/github/seedance4j/request/tokenhub-models.properties")
                    .replaceAll("(?m)^\\*\\.frame-size\\.480p.*$", "")));
    Tariff tokens = tariff("unit", "token");
    tokens.requirePricesFor(onlyStandard());

    assertThatThrownBy(() -> tokens.requirePricesFor(sizeless))
        .hasMessageContaining("no price for doubao-seedance-2.0 at 480p");
    GenerationRequest small =
        RequestRules.of(sizeless).judge(Drafts.with("resolution", "480p")).request().orElseThrow();
    assertThatThrownBy(() -> tokens.quote(small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tariff: no price for doubao-seedance-2.0: no picture sizes at 480p");
  }

  @Test
  void isAnIntervalByTheTokenWhereTheModelChoosesThePicture() {
    Tariff tokens = tariff("unit", "token");
    GenerationRequest adaptive = request("duration", 4);

    Quote quote = tokens.quote(adaptive);
    // a million tokens at 0.20; 960x960 is the smallest picture and 1112x834 the largest
    assertThat(quote.low()).isEqualTo(Money.usd("0.01728"));
    assertThat(quote.high()).isEqualTo(Money.usd("0.017388900"));
    assertThat(quote.isExact()).isFalse();
    assertThat(quote.assumptions())
        .containsExactly(Assumption.OUTPUT_AS_ASKED, Assumption.FRAME_SIZE_OPEN);
    assertThat(tokens.quote(adaptive).settle(new ClipLength(4, 1)))
        .isEqualTo(new Bill(Money.usd("0.0173889"), Bill.Basis.AT_MOST));
    assertThat(
            tokens
                .quote(request("duration", 4, "aspect_ratio", "1:1"))
                .settle(new ClipLength(4, 1)))
        .isEqualTo(new Bill(Money.usd("0.01728"), Bill.Basis.COMPUTED));
    assertThat(tokens.perSecond(adaptive.model(), Resolution.P720))
        .isEqualTo(Money.usd("0.004347225"));
  }

  @Test
  void isReadFromAFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("t.properties"), text("rate.720p", "7"));

    assertThat(Tariff.load(file).quote(request()).high()).isEqualTo(Money.usd("35.00"));
    Files.writeString(file, text("currency", "dollar"));
    assertThatThrownBy(() -> Tariff.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ": doubao-seedance-2.0.currency = 'dollar', wanted an ISO 4217 code such as USD");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "currency|USd|tariff: doubao-seedance-2.0.currency = 'USd', wanted an ISO 4217 code such as USD",
        "currency||tariff: 'doubao-seedance-2.0.currency' is missing",
        "unit|hour|tariff: doubao-seedance-2.0.unit = 'hour', wanted one of [second, token]",
        "unit|SECOND|tariff: doubao-seedance-2.0.unit = 'SECOND', wanted one of [second, token]",
        "rate.720p|0,20|tariff: doubao-seedance-2.0.rate.720p = '0,20', wanted a decimal such as 0.12",
        "rate.720p|1e5|tariff: doubao-seedance-2.0.rate.720p = '1e5', wanted a decimal such as 0.12",
        "rate.720p|-1|tariff: doubao-seedance-2.0.rate.720p = '-1', wanted a decimal such as 0.12",
        "rate-with-video.720p|x|tariff: doubao-seedance-2.0.rate-with-video.720p = 'x', wanted a decimal such as 0.12",
        "input-weight|half|tariff: doubao-seedance-2.0.input-weight = 'half', wanted a decimal such as 0.12",
        "failed-tasks|maybe|tariff: doubao-seedance-2.0.failed-tasks = 'maybe', wanted one of [none, full, unconfirmed]",
        "billed-length|long|tariff: doubao-seedance-2.0.billed-length = 'long', wanted one of [real, asked]",
        "margin-frames|1.5|tariff: doubao-seedance-2.0.margin-frames = '1.5', wanted a whole number such as 3",
        "rates.720p|1|tariff: not a setting: *.rates.720p",
      })
  void saysWhatIsWrongWithAFile(String setting, @Nullable String value, String message) {
    assertThatThrownBy(() -> tariff(setting, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date = 2025-01-01|date = 1.1.2025|tariff: date = '1.1.2025', wanted a day such as 2026-11-01",
        "date = 2025-01-01|''|tariff: 'date' is missing",
        "source = test|''|tariff: 'source' is missing",
        "provider = Test|''|tariff: 'provider' is missing",
        "provider = Test|provider = Test\\nprovider = Test|tariff: 'provider' is there twice",
        "models = doubao-seedance-2.0|models = ,|tariff: models = ',', wanted at least one id, and none twice",
        "models = doubao-seedance-2.0|models = a, b, a|tariff: models = 'a, b, a', wanted at least one id, and none twice",
      })
  void saysWhatIsWrongWithAFileAsAWhole(String line, String instead, String message) {
    String text = text("rate.720p", "1").replace(line, instead.replace("\\n", "\n"));

    assertThatThrownBy(() -> Tariff.read(new StringReader(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void hasASentenceForEveryAssumption() {
    for (Assumption assumption : Assumption.values()) {
      assertThat(assumption.text()).endsWith(".").hasSizeGreaterThan(20);
    }
  }

  private static ModelCatalog onlyStandard() throws IOException {
    return ModelCatalog.read(
        new StringReader(
            resource("/io/github/seedance4j/request/tokenhub-models.properties")
                .replace(
                    "models = doubao-seedance-2.0, doubao-seedance-2.0-fast",
                    "models = doubao-seedance-2.0")
                .replace("doubao-seedance-2.0-fast.alias = fast", "")));
  }

  /** TokenHub's prices of the standard model, with one setting set, or removed where null. */
  private static Tariff tariff(String setting, @Nullable String value) {
    try {
      return Tariff.read(new StringReader(text(setting, value)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String setting, @Nullable String value) {
    StringBuilder text =
        new StringBuilder(
            "provider = Test\nsource = test\ndate = 2025-01-01\nmodels = doubao-seedance-2.0\n");
    String usual =
        "currency=USD unit=second rate.480p=0.12 rate.720p=0.20 input-weight=1"
            + " failed-tasks=unconfirmed billed-length=real margin-frames=1";
    for (String line : usual.split(" ")) {
      if (!line.startsWith(setting + "=")) {
        text.append("*.").append(line).append('\n');
      }
    }
    if (value != null) {
      text.append("*.").append(setting).append('=').append(value).append('\n');
    }
    return text.toString();
  }

  private static String resource(String name) throws IOException {
    try (var in = Tariff.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static Quote.Line line(String item, String least, String most, String low, String high) {
    return new Quote.Line(item, number(least), number(most), Money.usd(low), Money.usd(high));
  }

  private static Quote quote(@Nullable Object... namesAndValues) {
    return TARIFF.quote(request(namesAndValues));
  }

  private static GenerationRequest request(@Nullable Object... namesAndValues) {
    return RULES.judge(Drafts.with(namesAndValues)).request().orElseThrow();
  }
}
