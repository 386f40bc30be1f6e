package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.ACCOUNT;
import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
import static io.github.seedance4j.testkit.contract.JournalJobs.lease;
import static io.github.seedance4j.testkit.contract.JournalJobs.moved;
import static io.github.seedance4j.testkit.contract.JournalJobs.sent;
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
      admit(ours, job, budget);

      assertThat(theirs.find(job.id())).contains(job);
      assertThat(admit(theirs, keyed("order-1", "1.00"), budget))
          .isEqualTo(new Admission.Existing(job));
      assertThat(admit(theirs, holding(Money.usd("0.01")), budget))
          .isEqualTo(new Admission.OverCap(budget, Money.usd("0")));
      Job sent = moved(job, JobState.SUBMITTED, NOON).done();
      assertThat(theirs.replace(sent)).isEqualTo(Replaced.DONE);

      assertThat(ours.find(job.id())).contains(sent);
      assertThat(ours.replace(job.change().done())).isEqualTo(Replaced.STALE);
      assertThat(ours.replace(sent.change().bill(bill("0.40")).done())).isEqualTo(Replaced.DONE);
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
      admit(ours, contested, budget);
      List<Long> changes =
          Race.of(
              THREADS,
              thread -> {
                JobJournal journal = thread % 2 == 0 ? ours : theirs;
                return IntStream.range(0, turns())
                    .filter(
                        turn -> {
                          admit(journal, keyed("order-" + turn, "1.00"), budget);
                          Job now = journal.find(contested.id()).orElseThrow();
                          return journal.replace(now.change().done()) == Replaced.DONE;
                        })
                    .count();
              });

      long all = changes.stream().mapToLong(Long::longValue).sum();
      assertThat(theirs.find(contested.id()).map(Job::version)).contains(1 + all);
      int admitted = Math.min(50, turns());
      assertThat(ours.list(JobQuery.all())).hasSize(1 + admitted);
      assertThat(spent(ours)).isEqualTo(spend("0", String.valueOf(admitted)));
    }
  }

  @Test
  @DisplayName("J63 says that it is shared")
  default void saysThatItIsShared() {
    try (JobJournal ours = emptyJournal();
        JobJournal theirs = orSkip(ours)) {
      assertThat(ours.isShared()).isTrue();
      assertThat(theirs.isShared()).isTrue();
    }
  }

  @Test
  @DisplayName("J64 holds every process to caps and leases at once")
  default void holdsEveryProcessToCapsAndLeasesAtOnce() {
    try (JobJournal ours = emptyJournal();
        JobJournal theirs = orSkip(ours)) {
      Budget cap = Budget.ever(Money.usd("1.00"));
      ours.setBudget(cap);
      assertThat(theirs.budgets()).containsExactly(cap);
      assertThat(admit(theirs, holding(Money.usd("1.01"))))
          .isEqualTo(new Admission.OverCap(cap, Money.usd("1.00")));
      assertThat(theirs.removeBudget(Budget.Period.EVER, null)).isTrue();

      Job job = holding(Money.usd("1.01"));
      ours.claim(lease("ours", 0, 60), ACCOUNT, 10);
      ours.admit(job, List.of(), "ours");
      assertThat(theirs.claim(lease("theirs", 59, 60), ACCOUNT, 10)).isEmpty();
      assertThat(theirs.claim(lease("theirs", 59, 60), job.id())).isFalse();
      ours.release("ours");
      assertThat(theirs.claim(lease("theirs", 59, 60), job.id())).isTrue();
      assertThat(ours.claim(lease("ours", 60, 60), job.id())).isFalse();

      Job ended = moved(job, JobState.STORED, NOON).done();
      theirs.replace(ended);
      theirs.told(job.id(), 2);
      theirs.release("theirs");
      assertThat(ours.claim(lease("ours", 61, 60), ACCOUNT, 10)).isEmpty();
    }
  }

  @Test
  @DisplayName("J65 gives jobs and tasks to one of several processes that race for them")
  default void givesJobsAndTasksToOneOfSeveralProcessesThatRaceForThem() throws Exception {
    try (JobJournal ours = emptyJournal();
        JobJournal theirs = orSkip(ours)) {
      List<Job> jobs =
          IntStream.range(0, turns()).mapToObj(i -> holding(Money.usd("1.00"))).toList();
      jobs.forEach(job -> admit(ours, job));
      Race.Line line = new Race.Line(THREADS);
      List<Integer> got =
          Race.of(
              THREADS,
              thread -> {
                JobJournal journal = thread % 2 == 0 ? ours : theirs;
                int mine = 0;
                for (Job job : jobs) {
                  Job own = holding(Money.usd("1.00"));
                  admit(journal, own);
                  line.together();
                  boolean leased = journal.claim(lease("owner-" + thread, 0, 60), job.id());
                  line.together();
                  boolean sent = journal.replace(sent(own, "cgt-" + job.id())) == Replaced.DONE;
                  mine += (leased ? 1 : 0) + (sent ? 100_000 : 0);
                }
                return mine;
              });

      assertThat(got.stream().mapToInt(mine -> mine % 100_000).sum()).isEqualTo(jobs.size());
      assertThat(got.stream().mapToInt(mine -> mine / 100_000).sum()).isEqualTo(jobs.size());
    }
  }

  private JobJournal orSkip(JobJournal journal) {
    return another(journal)
        .orElseGet(
            () -> Assumptions.abort("one process has this journal to itself: another() is empty"));
  }
}
