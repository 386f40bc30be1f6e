package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same request under the same key, many times at once, and again after a restart. */
class IdempotencyTest {

  private static final int AT_ONCE = 64;

  @TempDir private Path folder;
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  @Test
  void chargesOnceForEachKey() throws Exception {
    chargesOnce(20, 10);
  }

  @Test
  @Tag("long")
  void chargesOnceForEachOfTwoHundredKeys() throws Exception {
    chargesOnce(200, 50);
  }

  private void chargesOnce(int keys, int replays) throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.builder().start()) {
      String secret;
      try (GatewayBench bench = GatewayBench.onDisk(folder, hub)) {
        Client acme = bench.tenant("acme");
        secret = acme.secret;
        inParallel(
            thread -> {
              for (int key = 0; key < keys; key++) {
                thread.await();
                firstUse(acme, "order-" + key);
              }
            });
        assertThat(answers).hasSize(keys);
        assertThat(hub.ledger().charges()).hasSize(keys);
        replay(acme, keys, replays);
      }
      try (GatewayBench bench = GatewayBench.onDisk(folder, hub)) {
        replay(bench.new Client(secret), keys, replays);
      }
      assertThat(hub.ledger().charges()).hasSize(keys);
    }
  }

  /** Either the answer, the only one there is, or that it is being made. */
  private void firstUse(Client client, String key) {
    Answer answer = client.create(PROMPT + " for " + key, "Idempotency-Key", key);
    if (answer.status() == 409) {
      assertThat(answer.at("error.code")).isEqualTo("in-flight");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.header("Idempotency-Replayed")).isEmpty();
    } else {
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      String before = answers.putIfAbsent(key, answer.text());
      assertThat(before == null ? answer.text() : before).isEqualTo(answer.text());
    }
  }

  private void replay(Client client, int keys, int times) throws Exception {
    inParallel(
        thread -> {
          for (int key = 0; key < keys; key++) {
            String name = "order-" + key;
            for (int n = thread.number(); n < times; n += AT_ONCE) {
              Answer answer = client.create(PROMPT + " for " + name, "Idempotency-Key", name);
              assertThat(answer.text()).isEqualTo(answers.get(name));
              assertThat(answer.header("Idempotency-Replayed")).isEqualTo("true");
            }
          }
        });
  }

  private interface Work {
    void on(Turn thread) throws Exception;
  }

  private record Turn(int number, CyclicBarrier all) {
    void await() throws Exception {
      all.await();
    }
  }

  private static void inParallel(Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    CyclicBarrier all = new CyclicBarrier(AT_ONCE);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int number = 0; number < AT_ONCE; number++) {
        Turn turn = new Turn(number, all);
        running.add(
            threads.submit(
                () -> {
                  work.on(turn);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
