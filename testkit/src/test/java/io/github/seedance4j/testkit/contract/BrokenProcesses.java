package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
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
    table.row("J61", "loses its caps when it is reopened", LosesItsCaps::new);
    table.row("J61", "loses the labels of its caps when it is reopened", LosesLabels::new);
    table.row("J62", "forgets its leases when it is reopened", ForgetsLeases::new);
    table.row("J62", "forgets who was told when it is reopened", ForgetsTold::new);
    table.row("J63", "says that one process has it to itself", SaysItIsAlone::new);
    table.row("J64", "keeps its leases to itself", LeasesAlone::new);
    table.row("J64", "reads its caps once", ReadsCapsOnce::new);
    table.row("J65", "leases safely among its own threads only", LeasesSafelyAlone::new);
  }

  /** The jobs of a journal, each of them changed, in another. */
  private static InMemoryJobJournal copy(List<Job> newestFirst, UnaryOperator<Job> change) {
    List<Job> jobs = new ArrayList<>(newestFirst);
    Collections.reverse(jobs);
    InMemoryJobJournal copy = new InMemoryJobJournal();
    jobs.forEach(job -> copy.admit(change.apply(job), List.of(), "nobody"));
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
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      first.put(intended.id(), intended);
      return super.admit(intended, budgets, owner);
    }

    @Override
    SoundJournal reopened() {
      List<Job> jobs = list(JobQuery.all());
      return new SoundJournal(copy(jobs, job -> first.get(job.id())));
    }
  }

  private static final class LosesItsKeys extends SoundJournal {
    @Override
    SoundJournal reopened() {
      List<Job> jobs = list(JobQuery.all());
      return new SoundJournal(
          copy(jobs, job -> job.change().version(job.version()).idempotencyKey(null).done()));
    }
  }

  private static final class CountsFromZero extends SoundJournal {
    @Override
    SoundJournal reopened() {
      return new SoundJournal(records) {
        @Override
        public Spend spend(Instant since, Currency currency, @Nullable String label) {
          return Spend.none(currency);
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
    public synchronized Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission answer = super.admit(intended, budgets, owner);
      if (answer instanceof Admission.Admitted) {
        cache.put(intended.id(), intended);
      }
      return answer;
    }

    @Override
    public synchronized Replaced replace(Job next) {
      Replaced done = super.replace(next);
      if (done == Replaced.DONE) {
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
    public synchronized Replaced replace(Job next) {
      if (find(next.id()).filter(job -> job.version() == next.version() - 1).isEmpty()) {
        return Replaced.STALE;
      }
      linger(processes);
      super.replace(next); // of two that came so far, the records take one only
      return Replaced.DONE;
    }
  }

  private static final class LosesItsCaps extends SoundJournal {
    @Override
    SoundJournal reopened() {
      budgets().forEach(cap -> removeBudget(cap.period(), cap.label()));
      return new SoundJournal(records);
    }
  }

  private static final class LosesLabels extends SoundJournal {
    @Override
    SoundJournal reopened() {
      for (Budget cap : budgets()) {
        removeBudget(cap.period(), cap.label());
        setBudget(new Budget(cap.cap(), cap.period(), null));
      }
      return new SoundJournal(records);
    }
  }

  private static final class ForgetsLeases extends LeasingJournal {
    @Override
    JobJournal reopened() {
      held.leases.clear();
      return this;
    }
  }

  private static final class ForgetsTold extends LeasingJournal {
    @Override
    JobJournal reopened() {
      held.told.clear();
      return this;
    }
  }

  private static final class SaysItIsAlone extends SoundJournal {
    @Override
    public boolean isShared() {
      return false;
    }
  }

  private static final class LeasesAlone extends LeasingJournal {
    @Override
    JobJournal another() {
      return new LeasingJournal(this, new Held());
    }
  }

  private static final class ReadsCapsOnce extends SoundJournal {
    @Override
    JobJournal another() {
      List<Budget> now = budgets();
      return new SoundJournal(records) {
        @Override
        public List<Budget> budgets() {
          return now;
        }
      };
    }
  }

  private static final class LeasesSafelyAlone extends LeasingJournal {
    private final Exchanger<Object> processes;

    LeasesSafelyAlone() {
      this.processes = new Exchanger<>();
    }

    private LeasesSafelyAlone(LeasesSafelyAlone first) {
      super(first, first.held);
      this.processes = first.processes;
    }

    @Override
    JobJournal another() {
      return new LeasesSafelyAlone(this);
    }

    @Override
    public synchronized boolean claim(Lease lease, JobId id) {
      renew(lease);
      boolean mine = find(id).filter(job -> isFree(job, lease.now())).isPresent();
      linger(processes);
      if (mine) {
        held.owners.put(id, lease.owner());
      }
      return mine;
    }
  }
}
