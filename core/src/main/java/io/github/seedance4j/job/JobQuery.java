package io.github.seedance4j.job;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list. Begins with {@link #all()}; each method returns a narrower copy. Results are
 * newest first, by when they were first recorded.
 *
 * @param states jobs in one of them
 * @param label jobs of that label; null for any
 * @param prefix jobs whose id, or whose task's id, begins like that; the empty string for any
 * @param holding only jobs whose price is still held
 * @param after jobs that come behind that one, for the next page; null for the first page
 * @param limit how many at most
 */
public record JobQuery(
    Set<JobState> states,
    @Nullable String label,
    String prefix,
    boolean holding,
    @Nullable JobId after,
    int limit) {

  private static final JobQuery ALL =
      new JobQuery(EnumSet.allOf(JobState.class), null, "", false, null, Integer.MAX_VALUE);

  public JobQuery {
    states = Set.copyOf(states);
    if (limit < 0) {
      throw new IllegalArgumentException("limit: not below zero: " + limit);
    }
  }

  /** Every job. */
  public static JobQuery all() {
    return ALL;
  }

  public JobQuery in(Set<JobState> only) {
    return new JobQuery(only, label, prefix, holding, after, limit);
  }

  public JobQuery labelled(String only) {
    return new JobQuery(states, only, prefix, holding, after, limit);
  }

  public JobQuery beginning(String idOrTask) {
    return new JobQuery(states, label, idOrTask, holding, after, limit);
  }

  /** What stands between a cap and its being spent: prices held, unknown outcomes among them. */
  public JobQuery holdingMoney() {
    return new JobQuery(states, label, prefix, true, after, limit);
  }

  public JobQuery behind(JobId last) {
    return new JobQuery(states, label, prefix, holding, last, limit);
  }

  public JobQuery limit(int most) {
    return new JobQuery(states, label, prefix, holding, after, most);
  }
}
