package io.github.seedance4j.service;

import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.Timekeeper;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.Verdict;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The domain's service: wires rules, prices, journal and provider behind {@link VideoGeneration}.
 * Built by {@link #builder()}; closes what it is given, but for an executor.
 */
public final class VideoGenerationService implements VideoGeneration {

  private static final Set<JobState> UNFINISHED =
      Arrays.stream(JobState.values())
          .filter(JobState::isUnfinished)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<JobState> TAKES_A_TASK =
      EnumSet.of(
          JobState.UNKNOWN,
          JobState.LOST,
          JobState.NOT_SENT,
          JobState.THROTTLED,
          JobState.REJECTED,
          JobState.WITHDRAWN);

  private static final Duration LONGEST_WAIT = Duration.ofDays(3650);

  private final VideoProvider provider;
  private final VideoFetcher fetcher;
  private final JobJournal journal;
  private final @Nullable Budget budget;
  private final Duration waitLimit;
  private final Timekeeper time;
  private final Ambient.Workers calls;
  private final Ambient.Workers downloads;
  private final Ambient.Workers notices;
  private final Pricing pricing;
  private final Currency currency;
  private final Gate gate = new Gate();
  private final Waiters waiters = new Waiters();
  private final Records records;
  private final Submitter submitter;
  private final Follower follower;

  VideoGenerationService(
      VideoGenerationBuilder parts, VideoProvider provider, VideoFetcher fetcher) {
    this.provider = provider;
    this.fetcher = fetcher;
    this.journal = parts.journal;
    this.budget = parts.budget;
    this.waitLimit = parts.waitLimit;
    this.time = parts.time == null ? Ambient.systemTime() : parts.time;
    this.calls = parts.workers("calls", 8);
    this.downloads = parts.workers("downloads", 4);
    this.notices = parts.workers("notices", 2); // never behind calls: a deadline must bite
    this.pricing = parts.pricing();
    this.currency = parts.tariff.currency();
    this.records = new Records(journal, time, parts.listener, waiters);
    this.submitter =
        new Submitter(
            pricing, provider, journal, records, parts.outcomes, budget, parts.sendWithin);
    this.follower =
        new Follower(
            provider,
            fetcher,
            parts.clips,
            parts.clipFiles,
            submitter,
            gate,
            pricing,
            records,
            waiters,
            parts.pollPlan,
            time,
            calls,
            downloads);
    journal.list(UNFINISHED, Integer.MAX_VALUE).forEach(follower::takeUp);
  }

  /** Starts to wire a service; only a provider is required. */
  public static VideoGenerationBuilder builder() {
    return new VideoGenerationBuilder();
  }

  @Override
  public Verdict verdict(GenerationDraft draft) {
    return pricing.verdict(draft);
  }

  @Override
  public Quote quote(GenerationDraft draft) {
    return pricing.quote(draft);
  }

  @Override
  public Submission submit(GenerationDraft draft, SubmitOptions options) {
    Submission submission = gate.pass(() -> submitter.submit(draft, options));
    if (submission instanceof Submission.Accepted accepted) {
      follower.follow(accepted.job());
    } else if (submission instanceof Submission.Unknown unknown) {
      follower.settle(unknown.job());
    }
    return submission;
  }

  @Override
  public CompletableFuture<Submission> submitAsync(GenerationDraft draft, SubmitOptions options) {
    return async(() -> submit(draft, options));
  }

  @Override
  public Job adopt(TaskId task) {
    Optional<Job> known = journal.findByTask(task);
    if (known.isPresent()) {
      follower.follow(known.get());
      return known.get();
    }
    Instant now = time.now();
    GenerationDraft nothing = GenerationDraft.builder().build();
    Job adopted =
        Job.intended(Ambient.newJobId(), provider.account(), nothing, now)
            .authorisations(0)
            .state(JobState.SUBMITTED, now)
            .taskId(task)
            .done();
    journal.admit(adopted, null, now);
    records.tell(adopted, null);
    follower.follow(adopted);
    return adopted;
  }

  @Override
  public VideoTask task(TaskId task) {
    return provider.task(task);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return journal.find(id);
  }

  @Override
  public Optional<Job> find(TaskId task) {
    return journal.findByTask(task);
  }

  @Override
  public List<Job> list(Set<JobState> states, int limit) {
    return journal.list(states, limit);
  }

  @Override
  public Spend spend() {
    Instant since = budget == null ? Instant.EPOCH : budget.since(time.now());
    return journal.spend(since, budget == null ? currency : budget.cap().currency());
  }

  @Override
  public Job await(JobId id, Duration timeout) {
    return join(awaitAsync(id, timeout), id);
  }

  @Override
  public CompletableFuture<Job> awaitAsync(JobId id, Duration timeout) {
    Instant end = momentIn(timeout);
    CompletableFuture<Job> waiting = waiters.add(id);
    try {
      Job job = records.require(id);
      follower.follow(job);
      if (!job.state().isUnfinished()) {
        waiting.complete(job);
        return waiting;
      }
    } catch (RuntimeException e) {
      waiting.completeExceptionally(e);
      return waiting;
    }
    // completed by a worker: what callers hang on to a future must not hold up the one timer
    Timekeeper.Alarm deadline =
        time.at(
            end,
            () -> {
              Runnable stop = () -> stopWaiting(waiting, id, "after " + timeout.toSeconds() + " s");
              if (!notices.run(stop)) {
                stop.run();
              }
            });
    var unused = waiting.whenComplete((job, failure) -> deadline.cancel());
    if (gate.isClosed()) {
      stopWaiting(waiting, id, "as this was closed");
    }
    return waiting;
  }

  @Override
  public Clip download(JobId id, Path target, Duration timeout) {
    return copied(Endings.stored(await(id, timeout)), target);
  }

  @Override
  public CompletableFuture<Clip> downloadAsync(JobId id, Path target, Duration timeout) {
    return awaitAsync(id, timeout)
        .thenApply(Endings::stored)
        .thenApplyAsync(job -> copied(job, target), downloads.executor());
  }

  @Override
  public Job generate(GenerationDraft draft, SubmitOptions options) {
    return Endings.stored(await(Endings.accepted(submit(draft, options)).id(), waitLimit));
  }

  @Override
  public CompletableFuture<Job> generateAsync(GenerationDraft draft, SubmitOptions options) {
    return submitAsync(draft, options)
        .thenApply(Endings::accepted)
        .thenCompose(job -> awaitAsync(job.id(), waitLimit))
        .thenApply(Endings::stored);
  }

  @Override
  public Job resolve(JobId id, OutcomeResolution resolution) {
    Job job = records.require(id);
    Job resolved;
    if (resolution instanceof OutcomeResolution.Attach attach) {
      resolved = attach(job, attach.task());
    } else if (job.state() != JobState.UNKNOWN) {
      throw nothingToResolve(job);
    } else if (resolution instanceof OutcomeResolution.Lost) {
      resolved =
          records.advance(
              job, JobState.LOST, next -> next.note("given up").bill(pricing.lost(job)));
    } else {
      // from the version that was looked at: of two who ask at once, one agrees to one charge
      resolved =
          records
              .advanceFrom(
                  job,
                  JobState.NOT_SENT,
                  next ->
                      next.authorisations(job.authorisations() + 1)
                          .authorisedAt(time.now())
                          .note("to be sent again, accepting a second charge")
                          .dueAt(time.now()))
              .orElseThrow(() -> nothingToResolve(records.require(id)));
    }
    follower.follow(resolved);
    return resolved;
  }

  @Override
  public Job withdraw(JobId id) {
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

  @Override
  public void close() {
    gate.closeAndDrain();
    submitter.recordAll();
    follower.stop();
    waiters.all().forEach((id, all) -> all.forEach(w -> stopWaiting(w, id, "as this was closed")));
    notices.stop().run();
    calls.stop().run();
    downloads.stop().run();
    time.close();
    closeQuietly(provider);
    if (fetcher != provider && fetcher instanceof AutoCloseable closeable) {
      closeQuietly(closeable);
    }
    journal.close();
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
    Job owner = journal.findByTask(task).orElse(null);
    if (owner != null) {
      throw new IllegalStateException("task " + task + " belongs to " + owner);
    }
    Job attached =
        records.change(
            job.id(),
            current -> TAKES_A_TASK.contains(current.state()) && current.taskId().isEmpty(),
            (current, next) ->
                next.state(JobState.SUBMITTED, time.now())
                    .taskId(task)
                    .fault(null)
                    .bill(null)
                    .note("task attached by hand"));
    if (!attached.taskId().equals(Optional.of(task))) {
      throw nothingToResolve(attached);
    }
    return attached;
  }

  private static IllegalStateException nothingToResolve(Job job) {
    return new IllegalStateException("nothing to resolve: " + job);
  }

  /** However long somebody is ready to wait: no longer than time lasts. */
  private Instant momentIn(Duration timeout) {
    return time.now().plus(timeout.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : timeout);
  }

  private void stopWaiting(CompletableFuture<Job> waiting, JobId id, String when) {
    try {
      waiting.completeExceptionally(stillRunning(id, when));
    } catch (RuntimeException | Error e) {
      waiting.completeExceptionally(e); // a journal that fails must not make anybody wait for ever
    }
  }

  private StillRunningException stillRunning(JobId id, String when) {
    Job job = records.require(id);
    return new StillRunningException(
        "stopped waiting "
            + when
            + "; it goes on: "
            + job
            + job.note().map(n -> " (" + n + ")").orElse(""),
        job);
  }

  private <T> CompletableFuture<T> async(Supplier<T> call) {
    try {
      return CompletableFuture.supplyAsync(call, calls.executor());
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("closed: nothing is submitted any more", closed));
    }
  }

  private <T> T join(CompletableFuture<T> future, JobId id) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw stillRunning(id, "as the thread was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SeedanceException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Clip copied(Job job, Path target) {
    Clip clip = job.clip().orElseThrow();
    try {
      return ClipCopy.of(clip, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      System.getLogger("io.github.seedance4j").log(System.Logger.Level.WARNING, "close failed", e);
    }
  }
}
