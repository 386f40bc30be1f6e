package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.adapter.rest.operation.Retention;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationTest {

  @TempDir private Path folder;

  @Test
  void tellsModelsAndTheirPrices() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      Answer models = bench.tenant("acme").get("/api/v1/models");

      assertThat(models.status()).isEqualTo(200);
      assertThat(models.at("data.0.id")).isEqualTo("doubao-seedance-2.0");
      assertThat(models.text()).contains("{\"resolution\":\"720p\",\"per_second\":\"0.20\"}");
    }
  }

  @Test
  void tellsATenantWhatItSpentAndNothingOfOthers() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      bench.videos.setBudget(Budget.perMonth(Money.usd("200")));
      bench.videos.setBudget(Budget.perDay(Money.usd("5")).forLabel("acme"));
      Client acme = bench.tenant("acme");
      acme.ended(acme.create(PROMPT).id());
      Client other = bench.tenant("other");
      other.ended(other.create(PROMPT + ", again").id());

      Answer usage = acme.get("/api/v1/usage?tenant=other");
      Answer csv = acme.get("/api/v1/usage?format=csv");
      Answer all = bench.admin().get("/api/v1/usage");

      assertThat(usage.at("tenant")).isEqualTo("acme");
      assertThat(usage.at("ever.spent").toString()).startsWith("1.0");
      assertThat(usage.at("caps.0.cap")).isEqualTo("5.00");
      assertThat(usage.at("caps.1")).isNull();
      assertThat(csv.text().lines()).hasSize(2).anyMatch(line -> line.contains(",acme,"));
      assertThat(csv.header("Content-Type")).startsWith("text/csv");
      assertThat(all.at("ever.spent").toString()).startsWith("2.0");
      assertThat(acme.get("/api/v1/usage?format=xml").status()).isEqualTo(400);
    }
  }

  @Test
  void tellsOnlyAdminsHowItFares() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      Client acme = bench.tenant("acme");
      acme.ended(acme.create(PROMPT).id());

      assertThat(acme.get("/metrics").status()).isEqualTo(403);
      assertThat(bench.admin().get("/metrics").text())
          .contains("seedance_job_changes_total{state=\"stored\"} 1.0")
          .contains("seedance_http_requests_seconds_count{operation=\"createGeneration\"")
          .contains("seedance_jobs_unknown ")
          .contains("seedance_disk_free_bytes ");
    }
  }

  @Test
  void takesNoPaidWorkThatWouldFindNoRoom() {
    try (GatewayBench bench =
        GatewayBench.open(
            folder,
            new InMemoryJobJournal(),
            service -> service,
            gateway -> gateway.minFree(Long.MAX_VALUE))) {
      Client acme = bench.tenant("acme");

      Answer refused = acme.create(PROMPT);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("30");
      assertThat(refused.at("error.code")).isEqualTo("disk-low");
      assertThat(acme.get(GENERATIONS).at("data.0")).isNull();
      assertThat(bench.hub.ledger().entries()).isEmpty();
    }
  }

  @Test
  void refusesAKeyThatCallsTooOften() {
    Clock still = Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC);
    try (GatewayBench bench =
        GatewayBench.open(
            folder,
            new InMemoryJobJournal(),
            service -> service,
            gateway -> gateway.clock(still))) {
      Client twice =
          bench
          .new Client(bench.keys.issue(new TenantId("acme"), Role.TENANT, 2, Set.of()).secret());

      assertThat(twice.get(GENERATIONS).status()).isEqualTo(200);
      assertThat(twice.get(GENERATIONS).status()).isEqualTo(200);
      Answer third = twice.get(GENERATIONS);
      assertThat(third.status()).isEqualTo(429);
      assertThat(third.header("Retry-After")).isEqualTo("30");
      assertThat(bench.tenant("other").get(GENERATIONS).status()).isEqualTo(200);
    }
  }

  @Test
  void letsARevokedKeyOutAtOnce() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      Client acme = bench.tenant("acme");
      assertThat(acme.get(GENERATIONS).status()).isEqualTo(200);

      bench.keys.revoke(bench.keys.list().get(0).id());

      assertThat(acme.get(GENERATIONS).status()).isEqualTo(401);
    }
  }

  @Test
  void throwsAwayWhatIsKeptTooLongOrTooMuch() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      Client acme = bench.tenant("acme");
      Job first = stored(bench, acme.create(PROMPT + " 1").id());
      Job second = stored(bench, acme.create(PROMPT + " 2").id());
      Path clips = folder.resolve("clips");

      long room = second.clip().orElseThrow().bytes();
      new Retention(bench.videos, clips, null, room).sweep(Instant.now());

      assertThat(first.clip().orElseThrow().path()).doesNotExist();
      assertThat(second.clip().orElseThrow().path()).exists();
      assertThat(acme.get(GENERATIONS + "/" + first.id()).at("data")).isNull();

      Instant later = second.changedAt().plus(Duration.ofDays(30));
      new Retention(bench.videos, clips, Duration.ofDays(31), Long.MAX_VALUE).sweep(later);
      assertThat(second.clip().orElseThrow().path()).exists();
      new Retention(bench.videos, clips, Duration.ofDays(29), Long.MAX_VALUE).sweep(later);
      assertThat(second.clip().orElseThrow().path()).doesNotExist();
      assertThat(bench.videos.find(second.id()).orElseThrow().isPurged()).isTrue();
      assertThat(acme.get("/api/v1/usage").at("ever.spent").toString()).startsWith("2.0");
    }
  }

  @Test
  void countsNoClipsThatLieElsewhere() {
    Path clips = folder.resolve("clips");
    Path home = folder.resolve("home");
    try (GatewayBench bench =
        GatewayBench.open(
            folder,
            new InMemoryJobJournal(),
            service ->
                service.clipFiles(
                    job -> (job.label().isPresent() ? clips : home).resolve(job.id() + ".mp4")),
            gateway -> gateway)) {
      Client acme = bench.tenant("acme");
      Job ours = stored(bench, acme.create(PROMPT).id());
      Job elsewhere =
          bench
              .videos
              .submit(
                  GenerationDraft.read(GatewayBench.request(PROMPT + ", by hand")),
                  SubmitOptions.none())
              .match(job -> job, refused -> null, over -> null, job -> job);
      assertThat(stored(bench, elsewhere.id().value()).clip().orElseThrow().path())
          .startsWith(home);

      long room = ours.clip().orElseThrow().bytes();
      new Retention(bench.videos, clips, null, room).sweep(Instant.now());

      assertThat(ours.clip().orElseThrow().path()).exists();
      assertThat(bench.videos.find(ours.id()).orElseThrow().isPurged()).isFalse();
    }
  }

  @Test
  void letsNoTenantsTablesTakeEveryWorker() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    JobJournal slow =
        new ForwardingJournal(new InMemoryJobJournal()) {
          @Override
          public List<Job> list(JobQuery query) {
            if (query.label() != null) {
              begun.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }
            return journal.list(query);
          }
        };
    try (GatewayBench bench = GatewayBench.open(folder, slow, service -> service, it -> it)) {
      Client acme = bench.tenant("acme");
      List<CompletableFuture<Answer>> tables = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        tables.add(CompletableFuture.supplyAsync(() -> acme.get("/api/v1/usage?format=csv")));
      }
      begun.await();

      Answer third = acme.get("/api/v1/usage?format=csv");

      go.countDown();
      assertThat(third.status()).isEqualTo(429);
      assertThat(tables).allMatch(table -> table.join().status() == 200);
      assertThat(acme.get("/api/v1/usage?format=csv").status()).isEqualTo(200);
    }
  }

  @Test
  void deletesNoFileOutsideItsDirectory() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      Client acme = bench.tenant("acme");
      Job job = stored(bench, acme.create(PROMPT).id());

      new Retention(bench.videos, folder.resolve("elsewhere"), Duration.ZERO, Long.MAX_VALUE)
          .sweep(job.changedAt().plusSeconds(1));

      assertThat(Files.exists(job.clip().orElseThrow().path())).isTrue();
    }
  }

  private static Job stored(GatewayBench bench, String id) {
    return bench.videos.await(new JobId(id), Duration.ofSeconds(30));
  }

  @Test
  void letsOnlyNamedWebOriginsCall() {
    try (GatewayBench bench =
        GatewayBench.open(
            folder,
            new InMemoryJobJournal(),
            service -> service,
            gateway -> gateway.origins(Set.of("https://studio.example")))) {
      Client acme = bench.tenant("acme");

      Answer asked = preflight(bench, "https://studio.example");
      Answer theirs = acme.get(GENERATIONS, "Origin", "https://studio.example");
      Answer others = acme.get(GENERATIONS, "Origin", "https://elsewhere.example");

      assertThat(asked.status()).isEqualTo(200);
      assertThat(asked.header("Access-Control-Allow-Methods")).contains("POST");
      assertThat(asked.header("Access-Control-Allow-Headers")).contains("authorization");
      assertThat(theirs.header("Access-Control-Allow-Origin")).isEqualTo("https://studio.example");
      assertThat(others.header("Access-Control-Allow-Origin")).isEmpty();
      assertThat(
              preflight(bench, "https://elsewhere.example").header("Access-Control-Allow-Origin"))
          .isEmpty();
    }
    try (GatewayBench bench = GatewayBench.open(folder)) {
      assertThat(preflight(bench, "https://studio.example").header("Access-Control-Allow-Origin"))
          .isEmpty();
    }
  }

  private static Answer preflight(GatewayBench bench, String origin) {
    Client nobody = bench.new Client("");
    return nobody.send(
        HttpRequest.newBuilder(URI.create(bench.gateway.address() + GENERATIONS))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .headers(
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization, content-type"));
  }
}
