package io.github.seedance4j.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that answers a create with the id of a task that another job has. */
class RepeatedTaskTest {

  @TempDir Path directory;

  @Test
  void leavesACreateUnknownThatIsAnsweredWithTheTaskOfAnotherJob() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> ScriptedProvider.accepted("cgt-1"));
      stage.provider.creates.add(() -> ScriptedProvider.accepted("cgt-1"));
      Job first = stage.submitted();
      Job second = stage.submitted();

      assertThat(second.state()).isEqualTo(JobState.UNKNOWN);
      assertThat(second.taskId()).isEmpty();
      assertThat(second.note())
          .contains("the answer names task cgt-1, which is " + first.id() + "'s");
      assertThat(stage.after(Duration.ofHours(1), first).state()).isEqualTo(JobState.STORED);
      assertThat(stage.videos.find(new TaskId("cgt-1")).map(Job::id)).contains(first.id());
      assertThat(stage.videos.spend().held()).isEqualTo(Money.usd("1.008334"));
      assertThat(stage.provider.sends).hasValue(2);
    }
  }

  @Test
  void givesATaskToOneOfTwoThatAreAnsweredWithItAtOnce() throws Exception {
    for (int round = 0; round < 50; round++) {
      String task = "cgt-" + round;
      try (Stage stage = Stage.in(directory)) {
        CyclicBarrier bothAnswered = new CyclicBarrier(2);
        Supplier<CreateReply> answer =
            () -> {
              await(bothAnswered);
              return ScriptedProvider.accepted(task);
            };
        stage.provider.creates.add(answer);
        stage.provider.creates.add(answer);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
          Future<Job> one = threads.submit(stage::submitted);
          Future<Job> two = threads.submit(stage::submitted);
          assertThat(List.of(one.get().state(), two.get().state()))
              .containsExactlyInAnyOrder(JobState.SUBMITTED, JobState.UNKNOWN);
        } finally {
          threads.shutdown();
        }
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
