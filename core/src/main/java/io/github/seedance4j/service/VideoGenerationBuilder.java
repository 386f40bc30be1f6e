package io.github.seedance4j.service;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.OutcomeTable;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.ClipStore;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.Timekeeper;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Strictness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Wires a {@link VideoGenerationService}. Each setter names its default. Not thread-safe. */
public final class VideoGenerationBuilder {

  JobJournal journal = new InMemoryJobJournal();
  final List<Budget> budgets = new ArrayList<>();
  ClipStore clips = (job, clip) -> {};
  Function<Job, Path> clipFiles =
      job -> job.clipTarget().orElse(Path.of("seedance-clips", job.id() + ".mp4"));
  Consumer<JobEvent> listener = event -> {};
  PollPlan pollPlan = PollPlan.standard();
  Duration waitLimit = Duration.ofMinutes(30);
  Duration sendWithin = Duration.ofMinutes(10);
  OutcomeTable outcomes = OutcomeTable.standard();
  Duration lease = Duration.ofSeconds(30);
  int concurrency = 16;
  Supplier<JobId> ids = Ambient::newJobId;
  @Nullable Timekeeper time;

  private @Nullable ModelCatalog catalog;
  private @Nullable Tariff tariff;
  private Strictness strictness = Strictness.STRICT;
  private @Nullable VideoProvider provider;
  private @Nullable VideoFetcher fetcher;
  private @Nullable Executor executor;

  VideoGenerationBuilder() {}

  /** Who makes the videos. Required; closed with the service. */
  public VideoGenerationBuilder provider(VideoProvider provider) {
    this.provider = Objects.requireNonNull(provider, "provider");
    return this;
  }

  /** Who downloads clips. By default the provider, if it can. */
  public VideoGenerationBuilder fetcher(VideoFetcher fetcher) {
    this.fetcher = Objects.requireNonNull(fetcher, "fetcher");
    return this;
  }

  /** What remembers jobs. By default {@link InMemoryJobJournal}, which forgets with the process. */
  public VideoGenerationBuilder journal(JobJournal journal) {
    this.journal = Objects.requireNonNull(journal, "journal");
    return this;
  }

  /** The models and their limits. By default TokenHub's. */
  public VideoGenerationBuilder catalog(ModelCatalog catalog) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    return this;
  }

  /** The prices. By default TokenHub's. Must have one for whatever the catalogue knows. */
  public VideoGenerationBuilder tariff(Tariff tariff) {
    this.tariff = Objects.requireNonNull(tariff, "tariff");
    return this;
  }

  /** What to do about rules that are only assumed. By default they reject. */
  public VideoGenerationBuilder strictness(Strictness strictness) {
    this.strictness = Objects.requireNonNull(strictness, "strictness");
    return this;
  }

  /**
   * A hard cap on what is spent and held together, beside those that the journal keeps: one for
   * each label and period, in the currency of the prices. By default there is none.
   */
  public VideoGenerationBuilder budget(Budget budget) {
    budgets.removeIf(budget::replaces);
    budgets.add(budget);
    return this;
  }

  /**
   * How many create calls are under way at once at most; further ones wait. After a 429 it is half
   * of what it was, and grows again with what the provider takes. By default 16.
   */
  public VideoGenerationBuilder concurrency(int concurrency) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency: 1 or more, not " + concurrency);
    }
    this.concurrency = concurrency;
    return this;
  }

  /**
   * How long this service may be silent before others on the same journal take its jobs over. By
   * default 30 seconds; it is renewed three times as often.
   */
  public VideoGenerationBuilder lease(Duration lease) {
    if (lease.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("lease: 100 ms or more, not " + lease);
    }
    this.lease = lease;
    return this;
  }

  /** Where new jobs' ids come from: never one twice. By default chance. */
  public VideoGenerationBuilder ids(Supplier<JobId> ids) {
    this.ids = Objects.requireNonNull(ids, "ids");
    return this;
  }

  /**
   * Where clips go for good: called until it returns, so make it idempotent by the job's id. By
   * default they stay where {@link #clipFiles} puts them.
   */
  public VideoGenerationBuilder clips(ClipStore clips) {
    this.clips = Objects.requireNonNull(clips, "clips");
    return this;
  }

  /**
   * Where a job's clip is downloaded to. By default where its submission wants it, else {@code
   * seedance-clips/JOB.mp4}.
   */
  public VideoGenerationBuilder clipFiles(Function<Job, Path> clipFiles) {
    this.clipFiles = Objects.requireNonNull(clipFiles, "clipFiles");
    return this;
  }

  /** Told of every change, on the thread that made it: be quick. By default nobody is. */
  public VideoGenerationBuilder onEvent(Consumer<JobEvent> listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /** How often tasks are asked for. By default {@link PollPlan#standard()}. */
  public VideoGenerationBuilder pollPlan(PollPlan pollPlan) {
    this.pollPlan = Objects.requireNonNull(pollPlan, "pollPlan");
    return this;
  }

  /**
   * How long {@link VideoGeneration#generate} waits. By default 30 minutes, since clips take up to
   * eight and queues come on top; it is the waiting that ends, not the task.
   */
  public VideoGenerationBuilder waitLimit(Duration waitLimit) {
    this.waitLimit = Objects.requireNonNull(waitLimit, "waitLimit");
    return this;
  }

  /**
   * How long a job that never left this machine, or was throttled, is tried again before it is
   * withdrawn. By default 10 minutes.
   */
  public VideoGenerationBuilder sendWithin(Duration sendWithin) {
    this.sendWithin = Objects.requireNonNull(sendWithin, "sendWithin");
    return this;
  }

  /** What answers to a create call mean. By default {@link OutcomeTable#standard()}. */
  public VideoGenerationBuilder outcomes(OutcomeTable outcomes) {
    this.outcomes = Objects.requireNonNull(outcomes, "outcomes");
    return this;
  }

  /** Clock and timer. By default the machine's. Closed with the service. */
  public VideoGenerationBuilder time(Timekeeper time) {
    this.time = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Where calls and downloads run, and what waits for them is told; the caller's to shut down. By
   * default small pools of daemon threads. However busy it is, what is looked after stays ours.
   */
  public VideoGenerationBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Builds the service, which follows the journal's unfinished jobs from here on.
   *
   * @throws IllegalStateException if there is no provider, or nobody to download clips
   * @throws IllegalArgumentException if the tariff has no price for a model of the catalogue, or a
   *     budget is in another currency than the prices
   */
  public VideoGeneration build() {
    if (provider == null) {
      throw new IllegalStateException("provider: set one, such as TokenHub.provider(key)");
    }
    if (fetcher == null && provider instanceof VideoFetcher both) {
      fetcher = both;
    }
    if (fetcher == null) {
      throw new IllegalStateException("fetcher: set one, as the provider downloads nothing");
    }
    return new VideoGenerationService(this, provider, fetcher);
  }

  /**
   * The defaults are read only where nobody set another: whoever has many services sets his own.
   */
  Pricing pricing() {
    ModelCatalog models = catalog == null ? ModelCatalog.tokenHub() : catalog;
    Tariff prices = tariff == null ? Tariff.tokenHub() : tariff;
    prices.requirePricesFor(models);
    Pricing pricing = new Pricing(RequestRules.of(models), prices, strictness);
    budgets.forEach(pricing::requireItsCurrency);
    return pricing;
  }

  Ambient.Workers workers(String name, int threads) {
    return executor == null
        ? Ambient.workers(name, threads)
        : new Ambient.Workers(executor, () -> {});
  }
}
