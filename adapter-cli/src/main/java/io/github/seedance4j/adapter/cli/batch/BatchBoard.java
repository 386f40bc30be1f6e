package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.Spend;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where all clips of a batch stand, as the run and the service's events say. Tells whoever watches
 * of each change, one at a time, in its own lock. Thread-safe.
 */
public final class BatchBoard implements Consumer<JobEvent> {

  private final Clock clock;
  private final Map<String, BatchEntry> entries = new LinkedHashMap<>();
  private final Map<String, String> itemsOfKeys = new HashMap<>();
  private final List<Consumer<BatchEntry>> watchers = new ArrayList<>();
  private final Spend before;

  /**
   * All of them still waiting.
   *
   * @param superseded jobs that count though they stand for no item any more
   */
  public BatchBoard(Clock clock, List<BatchItem> items, List<Job> superseded) {
    this.clock = clock;
    items.forEach(item -> entries.put(item.key(), BatchEntry.waiting(item)));
    Currency currency = items.get(0).quote().high().currency();
    Spend spend = Spend.none(currency);
    for (Job job : superseded) {
      spend = spend.plus(job);
    }
    this.before = spend;
  }

  public synchronized void watch(Consumer<BatchEntry> watcher) {
    watchers.add(watcher);
  }

  /** An event of a job that is none of ours is nobody's business here. */
  @Override
  public void accept(JobEvent event) {
    Job job = event.job();
    String item = job.idempotencyKey().map(this::itemOf).orElse(null);
    if (item != null && event.download() == null) {
      show(item, job);
    }
  }

  /** Work on it begins, under that key. */
  synchronized void begin(BatchItem item, String key) {
    itemsOfKeys.put(key, item.key());
    put(entry(item.key()).begun(clock.instant()));
  }

  /** It goes back to where it waits. */
  synchronized void putBack(BatchItem item) {
    put(BatchEntry.waiting(item));
  }

  void show(BatchItem item, Job job) {
    show(item.key(), job);
  }

  synchronized void end(BatchItem item, BatchEnd how, @Nullable Job last, String reason) {
    BatchEntry entry = entry(item.key());
    if (entry.end() == null) {
      put(entry.ended(how, last, reason));
    }
  }

  synchronized BatchEntry entry(BatchItem item) {
    return entry(item.key());
  }

  /** In the order of the file. */
  synchronized List<BatchEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** What the whole batch cost up to now, over all its runs, and what it holds. */
  synchronized Spend spend() {
    Spend spend = before;
    for (BatchEntry entry : entries.values()) {
      Job job = entry.job();
      spend = job == null ? spend : spend.plus(job);
    }
    return spend;
  }

  private synchronized @Nullable String itemOf(String key) {
    return itemsOfKeys.get(key);
  }

  private synchronized void show(String key, Job job) {
    BatchEntry entry = entry(key);
    Job known = entry.job();
    boolean newer =
        known == null || !known.id().equals(job.id()) || known.version() < job.version();
    if (newer && entry.end() == null) {
      put(entry.with(job));
    }
  }

  private BatchEntry entry(String key) {
    BatchEntry entry = entries.get(key);
    if (entry == null) {
      throw new IllegalArgumentException("no item " + key);
    }
    return entry;
  }

  private void put(BatchEntry entry) {
    entries.put(entry.item().key(), entry);
    watchers.forEach(watcher -> watcher.accept(entry));
  }
}
