package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Journals that go wrong about who looks after a job. */
final class BrokenLeases {

  private BrokenLeases() {}

  static void rows(BrokenJournals.Table table) {
    table.row("J50", "leases what is leased already", LeasesLeased::new);
    table.row("J50", "holds a lease a moment too long", HoldsTooLong::new);
    table.row("J50", "hands a job to whoever asks for its key", HandsOverByKey::new);
    table.row("J50", "lets go of what changes", LetsGoOfChanges::new);
    table.row("J51", "renews nothing where it leases one job", RenewsByListOnly::new);
    table.row("J51", "renews nothing where it leases many", RenewsByOneOnly::new);
    table.row("J51", "gives an owner its own jobs again", GivesAgain::new);
    table.row("J52", "releases nothing", ReleasesNothing::new);
    table.row("J52", "releases everything", ReleasesEverything::new);
    table.row("J53", "gives every lease a minute", GivesAMinute::new);
    table.row("J54", "leases a job that it does not know", LeasesTheUnknown::new);
    table.row("J54", "leases one job whoever has it", LeasesOneAnyway::new);
    table.row("J54", "leases one job only as long as it is unfinished", LeasesUnfinishedOne::new);
    table.row("J55", "leases the jobs of every account", EveryAccount::new);
    table.row("J55", "leases the jobs of every key", EveryKey::new);
    table.row("J55", "leases without a limit", NoLimit::new);
    table.row("J56", "leases the oldest first", OldestFirst::new);
    table.row("J56", "limits before it sorts", LimitsFirst::new);
    table.row("J57", "leases what is unfinished alone", UnfinishedAlone::new);
    table.row("J57", "leases what has ended for ever", EndedForEver::new);
    table.row("J57", "takes told for told for ever", ToldForEver::new);
    table.row("J57", "lets a late message take back what was told", LateMessage::new);
    table.row("J58", "leaves a job to its first owner", FirstOwner::new);
    table.row("J59", "looks for jobs, then leases them", LooksThenLeases::new);
    table.row("J60", "looks at one job, then leases it", LooksThenLeasesOne::new);
    table.row("J66", "leaves a job to whoever told of its end", KeepsToldJobs::new);
    table.row("J66", "lets go of a job that changed since", LetsGoTooEarly::new);
    table.row("J67", "believes whoever comes last", BelievesTheLast::new);
    table.row("J68", "leaves what goes on again to whoever had it", KeepsWhatGoesOn::new);
    table.row("J68", "lets go of what has just ended", LetsGoOfEnds::new);
  }

  private static final class LeasesLeased extends LeasingJournal {
    @Override
    boolean isFree(@Nullable Instant until, Instant now) {
      return true;
    }
  }

  private static final class HoldsTooLong extends LeasingJournal {
    @Override
    boolean isFree(@Nullable Instant until, Instant now) {
      return until == null || until.isBefore(now);
    }
  }

