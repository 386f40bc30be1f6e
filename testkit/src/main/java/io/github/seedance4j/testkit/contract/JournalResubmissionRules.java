package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.isSame;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
import static io.github.seedance4j.testkit.contract.JournalJobs.resubmitted;
import static io.github.seedance4j.testkit.contract.JournalJobs.spend;
import static io.github.seedance4j.testkit.contract.JournalJobs.spent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.pricing.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One more charge for a job is agreed to once, and under the same caps as the first. */
interface JournalResubmissionRules extends JournalSource {

  @Test
  @DisplayName("J37 admits a next version in place of the one before")
  default void admitsANextVersionInPlaceOfTheOneBefore() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("3.00"));
      journal.setBudget(budget);
      Job first = keyed("order-1", "1.50");
      admit(journal, first, budget);
      Job unknown = first.change().state(JobState.UNKNOWN, NOON).done();
      journal.replace(unknown);
      Job again = resubmitted(unknown, NOON.plusSeconds(60));

      // its own hold counts once: 3.00 for both charges, and no 4.50
      assertThat(admit(journal, again, budget)).isEqualTo(new Admission.Admitted(again));
      assertThat(journal.find(first.id())).hasValueSatisfying(job -> isSame(job, again));
      assertThat(journal.findByKey("order-1")).contains(again);
      assertThat(journal.list(JobQuery.all())).containsExactly(again);
      assertThat(spent(journal)).isEqualTo(spend("0", "3.00"));
      assertThat(admit(journal, keyed("order-1", "1.50"), budget))
          .isEqualTo(new Admission.Existing(again));
    }
  }

  @Test
  @DisplayName("J38 changes nothing where a resubmission is beyond the cap")
  default void changesNothingWhereAResubmissionIsBeyondTheCap() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("3.00"));
      Job first = holding(Money.usd("1.50"));
      admit(journal, first, budget);
      admit(journal, holding(Money.usd("0.25")), budget);
      Job again = resubmitted(first, NOON.plusSeconds(60));

      assertThat(admit(journal, again, budget))
          .isEqualTo(new Admission.OverCap(budget, Money.usd("2.75")));
      assertThat(journal.find(first.id())).hasValueSatisfying(job -> isSame(job, first));
      assertThat(spent(journal)).isEqualTo(spend("0", "1.75"));
      journal.setBudget(Budget.ever(Money.usd("3.24")));
      assertThat(admit(journal, again)).isInstanceOf(Admission.OverCap.class);
      assertThat(journal.find(first.id())).contains(first);
    }
  }

  @Test
  @DisplayName("J39 counts a resubmission against the day that it is agreed to on")
  default void countsAResubmissionAgainstTheDayThatItIsAgreedToOn() {
    try (JobJournal journal = emptyJournal()) {
      Budget daily = Budget.perDay(Money.usd("3.00"));
      Instant tomorrow = NOON.plus(Duration.ofDays(1));
      Job first = holding(Money.usd("1.50"));
      admit(journal, first, daily);
      Job other = holding(Money.usd("0.01"), tomorrow);
      admit(journal, other, daily);
      Job again = resubmitted(first, tomorrow);

      // what was held yesterday takes nothing of today's, and gives nothing back to it
      assertThat(admit(journal, again, daily))
          .isEqualTo(new Admission.OverCap(daily, Money.usd("2.99")));
      journal.replace(other.change().bill(bill("0")).done());
      assertThat(admit(journal, again, daily)).isEqualTo(new Admission.Admitted(again));
    }
  }

  @Test
  @DisplayName("J40 answers a stale resubmission with the job as it is now")
  default void answersAStaleResubmissionWithTheJobAsItIsNow() {
    try (JobJournal journal = emptyJournal()) {
      Job first = holding(Money.usd("1.50"));
      admit(journal, first);
      Job late = resubmitted(first, NOON.plusSeconds(60));
      Job found = JournalJobs.sent(first, "cgt-1");
      journal.replace(found);

      assertThat(admit(journal, late)).isEqualTo(new Admission.Existing(found));
      assertThat(admit(journal, found.change().version(4).authorisations(2).done()))
          .isEqualTo(new Admission.Existing(found));
      assertThat(admit(journal, first)).isEqualTo(new Admission.Existing(found));
      assertThat(journal.find(first.id())).hasValueSatisfying(job -> isSame(job, found));
      assertThat(admit(journal, late, Budget.ever(Money.usd("0"))))
          .isEqualTo(new Admission.Existing(found));
    }
  }

  @Test
  @DisplayName("J41 lets one of many that race resubmit a job")
  default void letsOneOfManyThatRaceResubmitAJob() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      Job job = holding(Money.usd("1.00"));
      admit(journal, job);
      Race.Line line = new Race.Line(THREADS);
      List<Long> admitted =
          Race.of(
              THREADS,
              thread -> {
                long mine = 0;
                for (int i = 0; i < turns(); i++) {
                  Job next = resubmitted(journal.find(job.id()).orElseThrow(), NOON.plusSeconds(i));
                  line.together();
                  mine += admit(journal, next) instanceof Admission.Admitted ? 1 : 0;
                  line.together();
                }
                return mine;
              });

      assertThat(admitted.stream().mapToLong(Long::longValue).sum()).isEqualTo(turns());
      assertThat(journal.find(job.id()).map(Job::authorisations)).contains(1 + turns());
    }
  }
}
