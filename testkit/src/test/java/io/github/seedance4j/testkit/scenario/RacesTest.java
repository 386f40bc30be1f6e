package io.github.seedance4j.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two who do something to one job at the same moment, the second at the worst of all. */
@Timeout(20)
class RacesTest {

  private static final Duration RESEND = Duration.ofSeconds(2);

  @TempDir Path directory;

  private final InMemoryJobJournal shared = new InMemoryJobJournal();
  private final TappedJournal journal = new TappedJournal(shared);

  private static CreateReply lostConnection() {
    return new CreateReply.Broken(CreateReply.Phase.CONNECT, "down");
  }

  private static CreateReply gatewayTimeout() {
    return new CreateReply.Answered(504, null, null, null);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void twoServicesOverOneJournalSendOneAttemptOnce() throws Exception {
    try (Stage first = Stage.in(directory, settings -> settings.journal(shared))) {
      first.provider.creates.add(RacesTest::lostConnection);
      assertThat(first.submitted().state()).isEqualTo(JobState.NOT_SENT);
      try (Stage second = Stage.in(directory, settings -> settings.journal(journal))) {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        first.provider.creates.add(
            () -> {
              sending.countDown();
              await(go);
              return ScriptedProvider.accepted("task-a");
            });
        CompletableFuture<Void> resent = new CompletableFuture<>();
        // the second has read the job and not yet claimed it: meanwhile the first sends
        journal.beforeReplace.add(
            () -> {
              resent.completeAsync(
                  () -> {
                    first.time.advance(RESEND);
                    return null;
                  },
                  task -> new Thread(task).start());
              await(sending);
            });
        second.time.advance(RESEND);
        go.countDown();
        resent.get(10, TimeUnit.SECONDS);
        assertThat(first.provider.sends).hasValue(2); // the one before never left
        assertThat(second.provider.sends).hasValue(0);
      }
    }
  }

  @Test
  void twoWhoAgreeToOneResubmissionAgreeToOneCharge() {
    try (Stage stage = Stage.in(directory, settings -> settings.journal(journal))) {
      for (int i = 0; i < 3; i++) {
        stage.provider.creates.add(RacesTest::gatewayTimeout);
      }
      Job job = stage.submitted();
      OutcomeResolution again = new OutcomeResolution.ResubmitAcceptingSecondCharge();
      // the other click, once this one has looked
      journal.beforeAdmit.add(() -> stage.videos.resolve(job.id(), again));
      assertThatThrownBy(() -> stage.videos.resolve(job.id(), again))
          .isInstanceOf(IllegalStateException.class);
      assertThat(stage.provider.sends).hasValue(2);
      assertThat(stage.now(job).authorisations()).isEqualTo(2);
    }
  }

  @Test
  void neverCallsAJobWithdrawnThatIsBeingSent() {
    try (Stage stage = Stage.in(directory, settings -> settings.journal(journal))) {
      stage.provider.creates.add(RacesTest::lostConnection);
      Job job = stage.submitted();
      journal.beforeReplace.add(() -> stage.time.advance(RESEND)); // the timer is faster
      assertThatThrownBy(() -> stage.videos.withdraw(job.id()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("it was sent, or may have been");
      assertThat(stage.now(job).taskId()).contains(new TaskId("task-2"));
    }
  }

  @Test
  void neverSendsAJobThatIsBeingWithdrawn() {
    try (Stage stage = Stage.in(directory, settings -> settings.journal(journal))) {
      stage.provider.creates.add(RacesTest::lostConnection);
      Job job = stage.submitted();
      journal.beforeReplace.add(() -> stage.videos.withdraw(job.id()));
      stage.time.advance(RESEND);
      assertThat(stage.now(job).state()).isEqualTo(JobState.WITHDRAWN);
      assertThat(stage.provider.sends).hasValue(1);
    }
  }

  @Test
  void keepsATaskIdThatComesAfterTheJobWasGivenUp() {
    try (Stage stage = Stage.in(directory, settings -> settings.journal(journal))) {
      // another process takes the create call for orphaned while its answer is on its way
      journal.beforeReplace.add(
          () -> {
            Job intended = shared.list(JobQuery.all().in(Set.of(JobState.INTENDED))).get(0);
            shared.replace(intended.change().state(JobState.UNKNOWN, stage.time.now()).done());
          });
      Job job = stage.submitted();
      assertThat(stage.now(job).state()).isEqualTo(JobState.SUBMITTED);
      assertThat(stage.now(job).taskId()).contains(new TaskId("task-1"));
    }
  }
}
