package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.ACCOUNT;
import static io.github.seedance4j.testkit.contract.JournalJobs.NOON;
import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.JournalJobs.admit;
import static io.github.seedance4j.testkit.contract.JournalJobs.holding;
import static io.github.seedance4j.testkit.contract.JournalJobs.inState;
import static io.github.seedance4j.testkit.contract.JournalJobs.keyed;
import static io.github.seedance4j.testkit.contract.JournalJobs.lease;
import static io.github.seedance4j.testkit.contract.JournalJobs.moved;
import static io.github.seedance4j.testkit.contract.JournalJobs.resubmitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.pricing.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A job has one who looks after it, for as long as that one says that it is there. */
interface JournalLeaseRules extends JournalSource {

  @Test
  @DisplayName("J50 leaves a job to its owner until the lease runs out")
  default void leavesAJobToItsOwnerUntilTheLeaseRunsOut() {
    try (JobJournal journal = emptyJournal()) {
      assertThat(journal.claim(lease("ours", 0, 60), ACCOUNT, 10)).isEmpty();
      Job first = keyed("order-1", "1.00");
      Job second = holding(Money.usd("1.00"));
      journal.admit(first, List.of(), "ours");
      journal.admit(second, List.of(), "ours");
      assertThat(journal.admit(keyed("order-1", "1.00"), List.of(), "theirs"))
          .isEqualTo(new Admission.Existing(first)); // and is ours still
      Job changed = second.change().state(JobState.NOT_SENT, NOON).done();
      journal.replace(changed);

      assertThat(journal.claim(lease("theirs", 0, 60), ACCOUNT, 10)).isEmpty();
      assertThat(journal.claim(lease("theirs", 59, 60), first.id())).isFalse();
      assertThat(journal.claim(lease("theirs", 59, 60), ACCOUNT, 10)).isEmpty();
      assertThat(journal.claim(lease("theirs", 60, 60), ACCOUNT, 10))
          .containsExactlyInAnyOrder(first, changed);
      assertThat(journal.claim(lease("ours", 61, 60), first.id())).isFalse();
      assertThat(journal.claim(lease("ours", 119, 60), ACCOUNT, 10)).isEmpty();
      assertThat(journal.claim(lease("ours", 120, 60), changed.id())).isTrue();
      assertThat(journal.claim(lease("late", 120, 60), ACCOUNT, 10)).containsExactly(first);
    }
  }

  @Test
  @DisplayName("J51 renews all that an owner has with each claim, and gives it nothing twice")
  default void renewsAllThatAnOwnerHasWithEachClaimAndGivesItNothingTwice() {
    try (JobJournal journal = emptyJournal()) {
      Job own = holding(Money.usd("1.00"));
      Job found = holding(Money.usd("1.00"));
      admit(journal, found);
      assertThat(journal.claim(lease("ours", 0, 60), ACCOUNT, 10)).containsExactly(found);
      journal.admit(own, List.of(), "ours");

      assertThat(journal.claim(lease("ours", 50, 60), ACCOUNT, 10)).isEmpty();
      assertThat(journal.claim(lease("theirs", 109, 1), ACCOUNT, 10)).isEmpty();
      assertThat(journal.claim(lease("ours", 109, 60), found.id())).isTrue();
      assertThat(journal.claim(lease("theirs", 168, 1), ACCOUNT, 10)).isEmpty();
      // one that comes late has what nobody took meanwhile
      assertThat(journal.claim(lease("ours", 500, 60), ACCOUNT, 0)).isEmpty();
      assertThat(journal.claim(lease("theirs", 559, 1), own.id())).isFalse();
      assertThat(journal.claim(lease("theirs", 560, 1), ACCOUNT, 10))
          .containsExactlyInAnyOrder(own, found);
    }
  }

