package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.Stage.CAT;
import static io.github.seedance4j.testkit.scenario.Stage.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.error.TaskFailedException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowingTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;

  private static TaskState running() {
    return new TaskState.Running();
  }

  @Test
  void goesFromIntentToStoredClipAndTellsEachStepOnce() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.states.add(TaskState.Queued::new);
      stage.provider.states.add(FollowingTest::running);
      stage.provider.states.add(FollowingTest::running);
      Job job = stage.submitted();
      CompletableFuture<Job> waiting = stage.waiting(job);
      stage.time.advance(MINUTE);
      assertThat(waiting.join().state()).isEqualTo(JobState.STORED);
      assertThat(stage.states())
          .containsExactly(
              JobState.INTENDED,
              JobState.SUBMITTED, // with its task id
              JobState.SUBMITTED, // queued, in the provider's word
              JobState.RUNNING,
              JobState.SUCCEEDED,
              JobState.SUCCEEDED, // with its clip
              JobState.STORED);
      assertThat(stage.events).extracting(e -> e.id()).doesNotHaveDuplicates();
      assertThat(waiting.join().bill())
          .contains(new Bill(Money.usd("1.008334"), Bill.Basis.COMPUTED));
    }
  }

  @Test
  void waitsTwentyMinutesInNoTime() throws Exception {
    try (Stage stage = Stage.in(directory);
        AutoCloseable rushing = stage.time.rushing()) {
      assertThat(rushing).isNotNull();
      java.time.Instant start = stage.time.now();
      for (int i = 0; i < 45; i++) {
        stage.provider.states.add(FollowingTest::running);
      }
      Job done = stage.videos.generate(CAT);
      assertThat(done.state()).isEqualTo(JobState.STORED);
      assertThat(Duration.between(start, done.changedAt())).isGreaterThan(Duration.ofMinutes(15));
    }
  }

  @Test
  void asksEveryFiveSecondsAtFirstAndEveryThirtyAtLast() {
    try (Stage stage = Stage.in(directory)) {
      for (int i = 0; i < 1000; i++) {
        stage.provider.states.add(FollowingTest::running);
      }
      stage.submitted();
      stage.time.advance(Duration.ofSeconds(11));
      assertThat(stage.provider.polls).hasValueBetween(2, 3);
      stage.time.advance(Duration.ofMinutes(10));
      int before = stage.provider.polls.get();
      stage.time.advance(Duration.ofMinutes(10));
      assertThat(stage.provider.polls.get() - before).isBetween(20, 25);
    }
  }

  @Test
  void takesAnUnlistedWordForRunningAndNeverGoesBackToQueued() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.states.add(() -> new TaskState.Unrecognised("polishing"));
      stage.provider.states.add(TaskState.Queued::new);
      Job job = stage.submitted();
      assertThat(stage.after(Duration.ofSeconds(5), job).state()).isEqualTo(JobState.RUNNING);
      assertThat(stage.after(Duration.ofSeconds(6), job).state()).isEqualTo(JobState.RUNNING);
      assertThat(stage.after(MINUTE, job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void endsAFailedTaskWithItsFaultAndAnUnconfirmedBill() {
    ProviderFault fault =
        new ProviderFault(ProviderFault.Kind.OUTPUT_AUDIO, "OutputAudio…", "no", null);
    try (Stage stage = Stage.in(directory)) {
      stage.provider.states.add(() -> new TaskState.Failed(fault));
      Job job = stage.submitted();
      Job failed = stage.after(MINUTE, job);
      assertThat(failed.state()).isEqualTo(JobState.FAILED);
      assertThat(failed.bill()).contains(new Bill(Money.usd("1.008334"), Bill.Basis.UNCONFIRMED));
      assertThatThrownBy(() -> stage.videos.download(job.id(), directory.resolve("x"), LONG))
          .isInstanceOf(TaskFailedException.class)
          .hasMessageEndingWith("no (OutputAudio…) – " + fault.kind().hint());
    }
  }

  @Test
  void endsCancelledAndExpiredTasks() {
    for (TaskState state : List.of(new TaskState.Cancelled(), new TaskState.Expired())) {
      try (Stage stage = Stage.in(directory)) {
        stage.provider.states.add(() -> state);
        Job job = stage.submitted();
        assertThat(stage.after(MINUTE, job).state().name()).isEqualToIgnoringCase(state.word());
        assertThat(stage.now(job).bill()).isPresent();
      }
    }
  }

  @Test
  void toleratesTransientFailures() {
    try (Stage stage = Stage.in(directory)) {
      for (int i = 0; i < 4; i++) {
        stage.provider.states.add(
            () -> {
              throw new RetryLaterException("status 503", null, null);
            });
      }
      Job job = stage.submitted();
      CompletableFuture<Job> waiting = stage.waiting(job);
      stage.time.advance(Duration.ofMinutes(3));
      assertThat(waiting.join().state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void waitsAsLongAsAPollIsAskedTo() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.states.add(
          () -> {
            throw new RetryLaterException("status 429", Duration.ofMinutes(4), null);
          });
      Job job = stage.submitted();
      stage.time.advance(Duration.ofMinutes(4));
      assertThat(stage.provider.polls).hasValue(1);
      assertThat(stage.after(Duration.ofSeconds(10), job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void tellsWhoWaitsOfARefusedKeyAndGoesOnFollowing() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.states.add(
          () -> {
            throw new AccountException("the key was not accepted", null);
          });
      Job job = stage.submitted();
      CompletableFuture<Job> waiting = stage.waiting(job);
      stage.time.advance(Duration.ofSeconds(5));
      assertThat(waiting)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(AccountException.class);
      assertThat(stage.now(job).note()).contains("the key was not accepted");
      assertThat(stage.after(MINUTE, job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void toleratesThatAFreshTaskIsNotFoundYet() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.states.add(
          () -> {
            throw new NotFoundException("404");
          });
      Job job = stage.submitted();
      assertThat(stage.after(MINUTE, job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void expiresATaskThatStaysUnknownToTheProvider() {
    try (Stage stage = Stage.in(directory)) {
      for (int i = 0; i < 1000; i++) {
        stage.provider.states.add(
            () -> {
              throw new NotFoundException("task task-1 is not known");
            });
      }
      Job job = stage.submitted();
      assertThat(stage.after(Duration.ofMinutes(9), job).state()).isEqualTo(JobState.SUBMITTED);
      Job gone = stage.after(Duration.ofMinutes(2), job);
      assertThat(gone.state()).isEqualTo(JobState.EXPIRED);
      assertThat(gone.fault().orElseThrow().kind()).isEqualTo(ProviderFault.Kind.NOT_FOUND);
    }
  }

  @Test
  void givesUpATaskThatNeverEnds() {
    PollPlan plan =
        new PollPlan(Duration.ofHours(1), Duration.ofHours(1), 1, MINUTE, Duration.ofHours(10), 10);
    try (Stage stage = Stage.in(directory, s -> s.pollPlan(plan))) {
      for (int i = 0; i < 100; i++) {
        stage.provider.states.add(FollowingTest::running);
      }
      Job job = stage.submitted();
      assertThat(stage.after(Duration.ofHours(9), job).state()).isEqualTo(JobState.RUNNING);
      assertThat(stage.after(Duration.ofHours(3), job).state()).isEqualTo(JobState.EXPIRED);
    }
  }

  @Test
  void endsTheWaitingAtItsDeadlineAndNotTheTask() {
    try (Stage stage = Stage.in(directory)) {
      for (int i = 0; i < 20; i++) {
        stage.provider.states.add(FollowingTest::running);
      }
      Job job = stage.submitted();
      CompletableFuture<Job> waiting = stage.videos.awaitAsync(job.id(), MINUTE);
      stage.time.advance(MINUTE);
      assertThat(waiting)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(StillRunningException.class)
          .withMessage(
              "stopped waiting after 60 s; it goes on: " + job.id() + " RUNNING task task-1");
      assertThat(stage.after(Duration.ofHours(1), job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void cancellingTheFutureStopsTheWaitingOnly() {
    try (Stage stage = Stage.in(directory)) {
      Job job = stage.submitted();
      CompletableFuture<Job> waiting = stage.waiting(job);
      waiting.cancel(true);
      assertThat(stage.after(MINUTE, job).state()).isEqualTo(JobState.STORED);
      assertThat(waiting).isCancelled();
    }
  }

  @Test
  void closingEndsTheWaiting() {
    Stage stage = Stage.in(directory);
    Job job = stage.submitted();
    CompletableFuture<Job> waiting = stage.waiting(job);
    stage.close();
    assertThat(waiting).isCompletedExceptionally();
    stage.time.advance(MINUTE);
    assertThat(stage.provider.polls).hasValue(0);
  }

  @Test
  void adoptsATaskThatWasMadeElsewhere() {
    try (Stage stage = Stage.in(directory)) {
      Job adopted = stage.videos.adopt(new TaskId("foreign"));
      assertThat(stage.videos.adopt(new TaskId("foreign")).id()).isEqualTo(adopted.id());
      Job stored = stage.after(MINUTE, adopted);
      assertThat(stored.state()).isEqualTo(JobState.STORED);
      assertThat(stored.bill()).isEmpty();
      assertThat(stage.videos.find(new TaskId("foreign"))).contains(stored);
      assertThat(stage.provider.sends).hasValue(0);
    }
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    try (Stage stage =
        Stage.in(
            directory,
            s ->
                s.onEvent(
                    event -> {
                      throw new IllegalStateException("listener");
                    }))) {
      assertThat(stage.after(MINUTE, stage.submitted()).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void followsThousandsOfTasksWithOneTimer() {
    PollPlan unlimited = PollPlan.standard().perSecond(Double.POSITIVE_INFINITY);
    try (Stage stage = Stage.in(directory, s -> s.pollPlan(unlimited))) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        jobs.add(stage.submitted());
      }
      stage.time.advance(MINUTE);
      assertThat(jobs).allMatch(job -> stage.now(job).state() == JobState.STORED);
    }
  }

  @Test
  void generatesAsynchronously() throws Exception {
    try (Stage stage = Stage.in(directory);
        AutoCloseable rushing = stage.time.rushing()) {
      assertThat(rushing).isNotNull();
      CompletableFuture<Job> one = stage.videos.generateAsync(CAT, options());
      assertThat(one.get().state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void takesUpWhatAnEarlierProcessLeftInTheJournal() {
    InMemoryJobJournal journal = new InMemoryJobJournal();
    Job running;
    Job orphan;
    try (Stage before = Stage.in(directory, s -> s.journal(journal))) {
      running = before.submitted();
      orphan =
          Job.intended(
                  new JobId("job-0rphan000"), before.provider.account(), CAT, before.time.now())
              .quote(before.videos.quote(CAT))
              .done();
      journal.admit(orphan, List.of(), "killed");
    }
    try (Stage after = Stage.in(directory, s -> s.journal(journal))) {
      Job unknown = after.now(orphan);
      assertThat(unknown.state()).isEqualTo(JobState.UNKNOWN);
      assertThat(unknown.note()).contains("whoever sent it died before an answer");
      assertThat(after.after(Duration.ofMinutes(9), running).state()).isEqualTo(JobState.STORED);
      assertThat(after.videos.spend().held()).isEqualTo(Money.usd("1.008334"));
      assertThat(after.provider.sends).hasValue(0);
    }
  }

  @Test
  void warnsOfJobsThatOnlyAnotherKeyCanAskFor() {
    InMemoryJobJournal journal = new InMemoryJobJournal();
    ProviderAccount rotated = new ProviderAccount("Scripted", "https://provider.example", "01d");
    Job running =
        Job.intended(new JobId("job-0thers000"), rotated, CAT, Instant.EPOCH)
            .taskId(new TaskId("task-0ther"))
            .state(JobState.RUNNING, Instant.EPOCH)
            .done();
    journal.admit(running, List.of(), "before");
    List<String> said = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("io.github.seedance4j");
    Handler handler = listeningTo(said);
    logger.addHandler(handler);
    try (Stage stage = Stage.in(directory, s -> s.journal(journal))) {
      stage.time.advance(Duration.ofMinutes(10));
      assertThat(stage.provider.polls).hasValue(0);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(said)
        .containsOnlyOnce(
            "unfinished jobs of another account, which are not followed with this key: 1, "
                + rotated);
  }

  private static Handler listeningTo(List<String> said) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        said.add(new SimpleFormatter().formatMessage(entry));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static SubmitOptions options() {
    return SubmitOptions.none();
  }
}
