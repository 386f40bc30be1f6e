package io.github.seedance4j.adapter.cli.gallery;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Where an axis of amounts or counts has its marks: at multiples of 1, 2 or 5 tenfold. */
record Axis(BigDecimal step, int marks) {

  private static final int MOST = 5;

  /** From zero to a mark that is not below {@code most}. */
  static Axis upTo(BigDecimal most, BigDecimal leastStep) {
    BigDecimal step = leastStep;
    int[] times = {2, 5, 10}; // 1, 2, 5, 10, 20, …
    BigDecimal unit = leastStep;
    for (int i = 0; step.multiply(BigDecimal.valueOf(MOST)).compareTo(most) < 0; i++) {
      step = unit.multiply(BigDecimal.valueOf(times[i % times.length]));
      if (i % times.length == times.length - 1) {
        unit = step;
      }
    }
    int marks = most.divide(step, 0, RoundingMode.CEILING).intValueExact();
    return new Axis(step, Math.max(1, marks));
  }

  BigDecimal top() {
    return step.multiply(BigDecimal.valueOf(marks));
  }

  /** Zero and every mark above it. */
  List<BigDecimal> values() {
    List<BigDecimal> values = new ArrayList<>();
    for (int i = 0; i <= marks; i++) {
      values.add(step.multiply(BigDecimal.valueOf(i)));
    }
    return values;
  }

  /** How much of the way up a value is, from 0 to 1. */
  double share(BigDecimal value) {
    return value.divide(top(), MathContext.DECIMAL64).doubleValue();
  }

  /** As few decimals as all marks need. */
  String label(BigDecimal value) {
    int decimals = Math.max(0, step.stripTrailingZeros().scale());
    return value.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }
}
