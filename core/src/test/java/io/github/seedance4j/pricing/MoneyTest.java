package io.github.seedance4j.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "3, 3.00",
    "3.0, 3.00",
    "3.000, 3.00",
    "3.10, 3.10",
    "0.666, 0.666",
    "0.6660, 0.666",
    "1E+2, 100.00",
    "1e-3, 0.001",
    "0, 0.00",
    "0e99999999, 0.00",
    "-0.5, -0.50",
    "999999999999999999, 999999999999999999.00"
  })
  void isWrittenAsPlainDecimalsWithAtLeastTwoPlaces(String amount, String plain) {
    assertThat(Money.usd(amount).plain()).isEqualTo(plain);
    assertThat(Money.usd(amount)).hasToString(plain + " USD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e18", "1000000000000000000", "1e99999999", "100e2147483647", "1e-101", "0e-101"})
  void refusesWhatIsBeyondAllMoney(String amount) {
    assertThatThrownBy(() -> Money.usd(amount))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("amount: beyond all money: " + new BigDecimal(amount));
  }

  @Test
  void keepsAHundredDecimals() {
    assertThat(Money.usd("1e-100").amount()).isEqualByComparingTo("1e-100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "three", "3,00", "$3", "0x3"})
  void refusesWhatIsNoNumber(String amount) {
    assertThatThrownBy(() -> Money.usd(amount)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void isEqualWhateverTheZeros() {
    assertThat(Money.usd("3")).isEqualTo(Money.usd("3.0000")).hasSameHashCodeAs(Money.usd("3.0"));
    assertThat(Money.usd("3")).isNotEqualTo(Money.of("3", "EUR")).isNotEqualTo(Money.usd("3.001"));
  }

  @Test
  void calculatesExactly() {
    Money third = Money.usd("0.1").plus(Money.usd("0.2"));

    assertThat(third).isEqualTo(Money.usd("0.3"));
    assertThat(third.minus(Money.usd("0.5"))).isEqualTo(Money.usd("-0.20"));
    assertThat(Money.zero(Currency.getInstance("JPY"))).hasToString("0.00 JPY");
  }

  @Test
  void compares() {
    Money one = Money.usd("1.00");
    Money two = Money.usd("2");

    assertThat(two.isMoreThan(one)).isTrue();
    assertThat(one.isMoreThan(two)).isFalse();
    assertThat(one.isMoreThan(Money.usd("1"))).isFalse();
    assertThat(Money.max(one, two)).isSameAs(two);
    assertThat(Money.max(two, one)).isSameAs(two);
    assertThat(one).isLessThan(two).isEqualByComparingTo(Money.usd("1"));
  }

  @Test
  void refusesToMixCurrencies() {
    Money dollars = Money.usd("1");
    Money euros = Money.of("1", "EUR");

    assertThatThrownBy(() -> dollars.plus(euros))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("currency: 1.00 USD and 1.00 EUR don't mix");
    assertThatThrownBy(() -> dollars.minus(euros)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> dollars.compareTo(euros)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Money.max(euros, dollars))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> euros.isMoreThan(dollars))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wantsACurrency() {
    assertThatNullPointerException()
        .isThrownBy(() -> new Money(BigDecimal.ONE, null))
        .withMessage("currency");
    assertThatThrownBy(() -> Money.of("1", "dollar")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void multipliesExactly() {
    assertThat(Money.usd("1.008334").times(2)).isEqualTo(Money.usd("2.016668"));
    assertThat(Money.usd("1.008334").times(0)).isEqualTo(Money.usd("0"));
  }
}
