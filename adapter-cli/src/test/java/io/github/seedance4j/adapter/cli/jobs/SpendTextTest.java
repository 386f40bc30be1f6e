package io.github.seedance4j.adapter.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import java.math.BigDecimal;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpendTextTest {

  private static final Pattern FIGURE = Pattern.compile("\\d+\\.\\d+");

  private static String text(String computed, String unconfirmed, String stated, String held) {
    return SpendText.of(
        new Spend(Money.usd(computed), Money.usd(unconfirmed), Money.usd(stated), Money.usd(held)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.61344 | 0     | 0    | 1.61344 | computed 1.61, unconfirmed 0.00, looked up 0.00, held 1.62: 3.23 USD
          0.001   | 0.002 | 0    | 0.001   | computed 0.00, unconfirmed 0.00, looked up 0.00, held 0.01: 0.01 USD
          0.801   | 0.809 | 1.00 | 0       | computed 0.80, unconfirmed 0.81, looked up 1.00, held 0.00: 2.61 USD
          2.00    | 0     | 0    | 1.00    | computed 2.00, unconfirmed 0.00, looked up 0.00, held 1.00: 3.00 USD
          """)
  void addsUpToTheCent(
      String computed, String unconfirmed, String stated, String held, String text) {
    assertThat(text(computed, unconfirmed, stated, held)).isEqualTo(text);
  }

  @Test
  void addsUpWhateverTheAmounts() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      BigDecimal[] amounts = new BigDecimal[4];
      for (int part = 0; part < 4; part++) {
        amounts[part] = BigDecimal.valueOf(random.nextInt(30_000), random.nextInt(6));
      }
      String text =
          text(
              amounts[0].toPlainString(),
              amounts[1].toPlainString(),
              amounts[2].toPlainString(),
              amounts[3].toPlainString());

      BigDecimal[] said =
          FIGURE
              .matcher(text)
              .results()
              .map(MatchResult::group)
              .map(BigDecimal::new)
              .toArray(BigDecimal[]::new);
      assertThat(said[0].add(said[1]).add(said[2]).add(said[3]))
          .as("seed %d: %s", seed, text)
          .isEqualTo(said[4]);
      assertThat(said[3]).as("seed %d: %s", seed, text).isGreaterThanOrEqualTo(amounts[3]);
      for (int part = 0; part < 4; part++) {
        assertThat(said[part].subtract(amounts[part]).abs())
            .as("seed %d: %s", seed, text)
            .isLessThan(new BigDecimal("0.01"));
      }
    }
  }

  @Test
  void saysHowFarACapIsOverspent() {
    assertThat(QuoteText.leftOrOver(Money.usd("0.486"))).isEqualTo("0.48 USD left");
    assertThat(QuoteText.leftOrOver(Money.usd("-0.525"))).isEqualTo("0.53 USD over it");
  }
}
