package io.github.seedance4j.error;

import io.github.seedance4j.job.Job;

/**
 * The create call may have been taken and charged. Sending it again may pay twice: look the task up
 * with the provider, then resolve the job.
 */
public final class OutcomeUnknownException extends GiveUpException {

  private static final long serialVersionUID = 1L;

  private final transient Job job;

  public OutcomeUnknownException(Job job) {
    super(
        job.id()
            + " may have been charged; don't send it again, resolve it: "
            + job.note().orElse("no usable answer came back"),
        null);
    this.job = job;
  }

  public Job job() {
    return job;
  }
}
