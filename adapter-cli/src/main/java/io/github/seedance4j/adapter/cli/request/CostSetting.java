package io.github.seedance4j.adapter.cli.request;

import io.github.seedance4j.adapter.cli.settings.Setting;
import io.github.seedance4j.adapter.cli.settings.Settings;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user set that a clip may cost. Unlike {@code --max-cost} it is no consent: what was
 * written once, for whatever comes, refuses what is above it and agrees to nothing below.
 */
public record CostSetting(Settings.@Nullable Value value) {

  public static CostSetting of(Surroundings around) {
    return new CostSetting(around.setting(Setting.MAX_COST).orElse(null));
  }

  /** Empty where nothing is set. */
  public Optional<BigDecimal> most() {
    return Optional.ofNullable(value).map(set -> new Values.Amount().convert(set.text()));
  }

  /** Whether that price is above it. */
  public boolean forbids(Quote quote) {
    return most().filter(most -> QuoteText.dearest(quote).amount().compareTo(most) > 0).isPresent();
  }

  /** How to allow that price, once or for good. */
  public String raise(Money price, Surroundings around) {
    String amount = QuoteText.plainCents(price);
    String once = "Give --max-cost " + amount;
    if (value == null || !value.isInFile()) {
      return once + ", or raise " + Setting.MAX_COST.variable();
    }
    List<String> words = new ArrayList<>(List.of("config", "set", Setting.MAX_COST.key(), amount));
    int profile = value.origin().indexOf('[');
    if (profile >= 0) {
      words.add("--profile");
      words.add(value.origin().substring(profile + 1, value.origin().length() - 1));
    }
    return once + ", or: " + around.command(words.toArray(String[]::new));
  }

  /** Such as {@code 3.00 USD, more than max-cost 2.00 (config.ini)}. */
  public String tooMuch(Money price) {
    return QuoteText.cents(price)
        + ", more than "
        + Setting.MAX_COST.key()
        + most().map(most -> " " + most.toPlainString()).orElse("")
        + (value == null ? "" : " (" + value.origin() + ")");
  }
}
