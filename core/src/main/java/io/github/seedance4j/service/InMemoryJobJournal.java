package io.github.seedance4j.service;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A journal that forgets everything with the process: for tests and for programs that keep task ids
 * themselves. Keeps every job for as long as it lives.
 */
public final class InMemoryJobJournal implements JobJournal {

  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private final Map<TaskId, JobId> byTask = new HashMap<>();

  /** An empty journal. */
  public InMemoryJobJournal() {}

  @Override
  public synchronized Admission admit(Job intended, @Nullable Budget budget, Instant now) {
    Optional<Job> existing = intended.idempotencyKey().flatMap(this::findByKey);
    if (existing.isPresent()) {
      return new Admission.Existing(existing.get());
    }
    Money hold = intended.counted().orElse(null);
    if (budget != null && hold != null) {
      Money left = budget.cap().minus(spend(budget.since(now), hold.currency()).total());
      if (hold.isMoreThan(left)) {
        return new Admission.OverCap(left);
      }
    }
    put(intended);
    return new Admission.Admitted(intended);
  }

  @Override
  public synchronized boolean replace(Job next) {
    Job current = jobs.get(next.id());
    if (current == null || current.version() != next.version() - 1) {
      return false;
    }
    put(next);
    return true;
  }

  private void put(Job job) {
    jobs.put(job.id(), job);
    job.taskId().ifPresent(task -> byTask.putIfAbsent(task, job.id()));
  }

  @Override
  public synchronized Optional<Job> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public synchronized Optional<Job> findByTask(TaskId id) {
    return Optional.ofNullable(byTask.get(id)).map(jobs::get);
  }

  @Override
  public synchronized Optional<Job> findByKey(String idempotencyKey) {
    return jobs.values().stream()
        .filter(job -> job.idempotencyKey().equals(Optional.of(idempotencyKey)))
        .findFirst();
  }

  @Override
  public synchronized List<Job> list(Set<JobState> states, int limit) {
    List<Job> newestFirst = new ArrayList<>(jobs.values());
    Collections.reverse(newestFirst);
    return newestFirst.stream().filter(job -> states.contains(job.state())).limit(limit).toList();
  }

  @Override
  public synchronized Spend spend(Instant since, Currency currency) {
    Money settled = Money.zero(currency);
    Money held = Money.zero(currency);
    for (Job job : jobs.values()) {
      Money counted = job.counted().orElse(null);
      if (counted == null
          || !counted.currency().equals(currency)
          || job.authorisedAt().isBefore(since)) {
        continue;
      }
      if (job.bill().isPresent()) {
        settled = settled.plus(counted);
      } else {
        held = held.plus(counted);
      }
    }
    return new Spend(settled, held);
  }
}
