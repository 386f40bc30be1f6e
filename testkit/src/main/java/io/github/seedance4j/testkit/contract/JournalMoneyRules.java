package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.USD;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.spend;
import static io.github.seedance4j.testkit.contract.JournalJobs.spent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
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
      journal.admit(job, null, NOON);
      Job there = job.change().state(state, NOON).done();
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
  @DisplayName("J21 holds the price for every charge that was agreed to")
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
  @DisplayName("J22 counts the bill below or above its hold")
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
  @DisplayName("J23 splits what is spent by currency and since")
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
  @DisplayName("J24 counts a resubmission in the period of its authorisation")
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
}
