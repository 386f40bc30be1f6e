package io.github.seedance4j.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to a job.
 *
 * @param id the same for the same event, should it be told twice
 * @param job as it is now
 * @param at when
 * @param download how far the download is, for the events that tell of it; else null
 */
public record JobEvent(String id, Job job, Instant at, @Nullable Progress download) {

  /** Bytes of a download; the total is null where the server does not say. */
  public record Progress(long bytes, @Nullable Long total) {}

  /** Where the job stands. */
  public JobState state() {
    return job.state();
  }
}
