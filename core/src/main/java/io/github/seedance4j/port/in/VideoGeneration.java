package io.github.seedance4j.port.in;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.BudgetUse;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.Verdict;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Driving port: generate videos, and never pay for one twice. Thread-safe.
 *
 * <p>Every accepted job is followed to its end by itself, and its clip fetched as soon as there is
 * one; waiting is only watching, and to stop waiting stops nothing else. Asynchronous methods never
 * block, and complete exceptionally with what their twin would throw.
 */
public interface VideoGeneration extends AutoCloseable {

  /** What the rules say of a draft. Sends nothing. */
  Verdict verdict(GenerationDraft draft);

  /**
   * What it will cost. Sends nothing.
   *
   * @throws io.github.seedance4j.error.InvalidRequestException with every violation at once
   */
  Quote quote(GenerationDraft draft);

  /** Submits under the budget alone. */
  default Submission submit(GenerationDraft draft) {
    return submit(draft, SubmitOptions.none());
  }

  /**
   * Judges, prices, holds the price, records the intent, and sends the create call: once, ever.
   * Under an idempotency key that was used before, answers with that job and sends nothing.
   *
   * @throws IllegalArgumentException if the options' limit is in another currency than the prices
   * @throws IllegalStateException if this is closed
   */
  Submission submit(GenerationDraft draft, SubmitOptions options);

  /** As {@link #submit(GenerationDraft, SubmitOptions)}. */
  CompletableFuture<Submission> submitAsync(GenerationDraft draft, SubmitOptions options);

  /**
   * Follows a task that was created elsewhere, as a job of our own that holds no money. Whether the
   * provider knows it shows when it is awaited.
   */
  Job adopt(TaskId task);

  /**
   * Asks the provider for a task, and changes nothing.
   *
   * @throws io.github.seedance4j.error.SeedanceException if it can't be had
   */
  VideoTask task(TaskId task);

  Optional<Job> find(JobId id);

  Optional<Job> find(TaskId task);

  /** The job that was submitted under that idempotency key. */
  Optional<Job> findByKey(String idempotencyKey);

  /** Those jobs, newest first. */
  List<Job> list(JobQuery query);

  /** What all jobs of the journal cost, in the currency of the prices. */
  default Spend spend() {
    return spend(Instant.EPOCH, null);
  }

  /**
   * What the jobs cost that were last agreed to since then, in the currency of the prices.
   *
   * @param label whose jobs count; null for all
   */
  Spend spend(Instant since, @Nullable String label);

  /** Every cap that holds, the journal's and this service's own, with what counts against it. */
  List<BudgetUse> budgets();

  /**
   * Sets a cap that holds for whoever uses the journal, in place of one it replaces.
   *
   * @throws IllegalArgumentException if it is in another currency than the prices
   */
  void setBudget(Budget budget);

  /**
   * Takes back the journal's cap of that label and period.
   *
   * @param label null for the one that counts all jobs
   * @return false if there is none
   */
  boolean removeBudget(Budget.Period period, @Nullable String label);

  /**
   * Waits until nothing more happens to a job by itself: its clip is stored, or it ended otherwise,
   * or its outcome is unknown. Look at its state.
   *
   * @throws io.github.seedance4j.error.StillRunningException after {@code timeout} or interruption
   * @throws io.github.seedance4j.error.SeedanceException if it can't be followed or fetched
   */
  Job await(JobId id, Duration timeout);

  /** As {@link #await}. Cancelling the future stops the waiting, never the task. */
  CompletableFuture<Job> awaitAsync(JobId id, Duration timeout);

  /**
   * Waits for a job's clip and copies it to {@code target}, which appears there whole or not at
   * all.
   *
   * @throws io.github.seedance4j.error.SeedanceException if the job ends without a clip
   * @throws java.io.UncheckedIOException if {@code target} exists or can't be written
   */
  Clip download(JobId id, Path target, Duration timeout);

  /** As {@link #download}. */
  CompletableFuture<Clip> downloadAsync(JobId id, Path target, Duration timeout);

  /** As {@link #generate(GenerationDraft, SubmitOptions)}, under the budget alone. */
  default Job generate(GenerationDraft draft) {
    return generate(draft, SubmitOptions.none());
  }

  /**
   * Submits, waits, and fetches the clip: returns a job that is {@link JobState#STORED}.
   *
   * @throws io.github.seedance4j.error.InvalidRequestException if the rules or the provider refuse
   * @throws io.github.seedance4j.error.OverBudgetException if it costs more than allowed
   * @throws io.github.seedance4j.error.AccountException if key or balance don't suffice
   * @throws io.github.seedance4j.error.StillRunningException after the wait limit; it goes on
   * @throws io.github.seedance4j.error.RetryLaterException if it was never sent, and won't be
   * @throws io.github.seedance4j.error.OutcomeUnknownException if it may have been charged
   * @throws io.github.seedance4j.error.GiveUpException if it ended without a clip
   */
  Job generate(GenerationDraft draft, SubmitOptions options);

  /** As {@link #generate(GenerationDraft, SubmitOptions)}. */
  CompletableFuture<Job> generateAsync(GenerationDraft draft, SubmitOptions options);

  /**
   * Says what became of a job of unknown outcome.
   *
   * @throws io.github.seedance4j.error.OverBudgetException if a second charge is beyond a cap
   * @throws io.github.seedance4j.error.NotFoundException if there is no such job
   * @throws IllegalStateException if its state leaves nothing to resolve
   * @throws IllegalArgumentException if the task to attach belongs to another job
   */
  Job resolve(JobId id, OutcomeResolution resolution);

  /**
   * Enters what a job that ended really cost, as looked up in the provider's own account, in place
   * of what was computed. One of unknown outcome counts as {@link JobState#LOST} from then on.
   *
   * @throws IllegalStateException if it has not ended yet
   * @throws IllegalArgumentException if that is in another currency than its quote
   */
  Job settle(JobId id, Money charged);

  /**
   * Forgets prompts, signed addresses and where clips are, of all jobs that ended before then; what
   * they cost, their ids and keys stay. Clips are the caller's to delete.
   *
   * @return the jobs as they were
   */
  List<Job> purge(Instant endedBefore);

  /**
   * Takes back a job that was not sent yet, and releases its hold.
   *
   * @throws IllegalStateException if it was sent, or may have been
   */
  Job withdraw(JobId id);

  /** Refuses new submissions, waits for create calls in flight, and stops following. */
  @Override
  void close();
}
