package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reminds of what waits for somebody: paid clips to be fetched, and outcomes nobody knows. */
public final class Reminder {

  /** Whoever follows a job fetches its clip at once; what is left after that is nobody's. */
  private static final Duration FETCHED_WITHIN = Duration.ofMinutes(2);

  /** Clips take up to eight minutes: a task that is followed has come to its end by then. */
  private static final Duration MADE_WITHIN = Duration.ofMinutes(30);

  private static final Duration LINK_LIFE = Duration.ofHours(24);
  private static final int MOST = 1_000;

  private Reminder() {}

  /** Says a command on the same journal as the user can type it. */
  public interface Command {
    String of(String... words);
  }

  /**
   * A line for each kind of thing that waits; none if nothing does.
   *
   * @param seenTo jobs that need no mention
   */
  public static List<String> of(
      VideoGeneration videos, Instant now, Set<JobId> seenTo, Command command) {
    List<String> lines = new ArrayList<>();
    List<Job> clips =
        videos
            .list(
                JobQuery.all()
                    .in(EnumSet.of(JobState.SUBMITTED, JobState.RUNNING, JobState.SUCCEEDED))
                    .limit(MOST))
            .stream()
            .filter(job -> !seenTo.contains(job.id()) && isForgotten(job, now))
            .toList();
    if (!clips.isEmpty()) {
      lines.add(
          (clips.size() == 1 ? "a paid clip waits" : clips.size() + " paid clips wait")
              + " to be fetched; "
              + (clips.size() == 1 ? "its link" : "the first link")
              + dies(clips, now)
              + ": "
              + command.of("resume"));
    }
    long unknown =
        videos.list(JobQuery.all().in(EnumSet.of(JobState.UNKNOWN)).limit(MOST)).stream()
            .filter(job -> !seenTo.contains(job.id()))
            .count();
    if (unknown > 0) {
      lines.add(
          (unknown == 1 ? "the outcome of a job is" : "the outcomes of " + unknown + " jobs are")
              + " unknown, and may have been charged: "
              + command.of("jobs", "--state", "unknown"));
    }
    return lines;
  }

  private static boolean isForgotten(Job job, Instant now) {
    Duration grace = job.state() == JobState.SUCCEEDED ? FETCHED_WITHIN : MADE_WITHIN;
    return Duration.between(job.changedAt(), now).compareTo(grace) > 0;
  }

  private static String dies(List<Job> clips, Instant now) {
    Instant first =
        clips.stream()
            .map(job -> job.linkDiesAt().orElse(job.changedAt().plus(LINK_LIFE)))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Duration left = Duration.between(now, first);
    return left.isNegative() ? " may be dead by now" : " dies in " + inWords(left);
  }

  /** Such as {@code 5 h} or {@code 40 min}: rounded down. */
  static String inWords(Duration time) {
    return time.toHours() > 0 ? time.toHours() + " h" : Math.max(1, time.toMinutes()) + " min";
  }
}
