package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.Stage.CAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.OutcomeUnknownException;
import io.github.seedance4j.error.OverBudgetException;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person decides about a job of unknown outcome. */
class ResubmissionTest {

  private static final OutcomeResolution AGAIN =
      new OutcomeResolution.ResubmitAcceptingSecondCharge();
  private static final Budget CAP = Budget.perMonth(Money.usd("1.50"));

  @TempDir Path directory;

  private static CreateReply gatewayTimeout() {
    return new CreateReply.Answered(504, null, null, null);
  }

  @Test
  void sendsAgainHoweverLateItIsAskedTo() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(ResubmissionTest::gatewayTimeout);
      Job job = stage.submitted();
      stage.time.advance(Duration.ofDays(3));
      stage.videos.resolve(job.id(), AGAIN);
      assertThat(stage.after(Duration.ofMinutes(1), job).state()).isEqualTo(JobState.STORED);
      assertThat(stage.provider.sends).hasValue(2);
    }
  }

  @Test
  void isHeldToTheCapsUntilSomebodyRaisesThem() {
    try (Stage stage = Stage.in(directory)) {
      stage.videos.setBudget(CAP);
      stage.provider.creates.add(ResubmissionTest::gatewayTimeout);
      stage.provider.creates.add(ResubmissionTest::gatewayTimeout);
      Job job = stage.submitted();
      assertThatThrownBy(() -> stage.videos.resolve(job.id(), AGAIN))
          .isInstanceOf(OverBudgetException.class)
          .hasMessage(
              "with a second charge "
                  + job.id()
                  + " would hold 2.016668 USD; the budget of 1.50 USD per month leaves 1.50 USD"
                  + " for it");
      assertThat(stage.now(job)).isEqualTo(job);
      assertThat(job.state()).isEqualTo(JobState.UNKNOWN);
      assertThat(stage.provider.sends).hasValue(1);
      assertThat(stage.videos.spend().total()).isEqualTo(Money.usd("1.008334"));

      stage.videos.setBudget(Budget.perMonth(Money.usd("2.016668")));
      stage.videos.resolve(job.id(), AGAIN); // its own hold counts once
      assertThat(stage.provider.sends).hasValue(2);
      assertThat(stage.videos.spend().total()).isEqualTo(Money.usd("2.016668"));
      assertThat(stage.videos.submit(CAT)).isInstanceOf(Submission.OverBudget.class);
    }
  }

  @Test
  void holdsWhatEachChargeCostsByNow() throws IOException {
    InMemoryJobJournal journal = new InMemoryJobJournal();
    Job job;
    try (Stage before = Stage.in(directory, settings -> settings.journal(journal))) {
      before.provider.creates.add(ResubmissionTest::gatewayTimeout);
      job = before.submitted();
    }
    Tariff dearer = twiceAsDear();
    try (Stage after = Stage.in(directory, settings -> settings.journal(journal).tariff(dearer))) {
      after.videos.setBudget(CAP);
      after.provider.creates.add(ResubmissionTest::gatewayTimeout);
      assertThatThrownBy(() -> after.videos.resolve(job.id(), AGAIN))
          .hasMessageContaining("would hold 4.033334 USD");
      after.videos.setBudget(Budget.perMonth(Money.usd("4.033334")));
      after.videos.resolve(job.id(), AGAIN);
      assertThat(after.provider.sends).hasValue(1);
      assertThat(after.videos.spend().total()).isEqualTo(Money.usd("4.033334"));
    }
    try (Stage later = Stage.in(directory, settings -> settings.journal(journal))) {
      later.videos.setBudget(Budget.perMonth(Money.usd("6.050001")));
      later.videos.resolve(job.id(), AGAIN); // cheaper again, which the earlier ones were not
      assertThat(later.videos.spend().total()).isEqualTo(Money.usd("6.050001"));
    }
  }

  private static Tariff twiceAsDear() throws IOException {
    try (InputStream in = Tariff.class.getResourceAsStream("tokenhub-tariff.properties")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Tariff.read(new StringReader(text.replace("= 0.20", "= 0.40")));
    }
  }

  @Test
  void countsInTheMonthInWhichItWasAgreedTo() {
    Budget cap = Budget.perMonth(Money.usd("2.50"));
    try (Stage stage = Stage.in(directory, settings -> settings.budget(cap))) {
      stage.provider.creates.add(ResubmissionTest::gatewayTimeout);
      Job job = stage.submitted();
      stage.time.advance(Duration.ofDays(20)); // into December
      assertThat(thisMonth(stage)).isEqualTo(Money.usd("0"));
      stage.videos.resolve(job.id(), AGAIN);
      stage.time.advance(Duration.ofMinutes(1));
      assertThat(stage.now(job).state()).isEqualTo(JobState.STORED);
      assertThat(thisMonth(stage)).isGreaterThanOrEqualTo(Money.usd("1.008334"));
    }
  }

  private static Money thisMonth(Stage stage) {
    return stage.videos.budgets().get(0).spend().total();
  }

  @Test
  void staysUnknownToWhoWaitsWhenTheSecondAttemptIsWithdrawn() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(ResubmissionTest::gatewayTimeout);
      stage.provider.creates.add(() -> new CreateReply.Broken(CreateReply.Phase.CONNECT, "down"));
      Job job = stage.submitted();
      stage.videos.resolve(job.id(), AGAIN);
      stage.videos.withdraw(job.id());
      assertThatThrownBy(
              () ->
                  stage.videos.download(
                      job.id(), directory.resolve("out.mp4"), Duration.ofSeconds(1)))
          .isInstanceOf(OutcomeUnknownException.class);
      assertThat(stage.videos.spend().total()).isEqualTo(Money.usd("1.008334"));
    }
  }

  @Test
  void attachesOneTaskToOneJobOnly() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.creates.add(ResubmissionTest::gatewayTimeout);
      stage.provider.creates.add(ResubmissionTest::gatewayTimeout);
      Job one = stage.submitted();
      Job two = stage.submitted();
      OutcomeResolution late = new OutcomeResolution.Attach(new TaskId("late"));
      stage.videos.resolve(one.id(), late);
      assertThatThrownBy(() -> stage.videos.resolve(two.id(), late))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("task late belongs to " + stage.now(one));
      assertThat(stage.now(two).state()).isEqualTo(JobState.UNKNOWN);
      stage.videos.resolve(one.id(), late); // to the same one, as often as anybody likes
    }
  }

  /** The first create call hangs until everybody took it for dead and it was sent again. */
  private static Job afterALateAnswer(Path directory, CreateReply late) {
    InMemoryJobJournal shared = new InMemoryJobJournal();
    try (Stage first = Stage.in(directory, s -> s.journal(shared))) {
      first.provider.creates.add(
          () -> {
            try (Stage second = Stage.in(directory, s -> s.journal(shared))) {
              second.provider.creates.add(() -> ScriptedProvider.accepted("second"));
              second.time.advance(Duration.ofMinutes(11));
              Job orphan = shared.list(JobQuery.all().in(Set.of(JobState.UNKNOWN))).get(0);
              second.videos.resolve(orphan.id(), AGAIN);
            }
            return late;
          });
      return first.now(first.submitted());
    }
  }

  @Test
  void aLateRefusalOfTheFirstAttemptSaysNothingOfTheSecond() {
    ProviderFault fault = new ProviderFault(ProviderFault.Kind.OTHER, "Code", "words", null);
    Job job = afterALateAnswer(directory, new CreateReply.Answered(400, null, fault, null));
    assertThat(job.state()).isEqualTo(JobState.SUBMITTED);
    assertThat(job.taskId()).contains(new TaskId("second"));
    assertThat(job.bill()).isEmpty();
  }

  @Test
  void aLateTaskOfTheFirstAttemptIsNotedBesideTheSecond() {
    Job job = afterALateAnswer(directory, ScriptedProvider.accepted("first"));
    assertThat(job.taskId()).contains(new TaskId("second"));
    assertThat(job.note()).contains("the provider also made task first");
  }

  @Test
  void aLateRefusalDoesNotReleaseWhatAnotherAttemptMayHaveSpent() throws Exception {
    ProviderFault fault = new ProviderFault(ProviderFault.Kind.OTHER, "Code", "words", null);
    InMemoryJobJournal shared = new InMemoryJobJournal();
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (Stage first = Stage.in(directory, s -> s.journal(shared))) {
      first.provider.creates.add(
          () -> {
            sending.countDown();
            await(answer);
            return new CreateReply.Answered(400, null, fault, null);
          });
      Thread slow = new Thread(first::submitted);
      slow.start();
      await(sending);
      try (Stage second = Stage.in(directory, s -> s.journal(shared))) {
        second.provider.creates.add(
            () -> {
              answer.countDown();
              join(slow);
              return gatewayTimeout();
            });
        second.time.advance(Duration.ofMinutes(11));
        Job orphan = shared.list(JobQuery.all().in(Set.of(JobState.UNKNOWN))).get(0);
        second.videos.resolve(orphan.id(), AGAIN);
        assertThat(second.now(orphan).state()).isEqualTo(JobState.UNKNOWN);
        assertThat(second.videos.spend().held()).isEqualTo(Money.usd("2.016668"));
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
