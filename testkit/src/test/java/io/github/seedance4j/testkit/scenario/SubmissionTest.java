package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.Stage.CAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.OutcomeUnknownException;
import io.github.seedance4j.error.OverBudgetException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {

  private static final ProviderFault NO_CREDIT =
      new ProviderFault(ProviderFault.Kind.BALANCE, "AccountOverdueError", "no credit", "r1");

  @TempDir Path directory;

  private static CreateReply answer(int status) {
    return new CreateReply.Answered(
        status, null, new ProviderFault(ProviderFault.Kind.OTHER, "Code", "words", "r1"), null);
  }

  private static CreateReply broken(CreateReply.Phase phase) {
    return new CreateReply.Broken(phase, "it broke");
  }

  @Test
  void holdsTheQuotePlusOneFrameUntilTheClipIsSettled() {
    try (Stage stage = Stage.in(directory)) {
      stage.submitted();
      assertThat(stage.videos.spend().held()).isEqualTo(Money.usd("1.008334"));
      assertThat(stage.videos.spend().settled()).isEqualTo(Money.usd("0"));
    }
  }

  @Test
  void keepsNothingOfADraftThatBreaksTheRules() {
    GenerationDraft draft = GenerationDraft.builder().prompt(" ").build();
    try (Stage stage = Stage.in(directory)) {
      Submission submission = stage.videos.submit(draft);
      assertThat(submission).isInstanceOf(Submission.Refused.class);
      assertThat(((Submission.Refused) submission).violations())
          .extracting(finding -> finding.entry())
          .containsExactlyInAnyOrder("model-required", "prompt-required");
      assertThat(stage.videos.list(JobQuery.all())).isEmpty();
      assertThat(stage.provider.sends).hasValue(0);
      assertThatThrownBy(() -> stage.videos.generate(draft))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageStartingWith("the request breaks the rules: model-required: Name a model.");
      assertThatThrownBy(() -> stage.videos.quote(draft))
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 308, 408, 409, 500, 502, 503, 504})
  void takesAnAmbiguousStatusForUnknownAndNeverSendsAgain(int status) {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> answer(status));
      Job job = stage.submitted();
      assertThat(job.state()).isEqualTo(JobState.UNKNOWN);
      assertThat(job.note().orElseThrow()).startsWith("status " + status);
      stage.time.advance(Duration.ofDays(30));
      assertThat(stage.provider.sends).hasValue(1);
      assertThat(stage.now(job).state()).isEqualTo(JobState.UNKNOWN);
      assertThat(stage.videos.spend().held()).isEqualTo(Money.usd("1.008334"));
    }
  }

  @Test
  void takesACutConnectionForUnknown() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> broken(CreateReply.Phase.SENT));
      assertThatThrownBy(() -> stage.videos.generate(CAT))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageMatching(
              "job-[a-z0-9]{16} may have been charged; don't send it again, resolve it: it broke");
    }
  }

  @Test
  void takesAnAdapterThatThrowsForUnknown() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(
          () -> {
            throw new IllegalStateException("bug");
          });
      assertThat(stage.submitted().state()).isEqualTo(JobState.UNKNOWN);
    }
  }

  @Test
  void answersAnUnknownJobsKeyWithTheSameJob() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> answer(500));
      SubmitOptions options = SubmitOptions.idempotencyKey("order 7");
      Job first = ((Submission.Unknown) stage.videos.submit(CAT, options)).job();
      Job second = ((Submission.Unknown) stage.videos.submit(CAT, options)).job();
      assertThat(second.id()).isEqualTo(first.id());
      assertThat(stage.provider.sends).hasValue(1);
    }
  }

  @Test
  void refusesAKeyThatBelongsToAnotherRequest() {
    try (Stage stage = Stage.in(directory)) {
      SubmitOptions options = SubmitOptions.idempotencyKey("order 7");
      stage.videos.submit(CAT, options);
      GenerationDraft dog = CAT.toBuilder().prompt("a dog").build();
      Submission.Refused refused = (Submission.Refused) stage.videos.submit(dog, options);
      assertThat(refused.reason()).startsWith("The idempotency key belongs to another request");
      assertThat(stage.provider.sends).hasValue(1);
    }
  }

  @Test
  void sendsOnceForSixtyFourThreadsWithOneKey() throws Exception {
    try (Stage stage = Stage.in(directory)) {
      List<Submission> all =
          inParallel(64, () -> stage.videos.submit(CAT, SubmitOptions.idempotencyKey("k")));
      assertThat(stage.provider.sends).hasValue(1);
      assertThat(all).hasSize(64).allMatch(s -> s instanceof Submission.Accepted);
    }
  }

  @Test
  void neverExceedsTheCapUnderSixtyFourThreads() throws Exception {
    try (Stage stage = Stage.in(directory, s -> s.budget(Budget.perMonth(Money.usd("20"))))) {
      List<Submission> all = inParallel(64, () -> stage.videos.submit(CAT));
      // each holds 1.008334: nineteen fit under 20
      assertThat(all.stream().filter(s -> s instanceof Submission.Accepted)).hasSize(19);
      assertThat(all.stream().filter(s -> s instanceof Submission.OverBudget)).hasSize(45);
      assertThat(stage.provider.sends).hasValue(19);
      assertThat(stage.videos.spend().total()).isLessThan(Money.usd("20"));
    }
  }

  @Test
  void saysWhatIsLeftOfWhichLimit() {
    try (Stage stage = Stage.in(directory, s -> s.budget(Budget.perDay(Money.usd("1.50"))))) {
      stage.videos.submit(CAT);
      assertThatThrownBy(() -> stage.videos.generate(CAT))
          .isInstanceOf(OverBudgetException.class)
          .hasMessage(
              "it would cost 1.00 USD, holding 1.008334 USD; left of the budget of 1.50 USD per day:"
                  + " 0.491666 USD");
      stage.time.advance(Duration.ofDays(1));
      assertThat(stage.videos.submit(CAT)).isInstanceOf(Submission.Accepted.class);
    }
  }

  @Test
  void refusesWhatCostsMoreThanTheSubmissionAllows() {
    try (Stage stage = Stage.in(directory)) {
      assertThat(stage.videos.submit(CAT, SubmitOptions.none().maxCost(Money.usd("0.99"))))
          .isInstanceOf(Submission.OverBudget.class);
      assertThat(stage.provider.sends).hasValue(0);
      assertThat(stage.videos.submit(CAT, SubmitOptions.none().maxCost(Money.usd("1.00"))))
          .isInstanceOf(Submission.Accepted.class);
    }
  }

  @ParameterizedTest
  @EnumSource(value = CreateReply.Phase.class, names = "SENT", mode = EnumSource.Mode.EXCLUDE)
  void sendsAgainWhatNeverLeft(CreateReply.Phase phase) {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> broken(phase));
      Job job = stage.submitted();
      assertThat(job.state()).isEqualTo(JobState.NOT_SENT);
      assertThat(stage.after(Duration.ofSeconds(1), job).state()).isEqualTo(JobState.SUBMITTED);
      assertThat(stage.now(job).attempts()).isEqualTo(2);
      assertThat(stage.now(job).authorisations()).isEqualTo(1);
    }
  }

  @Test
  void withdrawsWhatCouldNotBeSentInTimeAndReleasesItsHold() {
    try (Stage stage = Stage.in(directory, s -> s.sendWithin(Duration.ofSeconds(20)))) {
      for (int i = 0; i < 50; i++) {
        stage.provider.creates.add(() -> broken(CreateReply.Phase.RESOLVE));
      }
      Job job = stage.submitted();
      var waiting = stage.waiting(job);
      assertThat(stage.after(Duration.ofMinutes(2), job).state()).isEqualTo(JobState.WITHDRAWN);
      assertThat(waiting).isCompleted();
      assertThat(stage.videos.spend().total()).isEqualTo(Money.usd("0"));
      // 1, 2, 4, 8, 16 seconds of back-off: the sixth attempt would be too late
      assertThat(stage.provider.sends).hasValue(5);
      assertThatThrownBy(() -> stage.videos.download(job.id(), directory.resolve("x"), Stage.LONG))
          .isInstanceOf(RetryLaterException.class)
          .hasMessage("never sent: could not be sent within 20 s");
    }
  }

  @Test
  void waitsAsLongAsAThrottlingProviderAsks() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(
          () -> new CreateReply.Answered(429, null, null, Duration.ofSeconds(90)));
      Job job = stage.submitted();
      assertThat(job.state()).isEqualTo(JobState.THROTTLED);
      assertThat(stage.videos.spend().held()).isEqualTo(Money.usd("1.008334"));
      assertThat(stage.after(Duration.ofSeconds(89), job).state()).isEqualTo(JobState.THROTTLED);
      assertThat(stage.after(Duration.ofSeconds(1), job).state()).isEqualTo(JobState.SUBMITTED);
    }
  }

  @Test
  void withdrawsOnRequestWhatWasNotSent() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> broken(CreateReply.Phase.CONNECT));
      Job job = stage.videos.withdraw(stage.submitted().id());
      assertThat(job.state()).isEqualTo(JobState.WITHDRAWN);
      stage.time.advance(Duration.ofHours(1));
      assertThat(stage.provider.sends).hasValue(1);
      assertThatThrownBy(() -> stage.videos.withdraw(stage.submitted().id()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("is SUBMITTED: it was sent, or may have been");
    }
  }

  @Test
  void pausesAfterTheAccountRanDry() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> new CreateReply.Answered(402, null, NO_CREDIT, null));
      assertThatThrownBy(() -> stage.videos.generate(CAT))
          .isInstanceOf(AccountException.class)
          .hasMessageStartingWith("The provider refused it: no credit (AccountOverdueError)");
      assertThat(stage.videos.spend().total()).isEqualTo(Money.usd("0"));
      assertThat(stage.videos.submit(CAT)).isInstanceOf(Submission.Refused.class);
      assertThat(stage.provider.sends).hasValue(1);
      stage.time.advance(Duration.ofMinutes(1));
      assertThat(stage.videos.submit(CAT)).isInstanceOf(Submission.Accepted.class);
    }
  }

  @Test
  void attachesALateTaskToAnUnknownJob() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> answer(504));
      Job job = stage.submitted();
      stage.videos.resolve(job.id(), new OutcomeResolution.Attach(new TaskId("late")));
      assertThat(stage.after(Duration.ofMinutes(1), job).state()).isEqualTo(JobState.STORED);
      assertThat(stage.provider.sends).hasValue(1);
      assertThat(stage.videos.spend().total()).isEqualTo(Money.usd("1.008334"));
    }
  }

  @Test
  void attachesALateTaskEvenToALostJob() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> answer(504));
      Job job = stage.submitted();
      Job lost = stage.videos.resolve(job.id(), new OutcomeResolution.Lost());
      assertThat(lost.bill()).contains(new Bill(Money.usd("1.008334"), Bill.Basis.AT_MOST));
      stage.videos.resolve(job.id(), new OutcomeResolution.Attach(new TaskId("late")));
      assertThat(stage.now(job).bill()).isEmpty();
      assertThat(stage.after(Duration.ofMinutes(1), job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void countsBothChargesOfAResubmission() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(() -> answer(504));
      Job job = stage.submitted();
      stage.videos.resolve(job.id(), new OutcomeResolution.ResubmitAcceptingSecondCharge());
      assertThat(stage.videos.spend().total()).isEqualTo(Money.usd("2.016668"));
      Job stored = stage.after(Duration.ofMinutes(1), job);
      assertThat(stored.state()).isEqualTo(JobState.STORED);
      assertThat(stored.authorisations()).isEqualTo(2);
      assertThat(stored.bill()).contains(new Bill(Money.usd("2.016668"), Bill.Basis.UNCONFIRMED));
      assertThat(stage.provider.sends).hasValue(2);
    }
  }

  @Test
  void resolvesOnlyWhatIsUnknown() {
    try (Stage stage = Stage.in(directory)) {
      Job job = stage.submitted();
      for (OutcomeResolution resolution :
          List.of(
              new OutcomeResolution.Lost(),
              new OutcomeResolution.ResubmitAcceptingSecondCharge(),
              new OutcomeResolution.Attach(new TaskId("other")))) {
        assertThatThrownBy(() -> stage.videos.resolve(job.id(), resolution))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("nothing to resolve: " + job.id());
      }
      assertThatThrownBy(
              () -> stage.videos.resolve(new JobId("job-00000000"), new OutcomeResolution.Lost()))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("no job job-00000000 in this journal");
    }
  }

  @Test
  void closeWaitsForTheCreateInFlightAndRefusesTheNext() throws Exception {
    Stage stage = Stage.in(directory, s -> s.pollPlan(PollPlan.standard()));
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    stage.provider.creates.add(
        () -> {
          sending.countDown();
          await(answer);
          return ScriptedProvider.accepted("task-1");
        });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Submission> submission = threads.submit(() -> stage.videos.submit(CAT));
      sending.await();
      Future<?> closing = threads.submit(stage::close);
      assertThatThrownBy(
              () -> {
                while (true) {
                  // until close() has shut the door; then each submission is refused
                  stage.videos.submit(GenerationDraft.builder().build());
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("closed: nothing is submitted any more");
      assertThat(closing.isDone()).isFalse();
      answer.countDown();
      closing.get();
      assertThat(((Submission.Accepted) submission.get()).job().state())
          .isEqualTo(JobState.SUBMITTED);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void needsAProviderThatDownloads() {
    assertThatThrownBy(() -> io.github.seedance4j.service.VideoGenerationService.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("provider: set one, such as TokenHub.provider(key)");
  }

  @Test
  void quotesWithoutSending() {
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0)
            .prompt("restyle video 1")
            .duration(Duration.ofSeconds(10))
            .referenceVideo("https://cdn.example.com/in.mp4", Duration.ofSeconds(5))
            .build();
    try (Stage stage = Stage.in(directory)) {
      assertThat(stage.videos.quote(draft).high()).isEqualTo(Money.usd("3.00"));
      assertThat(stage.provider.sends).hasValue(0);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> List<T> inParallel(int threads, Callable<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> done : pool.invokeAll(java.util.Collections.nCopies(threads, work))) {
        results.add(done.get());
      }
      return results;
    } finally {
      pool.shutdown();
    }
  }
}
