package io.github.seedance4j.service;

import io.github.seedance4j.error.OverBudgetException;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.Timekeeper;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person says of a job: which task it became, that it is lost, that it is to be sent again,
 * what it cost, that it is not wanted any more.
 */
final class Decisions {

  private static final Set<JobState> TAKES_A_TASK =
      EnumSet.of(
          JobState.UNKNOWN,
          JobState.LOST,
          JobState.NOT_SENT,
          JobState.THROTTLED,
          JobState.REJECTED,
          JobState.WITHDRAWN);

  private final JobJournal journal;
  private final Records records;
  private final Submitter submitter;
  private final Pricing pricing;
  private final Leases leases;
  private final List<Budget> budgets;
  private final Timekeeper time;

  Decisions(
      JobJournal journal,
      Records records,
      Submitter submitter,
      Pricing pricing,
      Leases leases,
      List<Budget> budgets,
      Timekeeper time) {
    this.journal = journal;
    this.records = records;
    this.submitter = submitter;
    this.pricing = pricing;
    this.leases = leases;
    this.budgets = budgets;
    this.time = time;
  }

  /**
   * Settles what only a person can tell; whoever asks has the job followed.
   *
   * @throws IllegalStateException if there is nothing to resolve
   * @throws IllegalArgumentException if the task is another job's
   * @throws OverBudgetException if a second charge does not fit a cap
   */
  Job resolve(JobId id, OutcomeResolution resolution) {
    Job job = records.require(id);
    if (resolution instanceof OutcomeResolution.Attach attach) {
      return attach(job, attach.task());
    }
    if (job.state() != JobState.UNKNOWN) {
      throw nothingToResolve(job);
    }
    if (resolution instanceof OutcomeResolution.Lost) {
      return records.change(
          id,
          current -> current.state() == JobState.UNKNOWN,
          (current, next) -> // of however many charges were agreed to by then
          next.state(JobState.LOST, time.now()).note("given up").bill(pricing.lost(current)));
    }
    return authoriseAgain(job);
  }

  private Job attach(Job job, TaskId task) {
    boolean same = job.taskId().equals(Optional.of(task));
    if (same && job.state() == JobState.EXPIRED) { // we gave it up; the provider may not have
      return records.change(
          job.id(),
          current -> current.state() == JobState.EXPIRED,
          (current, next) ->
              next.state(JobState.SUBMITTED, time.now())
                  .fault(null)
                  .bill(null)
                  .note("taken up again by hand"));
    }
    if (same) {
      return job;
    }
    Job attached =
        records
            .changeUnlessTaken(
                job,
                current -> TAKES_A_TASK.contains(current.state()) && current.taskId().isEmpty(),
                (current, next) ->
                    next.state(JobState.SUBMITTED, time.now())
                        .taskId(task)
                        .fault(null)
                        .bill(null)
                        .note("task attached by hand"))
            .orElseThrow(() -> new IllegalArgumentException(taken(job, task)));
    if (!attached.taskId().equals(Optional.of(task))) {
      throw nothingToResolve(attached);
    }
    return attached;
  }

  private String taken(Job job, TaskId task) {
    return "task "
        + task
        + " belongs to "
        + journal.findByTask(job.account(), task).map(Job::toString).orElse("another job");
  }

  private static IllegalStateException nothingToResolve(Job job) {
    return new IllegalStateException("nothing to resolve: " + job);
  }

  /** From the version that was looked at: of two who ask at once, one agrees to one charge. */
  private Job authoriseAgain(Job job) {
    Instant now = time.now();
    Job again =
        job.change()
            .state(JobState.NOT_SENT, now)
            .quote(pricing.dearest(job))
            .authorisations(job.authorisations() + 1)
            .authorisedAt(now)
            .note("to be sent again, accepting a second charge")
            .dueAt(now)
            .done();
    JobJournal.Admission admission = journal.admit(again, budgets, leases.owner());
    if (admission instanceof JobJournal.Admission.OverCap over) {
      throw new OverBudgetException(
          "with a second charge "
              + job.id()
              + " would hold "
              + again.counted().orElseThrow()
              + "; "
              + over.budget()
              + " leaves "
              + over.left()
              + " for it",
          again.quote().orElseThrow(),
          over.left());
    }
    if (admission instanceof JobJournal.Admission.Existing) {
      throw nothingToResolve(records.require(job.id()));
    }
    records.tell(again, null);
    return again;
  }

  Job settle(JobId id, Money charged) {
    Job job = records.require(id);
    if (!job.state().isEnded() && job.state() != JobState.UNKNOWN) {
      throw new IllegalStateException(id + " is " + job.state() + ": it has not ended yet");
    }
    Currency expected =
        job.quote().map(quote -> quote.hold().currency()).orElse(charged.currency());
    if (!charged.currency().equals(expected)) {
      throw new IllegalArgumentException("charged: in " + expected + ", not " + charged);
    }
    Job settled =
        records.change(
            id,
            current ->
                current.authorisations() == job.authorisations()
                    && (current.state().isEnded() || current.state() == JobState.UNKNOWN),
            (current, next) -> {
              if (current.state() == JobState.UNKNOWN) {
                next.state(JobState.LOST, time.now()).note("given up; what it cost was looked up");
              }
              next.bill(new Bill(charged, Bill.Basis.STATED));
            });
    if (settled.authorisations() != job.authorisations()) { // that sum knows nothing of it
      throw new IllegalStateException(id + " was sent again meanwhile: " + settled.state());
    }
    return settled;
  }

  Job withdraw(JobId id) {
    Job job = records.require(id);
    if (!job.state().isDue()) {
      throw new IllegalStateException(
          id + " is " + job.state() + ": it was sent, or may have been");
    }
    Job withdrawn = submitter.withdraw(job, "withdrawn");
    if (withdrawn.state() != JobState.WITHDRAWN) {
      throw new IllegalStateException(
          id + " is " + withdrawn.state() + ": it was sent, or may have been");
    }
    return withdrawn;
  }
}