  @Test
  @DisplayName("J52 lets others take up at once what is released")
  default void letsOthersTakeUpAtOnceWhatIsReleased() {
    try (JobJournal journal = emptyJournal()) {
      journal.release("nobody");
      Job job = holding(Money.usd("1.00"));
      Job kept = holding(Money.usd("1.00"));
      journal.claim(lease("ours", 0, 3_600), ACCOUNT, 10);
      journal.claim(lease("busy", 0, 3_600), ACCOUNT, 10);
      journal.admit(job, List.of(), "ours");
      journal.admit(kept, List.of(), "busy");

      journal.release("ours");
      assertThat(journal.claim(lease("theirs", 0, 60), ACCOUNT, 10)).containsExactly(job);
      assertThat(journal.claim(lease("ours", 1, 60), job.id())).isFalse();
    }
  }

  @Test
  @DisplayName("J53 takes a lease without a length for none")
  default void takesALeaseWithoutALengthForNone() {
    try (JobJournal journal = emptyJournal()) {
      Job job = holding(Money.usd("1.00"));
      journal.claim(lease("ours", 0, 0), ACCOUNT, 10);
      journal.admit(job, List.of(), "ours");

      assertThat(journal.claim(lease("theirs", 0, 0), ACCOUNT, 10)).containsExactly(job);
      assertThat(journal.claim(lease("others", 0, 0), job.id())).isTrue();
      assertThat(journal.claim(lease("ours", 0, 60), ACCOUNT, 10)).containsExactly(job);
      assertThat(journal.claim(lease("theirs", 1, 0), job.id())).isFalse();
    }
  }

  @Test
  @DisplayName("J54 leases one job to whoever asks if nobody has it")
  default void leasesOneJobToWhoeverAsksIfNobodyHasIt() {
    try (JobJournal journal = emptyJournal()) {
      Job job = inState(JobState.UNKNOWN, NOON);
      Job other = inState(JobState.RUNNING, NOON);
      admit(journal, job);
      admit(journal, other);
      journal.told(job.id(), 1); // a person may resolve it all the same

      assertThat(journal.claim(lease("ours", 0, 60), holding(Money.usd("1.00")).id())).isFalse();
      assertThat(journal.claim(lease("ours", 0, 60), job.id())).isTrue();
      assertThat(journal.claim(lease("ours", 1, 60), job.id())).isTrue();
      assertThat(journal.claim(lease("theirs", 2, 60), job.id())).isFalse();
      assertThat(journal.claim(lease("theirs", 2, 60), ACCOUNT, 10)).containsExactly(other);
    }
  }

  @Test
  @DisplayName("J55 leases the jobs of an account, and no more than the limit")
  default void leasesTheJobsOfAnAccountAndNoMoreThanTheLimit() {
    try (JobJournal journal = emptyJournal()) {
      ProviderAccount ours = ACCOUNT;
      List.of(
              new ProviderAccount("Other", ours.baseUrl(), ours.fingerprint()),
              new ProviderAccount(ours.provider(), ours.baseUrl() + "/2", ours.fingerprint()),
              new ProviderAccount(ours.provider(), ours.baseUrl(), "F00D"))
          .forEach(account -> admit(journal, JournalJobs.intended(account, NOON).done()));
      Job first = holding(Money.usd("1.00"), NOON);
      Job second = holding(Money.usd("1.00"), NOON.plusSeconds(1));
      Job third = holding(Money.usd("1.00"), NOON.plusSeconds(2));
      List.of(first, second, third).forEach(job -> admit(journal, job));

      assertThat(journal.claim(lease("ours", 0, 60), ours, 0)).isEmpty();
      List<Job> claimed = new ArrayList<>(journal.claim(lease("ours", 0, 60), ours, 2));
      assertThat(claimed).hasSize(2);
      List<Job> rest = journal.claim(lease("theirs", 0, 60), ours, 10);
      claimed.addAll(rest);
      assertThat(claimed).containsExactlyInAnyOrder(first, second, third);
    }
  }

