package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.ALL;
import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several processes over the same records are held to what one is held to. */
interface JournalSharingRules extends JournalSource {

  @Test
  @DisplayName("J27 sees at once what another process wrote")
  default void seesAtOnceWhatAnotherProcessWrote() {
    try (JobJournal ours = emptyJournal();
        JobJournal theirs = orSkip(ours)) {
      Budget budget = Budget.ever(Money.usd("1.00"));
      Job job = keyed("order-1", "1.00");
      ours.admit(job, budget, NOON);

      assertThat(theirs.find(job.id())).contains(job);
      assertThat(theirs.admit(keyed("order-1", "1.00"), budget, NOON))
          .isEqualTo(new Admission.Existing(job));
      assertThat(theirs.admit(holding(Money.usd("0.01")), budget, NOON))
          .isEqualTo(new Admission.OverCap(Money.usd("0")));
      Job sent = job.change().state(JobState.SUBMITTED, NOON).done();
      assertThat(theirs.replace(sent)).isTrue();

      assertThat(ours.find(job.id())).contains(sent);
      assertThat(ours.replace(job.change().done())).isFalse();
      assertThat(ours.replace(sent.change().bill(bill("0.40")).done())).isTrue();
      assertThat(spent(theirs)).isEqualTo(spend("0.40", "0"));
    }
  }

  @Test
  @DisplayName("J28 gives money, keys and versions to one of several processes that race for them")
  default void givesMoneyKeysAndVersionsToOneOfSeveralProcessesThatRaceForThem() throws Exception {
    try (JobJournal ours = emptyJournal();
        JobJournal theirs = orSkip(ours)) {
      Budget budget = Budget.ever(Money.usd("50.00"));
      Job contested = holding(Money.usd("0"));
      ours.admit(contested, budget, NOON);
      List<Long> changes =
          Race.of(
              THREADS,
              thread -> {
                JobJournal journal = thread % 2 == 0 ? ours : theirs;
                return IntStream.range(0, turns())
                    .filter(
                        turn -> {
                          journal.admit(keyed("order-" + turn, "1.00"), budget, NOON);
                          Job now = journal.find(contested.id()).orElseThrow();
                          return journal.replace(now.change().done());
                        })
                    .count();
              });

      long all = changes.stream().mapToLong(Long::longValue).sum();
      assertThat(theirs.find(contested.id()).map(Job::version)).contains(1 + all);
      int admitted = Math.min(50, turns());
      assertThat(ours.list(ALL, Integer.MAX_VALUE)).hasSize(1 + admitted);
      assertThat(spent(ours)).isEqualTo(spend("0", String.valueOf(admitted)));
    }
  }

  private JobJournal orSkip(JobJournal journal) {
    return another(journal)
        .orElseGet(
            () -> Assumptions.abort("one process has this journal to itself: another() is empty"));
  }
}
