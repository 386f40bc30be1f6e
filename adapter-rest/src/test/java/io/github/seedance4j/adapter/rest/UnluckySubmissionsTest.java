package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.service.InMemoryReplayStore;
import io.github.seedance4j.service.ReplayService;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import io.github.seedance4j.testkit.SettableClock;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong beside the provider charges nobody for nothing, and tells no lies of it. */
class UnluckySubmissionsTest {

  private static final String KEY = "Idempotency-Key";
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path folder;
  private final SettableClock clock = SettableClock.at(NOON);
  private final ReplayService replays =
      ReplayService.on(new InMemoryReplayStore(), clock, new SecureRandom()::nextBytes);

  private GatewayBench open(UnaryOperator<GatewayBuilder> gateway) {
    return GatewayBench.open(folder, new InMemoryJobJournal(), service -> service, gateway);
  }

  /** Takes keys, and fails at every answer. */
  private static final class FailingStore implements ReplayStore {
    private final ReplayStore kept = new InMemoryReplayStore();

    @Override
    public Optional<Entry> take(Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
      return kept.take(entry, lapsedBefore, forgottenBefore);
    }

    @Override
    public boolean answer(TenantId tenant, String key, String owner, StoredAnswer answer) {
      throw new RetryLaterException("away", null, null);
    }

    @Override
    public void remove(TenantId tenant, String key, String owner) {
      throw new RetryLaterException("away", null, null);
    }

    @Override
    public int forget(Instant takenBefore) {
      return 0;
    }
  }

  @Test
  void answersForWhatIsPaidAlsoWhenTheAnswerCantBeKept() {
    try (GatewayBench bench =
        open(gateway -> gateway.replays(ReplayService.on(new FailingStore())))) {
      Client acme = bench.tenant("acme");

      Answer first = acme.create(PROMPT, KEY, "order-1");
      Answer again = acme.create(PROMPT, KEY, "order-1");
      Answer refused = acme.post(GENERATIONS, Map.of("model", "none"), KEY, "order-2");

      assertThat(first.status()).as(first.text()).isEqualTo(200);
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(refused.status()).isEqualTo(400);
      assertThat(bench.hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void sendsNothingOfWhichTheClientMayHaveGone() {
    try (GatewayBench bench = open(gateway -> gateway.patience(Duration.ZERO))) {
      Client acme = bench.tenant("acme");

      Answer late = acme.create(PROMPT);
      Answer underAKey = acme.create(PROMPT, KEY, "order-1");
      Answer again = acme.create(PROMPT, KEY, "order-1");

      assertThat(late.status()).isEqualTo(503);
      assertThat(late.at("error.code")).isEqualTo("busy");
      assertThat(late.at("detail").toString()).endsWith("nothing was sent.");
      assertThat(late.header("Retry-After")).isEqualTo("10");
      assertThat(underAKey.at("error.code")).isEqualTo("busy");
      assertThat(again.at("error.code")).isEqualTo("busy");
      assertThat(acme.get(GENERATIONS).at("data.0")).isNull();
      assertThat(bench.hub.ledger().entries()).isEmpty();
    }
  }

  @Test
  void takesNoNewRequestForOneThatIsForgotten() {
    try (GatewayBench bench = open(gateway -> gateway.replays(replays))) {
      Client acme = bench.tenant("acme");
      acme.ended(acme.create(PROMPT, KEY, "order-1").id());
      bench.videos.purge(Instant.now().plusSeconds(60));
      clock.set(NOON.plus(Duration.ofHours(25)));

      Answer other = acme.create(PROMPT + ", again", KEY, "order-1");

      assertThat(other.status()).as(other.text()).isEqualTo(422);
      assertThat(bench.hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void doesNotAnswerARequestInFlightWithAnotherOfBefore() throws Exception {
    try (GatewayBench bench = open(gateway -> gateway.replays(replays))) {
      Client acme = bench.tenant("acme");
      acme.create(PROMPT, KEY, "order-1");
      clock.set(NOON.plus(Duration.ofHours(25)));
      String body = JsonWriter.write(GatewayBench.request(PROMPT + ", again"));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes("UTF-8"));
      replays.begin(new TenantId("acme"), "order-1", HexFormat.of().formatHex(digest));

      assertThat(acme.post(GENERATIONS, body, KEY, "order-1").at("error.code"))
          .isEqualTo("in-flight");
    }
  }

  @Test
  void sendsNothingAgainThatWouldFindNoRoom() {
    try (GatewayBench bench = open(gateway -> gateway.minFree(Long.MAX_VALUE))) {
      bench.hub.next().chargedThenReset();
      Job unknown =
          bench
              .videos
              .submit(
                  GenerationDraft.read(GatewayBench.request(PROMPT)),
                  SubmitOptions.none().label("acme"))
              .match(job -> job, refused -> null, over -> null, job -> job);
      Client acme = bench.tenant("acme");
      String way = GENERATIONS + "/" + unknown.id() + "/resolution";

      Answer again = acme.post(way, Map.of("resolution", "resubmit", "accept_second_charge", true));

      assertThat(again.status()).isEqualTo(503);
      assertThat(again.at("error.code")).isEqualTo("disk-low");
      assertThat(bench.hub.ledger().charges()).hasSize(1);
      assertThat(acme.post(way, Map.of("resolution", "lost")).status()).isEqualTo(200);
    }
  }
}
