package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.generate.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However often it is killed, and whenever: every line is paid once, and has its clip. */
@Timeout(value = 180, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledBatchesTest {

  private static final int WORKERS = 2;

  /** By then most of a batch's lines are through. */
  private static final int MOST_KILLS_OF_A_BATCH = 12;

  @TempDir Path directory;

  @Test
  @Tag("long")
  void paysOnceForEachLineThroughAHundredKills() throws Exception {
    kill(100);
  }

  /** Fewer or more with {@code -Dseedance4j.kills=250}. */
  @Test
  @Tag("soak")
  void paysOnceForEachLineThroughAThousandKills() throws Exception {
    kill(Integer.getInteger("seedance4j.kills", 1_000));
  }

  private void kill(int times) throws Exception {
    long begin = System.nanoTime();
    AtomicInteger left = new AtomicInteger(times);
    AtomicInteger batches = new AtomicInteger();
    DoomedBatch.Tally sum = new DoomedBatch.Tally();
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        all.add(
            workers.submit(
                () -> {
                  while (left.get() > 0) {
                    DoomedBatch.Tally tally = batch(batches.incrementAndGet(), left);
                    synchronized (sum) {
                      sum.add(tally);
                      tell(sum, Duration.ofNanos(System.nanoTime() - begin));
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> done : all) {
        done.get();
      }
    } finally {
      workers.shutdownNow();
    }
    assertThat(sum.kills).isEqualTo(times);
    assertThat(sum.jobs).isEqualTo(batches.get() * DoomedBatch.LINES);
    assertThat(sum.charges).isEqualTo(sum.jobs);
    assertThat(sum.doubleCharges).isZero();
    assertThat(sum.lost).isZero();
    // or else it was not what it is about that was tried
    assertThat(sum.duringCreate).isGreaterThan(times / 10);
    assertThat(sum.duringDownload).isGreaterThan(times / 20);
  }

  /** After each batch, so that a run that was cut short has told something too. */
  private static void tell(DoomedBatch.Tally sum, Duration took) {
    System.out.printf(
        "%s; batches of %d; %d s; -D%s=%d%n",
        sum, DoomedBatch.LINES, took.toSeconds(), Seeds.PROPERTY, Seeds.seed());
  }

  private DoomedBatch.Tally batch(int number, AtomicInteger left) throws Exception {
    Random random = Seeds.random("batch " + number);
    Path own = Files.createDirectory(directory.resolve("" + number));
    String story = "-D%s=%d, batch %d".formatted(Seeds.PROPERTY, Seeds.seed(), number);
    try (DoomedBatch batch = new DoomedBatch(own, number, random, story)) {
      boolean ended = false;
      while (!ended && batch.tally.kills < MOST_KILLS_OF_A_BATCH && left.getAndDecrement() > 0) {
        ended = !batch.kill();
        if (ended) {
          left.incrementAndGet();
        }
      }
      batch.finish();
      return batch.tally;
    }
  }
}
