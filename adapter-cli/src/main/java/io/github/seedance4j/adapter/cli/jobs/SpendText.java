package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes what was spent, by how sure that is, and what is held, to the cent. The sum is rounded up,
 * as what is left of a cap is rounded down, and so is what is held; of the rest those parts that
 * lack least are, until all of them add up to the sum.
 */
final class SpendText {

  private static final BigDecimal CENT = new BigDecimal("0.01");

  private SpendText() {}

  /** All of it to the cent; the parts add up to the total. */
  record Cents(
      BigDecimal computed,
      BigDecimal unconfirmed,
      BigDecimal stated,
      BigDecimal held,
      BigDecimal total) {

    /** Of jobs that ended. */
    BigDecimal settled() {
      return total.subtract(held);
    }
  }

  /** Such as {@code computed 1.01, unconfirmed 0.00, looked up 0.00, held 1.01: 2.02 USD}. */
  static String of(Spend spend) {
    Cents cents = cents(spend);
    return "computed "
        + cents.computed.toPlainString()
        + ", unconfirmed "
        + cents.unconfirmed.toPlainString()
        + ", looked up "
        + cents.stated.toPlainString()
        + ", held "
        + cents.held.toPlainString()
        + ": "
        + QuoteText.cents(spend.total());
  }

  static Cents cents(Spend spend) {
    BigDecimal held = rounded(spend.held(), RoundingMode.CEILING);
    BigDecimal total = rounded(spend.total(), RoundingMode.CEILING);
    List<Money> parts = List.of(spend.computed(), spend.unconfirmed(), spend.stated());
    List<BigDecimal> cents = new ArrayList<>();
    BigDecimal missing = total.subtract(held);
    for (Money part : parts) {
      BigDecimal down = rounded(part, RoundingMode.FLOOR);
      cents.add(down);
      missing = missing.subtract(down);
    }
    List<Integer> greatestRest = new ArrayList<>(List.of(0, 1, 2));
    greatestRest.sort(
        Comparator.comparing((Integer i) -> parts.get(i).amount().subtract(cents.get(i)))
            .reversed());
    for (int i : greatestRest) {
      if (missing.signum() > 0) {
        cents.set(i, cents.get(i).add(CENT));
        missing = missing.subtract(CENT);
      }
    }
    return new Cents(cents.get(0), cents.get(1), cents.get(2), held, total);
  }

  private static BigDecimal rounded(Money money, RoundingMode mode) {
    return money.amount().setScale(2, mode);
  }
}
