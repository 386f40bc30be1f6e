package io.github.seedance4j.pricing;

import io.github.seedance4j.data.SettingsFile;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.request.Rule;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The prices of a provider's models: data that a user can replace by a file or extend in code. All
 * figures are exact decimals; the one place that rounds is {@code Rate}, upwards. Immutable.
 */
public final class Tariff {

  private final LocalDate date;
  private final Map<String, Rate> rates;

  private Tariff(LocalDate date, Map<String, Rate> rates) {
    this.date = date;
    this.rates = rates;
  }

  /** TokenHub's prices, from its guide. */
  public static Tariff tokenHub() {
    return of(SettingsFile.ofResource(Tariff.class, "tokenhub-tariff.properties"));
  }

  /**
   * Reads prices from a file of the form of {@code tokenhub-tariff.properties}.
   *
   * @throws IllegalArgumentException naming the key that is missing, unknown, repeated or unusable
   */
  public static Tariff load(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return of(SettingsFile.read(file.toString(), reader));
    }
  }

  /** As {@link #load}, from any text. */
  public static Tariff read(Reader reader) throws IOException {
    return of(SettingsFile.read("tariff", reader));
  }

  /** These prices with another's added; the other's win where models are the same. */
  public Tariff with(Tariff other) {
    Map<String, Rate> all = new LinkedHashMap<>(rates);
    all.putAll(other.rates);
    return new Tariff(date.isBefore(other.date) ? date : other.date, all);
  }

  /** The day on which the prices were looked up; of several, the oldest. */
  public LocalDate date() {
    return date;
  }

  /** The currency of the first model, which totals are kept in. */
  public Currency currency() {
    return rates.values().iterator().next().currency();
  }

  /**
   * The price of a second at that resolution without reference videos; the dearest where pictures
   * differ in size.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Money perSecond(ModelSpec model, Resolution resolution) {
    Rate rate = rate(model);
    Shape shape = Shape.of(rate, model, List.of(resolution), model.aspectRatios(), false);
    return rate.cost(shape.dearest(), BigDecimal.ONE, 1);
  }

  /**
   * Refuses to stand beside a catalogue that knows more than has a price.
   *
   * @throws IllegalArgumentException naming each model and resolution without one
   */
  public void requirePricesFor(ModelCatalog catalog) {
    List<String> missing = new ArrayList<>();
    for (ModelSpec model : catalog.models()) {
      Rate rate = rates.get(model.id());
      for (Resolution resolution : model.resolutions()) {
        if (rate == null || !rate.covers(model, resolution)) {
          missing.add(model.id() + " at " + resolution);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("tariff: no price for " + String.join(", ", missing));
    }
  }

  /**
   * What a request will cost. With reference videos of unknown length each counts as upstream's
   * shortest to the longest total that upstream takes.
   */
  public Quote quote(GenerationRequest request) {
    Rate rate = rate(request.model());
    Shape shape = Shape.asked(rate, request);
    BigDecimal output = request.duration();
    List<Quote.Line> lines = new ArrayList<>();
    if (request.videoCount() > 0) {
      lines.add(rate.inputLine(shape, leastInput(request), mostInput(request)));
    }
    lines.add(rate.line("output", shape, output, output));
    Money low = lines.stream().map(Quote.Line::low).reduce(rate.zero(), Money::plus);
    Money high = lines.stream().map(Quote.Line::high).reduce(rate.zero(), Money::plus);
    return new Quote(
        low,
        high,
        hold(request, rate),
        lines,
        assumptions(request, shape),
        date,
        terms(request, rate));
  }

  /**
   * A bill goes by the clip's real length, or by the seconds asked for where the tariff says that
   * those are billed; an open picture counts at its dearest.
   */
  private static Terms terms(GenerationRequest request, Rate rate) {
    Shape shape = Shape.possible(rate, request);
    BigDecimal price = shape.dearest();
    boolean real = rate.billedLength() == Rate.BilledLength.REAL;
    return new Terms(
        price,
        // the prompt itself may have asked for more
        real || request.hasAdvice(Rule.PROMPT_INLINE_PARAMETER),
        real ? rate.zero() : rate.cost(price, request.duration(), 1),
        rate.cost(price, rate.weighted(longestInput(request)), 1),
        request.inputSeconds().isPresent() && !shape.isOpen(),
        rate.failedTasks());
  }

  /**
   * The high end, a margin of frames, the longest input that passes where none is declared, and the
   * longest and dearest clip of the model where the prompt itself may ask for it.
   */
  private static Money hold(GenerationRequest request, Rate rate) {
    ModelSpec model = request.model();
    BigDecimal price = Shape.possible(rate, request).dearest();
    BigDecimal seconds =
        request.hasAdvice(Rule.PROMPT_INLINE_PARAMETER)
            ? model.duration().max()
            : request.duration();
    BigDecimal frames = BigDecimal.valueOf(model.framesPerSecond());
    BigDecimal ticks = seconds.multiply(frames).add(BigDecimal.valueOf(rate.marginFrames()));
    Money output = rate.cost(price, ticks, model.framesPerSecond());
    return output.plus(rate.cost(price, rate.weighted(longestInput(request)), 1));
  }

  private static BigDecimal leastInput(GenerationRequest request) {
    BigDecimal each = request.model().inputVideo().minEach();
    return request
        .inputSeconds()
        .orElseGet(() -> each.multiply(BigDecimal.valueOf(request.videoCount())));
  }

  private static BigDecimal mostInput(GenerationRequest request) {
    return request.inputSeconds().orElse(request.model().inputVideo().maxTotal());
  }

  private static BigDecimal longestInput(GenerationRequest request) {
    return request.inputSeconds().orElse(request.model().inputVideo().hardTotal());
  }

  private static List<Assumption> assumptions(GenerationRequest request, Shape shape) {
    List<Assumption> assumptions = new ArrayList<>();
    assumptions.add(Assumption.OUTPUT_AS_ASKED);
    if (request.videoCount() > 0) {
      assumptions.add(
          request.inputSeconds().isPresent()
              ? Assumption.INPUT_LENGTH_DECLARED
              : Assumption.INPUT_LENGTH_UNKNOWN);
    }
    if (shape.isOpen()) {
      assumptions.add(Assumption.FRAME_SIZE_OPEN);
    }
    if (request.hasAdvice(Rule.PROMPT_INLINE_PARAMETER)) {
      assumptions.add(Assumption.PROMPT_MAY_CHANGE_LENGTH);
    }
    return assumptions;
  }

  private Rate rate(ModelSpec model) {
    Rate rate = rates.get(model.id());
    if (rate == null) {
      throw new IllegalArgumentException("tariff: no price for " + model.id());
    }
    return rate;
  }

  private static Tariff of(SettingsFile file) {
    file.required("provider");
    file.required("source");
    Map<String, Rate> rates = new LinkedHashMap<>();
    for (String id : file.models()) {
      rates.put(id, Rate.read(file, id));
    }
    String day = file.required("date");
    file.refuseUnread();
    try {
      return new Tariff(LocalDate.parse(day), rates);
    } catch (DateTimeParseException e) {
      throw file.bad("date", day, "a day such as 2026-11-01");
    }
  }
}
