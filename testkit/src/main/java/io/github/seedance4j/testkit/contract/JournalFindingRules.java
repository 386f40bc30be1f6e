package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.ALL;
import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.inState;
import static io.github.seedance4j.testkit.contract.JournalJobs.isSame;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
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
      journal.admit(first, null, NOON);
      journal.admit(keyed("order-2", "1.00"), null, NOON);
      TaskId task = new TaskId("cgt-1");

      assertThat(journal.findByTask(task)).isEmpty();
      Job sent = first.change().state(JobState.SUBMITTED, NOON).taskId(task).done();
      journal.replace(sent);

      assertThat(journal.find(first.id())).contains(sent);
      assertThat(journal.findByTask(task)).contains(sent);
      assertThat(journal.findByKey("order-1")).contains(sent);
      assertThat(journal.find(holding(Money.usd("1.00")).id())).isEmpty();
      assertThat(journal.findByTask(new TaskId("CGT-1"))).isEmpty();
      assertThat(journal.findByKey("order-3")).isEmpty();
    }
  }

  @Test
  @DisplayName("J16 keeps all that is known of a job")
  default void keepsAllThatIsKnownOfAJob() {
    for (TaskState state : JournalJobs.taskStates()) {
      try (JobJournal journal = emptyJournal()) {
        Job first = JournalJobs.full();
        journal.admit(first, null, NOON);
        assertThat(journal.find(first.id())).hasValueSatisfying(job -> isSame(job, first));

        Job last = JournalJobs.ended(first, state);
        journal.replace(last);
        assertThat(journal.list(ALL, 2)).singleElement().satisfies(job -> isSame(job, last));
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
      Job newest = inState(JobState.RUNNING, NOON.plusSeconds(3_600));
      List.of(oldest, stored, middle, newest).forEach(job -> journal.admit(job, null, NOON));
      Job changed = oldest.change().note("changed last").done();
      journal.replace(changed);

      assertThat(journal.list(ALL, Integer.MAX_VALUE))
          .containsExactly(newest, middle, stored, changed);
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
      List.of(oldest, stored, middle, newest).forEach(job -> journal.admit(job, null, NOON));

      Set<JobState> followed = EnumSet.of(JobState.RUNNING, JobState.SUBMITTED);
      assertThat(journal.list(followed, 10)).containsExactly(newest, middle, oldest);
      assertThat(journal.list(followed, 2)).containsExactly(newest, middle);
      assertThat(journal.list(EnumSet.of(JobState.RUNNING), 2)).containsExactly(newest, oldest);
      assertThat(journal.list(EnumSet.of(JobState.LOST), 10)).isEmpty();
      assertThat(journal.list(Set.of(), 10)).isEmpty();
    }
  }
}
