package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A key stands for one job, for ever. */
interface JournalKeyRules extends JournalSource {

  @Test
  @DisplayName("J07 answers a known key with its job as it is now")
  default void answersAKnownKeyWithItsJobAsItIsNow() {
    try (JobJournal journal = emptyJournal()) {
      Job first = keyed("order-1", "1.00");
      admit(journal, first);
      Job withdrawn = first.change().state(JobState.WITHDRAWN, NOON).bill(bill("0")).done();
      journal.replace(withdrawn);
      Job other = keyed("order-2", "1.00");
      admit(journal, other);
      Job again = keyed("order-1", "1.00");

      Admission answer = admit(journal, again);

      assertThat(answer).isEqualTo(new Admission.Existing(withdrawn));
      assertThat(((Admission.Existing) answer).job().state()).isEqualTo(JobState.WITHDRAWN);
      assertThat(journal.find(again.id())).isEmpty();
      assertThat(journal.list(JobQuery.all().limit(10))).containsExactly(other, withdrawn);
    }
  }

  @Test
  @DisplayName("J08 lets a known key win over the cap")
  default void letsAKnownKeyWinOverTheCap() {
    try (JobJournal journal = emptyJournal()) {
      Budget budget = Budget.ever(Money.usd("1.00"));
      Job first = keyed("order-1", "1.00");
      admit(journal, first, budget);

      assertThat(admit(journal, keyed("order-1", "1.00"), budget))
          .isEqualTo(new Admission.Existing(first));
      assertThat(admit(journal, keyed("order-2", "1.00"), budget))
          .isEqualTo(new Admission.OverCap(budget, Money.usd("0")));
      assertThat(spent(journal)).isEqualTo(spend("0", "1.00"));
    }
  }

  @Test
  @DisplayName("J09 tells keys apart to the letter")
  default void tellsKeysApartToTheLetter() {
    try (JobJournal journal = emptyJournal()) {
      for (String key : List.of("order-1", "Order-1", "order-1 ", "order-%", "örder-1")) {
        Job job = keyed(key, "1.00");
        assertThat(admit(journal, job)).isEqualTo(new Admission.Admitted(job));
        assertThat(journal.findByKey(key)).contains(job);
      }
      assertThat(admit(journal, holding(Money.usd("1")))).isInstanceOf(Admission.Admitted.class);
      assertThat(admit(journal, holding(Money.usd("1")))).isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  @DisplayName("J10 makes one job of many that race for a key")
  default void makesOneJobOfManyThatRaceForAKey() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      List<List<Job>> answers =
          Race.of(
              THREADS,
              thread ->
                  IntStream.range(0, turns())
                      .mapToObj(i -> admit(journal, keyed("order-" + i, "1.00")))
                      .map(JournalJobs::jobOf)
                      .toList());

      assertThat(answers).containsOnly(answers.get(0));
      assertThat(journal.list(JobQuery.all())).containsExactlyInAnyOrderElementsOf(answers.get(0));
    }
  }
}
