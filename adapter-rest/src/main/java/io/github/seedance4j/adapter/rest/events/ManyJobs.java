package io.github.seedance4j.adapter.rest.events;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The states of every job of a tenant, or of all. Each one that changed since the stream's moment
 * is told at least once in its newest state; an event's id is when the job changed.
 */
final class ManyJobs extends EventStream {

  /** More than the journal is asked for in one look, so that what a look finds is known. */
  private static final int MOST_KNOWN = 2 * JournalLook.MOST;

  private final Optional<String> label;
  private final Instant since;
  private final Set<JobId> open = new LinkedHashSet<>();
  private final Map<JobId, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Long> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  /**
   * @param label whose jobs; empty for all
   */
  ManyJobs(String keyId, Instant ends, EventPipe pipe, Optional<String> label, Instant since) {
    super(keyId, ends, pipe);
    this.label = label;
    this.since = since;
  }

  Optional<String> label() {
    return label;
  }

  /** Those that had not ended when they were last heard of. */
  synchronized List<JobId> open() {
    return List.copyOf(open);
  }

  @Override
  boolean isOf(Job job) {
    return label.isEmpty() || label.equals(job.label());
  }

  @Override
  synchronized void seen(Change change) {
    Job job = change.job();
    Long before = known.get(job.id());
    if (before != null || !job.changedAt().isBefore(since)) {
      changed(change);
    } else {
      note(job);
    }
  }

  @Override
  synchronized void changed(Change change) {
    Job job = change.job();
    Long before = known.get(job.id());
    if (before == null || before < job.version()) {
      note(job);
      pipe().put(Frame.of(change, Long.toString(job.changedAt().toEpochMilli())));
    }
  }

  private void note(Job job) {
    known.put(job.id(), job.version());
    if (job.state().isEnded()) {
      open.remove(job.id());
    } else if (open.size() < MOST_KNOWN) {
      open.add(job.id());
    }
  }
}
