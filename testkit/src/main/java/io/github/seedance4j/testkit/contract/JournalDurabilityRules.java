package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.ALL;
import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.isSame;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
import static io.github.seedance4j.testkit.contract.JournalJobs.spend;
import static io.github.seedance4j.testkit.contract.JournalJobs.spent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskState;
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
      journal.admit(full, null, NOON);
      journal.admit(plain, null, NOON);
      Job ended = JournalJobs.ended(full, new TaskState.Expired());
      journal.replace(ended);

      try (JobJournal again = orSkip(journal)) {
        assertThat(again.list(ALL, 10)).containsExactly(plain, ended);
        assertThat(again.find(full.id())).hasValueSatisfying(job -> isSame(job, ended));
        assertThat(again.findByTask(ended.taskId().orElseThrow())).contains(ended);
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
      journal.admit(held, budget, NOON);
      journal.admit(settled, budget, NOON);
      Job running = held.change().state(JobState.RUNNING, NOON).done();
      journal.replace(running);
      journal.replace(settled.change().bill(bill("0.80")).done());

      try (JobJournal again = orSkip(journal)) {
        assertThat(spent(again)).isEqualTo(spend("0.80", "1.50"));
        assertThat(again.admit(keyed("order-1", "0.10"), budget, NOON))
            .isEqualTo(new Admission.Existing(running));
        assertThat(again.admit(holding(Money.usd("0.71")), budget, NOON))
            .isEqualTo(new Admission.OverCap(Money.usd("0.70")));
        assertThat(again.replace(held.change().done())).isFalse();
        assertThat(again.replace(running.change().done())).isTrue();
      }
    }
  }

  private JobJournal orSkip(JobJournal journal) {
    return reopened(journal)
        .orElseGet(
            () -> Assumptions.abort("this journal can't be reopened: reopened() gives none"));
  }
}