  private static final class HandsOverByKey extends LeasingJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission answer = super.admit(intended, budgets, owner);
      if (answer instanceof Admission.Existing existing) {
        held.owners.put(existing.job().id(), owner);
      }
      return answer;
    }
  }

  private static final class LetsGoOfChanges extends LeasingJournal {
    @Override
    public Replaced replace(Job next) {
      held.owners.remove(next.id());
      return super.replace(next);
    }
  }

  private static final class KeepsWhatGoesOn extends LeasingJournal {
    @Override
    public Replaced replace(Job next) {
      String owner = owner(next);
      Replaced answer = super.replace(next);
      held.owners.put(next.id(), owner);
      return answer;
    }
  }

  private static final class LetsGoOfEnds extends LeasingJournal {
    @Override
    public Replaced replace(Job next) {
      if (!next.state().isUnfinished()) {
        held.owners.remove(next.id());
      }
      return super.replace(next);
    }
  }

  private static final class RenewsByListOnly extends LeasingJournal {
    @Override
    public boolean claim(Lease lease, JobId id) {
      synchronized (held) {
        Instant before = held.leases.get(lease.owner());
        boolean mine = super.claim(lease, id);
        if (before != null) {
          held.leases.put(lease.owner(), before);
        }
        return mine;
      }
    }
  }

  private static final class RenewsByOneOnly extends LeasingJournal {
    @Override
    public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
      synchronized (held) {
        Instant before = held.leases.get(lease.owner());
        List<Job> claimed = super.claim(lease, account, limit);
        if (before != null) {
          held.leases.put(lease.owner(), before);
        }
        return claimed;
      }
    }
  }

  private static final class GivesAgain extends LeasingJournal {
    @Override
    public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
      synchronized (held) {
        held.owners.values().removeIf(lease.owner()::equals);
        return super.claim(lease, account, limit);
      }
    }
  }

  private static final class ReleasesNothing extends LeasingJournal {
    @Override
    public void release(String owner) {}
  }

  private static final class ReleasesEverything extends LeasingJournal {
    @Override
    public void release(String owner) {
      held.leases.clear();
    }
  }

  private static final class GivesAMinute extends LeasingJournal {
    @Override
    void renew(Lease lease) {
      held.leases.put(lease.owner(), lease.now().plusSeconds(60));
    }
  }

  private static final class BelievesTheLast extends LeasingJournal {
    @Override
    void renew(Lease lease) {
      held.leases.put(lease.owner(), lease.until());
    }
  }

  private static final class LeasesTheUnknown extends LeasingJournal {
    @Override
    public boolean claim(Lease lease, JobId id) {
      return super.claim(lease, id) || find(id).isEmpty();
    }
  }

  private static final class LeasesOneAnyway extends LeasingJournal {
    @Override
    public boolean claim(Lease lease, JobId id) {
      held.owners.remove(id);
      return super.claim(lease, id);
    }
  }

  private static final class LeasesUnfinishedOne extends LeasingJournal {
    @Override
    public boolean claim(Lease lease, JobId id) {
      return super.claim(lease, id)
          && find(id).filter(job -> job.state().isUnfinished()).isPresent();
    }
  }

  private static final class EveryAccount extends LeasingJournal {
    @Override
    boolean isOf(Job job, ProviderAccount account) {
      return true;
    }
  }

  private static final class EveryKey extends LeasingJournal {
    @Override
    boolean isOf(Job job, ProviderAccount account) {
      return job.account().provider().equals(account.provider())
          && job.account().baseUrl().equals(account.baseUrl());
    }
  }

  private static final class NoLimit extends LeasingJournal {
    @Override
    public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
      return super.claim(lease, account, Integer.MAX_VALUE);
    }
  }

  private static final class OldestFirst extends LeasingJournal {
    @Override
    Comparator<Job> order() {
      return Comparator.comparing(Job::createdAt);
    }
  }

  private static final class LimitsFirst extends LeasingJournal {
    private int most = Integer.MAX_VALUE;

    @Override
    public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
      synchronized (held) {
        most = limit;
        return super.claim(lease, account, limit);
      }
    }

    @Override
    List<Job> free(Lease lease, ProviderAccount account) {
      Comparator<JobId> byId = Comparator.comparing(JobId::value);
      return super.free(lease, account).stream()
          .sorted(Comparator.comparing(Job::id, byId))
          .limit(most)
          .sorted(order())
          .toList();
    }
  }

  private static final class UnfinishedAlone extends LeasingJournal {
    @Override
    boolean needsSomebody(Job job, long told) {
      return job.state().isUnfinished();
    }
  }

  private static final class EndedForEver extends LeasingJournal {
    @Override
    boolean needsSomebody(Job job, long told) {
      return true;
    }
  }

  private static final class ToldForEver extends LeasingJournal {
    @Override
    boolean needsSomebody(Job job, long told) {
      return job.state().isUnfinished() || told == 0;
    }
  }

  private static final class LateMessage extends LeasingJournal {
    @Override
    public void told(JobId id, long version) {
      super.told(id, version);
      held.told.put(id, version);
    }
  }

  private static final class FirstOwner extends LeasingJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      return super.admit(intended, budgets, held.owners.getOrDefault(intended.id(), owner));
    }
  }

  private static final class LooksThenLeases extends LeasingJournal {
    @Override
    public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
      renew(lease);
      List<Job> claimed = free(lease, account).stream().limit(limit).toList();
      linger();
      claimed.forEach(job -> held.owners.put(job.id(), lease.owner()));
      return claimed;
    }
  }

  private static final class LooksThenLeasesOne extends LeasingJournal {
    @Override
    public boolean claim(Lease lease, JobId id) {
      renew(lease);
      boolean mine = find(id).filter(job -> isFree(job, lease.now())).isPresent();
      linger();
      if (mine) {
        held.owners.put(id, lease.owner());
      }
      return mine;
    }
  }

  private static final class KeepsToldJobs extends LeasingJournal {
    @Override
    public void told(JobId id, long version) {
      held.told.merge(id, version, Math::max);
    }
  }

  private static final class LetsGoTooEarly extends LeasingJournal {
    @Override
    public void told(JobId id, long version) {
      super.told(id, version);
      held.owners.remove(id);
    }
  }
}
