package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.service.InMemoryJobJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Journals that one process can live with, and the next or another can't. */
final class BrokenProcesses {

  private BrokenProcesses() {}

  static void rows(BrokenJournals.Table table) {
    table.row("J25", "loses its jobs when it is reopened", LosesItsJobs::new);
    table.row("J25", "writes its changes too late", WritesLate::new);
    table.row("J26", "loses its keys when it is reopened", LosesItsKeys::new);
    table.row("J26", "counts from zero when it is reopened", CountsFromZero::new);
    table.row("J27", "reads through a cache of its own", ReadsThroughACache::new);
    table.row("J28", "is safe among its own threads only", SafeAlone::new);
  }

  /** The jobs of a journal, each of them changed, in another. */
  private static InMemoryJobJournal copy(List<Job> newestFirst, UnaryOperator<Job> change) {
    List<Job> jobs = new ArrayList<>(newestFirst);
    Collections.reverse(jobs);
    InMemoryJobJournal copy = new InMemoryJobJournal();
    jobs.forEach(job -> copy.admit(change.apply(job), null, job.createdAt()));
    return copy;
  }

  private static final class LosesItsJobs extends SoundJournal {
    @Override
    SoundJournal reopened() {
      return new SoundJournal();
    }
  }

  private static final class WritesLate extends SoundJournal {
    private final Map<JobId, Job> first = new ConcurrentHashMap<>();

    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      first.put(intended.id(), intended);
      return super.admit(intended, budget, now);
    }

    @Override
    SoundJournal reopened() {
      List<Job> jobs = list(JournalJobs.ALL, Integer.MAX_VALUE);
      return new SoundJournal(copy(jobs, job -> first.get(job.id())));
    }
  }

  private static final class LosesItsKeys extends SoundJournal {
    @Override
    SoundJournal reopened() {
      List<Job> jobs = list(JournalJobs.ALL, Integer.MAX_VALUE);
      return new SoundJournal(
          copy(jobs, job -> job.change().version(job.version()).idempotencyKey(null).done()));
    }
  }

  private static final class CountsFromZero extends SoundJournal {
    @Override
    SoundJournal reopened() {
      return new SoundJournal(records) {
        @Override
        public Spend spend(Instant since, Currency currency) {
          return new Spend(Money.zero(currency), Money.zero(currency));
        }
      };
    }
  }

  private static final class ReadsThroughACache extends SoundJournal {
    private final Map<JobId, Job> cache = new ConcurrentHashMap<>();

    ReadsThroughACache() {
      super();
    }

    private ReadsThroughACache(InMemoryJobJournal records) {
      super(records);
    }

    @Override
    SoundJournal another() {
      return new ReadsThroughACache(records);
    }

    @Override
    public synchronized Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      Admission answer = super.admit(intended, budget, now);
      if (answer instanceof Admission.Admitted) {
        cache.put(intended.id(), intended);
      }
      return answer;
    }

    @Override
    public synchronized boolean replace(Job next) {
      boolean done = super.replace(next);
      if (done) {
        cache.put(next.id(), next);
      }
      return done;
    }

    @Override
    public synchronized Optional<Job> find(JobId id) {
      return Optional.ofNullable(cache.get(id)).or(() -> super.find(id));
    }
  }

  private static final class SafeAlone extends SoundJournal {
    private final Exchanger<Object> processes;

    SafeAlone() {
      this.processes = new Exchanger<>();
    }

    private SafeAlone(SafeAlone first) {
      super(first.records);
      this.processes = first.processes;
    }

    @Override
    SoundJournal another() {
      return new SafeAlone(this);
    }

    @Override
    public synchronized boolean replace(Job next) {
      if (find(next.id()).filter(job -> job.version() == next.version() - 1).isEmpty()) {
        return false;
      }
      linger(processes);
      super.replace(next); // of two that came so far, the records take one only
      return true;
    }
  }
}
