package io.github.seedance4j.testkit.crash;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A moment at which a process can be halted. Its name is such as {@code INTENT.AFTER}. */
public record CrashPoint(CrashStep step, Moment moment) {

  /** On which side of the step. */
  public enum Moment {
    BEFORE,
    AFTER
  }

  /** All there are: one row for each step, before and after. */
  public static List<CrashPoint> all() {
    return Arrays.stream(CrashStep.values())
        .flatMap(step -> Stream.of(Moment.values()).map(moment -> new CrashPoint(step, moment)))
        .toList();
  }

  /**
   * The point of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CrashPoint of(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("name: such as INTENT.AFTER, not '" + name + "'");
    }
    return new CrashPoint(
        CrashStep.valueOf(name.substring(0, dot)), Moment.valueOf(name.substring(dot + 1)));
  }

  @Override
  public String toString() {
    return step + "." + moment;
  }
}
