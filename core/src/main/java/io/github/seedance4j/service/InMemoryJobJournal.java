package io.github.seedance4j.service;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A journal that forgets everything with the process: for tests and for programs that keep task ids
 * themselves. Keeps every job for as long as it lives.
 */
public final class InMemoryJobJournal implements JobJournal {

  private static final Comparator<Job> MOST_URGENT =
      Comparator.comparing((Job job) -> job.linkDiesAt().orElse(Instant.MAX))
          .thenComparing(job -> job.taskId().isPresent() ? job.createdAt() : Instant.MAX)
          .thenComparing(Job::createdAt);

  private static final String NOBODY = "";

  private final Map<JobId, Entry> entries = new LinkedHashMap<>();
  private final Map<String, JobId> byKey = new HashMap<>();
  private final Map<TaskAt, JobId> byTask = new HashMap<>();
  private final Map<String, Instant> leases = new HashMap<>();
  private final List<Budget> budgets = new ArrayList<>();

  /** A job, who looks after it, and up to which version whoever listens was told of it. */
  private static final class Entry {
    private final long number;
    private Job job;
    private String owner;
    private long told;

    private Entry(long number, Job job, String owner) {
      this.number = number;
      this.job = job;
      this.owner = owner;
    }
  }

  /** A task's id means something at its provider's address alone. */
  private record TaskAt(String provider, String baseUrl, TaskId task) {
    static TaskAt of(ProviderAccount account, TaskId task) {
      return new TaskAt(account.provider(), account.baseUrl(), task);
    }
  }

  /** An empty journal. */
  public InMemoryJobJournal() {}

  @Override
  public synchronized Admission admit(Job intended, List<Budget> budgets, String owner) {
    Optional<Job> existing = existing(intended);
    if (existing.isPresent()) {
      return new Admission.Existing(existing.get());
    }
    Entry before = entries.get(intended.id());
    Money had = before == null ? null : before.job.counted().orElse(null);
    Money hold = intended.counted().orElse(null);
    for (Budget budget : Stream.concat(this.budgets.stream(), budgets.stream()).toList()) {
      if (hold == null || !budget.covers(intended)) {
        continue;
      }
      if (!hold.currency().equals(budget.cap().currency())) {
        return new Admission.OverCap(budget, Money.zero(hold.currency()));
      }
      Instant since = budget.since(intended.authorisedAt());
      Money total = spend(since, hold.currency(), budget.label()).total();
      if (before != null && had != null && !before.job.authorisedAt().isBefore(since)) {
        total = total.minus(had); // it takes its own place
      }
      Money left = budget.cap().minus(total);
      if (hold.isMoreThan(left)) {
        return new Admission.OverCap(budget, left);
      }
    }
    put(intended, owner);
    return new Admission.Admitted(intended);
  }

  /** What stands in the way of recording it. */
  private Optional<Job> existing(Job next) {
    Entry same = entries.get(next.id());
    if (same != null) {
      return same.job.version() == next.version() - 1 ? Optional.empty() : Optional.of(same.job);
    }
    return next.idempotencyKey()
        .flatMap(this::findByKey)
        .or(() -> next.taskId().flatMap(task -> findByTask(next.account(), task)));
  }

  @Override
  public synchronized Replaced replace(Job next) {
    Entry entry = entries.get(next.id());
    if (entry == null || entry.job.version() != next.version() - 1) {
      return Replaced.STALE;
    }
    JobId owner =
        next.taskId().map(task -> byTask.get(TaskAt.of(next.account(), task))).orElse(null);
    if (owner != null && !owner.equals(next.id())) {
      return Replaced.TASK_TAKEN;
    }
    boolean goesOnAgain = !entry.job.state().isUnfinished() && next.state().isUnfinished();
    put(next, goesOnAgain ? NOBODY : entry.owner);
    return Replaced.DONE;
  }

  private void put(Job job, String owner) {
    Entry entry =
        entries.computeIfAbsent(job.id(), id -> new Entry(entries.size() + 1L, job, owner));
    entry.job = job;
    entry.owner = owner;
    job.idempotencyKey().ifPresent(key -> byKey.put(key, job.id()));
    job.taskId().ifPresent(task -> byTask.put(TaskAt.of(job.account(), task), job.id()));
  }

