package io.github.seedance4j.adapter.rest.events;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import java.time.Instant;

/** One job's states until it has ended, each once. */
final class OneJob extends EventStream {

  private final JobId id;
  private long told;

  /**
   * @param told the version that the client has; 0 for none
   */
  OneJob(String keyId, Instant ends, EventPipe pipe, JobId id, long told) {
    super(keyId, ends, pipe);
    this.id = id;
    this.told = told;
  }

  JobId id() {
    return id;
  }

  @Override
  boolean isOf(Job job) {
    return job.id().equals(id);
  }

  @Override
  synchronized void seen(Change change) {
    Job job = change.job();
    if (job.version() > told) {
      told = job.version();
      pipe().put(Frame.of(change, Long.toString(told)));
    }
    if (job.state().isEnded() && job.version() >= told) {
      pipe().end();
    }
  }

  @Override
  void changed(Change change) {
    seen(change);
  }
}
