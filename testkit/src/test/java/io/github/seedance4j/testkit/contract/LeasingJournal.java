package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps leases for itself, rightly unless a method is overridden. */
class LeasingJournal extends SoundJournal {

  /** What several processes share. */
  static final class Held {
    final Map<JobId, String> owners = new ConcurrentHashMap<>();
    final Map<JobId, Long> told = new ConcurrentHashMap<>();
    final Map<String, Instant> leases = new ConcurrentHashMap<>();
  }

  final Held held;

  LeasingJournal() {
    this.held = new Held();
  }

  LeasingJournal(LeasingJournal first, Held held) {
    super(first.records);
    this.held = held;
  }

  boolean isFree(@Nullable Instant until, Instant now) {
    return until == null || !until.isAfter(now);
  }

  boolean needsSomebody(Job job, long told) {
    return job.state().isUnfinished() || told < job.version();
  }

  boolean isOf(Job job, ProviderAccount account) {
    return job.account().equals(account);
  }

  Comparator<Job> order() {
    return Comparator.comparing((Job job) -> job.linkDiesAt().orElse(Instant.MAX))
        .thenComparing(job -> job.taskId().isPresent() ? job.createdAt() : Instant.MAX);
  }

  final String owner(Job job) {
    return held.owners.getOrDefault(job.id(), "");
  }

  final boolean isFree(Job job, Instant now) {
    return isFree(held.leases.get(owner(job)), now);
  }

  void renew(Lease lease) {
    held.leases.merge(lease.owner(), lease.until(), (a, b) -> a.isAfter(b) ? a : b);
  }

  /** What nobody looks after, the most urgent first. */
  List<Job> free(Lease lease, ProviderAccount account) {
    List<Job> free = new ArrayList<>(records.list(JobQuery.all()));
    Collections.reverse(free);
    free.removeIf(job -> !isOf(job, account));
    free.removeIf(job -> !needsSomebody(job, held.told.getOrDefault(job.id(), 0L)));
    free.removeIf(job -> !isFree(job, lease.now()) || owner(job).equals(lease.owner()));
    free.sort(order());
    return free;
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    Admission answer = super.admit(intended, budgets, owner);
    if (answer instanceof Admission.Admitted) {
      held.owners.put(intended.id(), owner);
    }
    return answer;
  }

  @Override
  public Replaced replace(Job next) {
    boolean ended = find(next.id()).filter(job -> !job.state().isUnfinished()).isPresent();
    Replaced answer = super.replace(next);
    if (answer == Replaced.DONE && ended && next.state().isUnfinished()) {
      held.owners.remove(next.id());
    }
    return answer;
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    synchronized (held) {
      renew(lease);
      List<Job> claimed = free(lease, account).stream().limit(limit).toList();
      claimed.forEach(job -> held.owners.put(job.id(), lease.owner()));
      return claimed;
    }
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    synchronized (held) {
      renew(lease);
      boolean mine =
          find(id)
              .filter(job -> owner(job).equals(lease.owner()) || isFree(job, lease.now()))
              .isPresent();
      if (mine) {
        held.owners.put(id, lease.owner());
      }
      return mine;
    }
  }

  @Override
  public void release(String owner) {
    held.leases.remove(owner);
  }

  @Override
  public void told(JobId id, long version) {
    held.told.merge(id, version, Math::max);
    if (find(id).filter(job -> job.version() == version).isPresent()) {
      held.owners.remove(id);
    }
  }
}
