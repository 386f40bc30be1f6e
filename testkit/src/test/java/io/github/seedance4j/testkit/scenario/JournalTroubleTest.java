package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.Stage.CAT;
import static io.github.seedance4j.testkit.scenario.TappedJournal.FAILS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.out.JobJournal.Replaced;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that fails for a moment costs neither a clip nor a second charge. */
class JournalTroubleTest {

  @TempDir Path directory;

  private final InMemoryJobJournal real = new InMemoryJobJournal();
  private final TappedJournal journal = new TappedJournal(real);

  private Stage stage() {
    return Stage.in(directory, settings -> settings.journal(journal));
  }

  @Test
  void tellsAnAnswerThatCouldNotBeRecordedAsUnknown() {
    try (Stage stage = stage()) {
      journal.beforeReplace.add(FAILS);
      Submission submission = stage.videos.submit(CAT);
      assertThat(submission).isInstanceOf(Submission.Unknown.class);
      Job job = ((Submission.Unknown) submission).job();
      assertThat(job.taskId()).contains(new TaskId("task-1"));
      assertThat(job.note().orElseThrow())
          .startsWith("the journal could not record its outcome yet: ");
    }
  }

  @Test
  void recordsAnAnswerWithoutReadingTheJobBackFirst() {
    try (Stage stage = stage()) {
      journal.beforeFind.add(FAILS);
      assertThat(stage.videos.submit(CAT)).isInstanceOf(Submission.Accepted.class);
      assertThat(journal.beforeFind).as("nothing was read").hasSize(1);
      journal.beforeFind.clear();
    }
  }

  @Test
  void recordsAnAnswerOnceTheJournalTakesIt() {
    try (Stage stage = stage()) {
      for (int i = 0; i < 4; i++) {
        journal.beforeReplace.add(FAILS);
      }
      Job job = stage.submitted();
      assertThat(stage.now(job).state()).isEqualTo(JobState.INTENDED);
      Job stored = stage.after(Duration.ofHours(1), job);
      assertThat(stored.state()).isEqualTo(JobState.STORED);
      assertThat(stored.taskId()).contains(new TaskId("task-1"));
      assertThat(stage.provider.sends).hasValue(1);
    }
  }

  @Test
  void neverSendsAgainUnderTheKeyOfAnUnrecordedAnswer() {
    try (Stage stage = stage()) {
      journal.beforeReplace.add(FAILS);
      SubmitOptions key = SubmitOptions.idempotencyKey("order 7");
      stage.videos.submit(CAT, key);
      stage.videos.submit(CAT, key);
      assertThat(stage.provider.sends).hasValue(1);
    }
  }

  @Test
  void recordsAnAnswerAtLastWhenItIsClosed() {
    Job job;
    try (Stage stage = stage()) {
      journal.beforeReplace.add(FAILS);
      job = stage.submitted();
    }
    Job left = real.find(job.id()).orElseThrow();
    assertThat(left.state()).isEqualTo(JobState.SUBMITTED);
    assertThat(left.taskId()).contains(new TaskId("task-1"));
  }

  @Test
  void goesOnFollowingAfterAJobCouldNotBeRead() {
    try (Stage stage = stage()) {
      Job job = stage.submitted();
      journal.beforeFind.add(FAILS);
      stage.time.advance(Duration.ofHours(1));
      assertThat(stage.now(job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void goesOnFollowingAfterAStateCouldNotBeRecorded() {
    try (Stage stage = stage()) {
      Job job = stage.submitted();
      journal.beforeReplace.add(FAILS); // that it succeeded
      stage.time.advance(Duration.ofHours(1));
      assertThat(stage.now(job).state()).isEqualTo(JobState.STORED);
      assertThat(stage.provider.downloads).hasValue(1);
    }
  }

  @Test
  void endsTheWaitingAtItsDeadlineThoughTheJobCanNotBeRead() {
    PollPlan slow =
        new PollPlan(
            Duration.ofHours(1),
            Duration.ofHours(1),
            1,
            Duration.ofMinutes(10),
            Duration.ofDays(3),
            10);
    try (Stage stage = Stage.in(directory, settings -> settings.pollPlan(slow).journal(journal))) {
      Job job = stage.submitted();
      CompletableFuture<Job> waiting = stage.videos.awaitAsync(job.id(), Duration.ofSeconds(5));
      journal.beforeFind.add(FAILS);
      stage.time.advance(Duration.ofSeconds(6));
      assertThat(waiting).isCompletedExceptionally();
    }
  }

  @Test
  void takesUpAJobThoughTheEndOfTheOneBeforeItCannotBeNoted() {
    Job running;
    try (Stage before = stage()) {
      Job stored = before.after(Duration.ofHours(1), before.submitted());
      assertThat(real.replace(stored.change().purge().done())).isEqualTo(Replaced.DONE);
      running = before.submitted();
    }
    journal.beforeTold.add(FAILS); // of what was purged, which is taken up first
    try (Stage stage = stage()) {
      assertThat(journal.beforeTold).isEmpty();
      assertThat(stage.after(Duration.ofHours(1), running).state()).isEqualTo(JobState.STORED);
    }
  }
}
