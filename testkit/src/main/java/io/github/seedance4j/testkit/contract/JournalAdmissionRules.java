package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.ACCOUNT;
import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.JournalJobs.USD;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.adopted;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
import static io.github.seedance4j.testkit.contract.JournalJobs.spend;
import static io.github.seedance4j.testkit.contract.JournalJobs.spent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.port.out.JobJournal.Replaced;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An intent is recorded and its price is held in one step, whoever else wants the money. */
interface JournalAdmissionRules extends JournalSource {

  @Test
  @DisplayName("J01 admits what the cap leaves room for")
  default void admitsWhatTheCapLeavesRoomFor() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("3.00"));
      Job first = holding(Money.usd("1.20"));
      Job second = holding(Money.usd("1.80"));

      assertThat(admit(journal, first, budget)).isEqualTo(new Admission.Admitted(first));
      assertThat(admit(journal, second, budget)).isEqualTo(new Admission.Admitted(second));
      assertThat(spent(journal)).isEqualTo(spend("0", "3.00"));
      assertThat(journal.find(first.id())).contains(first);
    }
  }

  @Test
  @DisplayName("J02 records nothing beyond the cap and says what is left")
  default void recordsNothingBeyondTheCapAndSaysWhatIsLeft() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("3.00"));
      admit(journal, holding(Money.usd("1.20")), budget);
      Job tooMuch = keyed("order-1", "1.800001");

      assertThat(admit(journal, tooMuch, budget))
          .isEqualTo(new Admission.OverCap(budget, Money.usd("1.80")));
      assertThat(journal.find(tooMuch.id())).isEmpty();
      assertThat(journal.findByKey("order-1")).isEmpty();
      assertThat(journal.list(JobQuery.all().limit(10))).hasSize(1);
      assertThat(spent(journal)).isEqualTo(spend("0", "1.20"));
    }
  }

  @Test
  @DisplayName("J03 admits anything without a budget and counts it all the same")
  default void admitsAnythingWithoutABudgetAndCountsItAllTheSame() {
    try (JobJournal journal = emptyJournal()) {
      admit(journal, holding(Money.usd("1000.00")));

      assertThat(admit(journal, holding(Money.usd("0.01")), Budget.ever(Money.usd("1.00"))))
          .isInstanceOf(Admission.OverCap.class);
    }
  }

  @Test
  @DisplayName("J04 counts the period that the job is authorised in")
  default void countsThePeriodThatTheJobIsAuthorisedIn() {
    try (JobJournal journal = emptyJournal()) {
      Instant midnight = Instant.parse("2026-11-22T00:00:00Z");
      Instant tomorrow = Instant.parse("2026-11-23T00:00:00Z");
      Budget daily = Budget.perDay(Money.usd("1.00"));
      Budget monthly = Budget.perMonth(Money.usd("2.00"));
      admit(journal, holding(Money.usd("0.75"), midnight.minusMillis(1)), daily);
      admit(journal, holding(Money.usd("0.50"), midnight), daily);

      assertThat(admit(journal, holding(Money.usd("0.75")), daily))
          .isEqualTo(new Admission.OverCap(daily, Money.usd("0.50")));
      assertThat(admit(journal, holding(Money.usd("0.50")), daily))
          .isInstanceOf(Admission.Admitted.class);
      assertThat(admit(journal, agreed("0.01", tomorrow, tomorrow.minusMillis(1)), daily))
          .isEqualTo(new Admission.OverCap(daily, Money.usd("0")));
      assertThat(admit(journal, agreed("1.01", NOON, tomorrow), daily))
          .isEqualTo(new Admission.OverCap(daily, Money.usd("1.00")));
      assertThat(admit(journal, agreed("1.00", NOON, tomorrow), daily, Budget.ever(daily.cap())))
          .isEqualTo(new Admission.OverCap(Budget.ever(daily.cap()), Money.usd("-0.75")));
      assertThat(admit(journal, agreed("1.00", NOON, tomorrow), daily))
          .isInstanceOf(Admission.Admitted.class);
      assertThat(admit(journal, holding(Money.usd("0.01")), monthly))
          .isEqualTo(new Admission.OverCap(monthly, Money.usd("-0.75")));
      Instant nextMonth = Instant.parse("2026-12-01T00:00:00Z");
      assertThat(admit(journal, holding(Money.usd("2.00"), nextMonth), monthly))
          .isInstanceOf(Admission.Admitted.class);
    }
  }

  private static Job agreed(String dollars, Instant created, Instant authorised) {
    return holding(Money.usd(dollars), created).change().version(1).authorisedAt(authorised).done();
  }

  @Test
  @DisplayName("J05 admits what costs nothing to hold under an empty cap")
  default void admitsWhatCostsNothingToHoldUnderAnEmptyCap() {
    try (JobJournal journal = emptyJournal()) {
      Budget nothing = Budget.ever(Money.usd("0"));
      Job elsewhere = adopted("task-1");

      assertThat(admit(journal, elsewhere, nothing)).isEqualTo(new Admission.Admitted(elsewhere));
      assertThat(spent(journal)).isEqualTo(spend("0", "0"));
      assertThat(journal.findByTask(ACCOUNT, new TaskId("task-1"))).contains(elsewhere);
      assertThat(journal.replace(elsewhere.change().bill(bill("0.60")).done()))
          .isEqualTo(Replaced.DONE);
      assertThat(spent(journal)).isEqualTo(spend("0.60", "0"));
    }
  }

  @Test
  @DisplayName("J06 gives the last money to one of many that race for it")
  default void givesTheLastMoneyToOneOfManyThatRaceForIt() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("1.00"));
      Race.Line line = new Race.Line(THREADS);
      List<Money> most =
          Race.of(
              THREADS,
              thread -> {
                Money held = Money.zero(USD);
                for (int i = 0; i < turns(); i++) {
                  Job job = holding(budget.cap());
                  line.together();
                  Admission answer = admit(journal, job, budget);
                  line.together(); // whoever was let in holds the money still
                  held = Money.max(held, spent(journal).held());
                  line.together();
                  if (answer instanceof Admission.Admitted) {
                    journal.replace(job.change().bill(bill("0")).done()); // for the next turn
                  }
                }
                return held;
              });

      assertThat(most).containsOnly(budget.cap());
      assertThat(spent(journal)).isEqualTo(spend("0", "0"));
    }
  }
}
