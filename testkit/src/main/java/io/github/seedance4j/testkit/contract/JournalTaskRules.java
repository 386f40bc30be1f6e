package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.ACCOUNT;
import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.adopted;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.intended;
import static io.github.seedance4j.testkit.contract.JournalJobs.sent;
import static io.github.seedance4j.testkit.contract.JournalJobs.spend;
import static io.github.seedance4j.testkit.contract.JournalJobs.spent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.port.out.JobJournal.Replaced;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A task is one job's: who else claims it would count its charge twice. */
interface JournalTaskRules extends JournalSource {

  @Test
  @DisplayName("J29 leaves a task to the job that has it")
  default void leavesATaskToTheJobThatHasIt() {
    try (JobJournal journal = emptyJournal()) {
      Job first = holding(Money.usd("1.00"));
      Job second = holding(Money.usd("2.00"));
      admit(journal, first);
      admit(journal, second);
      Job owner = sent(first, "cgt-1");
      journal.replace(owner);

      Job taker = sent(second, "cgt-1").change().version(2).bill(bill("0.10")).done();
      assertThat(journal.replace(taker)).isEqualTo(Replaced.TASK_TAKEN);
      assertThat(journal.find(second.id())).contains(second);
      assertThat(journal.findByTask(ACCOUNT, new TaskId("cgt-1"))).contains(owner);
      assertThat(spent(journal)).isEqualTo(spend("0", "3.00"));

      Job settled = owner.change().bill(bill("0.90")).done();
      assertThat(journal.replace(settled)).isEqualTo(Replaced.DONE); // it is its own
      Job stray = adopted("cgt-1");
      assertThat(admit(journal, stray)).isEqualTo(new Admission.Existing(settled));
      assertThat(journal.find(stray.id())).isEmpty();
      assertThat(journal.list(JobQuery.all())).containsExactly(second, settled);
      assertThat(journal.replace(sent(second, "cgt-2"))).isEqualTo(Replaced.DONE);
    }
  }

  @Test
  @DisplayName("J30 tells tasks apart by provider and address, whatever the key")
  default void tellsTasksApartByProviderAndAddressWhateverTheKey() {
    try (JobJournal journal = emptyJournal()) {
      TaskId task = new TaskId("cgt-1");
      ProviderAccount ours = ACCOUNT;
      ProviderAccount otherKey = new ProviderAccount(ours.provider(), ours.baseUrl(), "beef");
      ProviderAccount otherAddress =
          new ProviderAccount(ours.provider(), "https://provider.example/v2", ours.fingerprint());
      ProviderAccount otherProvider =
          new ProviderAccount("Other", ours.baseUrl(), ours.fingerprint());
      Job here = intended(ours, NOON).done();
      Job there = intended(otherAddress, NOON).done();
      Job elsewhere = intended(otherProvider, NOON).taskId(task).done();
      Job samePlace = intended(otherKey, NOON).done();
      List.of(here, there, samePlace).forEach(job -> admit(journal, job));

      assertThat(journal.replace(sent(here, "cgt-1"))).isEqualTo(Replaced.DONE);
      assertThat(journal.findByTask(otherAddress, task)).isEmpty();
      assertThat(journal.replace(sent(there, "cgt-1"))).isEqualTo(Replaced.DONE);
      assertThat(admit(journal, elsewhere)).isEqualTo(new Admission.Admitted(elsewhere));
      assertThat(journal.replace(sent(samePlace, "cgt-1"))).isEqualTo(Replaced.TASK_TAKEN);

      assertThat(journal.findByTask(ours, task).map(Job::id)).contains(here.id());
      assertThat(journal.findByTask(otherKey, task).map(Job::id)).contains(here.id());
      assertThat(journal.findByTask(otherAddress, task).map(Job::id)).contains(there.id());
      assertThat(journal.findByTask(otherProvider, task).map(Job::id)).contains(elsewhere.id());
    }
  }

  @Test
  @DisplayName("J31 gives a task to one of many that race for it")
  default void givesATaskToOneOfManyThatRaceForIt() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      Race.Line line = new Race.Line(THREADS);
      List<Long> taken =
          Race.of(
              THREADS,
              thread -> {
                long done = 0;
                for (int i = 0; i < turns(); i++) {
                  boolean adopts = thread % 2 == 0;
                  Job job = adopts ? adopted("cgt-" + i) : holding(Money.usd("1.00"));
                  Admission answer = adopts ? null : admit(journal, job);
                  line.together();
                  boolean mine =
                      answer == null
                          ? admit(journal, job) instanceof Admission.Admitted
                          : journal.replace(sent(job, "cgt-" + i)) == Replaced.DONE;
                  done += mine ? 1 : 0;
                }
                return done;
              });

      assertThat(taken.stream().mapToLong(Long::longValue).sum()).isEqualTo(turns());
      assertThat(
              journal.list(JobQuery.all()).stream()
                  .flatMap(job -> job.taskId().stream())
                  .distinct()
                  .count())
          .isEqualTo(turns());
    }
  }
}
