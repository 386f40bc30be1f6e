package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.Access;
import io.github.seedance4j.adapter.cli.Workshop;
import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.SettableClock;
import io.github.seedance4j.testkit.check.Enforcement;
import java.net.URI;
import java.time.Duration;

/** Puts service, TokenHub client and sandbox together. */
final class TokenHubWorkshop implements Workshop {

  /** For a provider that asks to wait; where nobody listens, the command gives up before. */
  private static final Duration SEND_WITHIN = Duration.ofMinutes(2);

  /** For a sandbox in another process: quick, and gentle enough for a gateway. */
  private static final PollPlan NEARBY =
      new PollPlan(
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          1.5,
          Duration.ofMinutes(1),
          Duration.ofDays(3));

  @Override
  public ModelCatalog catalog() {
    return ModelCatalog.tokenHub();
  }

  @Override
  public Tariff tariff() {
    return Tariff.tokenHub();
  }

  @Override
  public Bench open(Setup setup) {
    Access access = setup.access();
    if (access != null) {
      VideoGeneration videos =
          service(
              setup,
              access.key(),
              access.baseUrl(),
              access.allowLoopback(),
              plan(setup.pace(), access));
      return new OpenBench(videos, () -> {});
    }
    FakeTokenHub fake = FakeTokenHub.builder().pace(Pace.of(setup.taskTime())).start();
    try {
      return new OpenBench(
          service(
              setup,
              Access.SANDBOX_KEY,
              fake.baseUrl(),
              true,
              setup.taskTime().isZero() ? PollPlan.immediate() : NEARBY),
          fake::close);
    } catch (RuntimeException e) {
      fake.close();
      throw e;
    }
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

  private VideoGeneration service(
      Setup setup, String key, URI baseUrl, boolean allowLoopback, PollPlan plan) {
    HttpOptions options = HttpOptions.builder().allowLoopback(allowLoopback).build();
    return VideoGenerationService.builder()
        .provider(TokenHub.provider(ApiKey.of(key), baseUrl, options))
        .catalog(catalog())
        .tariff(tariff())
        .strictness(setup.strictness())
        .clipFiles(job -> setup.clip())
        .onEvent(setup.events())
        .pollPlan(plan)
        .sendWithin(SEND_WITHIN)
        .build();
  }

  private static PollPlan plan(Polling pace, Access access) {
    if (pace == Polling.AT_ONCE) {
      return PollPlan.immediate();
    }
    return access.allowLoopback() ? NEARBY : PollPlan.standard();
  }

  private record OpenBench(VideoGeneration videos, Runnable after) implements Bench {
    @Override
    public void close() {
      videos.close();
      after.run();
    }
  }
}
