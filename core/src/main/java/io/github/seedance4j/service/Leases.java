package io.github.seedance4j.service;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * What this service looks after, and nobody else. After a silence that was too long, say of a
 * machine that slept, it goes on under a new name: whatever it had is free by then.
 */
final class Leases {

  private final JobJournal journal;
  private final Timekeeper time;
  private final ProviderAccount account;
  private final Duration length;
  private final Supplier<String> names;
  private volatile String owner;
  private volatile Instant until;

  Leases(
      JobJournal journal,
      Timekeeper time,
      ProviderAccount account,
      Duration length,
      Supplier<String> names) {
    this.journal = journal;
    this.time = time;
    this.account = account;
    this.length = journal.isShared() ? length : Duration.ZERO;
    this.names = names;
    this.owner = names.get();
    this.until = time.now().plus(this.length);
  }

  /** Who this service is now. */
  String owner() {
    return owner;
  }

  /** How often they are to be renewed. */
  Duration interval() {
    return length.dividedBy(3);
  }

  /** Whether others may have taken over meanwhile; if so, goes on under a new name. */
  boolean lapsed() {
    if (!journal.isShared() || time.now().isBefore(until)) {
      return false;
    }
    owner = names.get();
    return true;
  }

  /** Takes jobs over that nobody looks after, the most urgent first. */
  List<Job> takeFree(int limit) {
    Lease lease = next();
    List<Job> taken = journal.claim(lease, account, limit);
    until = lease.until();
    return taken;
  }

  /** False if somebody else looks after that job. */
  boolean take(JobId id) {
    return journal.claim(next(), id);
  }

  void release() {
    journal.release(owner);
  }

  private Lease next() {
    return new Lease(owner, time.now(), length);
  }
}