  @Override
  public synchronized Optional<Job> find(JobId id) {
    return Optional.ofNullable(entries.get(id)).map(entry -> entry.job);
  }

  @Override
  public synchronized Optional<Job> findByTask(ProviderAccount account, TaskId id) {
    return Optional.ofNullable(byTask.get(TaskAt.of(account, id))).flatMap(this::find);
  }

  @Override
  public synchronized Optional<Job> findByKey(String idempotencyKey) {
    return Optional.ofNullable(byKey.get(idempotencyKey)).flatMap(this::find);
  }

  @Override
  public synchronized List<Job> list(JobQuery query) {
    JobId after = query.after();
    Entry last = after == null ? null : entries.get(after);
    long below = last == null ? (after == null ? Long.MAX_VALUE : 0) : last.number;
    return entries.values().stream()
        .filter(entry -> entry.number < below)
        .sorted(Comparator.comparing((Entry entry) -> entry.number).reversed())
        .map(entry -> entry.job)
        .filter(job -> query.states().contains(job.state()))
        .filter(job -> query.label() == null || job.label().equals(Optional.of(query.label())))
        .filter(job -> begins(job, query.prefix()))
        .filter(job -> !query.holding() || (job.bill().isEmpty() && job.counted().isPresent()))
        .limit(query.limit())
        .toList();
  }

  private static boolean begins(Job job, String prefix) {
    return job.id().value().startsWith(prefix)
        || job.taskId().map(task -> task.value().startsWith(prefix)).orElse(false);
  }

  @Override
  public synchronized Spend spend(Instant since, Currency currency, @Nullable String label) {
    Spend spend = Spend.none(currency);
    for (Entry entry : entries.values()) {
      boolean counts = label == null || entry.job.label().equals(Optional.of(label));
      if (counts && !entry.job.authorisedAt().isBefore(since)) {
        spend = spend.plus(entry.job);
      }
    }
    return spend;
  }

  @Override
  public synchronized List<Budget> budgets() {
    return List.copyOf(budgets);
  }

  @Override
  public synchronized void setBudget(Budget budget) {
    budgets.removeIf(budget::replaces);
    budgets.add(budget);
  }

  @Override
  public synchronized boolean removeBudget(Budget.Period period, @Nullable String label) {
    return budgets.removeIf(known -> known.replaces(new Budget(known.cap(), period, label)));
  }

  @Override
  public synchronized List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    renew(lease);
    List<Entry> free =
        entries.values().stream()
            .filter(entry -> entry.job.account().equals(account))
            .filter(InMemoryJobJournal::needsSomebody)
            .filter(entry -> isFree(entry, lease) && !entry.owner.equals(lease.owner()))
            .sorted(Comparator.comparing((Entry entry) -> entry.job, MOST_URGENT))
            .limit(limit)
            .toList();
    free.forEach(entry -> entry.owner = lease.owner());
    return free.stream().map(entry -> entry.job).toList();
  }

  @Override
  public synchronized boolean claim(Lease lease, JobId id) {
    renew(lease);
    Entry entry = entries.get(id);
    if (entry == null || !(entry.owner.equals(lease.owner()) || isFree(entry, lease))) {
      return false;
    }
    entry.owner = lease.owner();
    return true;
  }

  /** Never shortens it: a call that took its time may come behind a later one. */
  private void renew(Lease lease) {
    leases.merge(lease.owner(), lease.until(), (a, b) -> a.isAfter(b) ? a : b);
  }

  private static boolean needsSomebody(Entry entry) {
    JobState state = entry.job.state();
    return state.isUnfinished() || entry.told < entry.job.version();
  }

  private boolean isFree(Entry entry, Lease lease) {
    Instant until = leases.get(entry.owner);
    return until == null || !until.isAfter(lease.now());
  }

  @Override
  public synchronized void release(String owner) {
    leases.remove(owner);
  }

  @Override
  public synchronized void told(JobId id, long version) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.told = Math.max(entry.told, version);
      if (entry.job.version() == version) {
        entry.owner = NOBODY;
      }
    }
  }

  /** False: one process has it to itself. */
  @Override
  public boolean isShared() {
    return false;
  }
}
