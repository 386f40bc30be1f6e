package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.JournalJobs.NOON;
import static io.github.seedance4j.testkit.scenario.JournalJobs.adopted;
import static io.github.seedance4j.testkit.scenario.JournalJobs.bill;
import static io.github.seedance4j.testkit.scenario.JournalJobs.holding;
import static io.github.seedance4j.testkit.scenario.JournalJobs.inState;
import static io.github.seedance4j.testkit.scenario.JournalJobs.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import java.time.Instant;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link JobJournal} keeps to, whatever it writes to. Implement it in a test class; all
 * its tests may run at once.
 */
interface JobJournalContract {

  Currency USD = Currency.getInstance("USD");
  Set<JobState> ALL = Set.of(JobState.values());
  int THREADS = 8;
  int TURNS = 200;

  /** A journal of its own for each call, with nothing in it; the test closes it. */
  JobJournal emptyJournal();

  // an intent is recorded and its price is held in one step, whoever else wants the money

  @Test
  default void admitsWhatTheCapLeavesRoomFor() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("3.00"));
      Job first = holding(Money.usd("1.20"));
      Job second = holding(Money.usd("1.80"));

      assertThat(journal.admit(first, budget, NOON)).isEqualTo(new Admission.Admitted(first));
      assertThat(journal.admit(second, budget, NOON)).isEqualTo(new Admission.Admitted(second));
      assertThat(spent(journal)).isEqualTo(spend("0", "3.00"));
      assertThat(journal.find(first.id())).contains(first);
    }
  }

  @Test
  default void recordsNothingBeyondTheCapAndSaysWhatIsLeft() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("3.00"));
      journal.admit(holding(Money.usd("1.20")), budget, NOON);
      Job tooMuch = keyed("order-1", "1.800001");

      assertThat(journal.admit(tooMuch, budget, NOON))
          .isEqualTo(new Admission.OverCap(Money.usd("1.80")));
      assertThat(journal.find(tooMuch.id())).isEmpty();
      assertThat(journal.findByKey("order-1")).isEmpty();
      assertThat(journal.list(ALL, 10)).hasSize(1);
      assertThat(spent(journal)).isEqualTo(spend("0", "1.20"));
    }
  }

  @Test
  default void admitsAnythingWithoutABudgetAndCountsItAllTheSame() {
    try (JobJournal journal = emptyJournal()) {
      journal.admit(holding(Money.usd("1000.00")), null, NOON);

      assertThat(journal.admit(holding(Money.usd("0.01")), Budget.ever(Money.usd("1.00")), NOON))
          .isInstanceOf(Admission.OverCap.class);
    }
  }

  @Test
  default void countsThePeriodThatNowLiesIn() {
    try (JobJournal journal = emptyJournal()) {
      Instant midnight = Instant.parse("2026-11-22T00:00:00Z");
      Budget daily = Budget.perDay(Money.usd("1.00"));
      journal.admit(holding(Money.usd("0.75"), midnight.minusMillis(1)), daily, NOON);
      journal.admit(holding(Money.usd("0.50"), midnight), daily, NOON);

      assertThat(journal.admit(holding(Money.usd("0.75")), daily, NOON))
          .isEqualTo(new Admission.OverCap(Money.usd("0.50")));
      assertThat(journal.admit(holding(Money.usd("0.50")), daily, NOON))
          .isInstanceOf(Admission.Admitted.class);
      Instant tomorrow = Instant.parse("2026-11-23T00:00:00Z");
      assertThat(journal.admit(holding(Money.usd("1.00"), tomorrow), daily, NOON))
          .isEqualTo(new Admission.OverCap(Money.usd("0")));
      assertThat(journal.admit(holding(Money.usd("1.00"), tomorrow), daily, tomorrow))
          .isInstanceOf(Admission.Admitted.class);
      assertThat(journal.admit(holding(Money.usd("0.01")), Budget.perMonth(daily.cap()), NOON))
          .isInstanceOf(Admission.OverCap.class);
    }
  }

  @Test
  default void admitsWhatCostsNothingToHoldUnderAnEmptyCap() {
    try (JobJournal journal = emptyJournal()) {
      Budget nothing = Budget.ever(Money.usd("0"));
      Job elsewhere = adopted("task-1");

      assertThat(journal.admit(elsewhere, nothing, NOON))
          .isEqualTo(new Admission.Admitted(elsewhere));
      assertThat(spent(journal)).isEqualTo(spend("0", "0"));
      assertThat(journal.findByTask(new TaskId("task-1"))).contains(elsewhere);
      assertThat(journal.replace(elsewhere.change().bill(bill("0.60")).done())).isTrue();
      assertThat(spent(journal)).isEqualTo(spend("0.60", "0"));
    }
  }

  @Test
  default void givesTheLastMoneyToOneOfManyThatRaceForIt() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("1.00"));
      // each gives the money back at once: it is the last money again and again
      List<Money> most =
          Race.of(
              THREADS,
              thread -> {
                Money held = Money.zero(USD);
                for (int i = 0; i < TURNS; i++) {
                  Job job = holding(budget.cap());
                  if (journal.admit(job, budget, NOON) instanceof Admission.Admitted) {
                    held = Money.max(held, spent(journal).held());
                    journal.replace(job.change().bill(bill("0")).done());
                  }
                }
                return held;
              });

      assertThat(most).contains(budget.cap()).noneMatch(held -> held.isMoreThan(budget.cap()));
      assertThat(spent(journal)).isEqualTo(spend("0", "0"));
    }
  }

  // a key stands for one job, for ever

  @Test
  default void answersAKnownKeyWithItsJobAsItIsNow() {
    try (JobJournal journal = emptyJournal()) {
      Job first = keyed("order-1", "1.00");
      journal.admit(first, null, NOON);
      Job withdrawn = first.change().state(JobState.WITHDRAWN, NOON).bill(bill("0")).done();
      journal.replace(withdrawn);
      Job again = keyed("order-1", "1.00");

      Admission answer = journal.admit(again, null, NOON);

      assertThat(answer).isEqualTo(new Admission.Existing(withdrawn));
      assertThat(((Admission.Existing) answer).job().state()).isEqualTo(JobState.WITHDRAWN);
      assertThat(journal.find(again.id())).isEmpty();
      assertThat(journal.list(ALL, 10)).containsExactly(withdrawn);
    }
  }

  @Test
  default void letsAKnownKeyWinOverTheCap() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("1.00"));
      Job first = keyed("order-1", "1.00");
      journal.admit(first, budget, NOON);

      assertThat(journal.admit(keyed("order-1", "1.00"), budget, NOON))
          .isEqualTo(new Admission.Existing(first));
      assertThat(journal.admit(keyed("order-2", "1.00"), budget, NOON))
          .isEqualTo(new Admission.OverCap(Money.usd("0")));
      assertThat(spent(journal)).isEqualTo(spend("0", "1.00"));
    }
  }

  @Test
  default void tellsKeysApartToTheLetter() {
    try (JobJournal journal = emptyJournal()) {
      for (String key : List.of("order-1", "Order-1", "order-1 ", "order-%", "örder-1")) {
        Job job = keyed(key, "1.00");
        assertThat(journal.admit(job, null, NOON)).isEqualTo(new Admission.Admitted(job));
        assertThat(journal.findByKey(key)).contains(job);
      }
      assertThat(journal.admit(holding(Money.usd("1")), null, NOON))
          .isInstanceOf(Admission.Admitted.class);
      assertThat(journal.admit(holding(Money.usd("1")), null, NOON))
          .isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  default void makesOneJobOfManyThatRaceForAKey() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      List<List<Job>> answers =
          Race.of(
              THREADS,
              thread ->
                  IntStream.range(0, TURNS)
                      .mapToObj(i -> journal.admit(keyed("order-" + i, "1.00"), null, NOON))
                      .map(JobJournalContract::jobOf)
                      .toList());

      assertThat(answers).containsOnly(answers.get(0));
      assertThat(journal.list(ALL, Integer.MAX_VALUE))
          .containsExactlyInAnyOrderElementsOf(answers.get(0));
    }
  }

  // a job changes one version at a time

  @Test
  default void replacesAVersionByTheNext() {
    try (JobJournal journal = emptyJournal()) {
      Job first = holding(Money.usd("1.00"));
      journal.admit(first, null, NOON);
      Job second = first.change().state(JobState.NOT_SENT, NOON).note("no network").done();
      Job third = second.change().state(JobState.SUBMITTED, NOON).note(null).done();

      assertThat(journal.replace(second)).isTrue();
      assertThat(journal.find(first.id()).flatMap(Job::note)).contains("no network");
      assertThat(journal.replace(third)).isTrue();
      assertThat(journal.find(first.id())).contains(third);
      assertThat(journal.find(first.id()).flatMap(Job::note)).isEmpty();
    }
  }

  @Test
  default void refusesAVersionThatIsNotTheNext() {
    try (JobJournal journal = emptyJournal()) {
      Job first = holding(Money.usd("1.00"));
      journal.admit(first, null, NOON);
      Job second = first.change().note("mine").done();
      journal.replace(second);

      assertThat(journal.replace(first.change().note("theirs").done())).isFalse();
      assertThat(journal.replace(first)).isFalse();
      assertThat(journal.replace(second.change().version(4).done())).isFalse();
      assertThat(journal.find(first.id()).flatMap(Job::note)).contains("mine");
      assertThat(journal.find(first.id())).contains(second);
    }
  }

  @Test
  default void refusesAChangeOfAJobThatItNeverAdmitted() {
    try (JobJournal journal = emptyJournal()) {
      Job stranger = holding(Money.usd("1.00"));

      assertThat(journal.replace(stranger)).isFalse();
      assertThat(journal.replace(stranger.change().done())).isFalse();
      assertThat(journal.find(stranger.id())).isEmpty();
      assertThat(spent(journal)).isEqualTo(spend("0", "0"));
    }
  }

  @Test
  default void letsOneOfManyThatRaceChangeAJob() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      Job job = holding(Money.usd("1.00"));
      journal.admit(job, null, NOON);
      List<Long> changes =
          Race.of(
              THREADS,
              thread ->
                  IntStream.range(0, 4 * TURNS)
                      .mapToObj(i -> journal.find(job.id()).orElseThrow().change().done())
                      .filter(journal::replace)
                      .count());

      long all = changes.stream().mapToLong(Long::longValue).sum();
      assertThat(journal.find(job.id()).map(Job::version)).contains(1 + all);
    }
  }

  // what was put in is found

  @Test
  default void findsAJobByWhatItIsKnownBy() {
    try (JobJournal journal = emptyJournal()) {
      Job first = keyed("order-1", "1.00");
      journal.admit(first, null, NOON);
      journal.admit(keyed("order-2", "1.00"), null, NOON);
      TaskId task = new TaskId("cgt-1");

      assertThat(journal.findByTask(task)).isEmpty();
      Job sent = first.change().state(JobState.SUBMITTED, NOON).taskId(task).done();
      journal.replace(sent);

      assertThat(journal.find(first.id())).contains(sent);
      assertThat(journal.findByTask(task)).contains(sent);
      assertThat(journal.findByKey("order-1")).contains(sent);
      assertThat(journal.find(holding(Money.usd("1.00")).id())).isEmpty();
      assertThat(journal.findByTask(new TaskId("CGT-1"))).isEmpty();
      assertThat(journal.findByKey("order-3")).isEmpty();
    }
  }

  @Test
  default void keepsAllThatIsKnownOfAJob() {
    for (TaskState state : JournalJobs.taskStates()) {
      try (JobJournal journal = emptyJournal()) {
        Job first = JournalJobs.full();
        journal.admit(first, null, NOON);
        assertThat(journal.find(first.id())).hasValueSatisfying(job -> isSame(job, first));

        Job last = JournalJobs.ended(first, state);
        journal.replace(last);
        assertThat(journal.list(ALL, 2)).singleElement().satisfies(job -> isSame(job, last));
      }
    }
  }

  private static void isSame(Job job, Job expected) {
    // a job is equal to another by id and version alone; its parts are compared as they say
    assertThat(job).usingRecursiveComparison().usingOverriddenEquals().isEqualTo(expected);
  }

  @Test
  default void listsNewestFirst() {
    try (JobJournal journal = emptyJournal()) {
      Job oldest = inState(JobState.RUNNING, NOON);
      Job stored = inState(JobState.STORED, NOON.plusMillis(1));
      Job middle = inState(JobState.SUBMITTED, NOON.plusSeconds(1));
      Job newest = inState(JobState.RUNNING, NOON.plusSeconds(3_600));
      List.of(oldest, stored, middle, newest).forEach(job -> journal.admit(job, null, NOON));
      Job changed = oldest.change().note("changed last").done();
      journal.replace(changed);

      assertThat(journal.list(ALL, Integer.MAX_VALUE))
          .containsExactly(newest, middle, stored, changed);
      Set<JobState> followed = EnumSet.of(JobState.RUNNING, JobState.SUBMITTED);
      assertThat(journal.list(followed, 10)).containsExactly(newest, middle, changed);
      assertThat(journal.list(followed, 2)).containsExactly(newest, middle);
      assertThat(journal.list(EnumSet.of(JobState.RUNNING), 2)).containsExactly(newest, changed);
      assertThat(journal.list(EnumSet.of(JobState.LOST), 10)).isEmpty();
      assertThat(journal.list(Set.of(), 10)).isEmpty();
    }
  }

  // money counts from the intent on, until a bill says otherwise

  @ParameterizedTest
  @EnumSource
  default void holdsThePriceInEveryStateUntilThereIsABill(JobState state) {
    try (JobJournal journal = emptyJournal()) {
      Job job = holding(Money.usd("1.50"));
      journal.admit(job, null, NOON);
      Job there = job.change().state(state, NOON).done();
      journal.replace(there);
      assertThat(spent(journal)).isEqualTo(spend("0", "1.50"));

      journal.replace(there.change().bill(bill("1.008")).done());
      assertThat(spent(journal)).isEqualTo(spend("1.008", "0"));
    }
  }

  @Test
  default void holdsThePriceAgainWhereTheBillIsTakenBack() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("1.00"));
      Job job = holding(Money.usd("1.00"));
      journal.admit(job, budget, NOON);
      Job lost = job.change().bill(bill("0")).done();
      journal.replace(lost);
      assertThat(spent(journal)).isEqualTo(spend("0", "0"));

      journal.replace(lost.change().bill(null).done());
      assertThat(spent(journal)).isEqualTo(spend("0", "1.00"));
      assertThat(journal.admit(holding(Money.usd("0.01")), budget, NOON))
          .isEqualTo(new Admission.OverCap(Money.usd("0")));
    }
  }

  @Test
  default void holdsThePriceForEveryChargeThatWasAgreedTo() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("5.00"));
      Job job = holding(Money.usd("1.50"));
      journal.admit(job, budget, NOON);
      Job twice = job.change().authorisations(2).done();
      journal.replace(twice);

      assertThat(spent(journal)).isEqualTo(spend("0", "3.00"));
      assertThat(journal.admit(holding(Money.usd("2.01")), budget, NOON))
          .isEqualTo(new Admission.OverCap(Money.usd("2.00")));
      journal.replace(twice.change().bill(bill("1.40")).done());
      assertThat(spent(journal)).isEqualTo(spend("1.40", "0"));
    }
  }

  @Test
  default void countsTheBillBelowOrAboveItsHold() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("2.00"));
      Job first = holding(Money.usd("2.00"));
      Job second = holding(Money.usd("0.75"));
      journal.admit(first, budget, NOON);
      journal.replace(first.change().bill(bill("1.25")).done());

      assertThat(journal.admit(second, budget, NOON)).isEqualTo(new Admission.Admitted(second));
      assertThat(spent(journal)).isEqualTo(spend("1.25", "0.75"));
      assertThat(journal.replace(second.change().bill(bill("0.80")).done())).isTrue();
      assertThat(spent(journal)).isEqualTo(spend("2.05", "0"));
      assertThat(journal.admit(holding(Money.usd("0.01")), budget, NOON))
          .isInstanceOf(Admission.OverCap.class);
    }
  }

  @Test
  default void splitsWhatIsSpentByCurrencyAndSince() {
    try (JobJournal journal = emptyJournal()) {
      Job early = holding(Money.usd("1.00"), NOON.minusMillis(1));
      Job settled = holding(Money.usd("2.00"));
      Job held = holding(Money.usd("0.10"), NOON.plusSeconds(1));
      Job alsoHeld = holding(Money.usd("0.200001"), NOON.plusSeconds(2));
      Job yuan = holding(Money.of("7.00", "CNY"));
      List.of(early, settled, held, alsoHeld, yuan).forEach(job -> journal.admit(job, null, NOON));
      journal.replace(early.change().state(JobState.RUNNING, NOON.plusSeconds(5)).done());
      journal.replace(settled.change().bill(bill("1.666")).done());

      assertThat(journal.spend(NOON, USD)).isEqualTo(spend("1.666", "0.300001"));
      assertThat(spent(journal)).isEqualTo(spend("1.666", "1.300001"));
      assertThat(journal.spend(NOON.plusSeconds(1), USD)).isEqualTo(spend("0", "0.300001"));
      assertThat(journal.spend(NOON.plusSeconds(3), USD)).isEqualTo(spend("0", "0"));
      Currency cny = Currency.getInstance("CNY");
      assertThat(journal.spend(NOON, cny))
          .isEqualTo(new Spend(Money.zero(cny), Money.of("7.00", "CNY")));
      assertThat(journal.admit(holding(Money.usd("1.00")), Budget.ever(Money.usd("4.00")), NOON))
          .isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  default void countsAResubmissionInThePeriodOfItsAuthorisation() {
    try (JobJournal journal = emptyJournal()) {
      Instant later = NOON.plusSeconds(86_400);
      Budget daily = Budget.perDay(Money.usd("3.00"));
      Job job = holding(Money.usd("1.00"));
      journal.admit(job, daily, NOON);
      journal.replace(job.change().authorisations(2).authorisedAt(later).done());

      assertThat(journal.spend(later, USD)).isEqualTo(spend("0", "2.00"));
      assertThat(journal.admit(holding(Money.usd("1.01"), later), daily, later))
          .isEqualTo(new Admission.OverCap(Money.usd("1.00")));
    }
  }

  private static Job jobOf(Admission answer) {
    return answer instanceof Admission.Existing existing
        ? existing.job()
        : ((Admission.Admitted) answer).job();
  }

  private static Spend spent(JobJournal journal) {
    return journal.spend(Instant.EPOCH, USD);
  }

  private static Spend spend(String settled, String held) {
    return new Spend(Money.usd(settled), Money.usd(held));
  }
}
