package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of one clip of a batch, for better or worse: the later here, the worse. */
enum BatchEnd {
  /** It is there, now or since before. */
  STORED("stored", ExitCode.DONE),
  /** It was made and is paid for; its clip, or where that is, was forgotten since, as wished. */
  PURGED("purged", ExitCode.DONE),
  /** Nothing was sent; the next run may. */
  NOT_RUN("not run", ExitCode.TIMED_OUT),
  /** It goes on at the provider. */
  RUNNING("still running", ExitCode.TIMED_OUT),
  /** Nothing was sent: too little is left of a budget. */
  OVER_BUDGET("over budget", ExitCode.OVER_COST),
  /** The provider refused it; nothing was made. */
  REFUSED("refused", ExitCode.REFUSED),
  /** It came to nothing, and may have been charged. */
  FAILED("failed", ExitCode.TASK_FAILED),
  /** It is made and paid for, and not here. */
  NOT_FETCHED("not fetched", ExitCode.NOT_FETCHED),
  /** Nobody knows. */
  UNKNOWN("outcome unknown", ExitCode.OUTCOME_UNKNOWN);

  private final String words;
  private final int exit;

  BatchEnd(String words, int exit) {
    this.words = words;
    this.exit = exit;
  }

  String words() {
    return words;
  }

  int exit() {
    return exit;
  }

  /** Whether there is nothing to complain of. */
  boolean isGood() {
    return this == STORED || this == PURGED;
  }

  /** For programs, such as {@code not-run}. */
  String code() {
    return words.replace(' ', '-');
  }

  /** What a job came to that nothing more happens to by itself. */
  static BatchEnd of(Job job) {
    return switch (job.state()) {
      case STORED -> job.isPurged() ? PURGED : STORED;
      case WITHDRAWN -> BatchHistory.isFree(job) ? NOT_RUN : FAILED;
      case REJECTED -> BatchHistory.isFree(job) ? REFUSED : FAILED;
      case FAILED, CANCELLED, EXPIRED, LOST -> FAILED;
      case UNKNOWN -> UNKNOWN;
      case SUCCEEDED -> NOT_FETCHED;
      case INTENDED, NOT_SENT, THROTTLED, SUBMITTED, RUNNING -> RUNNING;
    };
  }

  /** What becomes of a job that nobody waits for any more. */
  static String left(@Nullable Job job) {
    if (job != null && Access.isOwnSandbox(job.account())) {
      return "the sandbox ends with this command, and so does its task";
    }
    return job != null && job.state() == JobState.SUCCEEDED
        ? "it is made and paid for, but not fetched yet"
        : "it goes on at the provider";
  }

  /** A job's state as results have it. */
  static String word(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
