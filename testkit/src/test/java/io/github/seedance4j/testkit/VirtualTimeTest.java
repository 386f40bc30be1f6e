package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.service.VideoGenerationService;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
}
