package io.github.seedance4j.adapter.cli.bootstrap;

import static io.github.seedance4j.testkit.assertion.LedgerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.testkit.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is promised of one gateway holds for two on one PostgreSQL, whichever of them dies. */
@Tag("long")
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class TwoGatewaysTest {

  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(45);
  private static final int CLIENTS = 16;

  @TempDir private Path folder;

  @Test
  void surviveBeingKilledAtRandom() throws Exception {
    long seed = Long.getLong("seedance4j.seed", System.nanoTime());
    Random chance = new Random(seed);
    int all = 200;
    try (TwoGateways both = TwoGateways.start(folder, Duration.ofSeconds(2))) {
      List<Future<?>> clients = clients(both, all);
      int kills = 0;
      while (clients.stream().anyMatch(client -> !client.isDone())) {
        judge(both, seed);
        for (int pause = chance.nextInt(20); pause >= 0; pause--) {
          TwoGateways.breathe();
        }
        int which = chance.nextInt(2);
        both.kill(which);
        kills++;
        both.start(which);
      }
      for (Future<?> client : clients) {
        client.get();
      }
      rest(both);
      judge(both, seed);

      System.out.printf(
          "two gateways: seed %d, %d kills, %d unknown of %d jobs%n",
          seed, kills, in(both, JobState.UNKNOWN), all);
      assertThat(kills).isGreaterThan(3);
      assertThat(both.jobs()).hasSize(all);
      assertThat(in(both, JobState.STORED) + in(both, JobState.UNKNOWN)).isEqualTo(all);
      for (Job job : both.jobs()) {
        if (job.state() == JobState.STORED) {
          assertThat(both.hub.ledger()).chargedExactlyOnce(job);
        } else {
          assertThat(both.hub.ledger()).chargedAtMostOnce(job);
        }
      }
    }
  }

  @Test
  void takeOverWhatTheOtherFollowed() throws Exception {
    Duration task = Duration.ofSeconds(5);
    try (TwoGateways both = TwoGateways.start(folder, task)) {
      for (int i = 0; i < 40; i++) {
        both.submit("followed by the first, take " + i, 0);
      }
      both.kill(0);
      Instant killed = Instant.now();
      rest(both);
      Duration took = Duration.between(killed, Instant.now());

      System.out.println("two gateways: taken over and stored within " + took);
      assertThat(in(both, JobState.STORED)).isEqualTo(40);
      assertThat(took).isLessThan(TAKEN_OVER_WITHIN.plus(task));
      judge(both, 0);
    }
  }

  @Test
  void makeNoUnknownOutcomeWhenTheyAreRestartedOneByOne() throws Exception {
    int all = 120;
    try (TwoGateways both = TwoGateways.start(folder, Duration.ofSeconds(2))) {
      List<Future<?>> clients = clients(both, all);
      for (int which = 0; which < 2; which++) {
        both.stop(which);
        both.start(which);
      }
      for (Future<?> client : clients) {
        client.get();
      }
      rest(both);

      assertThat(in(both, JobState.STORED)).isEqualTo(all);
      assertThat(both.hub.ledger()).chargedTimes(all);
      judge(both, 0);
    }
  }

  /** So many jobs, each under a key of its own, and each waited for. */
  private static List<Future<?>> clients(TwoGateways both, int jobs) {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    AtomicInteger next = new AtomicInteger();
    Set<String> ids = ConcurrentHashMap.newKeySet();
    List<Future<?>> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int first = client;
      clients.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < jobs; n = next.getAndIncrement()) {
                  String id = both.submit("take " + n, first);
                  assertThat(ids.add(id)).as(id).isTrue();
                  assertThat(both.ended(id, first)).isIn("succeeded", "unknown");
                }
                return null;
              }));
    }
    threads.shutdown();
    return clients;
  }

  private static void rest(TwoGateways both) throws InterruptedException {
    while (!both.isAtRest()) {
      TwoGateways.breathe();
    }
  }

  private static long in(TwoGateways both, JobState state) {
    return both.jobs().stream().filter(job -> job.state() == state).count();
  }

  /** I1 to I5, by the provider's ledger, which is read first. */
  private static void judge(TwoGateways both, long seed) throws IOException {
    Ledger ledger = both.hub.ledger();
    List<Job> jobs = both.jobs();
    assertThat(ledger)
        .as("seed " + seed)
        .neverChargedMoreOftenThanAuthorised(jobs)
        .hasNoChargeWithoutAJob(jobs)
        .isCoveredBy(both.journal.spend(Instant.EPOCH, Currency.getInstance("USD"), null));
    Set<Path> stored =
        jobs.stream()
            .filter(job -> job.state() == JobState.STORED)
            .map(job -> whole(job.clip().orElseThrow()))
            .collect(Collectors.toSet());
    if (both.isAtRest()) {
      try (Stream<Path> files = Files.walk(both.clips)) {
        assertThat(files.filter(Files::isRegularFile).map(Path::toAbsolutePath))
            .as("seed " + seed)
            .containsExactlyInAnyOrderElementsOf(stored);
      }
    }
  }

  private static Path whole(Clip clip) {
    try {
      byte[] bytes = Files.readAllBytes(clip.path());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(clip.sha256());
      return clip.path().toAbsolutePath();
    } catch (IOException | java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
