package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.pricing.FailedTasks;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Terms;
import io.github.seedance4j.task.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Journals that go wrong with what they record. */
final class BrokenRecords {

  private BrokenRecords() {}

  static void rows(BrokenJournals.Table table) {
    table.row("J11", "keeps no change", KeepsNoChange::new);
    table.row("J11", "never clears a note", NeverClearsANote::new);
    table.row("J12", "ignores the version", IgnoresTheVersion::new);
    table.row("J13", "takes a change of a job it never admitted", TakesStrangers::new);
    table.row("J14", "looks at the version, then replaces", LooksThenReplaces::new);
    table.row("J15", "finds no job by its task", FindsNoTask::new);
    table.row("J15", "takes one task for another by case", FoldsTaskIds::new);
    table.row("J16", "forgets the digest", () -> new Writes(job -> job.change().bodySha256(null)));
    table.row("J16", "forgets the note", () -> new Writes(job -> job.change().note(null)));
    table.row("J16", "forgets the task", () -> new Writes(job -> job.change().task(null)));
    table.row("J16", "forgets the clip", () -> new Writes(job -> job.change().clip(null)));
    table.row("J16", "forgets when it is due", () -> new Writes(job -> job.change().dueAt(null)));
    table.row("J16", "forgets the label", () -> new Writes(job -> job.change().label(null)));
    table.row("J16", "forgets the file", () -> new Writes(job -> job.change().clipTarget(null)));
    table.row("J16", "forgets what decides on the bill", () -> new Writes(BrokenRecords::oneTerm));
    table.row("J16", "forgets the attempts", () -> new Writes(job -> job.change().attempts(0)));
    table.row("J17", "lists oldest first", OldestFirst::new);
    table.row("J17", "lists what was changed last first", LastChangedFirst::new);
    table.row("J18", "ignores the limit", IgnoresTheLimit::new);
    table.row("J18", "ignores the states", IgnoresTheStates::new);
    table.row("J18", "limits before it looks at the states", LimitsFirst::new);
  }

  /** With the same terms for every job. */
  private static Job.Change oneTerm(Job job) {
    return job.change()
        .quote(
            job.quote()
                .map(
                    quote ->
                        new Quote(
                            quote.low(),
                            quote.high(),
                            quote.hold(),
                            quote.lines(),
                            quote.assumptions(),
                            quote.tariffDate(),
                            new Terms(
                                quote.terms().perSecond(),
                                quote.terms().byRealLength(),
                                quote.terms().leastOutput(),
                                quote.terms().input(),
                                quote.terms().exact(),
                                FailedTasks.UNCONFIRMED)))
                .orElse(null));
  }

  /** Writes something else than it was given, under the same version. */
  static class Writes extends SoundJournal {
    private final Function<Job, Job.Change> change;

    Writes(Function<Job, Job.Change> change) {
      this.change = change;
    }

    private Job altered(Job job) {
      return change.apply(job).version(job.version()).done();
    }

    @Override
    public Admission admit(Job intended, List<Budget> budgets, String owner) {
      return super.admit(altered(intended), budgets, owner);
    }

    @Override
    public Replaced replace(Job next) {
      return super.replace(altered(next));
    }
  }

  private static final class KeepsNoChange extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      return find(next.id()).filter(job -> job.version() == next.version() - 1).isPresent()
          ? Replaced.DONE
          : Replaced.STALE;
    }
  }

  private static final class NeverClearsANote extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      String before = find(next.id()).flatMap(Job::note).orElse(null);
      return super.replace(
          next.change().version(next.version()).note(next.note().orElse(before)).done());
    }
  }

  private static final class IgnoresTheVersion extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      return find(next.id()).isPresent() ? force(next) : Replaced.STALE;
    }
  }

  private static final class TakesStrangers extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      return find(next.id()).isPresent()
          ? super.replace(next)
          : admit(next, List.of(), "us") instanceof Admission.Admitted
              ? Replaced.DONE
              : Replaced.STALE;
    }
  }

  private static final class LooksThenReplaces extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      if (find(next.id()).filter(job -> job.version() == next.version() - 1).isEmpty()) {
        return Replaced.STALE;
      }
      linger();
      super.replace(next); // of two that came so far, the records take one only
      return Replaced.DONE;
    }
  }

  private static final class FindsNoTask extends SoundJournal {
    @Override
    public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
      return Optional.empty();
    }
  }

  private static final class FoldsTaskIds extends SoundJournal {
    @Override
    public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
      return list(JobQuery.all()).stream()
          .filter(
              job -> job.taskId().filter(t -> t.value().equalsIgnoreCase(id.value())).isPresent())
          .findFirst();
    }
  }

  private static final class OldestFirst extends SoundJournal {
    @Override
    public List<Job> list(JobQuery query) {
      List<Job> jobs = new ArrayList<>(super.list(query.limit(Integer.MAX_VALUE)));
      Collections.reverse(jobs);
      return jobs.stream().limit(query.limit()).toList();
    }
  }

  private static final class LastChangedFirst extends SoundJournal {
    private final List<JobId> changes = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Replaced replace(Job next) {
      changes.add(next.id());
      return super.replace(next);
    }

    @Override
    public List<Job> list(JobQuery query) {
      return super.list(query.limit(Integer.MAX_VALUE)).stream()
          .sorted(Comparator.comparing((Job job) -> -changes.lastIndexOf(job.id())))
          .limit(query.limit())
          .toList();
    }
  }

  private static final class IgnoresTheLimit extends SoundJournal {
    @Override
    public List<Job> list(JobQuery query) {
      return super.list(query.limit(Integer.MAX_VALUE));
    }
  }

  private static final class IgnoresTheStates extends SoundJournal {
    @Override
    public List<Job> list(JobQuery query) {
      return super.list(query.in(EnumSet.allOf(JobState.class)));
    }
  }

  private static final class LimitsFirst extends SoundJournal {
    @Override
    public List<Job> list(JobQuery query) {
      return super.list(query.in(EnumSet.allOf(JobState.class))).stream()
          .filter(job -> query.states().contains(job.state()))
          .toList();
    }
  }
}
