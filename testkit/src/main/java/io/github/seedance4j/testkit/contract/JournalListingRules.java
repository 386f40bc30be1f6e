package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.adopted;
import static io.github.seedance4j.testkit.contract.JournalJobs.bill;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.inState;
import static io.github.seedance4j.testkit.contract.JournalJobs.labelled;
import static io.github.seedance4j.testkit.contract.JournalJobs.moved;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A list is what was asked for, page by page. */
interface JournalListingRules extends JournalSource {

  @Test
  @DisplayName("J44 lists the jobs of a label")
  default void listsTheJobsOfALabel() {
    try (JobJournal journal = emptyJournal()) {
      Job first = labelled("acme", "1.00");
      Job second = labelled("acme", "1.00");
      Job upper = labelled("ACME", "1.00");
      Job blank = labelled("", "1.00");
      List.of(first, upper, blank, second, holding(Money.usd("1.00")))
          .forEach(job -> admit(journal, job));

      assertThat(journal.list(JobQuery.all().labelled("acme"))).containsExactly(second, first);
      assertThat(journal.list(JobQuery.all().labelled("ACME"))).containsExactly(upper);
      assertThat(journal.list(JobQuery.all().labelled(""))).containsExactly(blank);
      assertThat(journal.list(JobQuery.all().labelled("acm"))).isEmpty();
      assertThat(journal.list(JobQuery.all())).hasSize(5);
    }
  }

  @Test
  @DisplayName("J45 lists the jobs whose id or task begins so, to the letter")
  default void listsTheJobsWhoseIdOrTaskBeginsSoToTheLetter() {
    try (JobJournal journal = emptyJournal()) {
      Job lower = adopted("cgt-2026-a");
      Job upper = adopted("CGT-2026-a");
      Job inside = adopted("x-cgt-2026-a");
      Job underscore = adopted("cgt_2026");
      Job percent = adopted("c%t");
      Job backslash = adopted("cgt\\2026");
      Job none = holding(Money.usd("1.00"));
      List<Job> all = List.of(lower, upper, inside, underscore, percent, backslash, none);
      all.forEach(job -> admit(journal, job));

      assertThat(beginning(journal, "cgt")).containsExactly(backslash, underscore, lower);
      assertThat(beginning(journal, "CGT-2")).containsExactly(upper);
      assertThat(beginning(journal, "cgt-2026-a")).containsExactly(lower);
      assertThat(beginning(journal, "cgt-2026-a-")).isEmpty();
      assertThat(beginning(journal, "cgt_")).containsExactly(underscore);
      assertThat(beginning(journal, "c%")).containsExactly(percent);
      assertThat(beginning(journal, "cgt\\")).containsExactly(backslash);
      assertThat(beginning(journal, "*")).isEmpty();
      assertThat(beginning(journal, "'")).isEmpty();
      assertThat(beginning(journal, "_")).isEmpty();
      assertThat(beginning(journal, "%")).isEmpty();
      assertThat(beginning(journal, none.id().value())).containsExactly(none);
      assertThat(beginning(journal, "job-")).hasSize(all.size());
      assertThat(beginning(journal, "JOB-")).isEmpty();
      assertThat(beginning(journal, "")).hasSize(all.size());
    }
  }

  private static List<Job> beginning(JobJournal journal, String prefix) {
    return journal.list(JobQuery.all().beginning(prefix));
  }

  @Test
  @DisplayName("J46 lists what stands between a cap and its being spent")
  default void listsWhatStandsBetweenACapAndItsBeingSpent() {
    try (JobJournal journal = emptyJournal()) {
      Job unknown = holding(Money.usd("1.00"));
      Job settled = holding(Money.usd("1.00"));
      Job ended = holding(Money.usd("1.00"));
      List.of(unknown, adopted("task-1"), settled, ended).forEach(job -> admit(journal, job));
      Job held = unknown.change().state(JobState.UNKNOWN, NOON).done();
      Job waiting = moved(ended, JobState.STORED, NOON).done(); // its bill isn't in yet
      journal.replace(held);
      journal.replace(settled.change().bill(bill("0.90")).done());
      journal.replace(waiting);

      assertThat(journal.list(JobQuery.all().holdingMoney())).containsExactly(waiting, held);
      assertThat(journal.list(JobQuery.all())).hasSize(4);
      Job back = settled.change().version(3).done();
      journal.replace(back);
      assertThat(journal.list(JobQuery.all().holdingMoney())).containsExactly(waiting, back, held);
    }
  }

  @Test
  @DisplayName("J47 lists what is all that was asked for")
  default void listsWhatIsAllThatWasAskedFor() {
    try (JobJournal journal = emptyJournal()) {
      Job first = at(labelled("acme", "1.00"), "cgt-1");
      Job second = at(labelled("acme", "1.00"), "cgt-2");
      Job submitted =
          JournalJobs.sent(labelled("acme", "1.00"), "cgt-6").change().version(1).done();
      Job other = at(labelled("other", "1.00"), "cgt-3");
      Job settled =
          at(labelled("acme", "1.00").change().version(1).bill(bill("1")).done(), "cgt-4");
      Job task = at(labelled("acme", "1.00"), "task-5");
      List.of(first, submitted, second, other, settled, task).forEach(job -> admit(journal, job));

      JobQuery query =
          JobQuery.all()
              .in(EnumSet.of(JobState.RUNNING))
              .labelled("acme")
              .beginning("cgt-")
              .holdingMoney();
      assertThat(journal.list(query)).containsExactly(second, first);
      assertThat(journal.list(query.limit(1))).containsExactly(second);
      assertThat(journal.list(query.behind(second.id()))).containsExactly(first);
      assertThat(journal.list(query.behind(task.id()).limit(1))).containsExactly(second);
      assertThat(journal.list(query.behind(first.id()))).isEmpty();
    }
  }

  private static Job at(Job job, String task) {
    return JournalJobs.sent(job, task).change().state(JobState.RUNNING, NOON).version(1).done();
  }

  @Test
  @DisplayName("J48 pages through every job once while others arrive")
  default void pagesThroughEveryJobOnceWhileOthersArrive() {
    try (JobJournal journal = emptyJournal()) {
      List<Job> there =
          IntStream.range(0, 10).mapToObj(i -> inState(JobState.RUNNING, NOON)).toList();
      there.forEach(job -> admit(journal, job));
      JobQuery query = JobQuery.all().in(EnumSet.of(JobState.RUNNING)).limit(3);
      List<JobId> seen = new ArrayList<>();
      List<Job> page = journal.list(query);
      for (int pages = 0; pages < 10 && !page.isEmpty(); pages++) {
        page.forEach(job -> seen.add(job.id()));
        Job last = page.get(page.size() - 1);
        admit(journal, inState(JobState.RUNNING, NOON.minusSeconds(1)));
        journal.replace(last.change().state(JobState.STORED, NOON.plusSeconds(1)).done());
        page = journal.list(query.behind(last.id()));
      }

      List<JobId> all = new ArrayList<>(there.stream().map(Job::id).toList());
      Collections.reverse(all);
      assertThat(seen).containsExactlyElementsOf(all);
    }
  }
}
