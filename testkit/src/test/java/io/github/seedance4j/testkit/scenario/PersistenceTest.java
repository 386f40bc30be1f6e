package io.github.seedance4j.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.task.TaskState;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A paid clip is not given up for one bad moment, and nobody is hammered for it. */
class PersistenceTest {

  @TempDir Path directory;

  private static TaskState notFound() {
    throw new NotFoundException("404 from a load balancer");
  }

  @Test
  void survivesOneStray404LateInATasksLife() {
    try (Stage stage = Stage.in(directory)) {
      Instant late = stage.time.now().plus(Duration.ofMinutes(11));
      AtomicBoolean missed = new AtomicBoolean();
      for (int i = 0; i < 100; i++) {
        stage.provider.states.add(
            () -> {
              if (missed.get()) {
                return ScriptedProvider.succeeded();
              }
              if (stage.time.now().isAfter(late)) {
                missed.set(true);
                return notFound();
              }
              return new TaskState.Running();
            });
      }
      Job job = stage.submitted();
      assertThat(stage.after(Duration.ofMinutes(20), job).state()).isEqualTo(JobState.STORED);
      assertThat(missed).isTrue();
    }
  }

  @Test
  void fetchesAClipLaterThatIsNotThereYet() {
    try (Stage stage = Stage.in(directory)) {
      for (int i = 0; i < 2; i++) {
        stage.provider.clips.add(
            () -> {
              throw new LinkExpiredException("404: the bucket is not consistent yet");
            });
      }
      Job job = stage.submitted();
      assertThat(stage.after(Duration.ofHours(20), job).state()).isEqualTo(JobState.STORED);
      assertThat(stage.provider.downloads).hasValue(3);
    }
  }

  @Test
  void goesOnAfterItsExecutorWasFull() {
    AtomicBoolean full = new AtomicBoolean();
    try (Stage stage =
        Stage.in(
            directory,
            settings ->
                settings.executor(
                    task -> {
                      if (full.get()) {
                        throw new RejectedExecutionException("queue full");
                      }
                      task.run();
                    }))) {
      Job job = stage.submitted();
      CompletableFuture<Job> waiting = stage.videos.awaitAsync(job.id(), Duration.ofSeconds(6));
      full.set(true);
      stage.time.advance(Duration.ofSeconds(10));
      assertThat(waiting).isCompletedExceptionally();
      full.set(false);
      assertThat(stage.after(Duration.ofMinutes(1), job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void doesNotHammerAProviderThatSaysAtOnce() {
    try (Stage stage = Stage.in(directory)) {
      for (int i = 0; i < 200; i++) {
        stage.provider.creates.add(() -> new CreateReply.Answered(429, null, null, Duration.ZERO));
      }
      stage.submitted();
      stage.time.advance(Duration.ofMillis(900));
      assertThat(stage.provider.sends).hasValue(1);
      stage.time.advance(Duration.ofSeconds(30));
      assertThat(stage.provider.sends).hasValueBetween(3, 6);
    }
  }

  @Test
  void countsATaskThatItGaveUpAsChargedWhateverFailuresCost() throws IOException {
    Tariff tariff = freeFailures();
    try (Stage stage = Stage.in(directory, settings -> settings.tariff(tariff))) {
      for (int i = 0; i < 1000; i++) {
        stage.provider.states.add(PersistenceTest::notFound);
      }
      Job job = stage.submitted();
      Job gone = stage.after(Duration.ofMinutes(30), job);
      assertThat(gone.state()).isEqualTo(JobState.EXPIRED);
      assertThat(gone.bill()).contains(new Bill(Money.usd("1.008334"), Bill.Basis.AT_MOST));
    }
  }

  @Test
  void takesUpATaskAgainThatItGaveUp() {
    try (Stage stage = Stage.in(directory)) {
      for (int i = 0; i < 1000; i++) {
        stage.provider.states.add(PersistenceTest::notFound);
      }
      Job job = stage.submitted();
      Job gone = stage.after(Duration.ofMinutes(30), job);
      stage.provider.states.clear();
      stage.videos.resolve(job.id(), new OutcomeResolution.Attach(gone.taskId().orElseThrow()));
      assertThat(stage.after(Duration.ofMinutes(1), job).state()).isEqualTo(JobState.STORED);
    }
  }

  private static Tariff freeFailures() throws IOException {
    try (InputStream in = Tariff.class.getResourceAsStream("tokenhub-tariff.properties")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text).contains("= unconfirmed");
      return Tariff.read(new StringReader(text.replace("= unconfirmed", "= none")));
    }
  }
}