  @Test
  @DisplayName("J56 leases what is most urgent first")
  default void leasesWhatIsMostUrgentFirst() {
    try (JobJournal journal = emptyJournal()) {
      Job untold = inState(JobState.WITHDRAWN, NOON.minusSeconds(9_000));
      Job intended = holding(Money.usd("1.00"), NOON.minusSeconds(8_000));
      Job later = with(inState(JobState.RUNNING, NOON.minusSeconds(10)), "cgt-1");
      Job earlier = with(inState(JobState.SUBMITTED, NOON.minusSeconds(20)), "cgt-2");
      Job fresh = finished("cgt-3", 5_000, 1);
      Job dying = finished("cgt-4", 1, 3_000);
      List.of(untold, later, fresh, intended, dying, earlier).forEach(job -> admit(journal, job));

      assertThat(journal.claim(lease("first", 0, 60), ACCOUNT, 1)).containsExactly(dying);
      assertThat(journal.claim(lease("second", 0, 60), ACCOUNT, 2)).containsExactly(fresh, earlier);
      journal.release("first");
      assertThat(journal.claim(lease("third", 0, 60), ACCOUNT, 10))
          .startsWith(dying, later)
          .containsExactlyInAnyOrder(dying, later, intended, untold);
    }
  }

  private static Job with(Job job, String task) {
    return JournalJobs.sent(job, task)
        .change()
        .version(1)
        .state(job.state(), job.changedAt())
        .done();
  }

  /** A job with a clip to fetch, that many seconds after it was made and came to be. */
  private static Job finished(String task, int madeBefore, int succeededBefore) {
    Job job = inState(JobState.RUNNING, NOON.minusSeconds(madeBefore));
    return with(job, task)
        .change()
        .version(1)
        .state(JobState.SUCCEEDED, NOON.minusSeconds(succeededBefore))
        .done();
  }

  @Test
  @DisplayName("J57 leases what has ended until somebody was told of it")
  default void leasesWhatHasEndedUntilSomebodyWasToldOfIt() {
    try (JobJournal journal = emptyJournal()) {
      for (JobState state : JobState.values()) {
        Job job = inState(state, NOON);
        admit(journal, job);
        assertThat(turn(journal)).as("%s, nobody told", state).containsExactly(job);

        journal.told(job.id(), 1);
        assertThat(turn(journal))
            .as("%s, told", state)
            .isEqualTo(state.isUnfinished() ? List.of(job) : List.of());
        journal.told(job.id(), 0); // a late message takes nothing back
        Job next = job.change().note("settled").done();
        assertThat(turn(journal)).hasSize(state.isUnfinished() ? 1 : 0);
        journal.replace(next);
        assertThat(turn(journal)).as("%s, changed since", state).containsExactly(next);

        Job over = moved(next, JobState.STORED, NOON).done();
        journal.replace(over);
        journal.told(job.id(), 3);
        assertThat(turn(journal)).as("stored, told").isEmpty();
      }
      journal.told(holding(Money.usd("1.00")).id(), 1); // nobody knows it
    }
  }

  /** What whoever comes next gets, and lets go of. */
  private static List<Job> turn(JobJournal journal) {
    List<Job> claimed = journal.claim(lease("next", 0, 60), ACCOUNT, 10);
    journal.release("next");
    journal.claim(lease("last", 0, 60), ACCOUNT, 10);
    journal.release("last");
    return claimed;
  }

  @Test
  @DisplayName("J66 lets go of a job once somebody was told of its end")
  default void letsGoOfAJobOnceSomebodyWasToldOfItsEnd() {
    try (JobJournal journal = emptyJournal()) {
      Job job = inState(JobState.STORED, NOON);
      journal.claim(lease("ours", 0, 60), ACCOUNT, 10);
      journal.admit(job, List.of(), "ours");
      Job next = job.change().note("settled").done();
      journal.replace(next);
      journal.told(job.id(), 1); // not what it is now
      assertThat(journal.claim(lease("theirs", 1, 60), job.id())).isFalse();
      assertThat(journal.claim(lease("theirs", 1, 60), ACCOUNT, 10)).isEmpty();

      journal.told(job.id(), 2);
      Job last = next.change().note("the provider's own figure").done();
      journal.replace(last);
      assertThat(journal.claim(lease("theirs", 1, 60), ACCOUNT, 10)).containsExactly(last);
      assertThat(journal.claim(lease("ours", 1, 60), job.id())).isFalse();
    }
  }

