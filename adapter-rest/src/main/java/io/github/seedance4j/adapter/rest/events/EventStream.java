package io.github.seedance4j.adapter.rest.events;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import java.time.Instant;

/** What one client is told, of what it may see. Thread-safe. */
abstract class EventStream {

  private final String keyId;
  private final Instant ends;
  private final EventPipe pipe;

  /**
   * @param keyId whose it is: it ends when that key does
   * @param ends when it ends at the latest
   */
  EventStream(String keyId, Instant ends, EventPipe pipe) {
    this.keyId = keyId;
    this.ends = ends;
    this.pipe = pipe;
  }

  final String keyId() {
    return keyId;
  }

  final Instant ends() {
    return ends;
  }

  final EventPipe pipe() {
    return pipe;
  }

  abstract boolean isOf(Job job);

  /** A job that is as it may have been told already. */
  abstract void seen(Change change);

  /** A job that just changed. */
  abstract void changed(Change change);

  final void progressed(JobEvent event, JobEvent.Progress progress) {
    pipe.put(Frame.progress(event, progress));
  }
}
