package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user set that a clip may cost. Unlike {@code --max-cost} it is no consent: what was
 * written once, for whatever comes, refuses what is above it and agrees to nothing below.
 */
record CostSetting(Settings.@Nullable Value value) {

  static CostSetting of(Surroundings around) {
    return new CostSetting(around.setting(Setting.MAX_COST).orElse(null));
  }

  /** Empty where nothing is set. */
  Optional<BigDecimal> most() {
    return Optional.ofNullable(value).map(set -> new BigDecimal(set.text()));
  }

  /** Whether that price is above it. */
  boolean forbids(Quote quote) {
    return most().filter(most -> QuoteText.dearest(quote).amount().compareTo(most) > 0).isPresent();
  }

  /** The end of a run whose clip is too dear. */
  Optional<Ending> refusal(Quote quote) {
    return forbids(quote)
        ? Optional.of(Ending.overCost("it may cost " + tooMuch(QuoteText.dearest(quote))))
        : Optional.empty();
  }

  /** Such as {@code 3.00 USD, more than max-cost 2.00 (config.ini)}. */
  String tooMuch(Money price) {
    return QuoteText.cents(price)
        + ", more than "
        + Setting.MAX_COST.key()
        + most().map(most -> " " + most.toPlainString()).orElse("")
        + (value == null ? "" : " (" + value.origin() + ")");
  }
}
