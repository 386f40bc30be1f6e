package io.github.seedance4j.service;

import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who waits for which job. Futures are completed on the thread that has the news. */
final class Waiters {

  private final Map<JobId, List<CompletableFuture<Job>>> waiting = new ConcurrentHashMap<>();

  CompletableFuture<Job> add(JobId id) {
    CompletableFuture<Job> future = new CompletableFuture<>();
    waiting.compute(
        id,
        (key, list) -> {
          List<CompletableFuture<Job>> all = list == null ? new CopyOnWriteArrayList<>() : list;
          all.add(future);
          return all;
        });
    // not returned: the future that callers get must be the one that they can cancel
    var unused = future.whenComplete((job, failure) -> remove(id, future));
    return future;
  }

  void complete(Job job) {
    of(job.id()).forEach(future -> future.complete(job));
  }

  void fail(JobId id, SeedanceException failure) {
    of(id).forEach(future -> future.completeExceptionally(failure));
  }

  /** In an order that is the same in each run, unlike that of {@code Map.copyOf}. */
  Map<JobId, List<CompletableFuture<Job>>> all() {
    return new LinkedHashMap<>(waiting);
  }

  List<JobId> ids() {
    return List.copyOf(waiting.keySet());
  }

  private List<CompletableFuture<Job>> of(JobId id) {
    return waiting.getOrDefault(id, List.of());
  }

  private void remove(JobId id, CompletableFuture<Job> future) {
    waiting.computeIfPresent(
        id,
        (key, list) -> {
          list.removeIf(one -> one == future);
          return list.isEmpty() ? null : list;
        });
  }
}
