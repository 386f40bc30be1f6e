package io.github.seedance4j.service;

import io.github.seedance4j.job.JobId;
import java.time.Duration;

/**
 * How often a task is asked for. Delays grow from {@code first} to {@code longest} and are spread
 * by up to a fifth, by the job's id, so that jobs of one batch don't ask in step.
 *
 * @param first before the first question, and between those that follow at first
 * @param longest between two questions at most
 * @param growth factor from one delay to the next, at least 1
 * @param notFoundGrace how long after its creation a task may be unknown to the provider
 * @param giveUpAfter when a task that does not end counts as expired
 * @param perSecond how many questions one service asks in a second at most, of all tasks together;
 *     infinity for no limit
 */
public record PollPlan(
    Duration first,
    Duration longest,
    double growth,
    Duration notFoundGrace,
    Duration giveUpAfter,
    double perSecond) {

  public PollPlan {
    if (notFoundGrace.compareTo(Duration.ZERO) <= 0 || giveUpAfter.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException(
          "notFoundGrace, giveUpAfter: more than zero, not " + notFoundGrace + ", " + giveUpAfter);
    }
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("perSecond: more than zero, not " + perSecond);
    }
    if (first.isNegative() || longest.isZero() || longest.compareTo(first) < 0 || !(growth >= 1)) {
      throw new IllegalArgumentException(
          "first, longest, growth: 0 <= first <= longest, longest > 0 and growth >= 1, not "
              + first
              + ", "
              + longest
              + ", "
              + growth);
    }
  }

  /**
   * Every 5 s as in TokenHub's samples, growing to 30 s as upstream advises; 10 minutes of grace;
   * three days, since upstream expires tasks after two; 10 questions a second, which is our guess
   * at what bothers nobody.
   */
  public static PollPlan standard() {
    return new PollPlan(
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        1.15,
        Duration.ofMinutes(10),
        Duration.ofDays(3),
        10);
  }

  /** At once, then every 20 ms: for a fake provider without a clock of its own. */
  public static PollPlan immediate() {
    return new PollPlan(
        Duration.ZERO,
        Duration.ofMillis(20),
        1,
        Duration.ofSeconds(10),
        Duration.ofDays(3),
        Double.POSITIVE_INFINITY);
  }

  /** The same plan with that many questions a second at most. */
  public PollPlan perSecond(double most) {
    return new PollPlan(first, longest, growth, notFoundGrace, giveUpAfter, most);
  }

  /** The delay before the question of that number, counted from 0. */
  Duration delay(JobId job, int number) {
    if (number > 0 && first.isZero()) {
      return longest;
    }
    double millis = first.toMillis() * Math.pow(growth, number);
    return spread(job, number, Math.min(millis, (double) longest.toMillis()));
  }

  /** The delay after that many failures in a row: doubling, at most the longest. */
  Duration backOff(JobId job, int failures) {
    double millis = Math.max(20, first.toMillis()) * Math.pow(2, Math.min(failures, 20));
    return spread(job, failures, Math.min(millis, (double) longest.toMillis()));
  }

  private static Duration spread(JobId job, int number, double millis) {
    int share = Math.floorMod(job.hashCode() * 31 + number, 200);
    return Duration.ofMillis((long) (millis * (1 - share / 1000.0)));
  }
}
