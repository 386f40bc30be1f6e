package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.ACCOUNT;
import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.inState;
import static io.github.seedance4j.testkit.contract.JournalJobs.isSame;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Replaced;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was put in is found. */
interface JournalFindingRules extends JournalSource {

  @Test
  @DisplayName("J15 finds a job by what it is known by")
  default void findsAJobByWhatItIsKnownBy() {
    try (JobJournal journal = emptyJournal()) {
      Job first = keyed("order-1", "1.00");
      admit(journal, first);
      admit(journal, keyed("order-2", "1.00"));
      TaskId task = new TaskId("cgt-1");

      assertThat(journal.findByTask(ACCOUNT, task)).isEmpty();
      Job sent = first.change().state(JobState.SUBMITTED, NOON).taskId(task).done();
      journal.replace(sent);

      assertThat(journal.find(first.id())).contains(sent);
      assertThat(journal.findByTask(ACCOUNT, task)).contains(sent);
      assertThat(journal.findByKey("order-1")).contains(sent);
      assertThat(journal.find(holding(Money.usd("1.00")).id())).isEmpty();
      assertThat(journal.findByTask(ACCOUNT, new TaskId("CGT-1"))).isEmpty();
      assertThat(journal.findByKey("order-3")).isEmpty();
    }
  }

  @Test
  @DisplayName("J16 keeps all that is known of a job")
  default void keepsAllThatIsKnownOfAJob() {
    for (TaskState state : JournalJobs.taskStates()) {
      try (JobJournal journal = emptyJournal()) {
        Job first = JournalJobs.full();
        admit(journal, first);
        assertThat(journal.find(first.id())).hasValueSatisfying(job -> isSame(job, first));

        Job last = JournalJobs.ended(first, state);
        journal.replace(last);
        assertThat(journal.list(JobQuery.all().limit(2)))
            .singleElement()
            .satisfies(job -> isSame(job, last));
      }
    }
  }

  @Test
  @DisplayName("J17 lists newest first")
  default void listsNewestFirst() {
    try (JobJournal journal = emptyJournal()) {
      Job oldest = inState(JobState.RUNNING, NOON);
      Job stored = inState(JobState.STORED, NOON.plusMillis(1));
      Job middle = inState(JobState.SUBMITTED, NOON.plusSeconds(1));
      Job newest = inState(JobState.RUNNING, NOON.minusSeconds(3_600)); // by a clock that is slow
      List.of(oldest, stored, middle, newest).forEach(job -> admit(journal, job));
      Job changed = oldest.change().note("changed last").done();
      journal.replace(changed);

      assertThat(journal.list(JobQuery.all())).containsExactly(newest, middle, stored, changed);
    }
  }

  @Test
  @DisplayName("J18 lists the states asked for and no more than the limit")
  default void listsTheStatesAskedForAndNoMoreThanTheLimit() {
    try (JobJournal journal = emptyJournal()) {
      Job oldest = inState(JobState.RUNNING, NOON);
      Job stored = inState(JobState.STORED, NOON.plusMillis(1));
      Job middle = inState(JobState.SUBMITTED, NOON.plusSeconds(1));
      Job newest = inState(JobState.RUNNING, NOON.plusSeconds(3_600));
      List.of(oldest, stored, middle, newest).forEach(job -> admit(journal, job));

      Set<JobState> followed = EnumSet.of(JobState.RUNNING, JobState.SUBMITTED);
      assertThat(journal.list(JobQuery.all().in(followed).limit(10)))
          .containsExactly(newest, middle, oldest);
      assertThat(journal.list(JobQuery.all().in(followed).limit(2)))
          .containsExactly(newest, middle);
      assertThat(journal.list(JobQuery.all().in(EnumSet.of(JobState.RUNNING)).limit(2)))
          .containsExactly(newest, oldest);
      assertThat(journal.list(JobQuery.all().in(EnumSet.of(JobState.LOST)).limit(10))).isEmpty();
      assertThat(journal.list(JobQuery.all().in(Set.of()).limit(10))).isEmpty();
      assertThat(journal.list(JobQuery.all().limit(0))).isEmpty();
    }
  }

  @Test
  @DisplayName("J49 keeps ids and money of a job that is purged, and nothing else")
  default void keepsIdsAndMoneyOfAJobThatIsPurgedAndNothingElse() {
    try (JobJournal journal = emptyJournal()) {
      Job full = JournalJobs.full();
      admit(journal, full);
      Job ended = JournalJobs.ended(full, JournalJobs.taskStates().get(2));
      journal.replace(ended);
      Spend before = JournalJobs.spent(journal);
      Job purged = ended.change().purge().done();

      assertThat(journal.replace(purged)).isEqualTo(Replaced.DONE);
      assertThat(journal.find(full.id()))
          .hasValueSatisfying(job -> isSame(job, purged))
          .hasValueSatisfying(job -> assertThat(job.isPurged()).isTrue());
      assertThat(journal.findByKey(full.idempotencyKey().orElseThrow())).contains(purged);
      assertThat(journal.findByTask(ACCOUNT, ended.taskId().orElseThrow())).contains(purged);
      assertThat(JournalJobs.spent(journal)).isEqualTo(before);
    }
  }
}
