package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.ledger.Adjust;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.ledger.LedgerEntry;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubBillingTest {

  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void keepsALedgerThatAnotherProcessCanJudge() throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    try (FakeTokenHub hub = HubClient.hub().clock(SettableClock.at(NOON)).ledger(file).start()) {
      HubClient client = new HubClient(hub);
      String id = client.created(HubClient.BEACH);
      client.create("{}");
      String digest = Digests.sha256(HubClient.BEACH.getBytes(StandardCharsets.UTF_8));

      assertThat(Files.readAllLines(file))
          .first()
          .isEqualTo(
              "{\"kind\":\"charge\",\"task\":\"%s\",\"cost\":\"1.00\",\"digest\":\"%s\",\"at\":\"2026-11-02T12:00:00Z\"}"
                  .formatted(id, digest));
      assertThat(Ledger.read(file)).isEqualTo(hub.ledger());
      assertThat(hub.ledger().charges()).extracting(Charge::taskId).containsExactly(id, null);
    }
  }

  @Test
  void billsTheRealLengthWhenTold() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().billing(Billing.REAL_LENGTH).start()) {
      HubClient client = new HubClient(hub);
      String id = client.created(HubClient.BEACH);

      assertThat(hub.ledger().total()).isEqualTo(new BigDecimal("1.008334"));
      assertThat(client.status(id).body()).contains("\"usage\":{\"video_duration\":5}");
    }
  }

  @Test
  void adjustsOnceTheEndIsSeenAndBeforeItIsTold() throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    SettableClock clock = SettableClock.at(NOON);
    try (FakeTokenHub hub =
        HubClient.hub()
            .clock(clock)
            .billing(Billing.REAL_LENGTH)
            .pace(Pace.of(Duration.ofSeconds(10), Duration.ofMinutes(2)))
            .ledger(file)
            .start()) {
      HubClient client = new HubClient(hub);
      String id = client.created(HubClient.BEACH);
      client.polled(id);
      assertThat(hub.ledger().total()).isEqualTo(new BigDecimal("1.00"));

      clock.advance(Duration.ofSeconds(130));
      client.polled(id);
      assertThat(Ledger.read(file).adjustments())
          .containsExactly(
              new Adjust(
                  id,
                  new BigDecimal("0.008334"),
                  Adjust.Reason.REAL_LENGTH,
                  Digests.sha256(HubClient.BEACH.getBytes(StandardCharsets.UTF_8)),
                  NOON.plusSeconds(130)));
      client.polled(id);
      HubClient.download("GET", client.link(id));
      assertThat(hub.tasks())
          .extracting(FakeTask::cost)
          .containsExactly(new BigDecimal("1.008334"));
      assertThat(hub.ledger().entries()).hasSize(2).isEqualTo(Ledger.read(file).entries());
    }
  }

  @Test
  void givesBackWhatAFailedTaskCostOnceForAllWhoAsk() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      hub.next().outputModeration();
      HubClient client = new HubClient(hub);
      String id = client.created(HubClient.BEACH);
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        boolean polls = i % 2 == 0;
        all.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return polls ? client.polled(id) : hub.ledger();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
      }
      all.forEach(CompletableFuture::join);

      assertThat(hub.ledger().entries())
          .extracting(LedgerEntry::amount)
          .containsExactly(new BigDecimal("1.00"), new BigDecimal("-1.00"));
      assertThat(hub.ledger().costOfTask(id)).isZero();
    }
  }

  @Test
  void servesAClipThatPlays() throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      HubClient client = new HubClient(hub);
      String id =
          client.created(
              "{\"model\":\"doubao-seedance-2.0-fast\",\"prompt\":\"a cat\",\"duration\":4,\"resolution\":\"480p\","
                  + "\"aspect_ratio\":\"9:16\",\"generate_audio\":false}");

      assertThat(HubClient.download("GET", client.link(id)).body())
          .isEqualTo(PlayableClip.render(new ClipSpec(496, 864, 97, false, List.of(id, "a cat"))));
    }
  }

  @Test
  void saysSoWhenItFailsItself() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      hub.next()
          .with(
              new CreateFault.RewritesCreate(
                  tree -> {
                    throw new IllegalStateException("a broken test");
                  }));
      HttpResponse<String> response = new HubClient(hub).create(HubClient.BEACH);

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat((String) HubClient.error(response).get("message"))
          .startsWith("The fake itself failed: java.lang.IllegalStateException: a broken test");
    }
  }
}
