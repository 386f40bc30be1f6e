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
  private volatile boolean inDoubt;

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

  /** Whether others may have taken over meanwhile. */
  boolean lapsed() {
    return journal.isShared() && !time.now().isBefore(until);
  }

  /**
   * Takes jobs over that nobody looks after, the most urgent first.
   *
   * @param anew under a new name, as what was held under the old one is anybody's
   */
  List<Job> takeFree(boolean anew, int limit) {
    Instant held = until;
    Lease lease = new Lease(anew ? names.get() : owner, time.now(), length);
    List<Job> taken;
    try {
      taken = journal.claim(lease, account, limit);
    } catch (RuntimeException | Error e) {
      inDoubt = true;
      throw e;
    }
    owner = lease.owner();
    if (anew || time.now().isBefore(held)) { // one that took too long may have come too late
      until = lease.until();
    }
    return taken;
  }

  /** False if somebody else looks after that job. */
  boolean take(JobId id, String name) {
    try {
      return journal.claim(new Lease(name, time.now(), length), id);
    } catch (RuntimeException | Error e) {
      inDoubt = true;
      throw e;
    }
  }

  /** A call that failed may have made a job ours all the same. */
  void doubt() {
    inDoubt = true;
  }

  /** Whether there may be jobs of ours that nobody looks after; asked once, there are none. */
  boolean wereInDoubt() {
    boolean were = inDoubt;
    inDoubt = false;
    return were;
  }

  void release() {
    journal.release(owner);
  }
}
