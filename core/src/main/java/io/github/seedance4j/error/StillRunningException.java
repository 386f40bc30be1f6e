package io.github.seedance4j.error;

import io.github.seedance4j.job.Job;

/** Waiting ended, by deadline or interruption; the job goes on and can be waited for again. */
public final class StillRunningException extends RetryLaterException {

  private static final long serialVersionUID = 1L;

  private final transient Job job;

  public StillRunningException(String message, Job job) {
    super(message, null, null);
    this.job = job;
  }

  /** As it was last seen. */
  public Job job() {
    return job;
  }
}
