package io.github.seedance4j.service;

import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.Timekeeper;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is remembered of a job between two steps, and by no journal. */
final class Pursuit {
  final JobId job;
  final String owner;
  final Instant since;
  Instant known;
  int polls;
  int failures;
  boolean askedForNewLink;
  boolean hasSlot;

  /** Whether somebody else may look after it by now, whatever our lease. */
  boolean unsure;

  /** Where our last step left the job: if it stands elsewhere, others had their hands on it. */
  @Nullable JobState left;

  volatile Timekeeper.@Nullable Alarm alarm;

  Pursuit(JobId job, String owner, Instant since) {
    this.job = job;
    this.owner = owner;
    this.since = since;
    this.known = since;
  }
}
