package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.ACCOUNT;
import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.inState;
import static io.github.seedance4j.testkit.contract.JournalJobs.isSame;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
import static io.github.seedance4j.testkit.contract.JournalJobs.labelled;
import static io.github.seedance4j.testkit.contract.JournalJobs.lease;
import static io.github.seedance4j.testkit.contract.JournalJobs.moved;
import static io.github.seedance4j.testkit.contract.JournalJobs.spend;
import static io.github.seedance4j.testkit.contract.JournalJobs.spent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.port.out.JobJournal.Replaced;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was written is there for the next process. */
interface JournalDurabilityRules extends JournalSource {

  @Test
  @DisplayName("J25 finds every job again after it was reopened")
  default void findsEveryJobAgainAfterItWasReopened() {
    try (JobJournal journal = emptyJournal()) {
      Job full = JournalJobs.full();
      Job plain = holding(Money.usd("1.00"), NOON.plusSeconds(1));
      admit(journal, full);
      admit(journal, plain);
      Job ended = JournalJobs.ended(full, new TaskState.Expired());
      journal.replace(ended);

      try (JobJournal again = orSkip(journal)) {
        assertThat(again.list(JobQuery.all().limit(10))).containsExactly(plain, ended);
        assertThat(again.find(full.id())).hasValueSatisfying(job -> isSame(job, ended));
        assertThat(again.findByTask(ACCOUNT, ended.taskId().orElseThrow())).contains(ended);
        assertThat(again.findByKey(full.idempotencyKey().orElseThrow())).contains(ended);
        assertThat(again.find(plain.id())).hasValueSatisfying(job -> isSame(job, plain));
      }
    }
  }

  @Test
  @DisplayName("J26 keeps keys, versions and money after it was reopened")
  default void keepsKeysVersionsAndMoneyAfterItWasReopened() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("3.00"));
      Job held = keyed("order-1", "1.50");
      Job settled = holding(Money.usd("1.00"));
      admit(journal, held, budget);
      admit(journal, settled, budget);
      Job running = moved(held, JobState.RUNNING, NOON).done();
      journal.replace(running);
      journal.replace(settled.change().bill(bill("0.80")).done());

      try (JobJournal again = orSkip(journal)) {
        assertThat(spent(again)).isEqualTo(spend("0.80", "1.50"));
        assertThat(admit(again, keyed("order-1", "0.10"), budget))
            .isEqualTo(new Admission.Existing(running));
        assertThat(admit(again, holding(Money.usd("0.71")), budget))
            .isEqualTo(new Admission.OverCap(budget, Money.usd("0.70")));
        assertThat(again.replace(held.change().done())).isEqualTo(Replaced.STALE);
        assertThat(again.replace(running.change().done())).isEqualTo(Replaced.DONE);
      }
    }
  }

  @Test
  @DisplayName("J61 keeps its caps after it was reopened")
  default void keepsItsCapsAfterItWasReopened() {
    try (JobJournal journal = emptyJournal()) {
      Budget month = Budget.perMonth(Money.usd("700.000001"));
      Budget beijing = Budget.perMonth(Money.of("7.00", "CNY")).forLabel("北京");
      Budget acme = Budget.ever(Money.usd("1.00")).forLabel("Müller & \"Söhne\" 100%");
      Budget removed = Budget.perDay(Money.usd("5.00"));
      List.of(month, beijing, acme, removed).forEach(journal::setBudget);
      admit(journal, labelled("Müller & \"Söhne\" 100%", "0.75"));
      journal.removeBudget(Budget.Period.DAY, null);

      try (JobJournal again = orSkip(journal)) {
        assertThat(again.budgets()).containsExactlyInAnyOrder(month, beijing, acme);
        assertThat(admit(again, labelled("Müller & \"Söhne\" 100%", "0.26")))
            .isEqualTo(new Admission.OverCap(acme, Money.usd("0.25")));
        assertThat(admit(again, holding(Money.usd("9.00")))).isInstanceOf(Admission.Admitted.class);
      }
    }
  }

  @Test
  @DisplayName("J62 keeps leases, and who was told of what, after it was reopened")
  default void keepsLeasesAndWhoWasToldOfWhatAfterItWasReopened() {
    try (JobJournal journal = emptyJournal()) {
      Job running = inState(JobState.RUNNING, NOON);
      Job told = inState(JobState.STORED, NOON);
      Job untold = inState(JobState.STORED, NOON);
      journal.claim(lease("killed", 0, 60), ACCOUNT, 10);
      journal.admit(running, List.of(), "killed");
      admit(journal, told);
      admit(journal, untold);
      journal.told(told.id(), 1);

      try (JobJournal again = orSkip(journal)) {
        assertThat(again.claim(lease("next", 1, 60), running.id())).isFalse();
        assertThat(again.claim(lease("next", 1, 60), ACCOUNT, 10)).containsExactly(untold);
        assertThat(again.claim(lease("next", 60, 60), ACCOUNT, 10)).containsExactly(running);
      }
    }
  }

  private JobJournal orSkip(JobJournal journal) {
    return reopened(journal)
        .orElseGet(
            () -> Assumptions.abort("this journal can't be reopened: reopened() gives none"));
  }
}
