package io.github.seedance4j.service;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.BudgetUse;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
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
import io.github.seedance4j.pricing.Money;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The domain's service: wires rules, prices, journal and provider behind {@link VideoGeneration}.
 * Built by {@link #builder()}; closes what it is given, but for an executor.
 */
public final class VideoGenerationService implements VideoGeneration {

  private static final Set<JobState> ENDED =
      Arrays.stream(JobState.values())
          .filter(JobState::isEnded)
          .collect(Collectors.toUnmodifiableSet());

  /** Each may hold megabytes of pictures. */
  private static final int PAGE = 16;

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j");

  private final VideoProvider provider;
  private final VideoFetcher fetcher;
  private final JobJournal journal;
  private final List<Budget> budgets;
  private final Supplier<JobId> ids;
  private final Duration waitLimit;
  private final Timekeeper time;
  private final Ambient.Workers calls;
  private final Ambient.Workers downloads;
  private final Ambient.Workers notices;
  private final Pricing pricing;
  private final Currency currency;
  private final Leases leases;
  private final Concurrency concurrency;
  private final Timekeeper.Alarm rounds;
  private final Gate gate = new Gate();
  private final Records records;
  private final Submitter submitter;
  private final Decisions decisions;
  private final Follower follower;
  private final Waiting waiting;

  VideoGenerationService(
      VideoGenerationBuilder parts, VideoProvider provider, VideoFetcher fetcher) {
    this.provider = provider;
    this.fetcher = fetcher;
    this.journal = parts.journal;
    this.budgets = List.copyOf(parts.budgets);
    this.ids = parts.ids;
    this.waitLimit = parts.waitLimit;
    this.time = parts.time == null ? Ambient.systemTime() : parts.time;
    this.calls = parts.workers("calls", 8);
    this.downloads = parts.workers("downloads", 4);
    this.notices = parts.workers("notices", 2); // never behind calls: a deadline must bite
    this.pricing = parts.pricing();
    this.currency = pricing.tariff().currency();
    Waiters waiters = new Waiters();
    this.records = new Records(journal, time, parts.listener, waiters);
    this.leases =
        new Leases(
            journal, time, provider.account(), parts.lease, () -> "of-" + parts.ids.get().value());
    this.concurrency = new Concurrency(parts.concurrency);
    this.submitter =
        new Submitter(
            pricing,
            provider,
            journal,
            records,
            parts.outcomes,
            leases,
            concurrency,
            budgets,
            parts.sendWithin,
            parts.ids);
    this.decisions = new Decisions(journal, records, submitter, pricing, leases, budgets, time);
    this.follower =
        new Follower(
            provider.account(),
            new Steps(
                provider,
                fetcher,
                parts.clips,
                parts.clipFiles,
                submitter,
                gate,
                pricing,
                records,
                parts.pollPlan,
                time),
            submitter,
            leases,
            gate,
            records,
            waiters,
            parts.pollPlan,
            time,
            calls,
            downloads);
    this.waiting = new Waiting(waiters, records, follower, gate, time, notices);
    if (!(journal instanceof SeveralAccounts.Shared)) { // there somebody else follows those
      follower.warnOfOthers();
    }
    follower.makeRounds();
    this.rounds = journal.isShared() ? time.every(leases.interval(), this::makeRounds) : () -> {};
  }

  private void makeRounds() {
    try {
      follower.makeRounds();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "the journal can't be asked for its jobs", e);
    }
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
    Submitter.Sent sent;
    try {
      sent = gate.pass(() -> submitter.submit(draft, options));
    } catch (RuntimeException | Error e) {
      leases.doubt();
      submitter.owed().forEach(follower::settle);
      throw e;
    }
    lookAfter(sent);
    return sent.submission();
  }

  /** Throws nothing: what was sent was sent, and an exception would invite another submission. */
  private void lookAfter(Submitter.Sent sent) {
    Job job = sent.submission().match(ok -> ok, Submission.Refused::job, over -> null, u -> u);
    if (job == null) {
      return;
    }
    try {
      if (sent.owner() != null && !job.state().isUnfinished()) {
        follower.settle(job);
        follower.revisit(job);
      } else if (sent.owner() != null) {
        follower.followOwn(job, sent.owner());
      } else {
        follower.follow(job);
      }
    } catch (RuntimeException | Error e) {
      leases.doubt();
      LOG.log(System.Logger.Level.WARNING, "not followed yet, as the journal fails: " + job, e);
    }
  }

  @Override
  public CompletableFuture<Submission> submitAsync(GenerationDraft draft, SubmitOptions options) {
    return async(() -> submit(draft, options));
  }

  @Override
  public Job adopt(TaskId task) {
    return orDoubt(() -> adopted(task));
  }

  private Job adopted(TaskId task) {
    Instant now = time.now();
    GenerationDraft nothing = GenerationDraft.builder().build();
    Job adopted =
        Job.intended(ids.get(), provider.account(), nothing, now)
            .authorisations(0)
            .state(JobState.SUBMITTED, now)
            .taskId(task)
            .done();
    if (journal.admit(adopted, List.of(), leases.owner())
        instanceof JobJournal.Admission.Existing known) {
      follower.follow(known.job());
      return known.job();
    }
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
    return journal.findByTask(provider.account(), task);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return journal.findByKey(idempotencyKey);
  }

  @Override
  public List<Job> list(JobQuery query) {
    return journal.list(query);
  }

  @Override
  public Spend spend(Instant since, @Nullable String label) {
    return journal.spend(since, currency, label);
  }

  @Override
  public List<BudgetUse> budgets() {
    Instant now = time.now();
    return Stream.concat(journal.budgets().stream(), budgets.stream())
        .map(
            budget ->
                new BudgetUse(
                    budget,
                    journal.spend(budget.since(now), budget.cap().currency(), budget.label())))
        .toList();
  }

  @Override
  public void setBudget(Budget budget) {
    pricing.requireItsCurrency(budget);
    journal.setBudget(budget);
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return journal.removeBudget(period, label);
  }

  @Override
  public Job await(JobId id, Duration timeout) {
    return waiting.await(id, timeout);
  }

  @Override
  public CompletableFuture<Job> awaitAsync(JobId id, Duration timeout) {
    return waiting.awaitAsync(id, timeout);
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
    return orDoubt(
        () -> {
          Job resolved = decisions.resolve(id, resolution);
          follower.follow(resolved);
          return resolved;
        });
  }

  /** What throws may have given us a job to look after nevertheless. */
  private <T> T orDoubt(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException | Error e) {
      leases.doubt();
      throw e;
    }
  }

  @Override
  public Job settle(JobId id, Money charged) {
    return decisions.settle(id, charged);
  }

  @Override
  public List<Job> purge(Instant endedBefore) {
    List<Job> purged = new ArrayList<>();
    JobQuery query = JobQuery.all().in(ENDED).limit(PAGE);
    List<Job> page;
    do {
      page = journal.list(query);
      for (Job job : page) {
        if (job.changedAt().isBefore(endedBefore) && !job.isPurged() && records.purge(job)) {
          purged.add(job);
        }
        query = query.behind(job.id());
      }
    } while (page.size() == PAGE);
    return purged;
  }

  @Override
  public Job withdraw(JobId id) {
    Job withdrawn = decisions.withdraw(id);
    follower.letGo(id);
    return withdrawn;
  }

  @Override
  public void close() {
    concurrency.close();
    gate.closeAndDrain();
    submitter.recordAll();
    rounds.cancel();
    follower.stop();
    waiting.stopAll();
    notices.stop().run();
    calls.stop().run();
    downloads.stop().run();
    time.close();
    closeQuietly(leases::release);
    closeQuietly(provider);
    if (fetcher != provider && fetcher instanceof AutoCloseable closeable) {
      closeQuietly(closeable);
    }
    journal.close();
  }

  private <T> CompletableFuture<T> async(Supplier<T> call) {
    try {
      return CompletableFuture.supplyAsync(call, calls.executor());
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("closed: nothing is submitted any more", closed));
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
      LOG.log(System.Logger.Level.WARNING, "close failed", e);
    }
  }
}
