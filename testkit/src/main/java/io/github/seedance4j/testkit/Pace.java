package io.github.seedance4j.testkit;

import java.time.Duration;

/**
 * How long a task waits, and how long it then runs, by the fake's clock. The create always answers
 * {@code queued}; under {@link #IMMEDIATE} the first poll finds the task done.
 */
public record Pace(Duration queued, Duration running) {

  public static final Pace IMMEDIATE = new Pace(Duration.ZERO, Duration.ZERO);

  public Pace {
    requireZeroOrMore("queued", queued);
    requireZeroOrMore("running", running);
  }

  private static void requireZeroOrMore(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + ": zero or more, not " + value);
    }
  }
}
