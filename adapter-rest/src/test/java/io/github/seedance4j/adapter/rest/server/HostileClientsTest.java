package io.github.seedance4j.adapter.rest.server;

import static io.github.seedance4j.adapter.rest.server.RunningServer.eventually;
import static io.github.seedance4j.adapter.rest.server.RunningServer.limits;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Two hundred of each kind, on one address with a good client. Alone, for it takes times. */
@Isolated
class HostileClientsTest {

  private static final int MANY = 200;
  private static final Duration PAUSE = Duration.ofMillis(10);

  @TempDir Path directory;

  @Test
  void cutsThemAllWhileAGoodClientIsServed() throws Exception {
    Duration limit = Duration.ofMillis(1500);
    // other builds may have the machine; but without a defence it is all of the limit, and more
    fight(
        limits(l -> l.head(limit).idle(limit.multipliedBy(2)).window(limit)),
        Duration.ofMillis(100),
        Duration.ofSeconds(10),
        limit,
        limit);
  }

  @Test
  @Tag("long")
  void cutsThemAllWithinHalfAMinuteAsItIsSet() throws Exception {
    fight(
        ServerLimits.defaults(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofMillis(100));
  }

  private void fight(
      ServerLimits limits, Duration tick, Duration within, Duration usual, Duration probe)
      throws Exception {
    Path file = directory.resolve("clip");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(200L << 20);
    }
    ExecutorService others = Executors.newFixedThreadPool(4);
    AtomicBoolean over = new AtomicBoolean();
    try (RunningServer server = new RunningServer(limits, file);
        Hostile hostile = new Hostile(server.port())) {
      warmUp(server);
      int threads = Thread.activeCount();
      for (Hostile.Kind kind :
          List.of(
              Hostile.Kind.HEADS,
              Hostile.Kind.SECOND_HEADS,
              Hostile.Kind.BODIES,
              Hostile.Kind.CHUNKS,
              Hostile.Kind.FILE_READERS,
              Hostile.Kind.PAGE_READERS)) {
        hostile.join(kind, MANY / 2);
      }
      CompletableFuture<List<Long>> gets =
          CompletableFuture.supplyAsync(
              () -> keepAsking(server, over, "GET /innocent", ""), others);
      CompletableFuture<List<Long>> posts =
          CompletableFuture.supplyAsync(
              () -> keepAsking(server, over, "POST /echo", "hello"), others);
      CompletableFuture<List<Long>> probes =
          CompletableFuture.supplyAsync(() -> keepAsking(server, over, "GET /health", ""), others);
      List<Hostile.Cut> cuts = hostile.attack(tick, within.plusSeconds(5));
      over.set(true);
      List<Long> good = new ArrayList<>(gets.get(30, TimeUnit.SECONDS));
      good.addAll(posts.get(30, TimeUnit.SECONDS));
      List<Long> health = probes.get(30, TimeUnit.SECONDS);

      assertThat(hostile.left()).as("still connected").isEmpty();
      assertThat(cuts).hasSize(3 * MANY).allSatisfy(c -> assertThat(c.after()).isLessThan(within));
      good.sort(Comparator.naturalOrder());
      health.sort(Comparator.naturalOrder());
      Duration p99 = Duration.ofNanos(good.get(good.size() * 99 / 100));
      Duration worst = Duration.ofNanos(health.get(health.size() - 1));
      report(cuts, good, p99, health, worst);
      assertThat(p99).isLessThan(usual);
      assertThat(Duration.ofNanos(health.get(health.size() * 99 / 100))).isLessThan(probe);
      Tally tally = server.hardened.tally();
      assertThat(tally.slowHeads()).isGreaterThanOrEqualTo(MANY);
      assertThat(tally.slowBodies()).isEqualTo(MANY);
      assertThat(tally.slowReaders()).isEqualTo(MANY);
      assertThat(tally.busy()).isZero();
      assertThat(eventually(() -> server.hardened.connections() == 0)).isTrue();
      assertThat(eventually(() -> server.hardened.inFlight() == 0)).isTrue();
      assertThat(server.hardened.bodyMemory()).isZero();
      assertThat(server.files).hasSize(MANY / 2).noneMatch(f -> f.isOpen());
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 32 + limits.workers);
    } finally {
      others.shutdownNow();
    }
  }

  private static void warmUp(RunningServer server) throws IOException {
    for (int i = 0; i < 200; i++) {
      ask(server, "GET /innocent", "");
      ask(server, "POST /echo", "hello");
      ask(server, "GET /health", "");
    }
  }

  /** Each time on a connection of its own, so that a full house shows. */
  private static long ask(RunningServer server, String what, String body) throws IOException {
    long begun = System.nanoTime();
    try (Wire wire = new Wire(server.port())) {
      wire.send(
          what
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      assertThat(wire.answer().status()).isEqualTo(200);
    }
    return System.nanoTime() - begun;
  }

  private static List<Long> keepAsking(
      RunningServer server, AtomicBoolean over, String what, String body) {
    List<Long> times = new ArrayList<>();
    try {
      while (!over.get()) {
        // those who would have asked meanwhile waited as well
        for (long time = ask(server, what, body); time > 0; time -= PAUSE.toNanos()) {
          times.add(time);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
    return times;
  }

  private static void report(
      List<Hostile.Cut> cuts, List<Long> good, Duration p99, List<Long> health, Duration worst) {
    Map<String, Duration> last = new HashMap<>();
    cuts.forEach(c -> last.merge(c.kind().name(), c.after(), (a, b) -> a.compareTo(b) > 0 ? a : b));
    System.out.printf(
        "hostile clients: last cut %s; good client %d requests, p99 %d us, max %d us;"
            + " health %d, max %d us%n",
        last,
        good.size(),
        p99.toNanos() / 1000,
        good.get(good.size() - 1) / 1000,
        health.size(),
        worst.toNanos() / 1000);
  }
}
