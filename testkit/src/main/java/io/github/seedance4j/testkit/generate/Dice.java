package io.github.seedance4j.testkit.generate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;

/** Draws from what is there. */
record Dice(Random random) {

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From the least to the most, both included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean oneIn(int sides) {
    return random.nextInt(sides) == 0;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Seconds with up to three decimals, both ends included. */
  BigDecimal seconds(BigDecimal least, BigDecimal most) {
    int decimals = of(0, 0, 1, 3);
    int from = least.movePointRight(3).intValueExact();
    int to = most.movePointRight(3).intValueExact();
    BigDecimal exact = BigDecimal.valueOf(between(from, to), 3);
    BigDecimal rounded = exact.setScale(decimals, RoundingMode.DOWN);
    return rounded.compareTo(least) < 0 ? exact : rounded;
  }
}
