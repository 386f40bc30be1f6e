package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.Stage.CAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.testkit.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limits at their ends: for ever, and while everybody is busy. */
@Timeout(20)
class LimitsTest {

  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  @TempDir Path directory;

  @Test
  void waitsForEverIfToldTo() throws Exception {
    try (Stage stage = Stage.in(directory, settings -> settings.waitLimit(FOR_EVER));
        AutoCloseable rushing = stage.time.rushing()) {
      assertThat(rushing).isNotNull();
      assertThat(stage.videos.generate(CAT).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void triesToSendForEverIfToldTo() {
    try (Stage stage = Stage.in(directory, settings -> settings.sendWithin(FOR_EVER))) {
      for (int i = 0; i < 100; i++) {
        stage.provider.creates.add(() -> new CreateReply.Broken(CreateReply.Phase.CONNECT, "down"));
      }
      Job job = stage.submitted();
      assertThat(stage.after(Duration.ofDays(1), job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void asksWhetherItIsStillWantedOnceItIsItsTurn() throws Exception {
    AtomicBoolean wanted = new AtomicBoolean(true);
    try (Stage stage = Stage.in(directory, settings -> settings.concurrency(1))) {
      SubmitOptions options = SubmitOptions.none().onlyIf(wanted::get);
      CompletableFuture<Submission> second = new CompletableFuture<>();
      Thread waits = new Thread(() -> second.complete(stage.videos.submit(CAT, options)));
      stage.provider.creates.add(
          () -> {
            waits.start();
            while (waits.getState() != Thread.State.WAITING) {
              Thread.onSpinWait(); // for the one place, which is ours
            }
            wanted.set(false);
            return new CreateReply.Answered(504, null, null, null);
          });
      assertThat(stage.videos.submit(CAT, options)).isInstanceOf(Submission.Unknown.class);
      assertThat(second.get())
          .isEqualTo(new Submission.Refused("It was not wanted any more.", List.of(), null, null));
      assertThat(stage.provider.sends).hasValue(1);
      assertThat(stage.videos.list(JobQuery.all())).hasSize(1);
    }
  }

  @Test
  void holdsASubmissionsLimitAgainstAPromptThatMayAskForMore() {
    GenerationDraft longer = CAT.toBuilder().prompt("a cat --dur 15").build();
    Money limit = Money.usd("1.00"); // what five seconds cost
    try (Stage stage = Stage.in(directory)) {
      assertThat(stage.videos.submit(CAT, SubmitOptions.none().maxCost(limit)))
          .isInstanceOf(Submission.Accepted.class);
      assertThat(stage.videos.submit(longer, SubmitOptions.none().maxCost(limit)))
          .isInstanceOf(Submission.OverBudget.class);
      assertThat(stage.provider.sends).hasValue(1);
    }
  }

  @Test
  void refusesACapInAnotherCurrencyWhichWouldNeverBite() {
    Budget other = Budget.perMonth(Money.of("1.00", "CNY"));

    assertThatThrownBy(() -> Stage.in(directory, settings -> settings.budget(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "budget: prices are in USD, so the budget of 1.00 CNY per month would hold nobody");
    try (Stage stage = Stage.in(directory)) {
      assertThatThrownBy(() -> stage.videos.setBudget(other))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(stage.videos.budgets()).isEmpty();
    }
  }

  @Test
  void endsTheWaitingAtItsDeadlineThoughEveryWorkerIsBusy() throws Exception {
    VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
    ScriptedProvider provider = new ScriptedProvider();
    provider.states.add(TaskState.Running::new);
    CountDownLatch busy = new CountDownLatch(8);
    CountDownLatch go = new CountDownLatch(1);
    try (VideoGeneration videos =
        VideoGenerationService.builder()
            .provider(provider)
            .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
            .time(time)
            .build()) {
      Job job = ((Submission.Accepted) videos.submit(CAT)).job();
      List<CompletableFuture<Submission>> creates = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        provider.creates.add(
            () -> {
              busy.countDown();
              await(go);
              return new CreateReply.Broken(CreateReply.Phase.SENT, "cut");
            });
        creates.add(videos.submitAsync(CAT, SubmitOptions.none()));
      }
      await(busy);
      CompletableFuture<Job> waiting = videos.awaitAsync(job.id(), Duration.ofMillis(200));
      time.advance(Duration.ofMillis(200));
      assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(StillRunningException.class);
      assertThat(creates).noneMatch(CompletableFuture::isDone);
      go.countDown();
    } finally {
      go.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
