package io.github.seedance4j.error;

import io.github.seedance4j.job.Job;

/** The job ended without a clip; its fault says why. */
public final class TaskFailedException extends GiveUpException {

  private static final long serialVersionUID = 1L;

  private final transient Job job;

  public TaskFailedException(String message, Job job) {
    super(message, null);
    this.job = job;
  }

  public Job job() {
    return job;
  }
}
