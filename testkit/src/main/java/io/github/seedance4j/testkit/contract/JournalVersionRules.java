package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.moved;
import static io.github.seedance4j.testkit.contract.JournalJobs.spend;
import static io.github.seedance4j.testkit.contract.JournalJobs.spent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Replaced;
import io.github.seedance4j.pricing.Money;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A job changes one version at a time. */
interface JournalVersionRules extends JournalSource {

  @Test
  @DisplayName("J11 replaces a version by the next")
  default void replacesAVersionByTheNext() {
    try (JobJournal journal = emptyJournal()) {
      Job first = holding(Money.usd("1.00"));
      admit(journal, first);
      Job second = first.change().state(JobState.NOT_SENT, NOON).note("no network").done();
      Job third = moved(second, JobState.SUBMITTED, NOON).note(null).done();

      assertThat(journal.replace(second)).isEqualTo(Replaced.DONE);
      assertThat(journal.find(first.id()).flatMap(Job::note)).contains("no network");
      assertThat(journal.replace(third)).isEqualTo(Replaced.DONE);
      assertThat(journal.find(first.id())).contains(third);
      assertThat(journal.find(first.id()).flatMap(Job::note)).isEmpty();
    }
  }

  @Test
  @DisplayName("J12 refuses a version that is not the next")
  default void refusesAVersionThatIsNotTheNext() {
    try (JobJournal journal = emptyJournal()) {
      Job first = holding(Money.usd("1.00"));
      admit(journal, first);
      Job second = first.change().note("mine").done();
      journal.replace(second);

      assertThat(journal.replace(first.change().note("theirs").done())).isEqualTo(Replaced.STALE);
      assertThat(journal.replace(first)).isEqualTo(Replaced.STALE);
      assertThat(journal.replace(second.change().version(4).done())).isEqualTo(Replaced.STALE);
      assertThat(journal.find(first.id()).flatMap(Job::note)).contains("mine");
      assertThat(journal.find(first.id())).contains(second);
    }
  }

  @Test
  @DisplayName("J13 refuses a change of a job that it never admitted")
  default void refusesAChangeOfAJobThatItNeverAdmitted() {
    try (JobJournal journal = emptyJournal()) {
      Job stranger = holding(Money.usd("1.00"));

      assertThat(journal.replace(stranger)).isEqualTo(Replaced.STALE);
      assertThat(journal.replace(stranger.change().done())).isEqualTo(Replaced.STALE);
      assertThat(journal.find(stranger.id())).isEmpty();
      assertThat(spent(journal)).isEqualTo(spend("0", "0"));
    }
  }

  @Test
  @DisplayName("J14 lets one of many that race change a job")
  default void letsOneOfManyThatRaceChangeAJob() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      Job job = holding(Money.usd("1.00"));
      admit(journal, job);
      List<Long> changes =
          Race.of(
              THREADS,
              thread ->
                  IntStream.range(0, 4 * turns())
                      .mapToObj(i -> journal.find(job.id()).orElseThrow().change().done())
                      .filter(next -> journal.replace(next) == Replaced.DONE)
                      .count());

      long all = changes.stream().mapToLong(Long::longValue).sum();
      assertThat(journal.find(job.id()).map(Job::version)).contains(1 + all);
    }
  }
}
