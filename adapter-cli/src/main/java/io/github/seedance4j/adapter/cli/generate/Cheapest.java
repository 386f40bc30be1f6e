package io.github.seedance4j.adapter.cli.generate;

import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.request.Strictness;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model, resolution and length in which a clip costs least: what those need whose limit is low.
 */
record Cheapest(GenerationRequest request, Quote quote) {

  /** Empty where the same request won't do with any model at its shortest. */
  static Optional<Cheapest> of(
      GenerationDraft draft, ModelCatalog catalog, Strictness strictness, Tariff tariff) {
    RequestRules rules = RequestRules.of(catalog);
    @Nullable Cheapest least = null;
    for (ModelSpec model : catalog.models()) {
      Duration shortest =
          Duration.ofMillis(model.duration().min().movePointRight(3).longValueExact());
      for (Resolution resolution : model.resolutions()) {
        GenerationDraft changed =
            draft.toBuilder()
                .model(new ModelId(model.id()))
                .resolution(resolution)
                .duration(shortest)
                .build();
        GenerationRequest request = rules.judge(changed, strictness).request().orElse(null);
        if (request != null) {
          Quote quote = tariff.quote(request);
          if (least == null || price(least.quote).isMoreThan(price(quote))) {
            least = new Cheapest(request, quote);
          }
        }
      }
    }
    return Optional.ofNullable(least);
  }

  /**
   * What to do about a price that is over a limit.
   *
   * @param count how many of it are made
   * @param raise how to raise the limit
   */
  List<String> advice(GenerationRequest asked, int count, BigDecimal limit, String raise) {
    Quote all = QuoteText.times(quote, count);
    boolean fits = price(all).amount().compareTo(limit) <= 0;
    List<String> less = less(asked);
    if (count > 1) {
      less.add("fewer --takes");
    }
    String takes = count == 1 ? "" : count + " takes, ";
    String words =
        takes
            + request.model().alias()
            + ", "
            + request.resolution().value()
            + ", "
            + QuoteText.seconds(request.duration())
            + " s";
    boolean helps = !less.isEmpty() && (fits || count > 1);
    return List.of(
        "Nothing was sent. "
            + raise
            + (helps ? ", or ask for less: " + String.join(", ", less) + "." : "."),
        less(asked).isEmpty()
            ? "That is the cheapest there is already (" + words + ")."
            : (fits ? "The cheapest there is: " : "Even the cheapest there is costs ")
                + QuoteText.cents(price(all))
                + " ("
                + words
                + ").");
  }

  /** The flags that make it cheaper. */
  private List<String> less(GenerationRequest asked) {
    List<String> flags = new ArrayList<>();
    if (!asked.model().id().equals(request.model().id())) {
      flags.add("--model " + request.model().alias());
    }
    if (!asked.resolution().equals(request.resolution())) {
      flags.add("--" + request.resolution().value());
    }
    if (asked.duration().compareTo(request.duration()) != 0) {
      flags.add("--duration " + QuoteText.seconds(request.duration()));
    }
    return flags;
  }

  private static Money price(Quote quote) {
    return QuoteText.dearest(quote);
  }
}
