package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Journals that go wrong about whose a task is, and with a job that is admitted once more. */
final class BrokenTasks {

  private BrokenTasks() {}

  static void rows(BrokenJournals.Table table) {
    table.row("J29", "takes a task from another job for its own", TakesTasks::new);
    table.row("J29", "calls a change stale whose task is taken", TakenIsStale::new);
    table.row("J29", "adopts a task that a job has", AdoptsTwice::new);
    table.row("J30", "knows tasks by their id alone", () -> new Finds((one, other) -> true));
    table.row("J30", "minds the key of a task", () -> new Finds(ProviderAccount::equals));
    table.row(
        "J30",
        "minds no address",
        () -> new Finds((one, other) -> one.provider().equals(other.provider())));
    table.row("J31", "looks for the task, then records", LooksForTheTask::new);
    table.row("J37", "counts an own hold twice", HoldCountsTwice::new);
    table.row("J37", "takes no next version", TakesNoNextVersion::new);
    table.row("J38", "lets a resubmission pass the caps", ResubmitsBeyondCaps::new);
    table.row("J38", "records a resubmission that it refuses", RecordsRefusedResubmissions::new);
    table.row("J39", "gives back a hold of another day", GivesBackYesterdays::new);
    table.row("J40", "admits a stale version", AdmitsStale::new);
    table.row("J40", "looks at the cap before the version", CapBeforeVersion::new);
    table.row("J41", "looks at the version, then resubmits", LooksThenResubmits::new);
  }

  private static Job withoutTask(Job job) {
    return job.change().version(job.version()).taskId(null).done();
  }

  private static class TakesTasks extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      Replaced answer = super.replace(next);
      // the records would not take it, where a table without an index does
      return answer == Replaced.TASK_TAKEN ? super.replace(withoutTask(next)) : answer;
    }
  }

  private static final class TakenIsStale extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      Replaced answer = super.replace(next);
      return answer == Replaced.TASK_TAKEN ? Replaced.STALE : answer;
    }
  }

  private static final class AdoptsTwice extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      boolean taken =
          intended.taskId().flatMap(task -> findByTask(intended.account(), task)).isPresent();
      return super.admit(taken ? withoutTask(intended) : intended, budgets, owner);
    }
  }

  /** Finds a task where two accounts are alike in that way. */
  private static final class Finds extends SoundJournal {
    private final BiPredicate<ProviderAccount, ProviderAccount> alike;

    Finds(BiPredicate<ProviderAccount, ProviderAccount> alike) {
      this.alike = alike;
    }

    @Override
    public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
      return list(JobQuery.all()).stream()
          .filter(job -> job.taskId().equals(Optional.of(id)))
          .filter(job -> alike.test(job.account(), account))
          .findFirst();
    }
  }

  private static final class LooksForTheTask extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      if (next.taskId().flatMap(task -> findByTask(next.account(), task)).isPresent()) {
        return super.replace(next);
      }
      linger();
      Replaced answer = super.replace(next);
      return answer == Replaced.TASK_TAKEN ? super.replace(withoutTask(next)) : answer;
    }
  }

  private static final class HoldCountsTwice extends CountingJournal {
    @Override
    Money givenBack(@Nullable Job before, Instant since, Currency currency) {
      return super.givenBack(null, since, currency);
    }
  }

  private static final class TakesNoNextVersion extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      return find(intended.id())
          .<Admission>map(Admission.Existing::new)
          .orElseGet(() -> super.admit(intended, budgets, owner));
    }
  }

  private static final class ResubmitsBeyondCaps extends CountingJournal {
    @Override
    public synchronized Admission admit(Job intended, List<Budget> budgets, String owner) {
      return intended.version() > 1
          ? records.admit(intended, List.of(), owner)
          : super.admit(intended, budgets, owner);
    }
  }

  private static final class RecordsRefusedResubmissions extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission answer = super.admit(intended, budgets, owner);
      if (answer instanceof Admission.OverCap && intended.version() > 1) {
        replace(intended);
      }
      return answer;
    }
  }

  private static final class GivesBackYesterdays extends CountingJournal {
    @Override
    Money givenBack(@Nullable Job before, Instant since, Currency currency) {
      return super.givenBack(before, Instant.EPOCH, currency);
    }
  }

  private static final class AdmitsStale extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      Admission answer = super.admit(intended, budgets, owner);
      if (answer instanceof Admission.Existing existing
          && existing.job().id().equals(intended.id())) {
        force(intended);
        return new Admission.Admitted(intended);
      }
      return answer;
    }
  }

  private static final class CapBeforeVersion extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      boolean none = budgets.stream().anyMatch(budget -> budget.cap().amount().signum() == 0);
      return none && find(intended.id()).isPresent()
          ? new Admission.OverCap(budgets.get(0), budgets.get(0).cap())
          : super.admit(intended, budgets, owner);
    }
  }

  private static final class LooksThenResubmits extends SoundJournal {
    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      Job current = find(intended.id()).orElse(null);
      if (current == null || current.version() != intended.version() - 1) {
        return super.admit(intended, budgets, owner);
      }
      linger();
      super.admit(intended, budgets, owner); // of two that came so far, the records take one only
      return new Admission.Admitted(intended);
    }
  }
}
