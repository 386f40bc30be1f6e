package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Money;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Journals that go wrong where a job is admitted. */
final class BrokenAdmissions {

  private BrokenAdmissions() {}

  static void rows(BrokenJournals.Table table) {
    table.row("J01", "calls a new job an old one", CallsNewOld::new);
    table.row("J01", "holds nothing before the job was sent", HoldsNothingAtFirst::new);
    table.row("J02", "records what it refuses", RecordsRefusals::new);
    table.row("J02", "tells the cap for what is left", TellsTheCap::new);
    table.row("J03", "counts nothing that came without a budget", ForgetsUnbudgeted::new);
    table.row("J04", "ignores the period of a budget", IgnoresThePeriod::new);
    table.row("J05", "refuses all under an empty cap", RefusesUnderAnEmptyCap::new);
    table.row("J06", "looks at the cap, then admits", LooksThenAdmits::new);
    table.row("J07", "answers a key with the job as it was at first", RemembersTheFirst::new);
    table.row("J07", "answers a key with another job", AnswersWithTheNewest::new);
    table.row("J08", "looks at the cap before the key", CapBeforeKey::new);
    table.row("J09", "tells keys apart by neither case nor space", FoldsKeys::new);
    table.row("J10", "looks for the key, then admits", LooksForTheKeyThenAdmits::new);
  }

  private static final class CallsNewOld extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      return super.admit(intended, budget, now) instanceof Admission.OverCap over
          ? over
          : new Admission.Existing(intended);
    }
  }

  private static final class HoldsNothingAtFirst extends CountingJournal {
    @Override
    boolean counts(Job job) {
      return job.state() != JobState.INTENDED;
    }
  }

  private static final class RecordsRefusals extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      Admission answer = super.admit(intended, budget, now);
      if (answer instanceof Admission.OverCap) {
        super.admit(intended, null, now);
      }
      return answer;
    }
  }

  private static final class TellsTheCap extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      Admission answer = super.admit(intended, budget, now);
      return answer instanceof Admission.OverCap && budget != null
          ? new Admission.OverCap(budget.cap())
          : answer;
    }
  }

  private static final class ForgetsUnbudgeted extends CountingJournal {
    private final Set<JobId> unbudgeted = ConcurrentHashMap.newKeySet();

    @Override
    public synchronized Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      if (budget == null) {
        unbudgeted.add(intended.id());
      }
      return super.admit(intended, budget, now);
    }

    @Override
    boolean counts(Job job) {
      return !unbudgeted.contains(job.id());
    }
  }

  private static final class IgnoresThePeriod extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      return super.admit(intended, budget == null ? null : Budget.ever(budget.cap()), now);
    }
  }

  private static final class RefusesUnderAnEmptyCap extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      return budget != null && budget.cap().amount().signum() == 0
          ? new Admission.OverCap(budget.cap())
          : super.admit(intended, budget, now);
    }
  }

  private static final class LooksThenAdmits extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      boolean known = intended.idempotencyKey().flatMap(this::findByKey).isPresent();
      Money hold = intended.counted().orElse(null);
      if (budget != null && hold != null && !known) {
        Money left = budget.cap().minus(spend(budget.since(now), hold.currency()).total());
        if (hold.isMoreThan(left)) {
          return new Admission.OverCap(left);
        }
        linger();
      }
      return super.admit(intended, null, now);
    }
  }

  private static final class RemembersTheFirst extends SoundJournal {
    private final Map<JobId, Job> first = new ConcurrentHashMap<>();

    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      first.put(intended.id(), intended);
      return super.admit(intended, budget, now) instanceof Admission.Existing existing
          ? new Admission.Existing(first.get(existing.job().id()))
          : new Admission.Admitted(intended);
    }
  }

  private static final class AnswersWithTheNewest extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      Admission answer = super.admit(intended, budget, now);
      return answer instanceof Admission.Existing
          ? new Admission.Existing(list(JournalJobs.ALL, 1).get(0))
          : answer;
    }
  }

  private static final class CapBeforeKey extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      Job keyless = intended.change().version(1).idempotencyKey(null).done();
      Money hold = keyless.counted().orElse(null);
      if (budget != null && hold != null) {
        Money left = budget.cap().minus(spend(budget.since(now), hold.currency()).total());
        if (hold.isMoreThan(left)) {
          return new Admission.OverCap(left);
        }
      }
      return super.admit(intended, budget, now);
    }
  }

  private static final class FoldsKeys extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      String key = intended.idempotencyKey().orElse(null);
      String folded = key == null ? null : key.strip().toLowerCase(Locale.ROOT);
      return super.admit(intended.change().version(1).idempotencyKey(folded).done(), budget, now);
    }
  }

  private static final class LooksForTheKeyThenAdmits extends SoundJournal {
    @Override
    public Admission admit(Job intended, @Nullable Budget budget, Instant now) {
      Job known = intended.idempotencyKey().flatMap(this::findByKey).orElse(null);
      if (known != null) {
        return new Admission.Existing(known);
      }
      linger();
      // the records would not take the key twice, where a table without an index does
      return super.admit(intended, budget, now) instanceof Admission.Existing
          ? super.admit(intended.change().version(1).idempotencyKey(null).done(), budget, now)
          : new Admission.Admitted(intended);
    }
  }
}
