package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.Timekeeper;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.service.VideoGenerationService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class VirtualTimeTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final VirtualTime time = VirtualTime.at(NOON);

  @Test
  @Timeout(60)
  void goesOnForTheNextClientWhenOneIsClosed(@TempDir Path directory) throws Exception {
    InMemoryJobJournal journal = new InMemoryJobJournal();
    try (FakeTokenHub hub = FakeTokenHub.builder().clock(time.clock()).start();
        AutoCloseable rush = time.rushing()) {
      for (String prompt : new String[] {"before the restart", "after it"}) {
        GenerationDraft draft =
            GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt(prompt).build();
        try (VideoGeneration videos =
            VideoGenerationService.builder()
                .provider(hub.provider())
                .journal(journal)
                .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
                .time(time)
                .executor(Runnable::run)
                .build()) {
          Job done = videos.generate(draft);
          assertThat(done.state()).isEqualTo(JobState.STORED);
        }
      }
      assertThat(rush).isNotNull();
    }
  }

  @Test
  @Timeout(60)
  void rushesOnThoughSomethingThatWasDueFailed() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    time.at(
        NOON.plusSeconds(1),
        () -> {
          throw new IllegalStateException("as planned");
        });
    time.at(NOON.plusSeconds(2), second::countDown);
    try (AutoCloseable rush = time.rushing()) {
      assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(rush).isNotNull();
    }
  }

  @Test
  @Timeout(60)
  void stopsRushingThoughItsInterruptIsSwallowed() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    time.at(
        NOON.plusSeconds(1),
        () -> {
          running.countDown();
          try {
            never.await();
          } catch (InterruptedException swallowed) {
            // as careless code does
          }
        });
    AutoCloseable rush = time.rushing();
    running.await();

    rush.close();

    CountDownLatch later = new CountDownLatch(1);
    time.at(NOON.plusSeconds(2), later::countDown);
    assertThat(later.getCount()).isEqualTo(1);
  }

  @Test
  void runsWhatComesAgainAndAgainInItsOrder() {
    List<String> seen = new ArrayList<>();
    time.every(Duration.ofSeconds(10), () -> seen.add("ten at " + seconds()));
    time.every(Duration.ofSeconds(15), () -> seen.add("fifteen at " + seconds()));
    time.at(NOON.plusSeconds(20), () -> seen.add("once at " + seconds()));

    time.advance(Duration.ofSeconds(9));
    assertThat(seen).isEmpty();
    time.advance(Duration.ofSeconds(22));
    assertThat(seen)
        .containsExactly(
            "ten at 10", "fifteen at 15", "once at 20", "ten at 20", "fifteen at 30", "ten at 30");
    assertThat(time.now()).isEqualTo(NOON.plusSeconds(31));
  }

  private long seconds() {
    return Duration.between(NOON, time.now()).toSeconds();
  }

  @Test
  void runsNothingAgainThatIsCancelled() {
    List<Long> outside = new ArrayList<>();
    List<Long> within = new ArrayList<>();
    AtomicReference<Timekeeper.Alarm> own = new AtomicReference<>();
    Timekeeper.Alarm alarm = time.every(Duration.ofSeconds(1), () -> outside.add(seconds()));
    own.set(
        time.every(
            Duration.ofSeconds(1),
            () -> {
              within.add(seconds());
              if (within.size() == 2) {
                own.get().cancel();
              }
            }));

    time.advance(Duration.ofSeconds(3));
    alarm.cancel();
    alarm.cancel();
    time.advance(Duration.ofSeconds(3));
    assertThat(outside).containsExactly(1L, 2L, 3L);
    assertThat(within).containsExactly(1L, 2L);
  }

  @Test
  void refusesWhatComesAgainAtOnce() {
    assertThatThrownBy(() -> time.every(Duration.ZERO, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interval: more than nothing: PT0S");
  }

  @Test
  @Timeout(60)
  void rushesPastWhatComesAgainAndStandsStillForItAlone() throws Exception {
    Queue<Long> again = new ConcurrentLinkedQueue<>();
    CompletableFuture<Thread> last = new CompletableFuture<>();
    Timekeeper.Alarm alarm = time.every(Duration.ofSeconds(10), () -> again.add(seconds()));
    time.at(NOON.plusSeconds(35), () -> last.complete(Thread.currentThread()));
    try (AutoCloseable rush = time.rushing()) {
      assertThat(rush).isNotNull();
      Thread rushing = last.get(30, TimeUnit.SECONDS);
      // asleep until somebody wakes it: whoever looks at the time again and again is not
      for (int looks = 0; looks < 1_000; ) {
        looks = rushing.getState() == Thread.State.WAITING ? looks + 1 : 0;
        Thread.onSpinWait();
      }
      assertThat(time.now()).isEqualTo(NOON.plusSeconds(35));
      assertThat(again).containsExactly(10L, 20L, 30L);

      CompletableFuture<Thread> more = new CompletableFuture<>();
      time.at(NOON.plusSeconds(55), () -> more.complete(Thread.currentThread()));
      more.get(30, TimeUnit.SECONDS);
      assertThat(again).containsExactly(10L, 20L, 30L, 40L, 50L);

      alarm.cancel();
      CompletableFuture<Thread> end = new CompletableFuture<>();
      time.at(NOON.plusSeconds(75), () -> end.complete(Thread.currentThread()));
      end.get(30, TimeUnit.SECONDS);
      assertThat(again).hasSize(5);
    }
  }
}
