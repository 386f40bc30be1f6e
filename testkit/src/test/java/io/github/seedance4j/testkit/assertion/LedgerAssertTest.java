package io.github.seedance4j.testkit.assertion;

import static io.github.seedance4j.testkit.assertion.LedgerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.ledger.Adjust;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.ledger.LedgerEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerAssertTest {

  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
  private static final ProviderAccount ACCOUNT =
      new ProviderAccount("TokenHub", "https://provider.example/v1", "f00d");

  private final Job dog = job("job-00000dog", JobState.STORED, "task-1", "d06", 1);
  private final Job cat = job("job-00000cat", JobState.UNKNOWN, null, "ca7", 1);

  private static Job job(String id, JobState state, @Nullable String task, String digest, int n) {
    return Job.intended(new JobId(id), ACCOUNT, GenerationDraft.builder().build(), NOON)
        .state(state, NOON)
        .taskId(task == null ? null : new TaskId(task))
        .bodySha256(digest)
        .authorisations(n)
        .attempts(1)
        .done();
  }

  private static Charge charge(@Nullable String task, String usd, String digest) {
    return new Charge(task, new BigDecimal(usd), digest, NOON);
  }

  private static Adjust refund(String task, String usd, String digest) {
    return new Adjust(task, new BigDecimal(usd), Adjust.Reason.REFUND, digest, NOON);
  }

  private static Ledger ledger(LedgerEntry... entries) {
    return new Ledger(Arrays.asList(entries));
  }

  private static void refuses(ThrowingCallable assertion, String message) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
  }

  private static void refusesSaying(ThrowingCallable assertion, String... parts) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
  }

  @Test
  void knowsAJobByItsTaskAndByWhatItSent() {
    Ledger ledger =
        ledger(
            charge(null, "0", "d06"), charge("task-1", "1", "d06"), charge("task-2", "2", "ca7"));

    assertThat(ledger)
        .chargedExactlyOnce(dog)
        .chargedExactlyOnce(cat)
        .chargedAtMostOnce(dog)
        .hasCost(dog, "1.00")
        .hasCost(cat, "2")
        .hasTotal("3.00")
        .chargedTimes(2);
  }

  @Test
  void tellsASecondChargeByTheDigest() {
    Ledger ledger = ledger(charge("task-7", "1", "d06"), charge("task-1", "1", "d06"));

    refuses(
        () -> assertThat(ledger).chargedExactlyOnce(dog),
        """
        Expected job-00000dog to be charged exactly once, but it was 2 times.
          The job:
            job-00000dog STORED, task task-1, 1 authorisation, 1 attempt, digest d06
          The ledger:
            charge 1.00, task task-7, digest d06, 2026-11-02T12:00:00Z
            charge 1.00, task task-1, digest d06, 2026-11-02T12:00:00Z""");
    refusesSaying(
        () -> assertThat(ledger).chargedAtMostOnce(dog),
        "job-00000dog to be charged at most once, but it was 2 times");
  }

  @Test
  void showsAllLinesWhereNoneIsTheJobs() {
    refusesSaying(
        () -> assertThat(ledger(charge("task-7", "1", "ca7"))).chargedExactlyOnce(dog),
        "but it was 0 times",
        "charge 1.00, task task-7, digest ca7");
    refusesSaying(() -> assertThat(ledger()).chargedExactlyOnce(dog), "The ledger:\n    none");
    assertThat(ledger()).chargedAtMostOnce(dog);
  }

  @Test
  void countsWhatWasGivenBack() {
    Ledger ledger = ledger(charge("task-1", "1", "d06"), refund("task-1", "-1", "d06"));

    assertThat(ledger).hasNoCost(dog).chargedExactlyOnce(dog).hasTotal("0.00");
    refusesSaying(
        () -> assertThat(ledger).hasCost(dog, "1.00"),
        "job-00000dog to have cost 1.00 USD, but it cost 0.00 USD",
        "adjust -1.00 (refund), task task-1");
    refusesSaying(
        () -> assertThat(ledger(charge("task-1", "1", "d06"))).hasNoCost(dog),
        "job-00000dog to have cost 0.00 USD, but it cost 1.00 USD");
  }

  @Test
  void addsUp() {
    Ledger ledger = ledger(charge("task-1", "1", "d06"), charge(null, "0", "ca7"));

    refusesSaying(
        () -> assertThat(ledger).hasTotal("2.00"),
        "Expected a total of 2.00 USD, but it was 1.00 USD.",
        "charge 0.00, task none");
    refusesSaying(
        () -> assertThat(ledger).chargedTimes(2), "Expected 2 charges in all, but there were 1.");
    refusesSaying(() -> assertThat(ledger(charge(null, "0", "x"))).chargedTimes(1), "1 charge in");
  }

  @Test
  void findsAJobForEachCharge() {
    Ledger ledger = ledger(charge("task-1", "1", "d06"), charge("task-2", "1", "ca7"));
    Job twice = job("job-0000twice", JobState.RUNNING, "task-9", "ca7", 2);

    assertThat(ledger).hasNoChargeWithoutAJob(List.of(dog, cat));
    assertThat(ledger).hasNoChargeWithoutAJob(List.of(dog, twice));
    refusesSaying(
        () -> assertThat(ledger).hasNoChargeWithoutAJob(List.of(dog)),
        "every charge to belong to a job, but 1 did to none of 1, and no job has sent such bytes",
        "charge 1.00, task task-2, digest ca7");
  }

  @Test
  void leavesNoChargeToAJobThatKnowsAnotherTask() {
    Job wrong = job("job-0000wrong", JobState.STORED, "task-9", "d06", 1);
    Job blind = job("job-0000blind", JobState.STORED, "task-2", "d06", 1);

    refusesSaying(
        () ->
            assertThat(ledger(charge("task-1", "1", "d06"))).hasNoChargeWithoutAJob(List.of(wrong)),
        "the jobs below sent the same bytes, and don't know that task",
        "job-0000wrong STORED, task task-9");
    refusesSaying(
        () ->
            assertThat(ledger(charge("task-1", "1", "d06"), charge("task-2", "1", "d06")))
                .hasNoChargeWithoutAJob(List.of(blind)),
        "1 did to none of 1",
        "charge 1.00, task task-1");
  }

  @Test
  void countsChargesAgainstAuthorisations() {
    Ledger ledger = ledger(charge("task-7", "1", "ca7"), charge("task-8", "1", "ca7"));
    Job agreedTwice = job("job-0000twice", JobState.RUNNING, "task-8", "ca7", 2);

    assertThat(ledger).neverChargedMoreOftenThanAuthorised(List.of(dog, agreedTwice));
    refuses(
        () -> assertThat(ledger).neverChargedMoreOftenThanAuthorised(List.of(dog, cat)),
        """
        Expected no job to be charged more often than somebody agreed to, but 1 was.
          The job:
            job-00000cat UNKNOWN, task none, 1 authorisation, 1 attempt, digest ca7
          The ledger:
            charge 1.00, task task-7, digest ca7, 2026-11-02T12:00:00Z
            charge 1.00, task task-8, digest ca7, 2026-11-02T12:00:00Z""");
  }

  @Test
  void takesAChargeForTheJobOfItsTaskFirst() {
    Job other = job("job-0000other", JobState.STORED, "task-2", "d06", 1);
    Ledger ledger = ledger(charge("task-1", "1", "d06"), charge("task-2", "1", "d06"));

    assertThat(ledger)
        .neverChargedMoreOftenThanAuthorised(List.of(dog, other))
        .hasNoChargeWithoutAJob(List.of(dog, other));
  }

  private static Spend spend(String computed, String held) {
    Money nothing = Money.usd("0");
    return new Spend(Money.usd(computed), nothing, nothing, Money.usd(held));
  }

  @Test
  void isCoveredByWhatIsSettledAndHeld() {
    Ledger ledger = ledger(charge("task-1", "1", "d06"));
    Spend enough = spend("0.40", "0.60");

    assertThat(ledger).isCoveredBy(enough).isCoveredBy(Money.usd("1.00"));
    refusesSaying(
        () -> assertThat(ledger).isCoveredBy(spend("0.40", "0.59")),
        "Expected 0.99 USD, settled and held, to cover what was charged, but that is 1.00 USD.",
        "charge 1.00, task task-1");
    refusesSaying(
        () -> assertThat(ledger).agreesWith(enough),
        "Expected 1.00 USD to be settled and nothing held, but 0.40 USD is settled and 0.60 USD"
            + " held.");
    assertThat(ledger).agreesWith(spend("1", "0"));
    refusesSaying(() -> assertThat(ledger).agreesWith(spend("1.01", "0")), "1.01 USD is settled");
  }

  @Test
  void looksAtJobsOfOnePromptInAnyOrder() {
    Job stored = job("job-00000two", JobState.STORED, "task-2", "ca7", 1);
    Ledger ledger = ledger(charge("task-1", "1", "ca7"), charge("task-2", "1", "ca7"));

    assertThat(ledger).hasNoChargeWithoutAJob(List.of(stored, cat));
    assertThat(ledger).hasNoChargeWithoutAJob(List.of(cat, stored));
    assertThat(ledger).neverChargedMoreOftenThanAuthorised(List.of(cat, stored));
  }

  @Test
  void allowsTwoUnknownJobsOfOnePromptACharge() {
    Job other = job("job-00000two", JobState.UNKNOWN, null, "ca7", 1);
    Ledger ledger = ledger(charge("task-1", "1", "ca7"), charge("task-2", "1", "ca7"));

    assertThat(ledger)
        .neverChargedMoreOftenThanAuthorised(List.of(cat, other))
        .hasNoChargeWithoutAJob(List.of(cat, other));
  }

  @Test
  void seesTheBlindRetryOfAnUnknownJob() {
    Ledger ledger = ledger(charge("task-1", "1", "ca7"), charge("task-2", "1", "ca7"));

    refusesSaying(() -> assertThat(ledger).hasNoChargeWithoutAJob(List.of(cat)), "task-2", "cat");
    refusesSaying(
        () -> assertThat(ledger).neverChargedMoreOftenThanAuthorised(List.of(cat)), "task-2");
  }
}
