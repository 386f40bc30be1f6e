package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
    table.row("J04", "goes by when the job was made", GoesByWhenItWasMade::new);
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
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      return super.admit(intended, budgets, owner) instanceof Admission.OverCap over
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
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission answer = super.admit(intended, budgets, owner);
      if (answer instanceof Admission.OverCap) {
        super.admit(intended, List.of(), owner);
      }
      return answer;
    }
  }

  private static final class TellsTheCap extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission answer = super.admit(intended, budgets, owner);
      return answer instanceof Admission.OverCap over
          ? new Admission.OverCap(over.budget(), over.budget().cap())
          : answer;
    }
  }

  private static final class ForgetsUnbudgeted extends CountingJournal {
    private final Set<JobId> unbudgeted = ConcurrentHashMap.newKeySet();

    @Override
    public synchronized Admission admit(Job intended, List<Budget> budgets, String owner) {
      if (budgets.isEmpty()) {
        unbudgeted.add(intended.id());
      }
      return super.admit(intended, budgets, owner);
    }

    @Override
    boolean counts(Job job) {
      return !unbudgeted.contains(job.id());
    }
  }

  private static final class IgnoresThePeriod extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      return super.admit(
          intended, budgets.stream().map(budget -> Budget.ever(budget.cap())).toList(), owner);
    }
  }

  private static final class GoesByWhenItWasMade extends CountingJournal {
    @Override
    Instant since(Job job) {
      return job.createdAt();
    }
  }

  private static final class RefusesUnderAnEmptyCap extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      return budgets.stream()
          .filter(budget -> budget.cap().amount().signum() == 0)
          .<Admission>map(budget -> new Admission.OverCap(budget, budget.cap()))
          .findFirst()
          .orElseGet(() -> super.admit(intended, budgets, owner));
    }
  }

  static final class LooksThenAdmits extends CountingJournal {
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what is broken
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission refusal = refusal(intended, budgets).orElse(null);
      if (refusal != null) {
        return refusal;
      }
      linger();
      return records.admit(intended, List.of(), owner);
    }
  }

  private static final class RemembersTheFirst extends SoundJournal {
    private final Map<JobId, Job> first = new ConcurrentHashMap<>();

    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      first.put(intended.id(), intended);
      return super.admit(intended, budgets, owner) instanceof Admission.Existing existing
          ? new Admission.Existing(first.get(existing.job().id()))
          : new Admission.Admitted(intended);
    }
  }

  private static final class AnswersWithTheNewest extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission answer = super.admit(intended, budgets, owner);
      return answer instanceof Admission.Existing
          ? new Admission.Existing(list(JobQuery.all().limit(1)).get(0))
          : answer;
    }
  }

  private static final class CapBeforeKey extends CountingJournal {
    @Override
    public synchronized Admission admit(Job intended, List<Budget> budgets, String owner) {
      Job keyless = intended.change().version(1).idempotencyKey(null).done();
      return refusal(keyless, budgets).orElseGet(() -> super.admit(intended, budgets, owner));
    }
  }

  private static final class FoldsKeys extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      String key = intended.idempotencyKey().orElse(null);
      String folded = key == null ? null : key.strip().toLowerCase(Locale.ROOT);
      return super.admit(
          intended.change().version(intended.version()).idempotencyKey(folded).done(),
          budgets,
          owner);
    }
  }

  private static final class LooksForTheKeyThenAdmits extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      Job known = intended.idempotencyKey().flatMap(this::findByKey).orElse(null);
      if (known != null) {
        return new Admission.Existing(known);
      }
      linger();
      // the records would not take the key twice, where a table without an index does
      return super.admit(intended, budgets, owner) instanceof Admission.Existing
          ? super.admit(intended.change().version(1).idempotencyKey(null).done(), budgets, owner)
          : new Admission.Admitted(intended);
    }
  }
}
