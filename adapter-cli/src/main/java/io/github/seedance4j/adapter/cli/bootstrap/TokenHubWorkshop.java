package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.command.Gateways;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpMediaProbe;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.media.MediaFacts;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationBuilder;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.SettableClock;
import io.github.seedance4j.testkit.check.Enforcement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Puts service, TokenHub client and sandbox together. */
final class TokenHubWorkshop implements Workshop {

  /**
   * Short enough that whoever waits for another process's job sees its end within seconds. Tests
   * that kill processes set {@code seedance.lease.millis} lower.
   */
  static final Duration LEASE = Duration.ofMillis(Long.getLong("seedance.lease.millis", 12_000));

  /** For a look at one medium: somebody waits who wants to see a price. */
  private static final Duration LOOK =
      Duration.ofMillis(Long.getLong("seedance.probe.millis", 10_000));

  /** For a sandbox in another process: quick, and gentle enough for a gateway. */
  static final PollPlan NEARBY =
      new PollPlan(
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          1.5,
          Duration.ofMinutes(1),
          Duration.ofDays(3),
          100);

  @Override
  public ModelCatalog catalog() {
    return ModelCatalog.tokenHub();
  }

  @Override
  public Tariff tariff() {
    return Tariff.tokenHub();
  }

  @Override
  public String fingerprint(String key) {
    return ApiKey.of(key).fingerprint();
  }

  @Override
  public String bodySha256(GenerationRequest request) {
    try (VideoProvider provider = TokenHub.provider(ApiKey.of(Access.SANDBOX_KEY))) {
      return provider.prepare(request).bodySha256();
    }
  }

  @Override
  public Reach reach(URI baseUrl) {
    return Knock.at(baseUrl);
  }

  @Override
  public Bench open(Setup setup) {
    Access access = setup.access();
    if (access != null) {
      return bench(
          setup,
          access.key(),
          access.baseUrl(),
          access.allowLoopback(),
          plan(setup.pace(), access),
          () -> {});
    }
    FakeTokenHub fake = FakeTokenHub.builder().pace(Pace.of(setup.taskTime())).start();
    try {
      return bench(
          setup,
          Access.SANDBOX_KEY,
          fake.baseUrl(),
          true,
          setup.taskTime().isZero() ? PollPlan.immediate() : NEARBY,
          fake::close);
    } catch (RuntimeException e) {
      fake.close();
      throw e;
    }
  }

  @Override
  public Bench look(Path journal, boolean make, Tariff tariff) {
    Nobody nobody = new Nobody();
    return new OpenBench(
        VideoGenerationService.builder()
            .provider(nobody)
            .fetcher(nobody)
            .catalog(catalog())
            .tariff(tariff)
            .journal(Journals.toLookAt(journal, make))
            .build(),
        nobody.account(),
        () -> {});
  }

  @Override
  public void backup(Path journal, Path copy) {
    Journals.backup(journal, copy);
  }

  @Override
  public boolean remember(Path journal, Job job, Clip clip) {
    return Journals.remember(journal, job, clip);
  }

  @Override
  public Stage stage(String command, Surroundings around) {
    return new CommandStage(
        command, around.directory(), around.environment().getOrDefault("PATH", ""));
  }

  @Override
  public Links links(boolean allowLoopback) {
    Duration silence = LOOK.dividedBy(2);
    HttpMediaProbe probe =
        HttpMediaProbe.open(
            HttpOptions.builder()
                .allowLoopback(allowLoopback)
                .connectTimeout(silence)
                .responseTimeout(silence)
                .leaseTimeout(silence)
                .readDeadline(LOOK)
                .build());
    return new Links() {
      @Override
      public Optional<MediaFacts> probe(String address) throws IOException {
        return probe.probe(address);
      }

      @Override
      public void close() {
        probe.close();
      }
    };
  }

  @Override
  public boolean show(Path clip, Surroundings around) {
    return Opener.open(clip, around);
  }

  @Override
  public Sandbox sandbox(SandboxSetup setup) {
    Duration taskTime = setup.taskTime();
    FakeTokenHub.Builder fake =
        FakeTokenHub.builder()
            .port(setup.port())
            .clock(SettableClock.running())
            .pace(taskTime == null ? Pace.published() : Pace.of(taskTime))
            .billing(setup.realLength() ? Billing.REAL_LENGTH : Billing.WHOLE_SECONDS)
            .enforce(Enforcement.valueOf(setup.enforcing().name()));
    if (setup.ledger() != null) {
      fake.ledger(setup.ledger());
    }
    if (setup.seed() != null) {
      fake.seed(setup.seed());
    }
    FakeTokenHub started = fake.start();
    return new Sandbox() {
      @Override
      public URI baseUrl() {
        return started.baseUrl();
      }

      @Override
      public URI page() {
        return started.page();
      }

      @Override
      public void close() {
        started.close();
      }
    };
  }

  @Override
  public Gateways gateways() {
    return new TokenHubGateways();
  }

  private Bench bench(
      Setup setup, String key, URI baseUrl, boolean allowLoopback, PollPlan plan, Runnable after) {
    HttpOptions options = HttpOptions.builder().allowLoopback(allowLoopback).build();
    TokenHubProvider hub = TokenHub.provider(ApiKey.of(key), baseUrl, options);
    VideoProvider provider = setup.access() == null ? new OwnSandbox(hub) : hub;
    JobJournal journal = null;
    try {
      journal = Journals.of(setup);
      VideoGenerationBuilder service =
          VideoGenerationService.builder()
              .provider(provider)
              .journal(journal)
              .lease(LEASE)
              .catalog(catalog())
              .tariff(setup.tariff() == null ? tariff() : setup.tariff())
              .strictness(setup.strictness())
              .clipFiles(setup.clipFiles())
              .onEvent(setup.events())
              .concurrency(setup.concurrency())
              .pollPlan(plan)
              .sendWithin(setup.sendWithin());
      setup.budgets().forEach(service::budget);
      return new OpenBench(service.build(), provider.account(), after);
    } catch (RuntimeException e) {
      provider.close();
      if (journal != null) {
        journal.close();
      }
      throw e;
    }
  }

  private static PollPlan plan(Polling pace, Access access) {
    if (pace == Polling.AT_ONCE) {
      return PollPlan.immediate();
    }
    return access.allowLoopback() ? NEARBY : PollPlan.standard();
  }

  record OpenBench(VideoGeneration videos, ProviderAccount account, Runnable after)
      implements Bench {
    @Override
    public void close() {
      videos.close();
      after.run();
    }
  }
}
