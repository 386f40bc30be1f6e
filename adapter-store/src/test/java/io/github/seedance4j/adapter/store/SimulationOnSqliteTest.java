package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.generate.Seeds;
import io.github.seedance4j.testkit.simulation.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lives that services live over a journal in memory, lived over one in a file. Simulated
 * processes that crash leave this one alive, so only time ends their leases.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SimulationOnSqliteTest {

  private static final int RUNS = Integer.getInteger("seedance4j.simulation.runs", 20);
  private static final int WORKERS = Integer.getInteger("seedance4j.simulation.workers", 1);

  @TempDir Path directory;

  private final AtomicInteger files = new AtomicInteger();

  /**
   * Every invariant holds, and whatever the service sees of the journal is the same, character by
   * character. With {@code -Dseedance4j.seed=4711} the first of them is run 4711.
   */
  @Test
  @Tag("ci")
  void livesTheSameLivesAsInMemory() throws Exception {
    JdbcJobJournal.sqlite(directory.resolve("empty.db"))
        .close(); // copied: tables take long to make
    Simulation here = Simulation.on(this::journal);
    Simulation inMemory = Simulation.inMemory();
    AtomicLong next = new AtomicLong(Seeds.seed());
    long end = next.get() + RUNS;
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        all.add(
            workers.submit(
                () -> {
                  for (long seed = next.getAndIncrement();
                      seed < end;
                      seed = next.getAndIncrement()) {
                    assertThat(here.run(seed).trace())
                        .as("seed %d", seed)
                        .isEqualTo(inMemory.run(seed).trace());
                  }
                }));
      }
      for (Future<?> done : all) {
        done.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private SeveralDoors journal() {
    Path file = directory.resolve(files.incrementAndGet() + ".db");
    try {
      Files.copy(directory.resolve("empty.db"), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SeveralDoors.to(file);
  }
}
