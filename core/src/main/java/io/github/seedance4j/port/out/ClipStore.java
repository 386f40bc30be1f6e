package io.github.seedance4j.port.out;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import java.io.IOException;

/** Driven port: where clips go for good. Thread-safe. */
@FunctionalInterface
public interface ClipStore {

  /**
   * Takes a clip that lies whole at {@link Clip#path()}; it may be moved. Called until it returns,
   * and again after a crash: make it idempotent by the job's id. The job counts as stored once it
   * has returned.
   */
  void store(Job job, Clip clip) throws IOException;
}
