package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.USD;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.labelled;
import static io.github.seedance4j.testkit.contract.JournalJobs.moved;
import static io.github.seedance4j.testkit.contract.JournalJobs.spend;
import static io.github.seedance4j.testkit.contract.JournalJobs.spent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.port.out.JobJournal.Replaced;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Money counts from the intent on, until a bill says otherwise. */
interface JournalMoneyRules extends JournalSource {

  @ParameterizedTest
  @EnumSource
  @DisplayName("J19 holds the price in every state until there is a bill")
  default void holdsThePriceInEveryStateUntilThereIsABill(JobState state) {
    try (JobJournal journal = emptyJournal()) {
      Job job = holding(Money.usd("1.50"));
      admit(journal, job);
      Job there = moved(job, state, NOON).done();
      journal.replace(there);
      assertThat(spent(journal)).isEqualTo(spend("0", "1.50"));

      journal.replace(there.change().bill(bill("1.008")).done());
      assertThat(spent(journal)).isEqualTo(spend("1.008", "0"));
    }
  }

  @Test
  @DisplayName("J20 holds the price again where the bill is taken back")
  default void holdsThePriceAgainWhereTheBillIsTakenBack() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("1.00"));
      Job job = holding(Money.usd("1.00"));
      admit(journal, job, budget);
      Job lost = job.change().bill(bill("0")).done();
      journal.replace(lost);
      assertThat(spent(journal)).isEqualTo(spend("0", "0"));

      journal.replace(lost.change().bill(null).done());
      assertThat(spent(journal)).isEqualTo(spend("0", "1.00"));
      assertThat(admit(journal, holding(Money.usd("0.01")), budget))
          .isEqualTo(new Admission.OverCap(budget, Money.usd("0")));
    }
  }

  @Test
  @DisplayName("J21 holds the price for every charge that was agreed to")
  default void holdsThePriceForEveryChargeThatWasAgreedTo() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("5.00"));
      Job job = holding(Money.usd("1.50"));
      admit(journal, job, budget);
      Job twice = job.change().authorisations(2).done();
      journal.replace(twice);

      assertThat(spent(journal)).isEqualTo(spend("0", "3.00"));
      assertThat(admit(journal, holding(Money.usd("2.01")), budget))
          .isEqualTo(new Admission.OverCap(budget, Money.usd("2.00")));
      journal.replace(twice.change().bill(bill("1.40")).done());
      assertThat(spent(journal)).isEqualTo(spend("1.40", "0"));
    }
  }

  @Test
  @DisplayName("J22 counts the bill below or above its hold")
  default void countsTheBillBelowOrAboveItsHold() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("2.00"));
      Job first = holding(Money.usd("2.00"));
      Job second = holding(Money.usd("0.75"));
      admit(journal, first, budget);
      journal.replace(first.change().bill(bill("1.25")).done());

      assertThat(admit(journal, second, budget)).isEqualTo(new Admission.Admitted(second));
      assertThat(spent(journal)).isEqualTo(spend("1.25", "0.75"));
      assertThat(journal.replace(second.change().bill(bill("0.80")).done()))
          .isEqualTo(Replaced.DONE);
      assertThat(spent(journal)).isEqualTo(spend("2.05", "0"));
      assertThat(admit(journal, holding(Money.usd("0.01")), budget))
          .isInstanceOf(Admission.OverCap.class);
    }
  }

  @Test
  @DisplayName("J23 splits what is spent by currency and since")
  default void splitsWhatIsSpentByCurrencyAndSince() {
    try (JobJournal journal = emptyJournal()) {
      Job early = holding(Money.usd("1.00"), NOON.minusMillis(1));
      Job settled = holding(Money.usd("2.00"));
      Job held = holding(Money.usd("0.10"), NOON.plusSeconds(1));
      Job alsoHeld = holding(Money.usd("0.200001"), NOON.plusSeconds(2));
      Job yuan = holding(Money.of("7.00", "CNY"));
      List.of(early, settled, held, alsoHeld, yuan).forEach(job -> admit(journal, job));
      journal.replace(moved(early, JobState.RUNNING, NOON.plusSeconds(5)).done());
      journal.replace(settled.change().bill(bill("1.666")).done());

      assertThat(journal.spend(NOON, USD, null)).isEqualTo(spend("1.666", "0.300001"));
      assertThat(spent(journal)).isEqualTo(spend("1.666", "1.300001"));
      assertThat(journal.spend(NOON.plusSeconds(1), USD, null)).isEqualTo(spend("0", "0.300001"));
      assertThat(journal.spend(NOON.plusSeconds(3), USD, null)).isEqualTo(spend("0", "0"));
      Currency cny = Currency.getInstance("CNY");
      assertThat(journal.spend(NOON, cny, null)).isEqualTo(Spend.none(cny).plus(yuan));
      assertThat(admit(journal, holding(Money.usd("1.00")), Budget.ever(Money.usd("4.00"))))
          .isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  @DisplayName("J24 counts a resubmission in the period of its authorisation")
  default void countsAResubmissionInThePeriodOfItsAuthorisation() {
    try (JobJournal journal = emptyJournal()) {
      Instant later = NOON.plusSeconds(86_400);
      Budget daily = Budget.perDay(Money.usd("3.00"));
      Job job = holding(Money.usd("1.00"));
      admit(journal, job, daily);
      journal.replace(job.change().authorisations(2).authorisedAt(later).done());

      assertThat(journal.spend(later, USD, null)).isEqualTo(spend("0", "2.00"));
      assertThat(admit(journal, holding(Money.usd("1.01"), later), daily))
          .isEqualTo(new Admission.OverCap(daily, Money.usd("1.00")));
    }
  }

  @Test
  @DisplayName("J42 splits what is settled by how sure it is")
  default void splitsWhatIsSettledByHowSureItIs() {
    try (JobJournal journal = emptyJournal()) {
      settle(journal, "0.10", Bill.Basis.COMPUTED);
      settle(journal, "0.020", Bill.Basis.AT_MOST);
      settle(journal, "0.003", Bill.Basis.UNCONFIRMED);
      settle(journal, "0.0004", Bill.Basis.STATED);
      admit(journal, holding(Money.usd("0.00005")));

      assertThat(spent(journal))
          .isEqualTo(
              new Spend(
                  Money.usd("0.12"),
                  Money.usd("0.003"),
                  Money.usd("0.0004"),
                  Money.usd("0.00005")));
      Budget budget = Budget.ever(Money.usd("0.13"));
      assertThat(admit(journal, holding(Money.usd("0.01")), budget))
          .isEqualTo(new Admission.OverCap(budget, Money.usd("0.00655"))); // all of them count
    }
  }

  private static void settle(JobJournal journal, String dollars, Bill.Basis basis) {
    Job job = holding(Money.usd("1.00"));
    admit(journal, job);
    journal.replace(job.change().bill(new Bill(Money.usd(dollars), basis)).done());
  }

  @Test
  @DisplayName("J43 tells what a label's jobs cost")
  default void tellsWhatALabelsJobsCost() {
    try (JobJournal journal = emptyJournal()) {
      Job settled = labelled("acme", "1.00");
      admit(journal, settled);
      journal.replace(settled.change().bill(bill("0.75")).done());
      admit(journal, labelled("acme", "0.50"));
      admit(journal, labelled("ACME", "4.00"));
      admit(journal, labelled("acme ", "8.00"));
      admit(journal, holding(Money.usd("16.00")));

      assertThat(journal.spend(NOON, USD, "acme")).isEqualTo(spend("0.75", "0.50"));
      assertThat(journal.spend(NOON, USD, "ACME")).isEqualTo(spend("0", "4.00"));
      assertThat(journal.spend(NOON, USD, "")).isEqualTo(spend("0", "0"));
      assertThat(journal.spend(NOON.plusSeconds(1), USD, "acme")).isEqualTo(spend("0", "0"));
      assertThat(spent(journal)).isEqualTo(spend("0.75", "28.50"));
    }
  }
}