  @Test
  @DisplayName("J68 lets go of an ended job that goes on again")
  default void letsGoOfAnEndedJobThatGoesOnAgain() {
    try (JobJournal journal = emptyJournal()) {
      Job running = inState(JobState.RUNNING, NOON);
      journal.claim(lease("ours", 0, 60), ACCOUNT, 10);
      journal.admit(running, List.of(), "ours");
      Job lost = moved(running, JobState.UNKNOWN, NOON).done();
      journal.replace(lost);
      assertThat(journal.claim(lease("theirs", 1, 60), lost.id())).isFalse();

      Job found = moved(lost, JobState.SUBMITTED, NOON).done();
      journal.replace(found);
      journal.claim(lease("ours", 2, 60), ACCOUNT, 0);
      assertThat(journal.claim(lease("theirs", 2, 60), ACCOUNT, 10)).containsExactly(found);
      assertThat(journal.claim(lease("ours", 2, 60), found.id())).isFalse();

      journal.replace(moved(found, JobState.RUNNING, NOON).done());
      assertThat(journal.claim(lease("ours", 3, 60), found.id())).isFalse();
    }
  }

  @Test
  @DisplayName("J67 shortens no lease by a call that was overtaken")
  default void shortensNoLeaseByACallThatWasOvertaken() {
    try (JobJournal journal = emptyJournal()) {
      Job job = inState(JobState.RUNNING, NOON);
      journal.admit(job, List.of(), "ours");
      journal.claim(lease("ours", 20, 30), ACCOUNT, 10);
      journal.claim(lease("ours", 10, 30), ACCOUNT, 10);
      journal.claim(lease("ours", 5, 30), job.id());

      assertThat(journal.claim(lease("theirs", 49, 30), job.id())).isFalse();
      assertThat(journal.claim(lease("theirs", 50, 30), job.id())).isTrue();
    }
  }

  @Test
  @DisplayName("J58 hands a job over to whoever resubmits it")
  default void handsAJobOverToWhoeverResubmitsIt() {
    try (JobJournal journal = emptyJournal()) {
      Job job = inState(JobState.UNKNOWN, NOON);
      journal.claim(lease("theirs", 0, 60), ACCOUNT, 10);
      journal.claim(lease("ours", 0, 60), ACCOUNT, 10);
      journal.admit(job, List.of(), "theirs");
      Job again = resubmitted(job, NOON.plusSeconds(1));
      journal.admit(again, List.of(), "ours");

      assertThat(journal.claim(lease("theirs", 1, 60), again.id())).isFalse();
      assertThat(journal.claim(lease("ours", 1, 60), again.id())).isTrue();
    }
  }

  @Test
  @DisplayName("J59 gives each job to one of many that race for them")
  default void givesEachJobToOneOfManyThatRaceForThem() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      List<Job> jobs =
          IntStream.range(0, turns()).mapToObj(i -> holding(Money.usd("1.00"))).toList();
      jobs.forEach(job -> admit(journal, job));
      List<List<Job>> claimed =
          Race.of(
              THREADS,
              thread -> {
                List<Job> mine = new ArrayList<>();
                List<Job> some = claim(journal, thread);
                for (int i = 0; i < turns() && !some.isEmpty(); i++) {
                  mine.addAll(some);
                  some = claim(journal, thread);
                }
                return mine;
              });

      assertThat(claimed.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(jobs);
    }
  }

  private static List<Job> claim(JobJournal journal, int thread) {
    return journal.claim(lease("thread-" + thread, 0, 60), ACCOUNT, 3);
  }

  @Test
  @DisplayName("J60 gives one job to one of many that race for it")
  default void givesOneJobToOneOfManyThatRaceForIt() throws Exception {
    try (JobJournal journal = emptyJournal()) {
      List<Job> jobs =
          IntStream.range(0, turns()).mapToObj(i -> holding(Money.usd("1.00"))).toList();
      jobs.forEach(job -> admit(journal, job));
      Race.Line line = new Race.Line(THREADS);
      List<Long> got =
          Race.of(
              THREADS,
              thread ->
                  jobs.stream()
                      .filter(
                          job -> {
                            line.together();
                            return journal.claim(lease("thread-" + thread, 0, 60), job.id());
                          })
                      .count());

      assertThat(got.stream().mapToLong(Long::longValue).sum()).isEqualTo(jobs.size());
    }
  }
}
