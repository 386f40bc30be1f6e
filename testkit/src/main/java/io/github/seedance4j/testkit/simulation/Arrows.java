package io.github.seedance4j.testkit.simulation;

import static io.github.seedance4j.job.JobState.CANCELLED;
import static io.github.seedance4j.job.JobState.EXPIRED;
import static io.github.seedance4j.job.JobState.FAILED;
import static io.github.seedance4j.job.JobState.INTENDED;
import static io.github.seedance4j.job.JobState.LOST;
import static io.github.seedance4j.job.JobState.NOT_SENT;
import static io.github.seedance4j.job.JobState.REJECTED;
import static io.github.seedance4j.job.JobState.RUNNING;
import static io.github.seedance4j.job.JobState.STORED;
import static io.github.seedance4j.job.JobState.SUBMITTED;
import static io.github.seedance4j.job.JobState.SUCCEEDED;
import static io.github.seedance4j.job.JobState.THROTTLED;
import static io.github.seedance4j.job.JobState.UNKNOWN;
import static io.github.seedance4j.job.JobState.WITHDRAWN;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The steps that a job's life has, as the design draws them. */
final class Arrows {

  private static final Map<JobState, Set<JobState>> FROM = new EnumMap<>(JobState.class);

  static {
    from(INTENDED, NOT_SENT, THROTTLED, REJECTED, SUBMITTED, UNKNOWN, WITHDRAWN);
    from(NOT_SENT, INTENDED, WITHDRAWN, SUBMITTED);
    from(THROTTLED, INTENDED, WITHDRAWN, SUBMITTED);
    from(SUBMITTED, RUNNING, SUCCEEDED, FAILED, CANCELLED, EXPIRED);
    from(RUNNING, SUCCEEDED, FAILED, CANCELLED, EXPIRED);
    from(SUCCEEDED, STORED, EXPIRED);
    // a person's word, or the answer itself, late
    from(UNKNOWN, SUBMITTED, LOST, NOT_SENT, THROTTLED, REJECTED, WITHDRAWN);
    from(LOST, SUBMITTED);
    from(REJECTED, SUBMITTED);
    from(WITHDRAWN, SUBMITTED);
    from(EXPIRED, SUBMITTED);
  }

  private Arrows() {}

  private static void from(JobState state, JobState first, JobState... more) {
    FROM.put(state, EnumSet.of(first, more));
  }

  static boolean leads(Job before, Job after) {
    return before.state() == after.state()
        || FROM.getOrDefault(before.state(), Set.of()).contains(after.state());
  }
}
