package io.github.seedance4j.adapter.rest.events;

import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.generation.JobView;
import io.github.seedance4j.job.Job;
import org.jspecify.annotations.Nullable;

/** A job as it is now, written once however many streams tell it. Thread-safe. */
final class Change {

  private final Job job;
  private final JobView view;
  private byte @Nullable [] json;

  Change(Job job, JobView view) {
    this.job = job;
    this.view = view;
  }

  Job job() {
    return job;
  }

  /** The same as a GET gives, on one line. */
  synchronized byte[] json() {
    byte[] written = json;
    if (written == null) {
      written = Json.write(view.of(job));
      json = written;
    }
    return written;
  }
}
