package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.Lease;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who looks after which job, by what the journal answered: never looked up in its tables. */
final class Followers {

  private final World world;
  private final Map<JobId, String> owners = new HashMap<>();
  private final Map<String, Instance> processes = new HashMap<>();
  private final Map<String, Instant> leases = new HashMap<>();

  Followers(World world) {
    this.world = world;
  }

  void owned(JobId job, String owner, @Nullable Instance who) {
    owners.put(job, owner);
    if (who != null) {
      processes.put(owner, who);
    }
  }

  void leased(Instance who, Lease lease) {
    processes.put(lease.owner(), who);
    leases.merge(lease.owner(), lease.until(), (a, b) -> a.isAfter(b) ? a : b);
  }

  /** It learns that its leases hold, or that they had lapsed. */
  void renewed(Instance who, Lease lease) {
    Instant until = who.leased;
    if (until != null && !world.now().isBefore(until)) {
      who.lapsed = world.now();
    }
    who.leased = lease.until();
  }

  void released(String owner) {
    leases.remove(owner);
  }

  void free(JobId job) {
    owners.remove(job);
  }

  /**
   * Only one asks for a task, unless it is late to learn that its lease lapsed: others may have
   * taken over, and it will stop.
   */
  void asks(Instance who, JobId job) {
    String owner = owners.get(job);
    Instance process = owner == null ? null : processes.get(owner);
    Instant until = owner == null ? null : leases.get(owner);
    boolean held = until != null && until.isAfter(world.now());
    boolean late =
        who.leased == null
            || !world.now().isBefore(who.leased)
            || !who.frameBegan().isAfter(who.lapsed);
    if (process != who && held && !late) {
      world.fail(
          Invariant.ONE_FOLLOWER,
          who + " asks for the task of " + job + ", which " + process + " follows as " + owner);
    }
  }
}
