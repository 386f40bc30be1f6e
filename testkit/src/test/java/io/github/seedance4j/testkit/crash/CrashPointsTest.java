package io.github.seedance4j.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.service.InMemoryJobJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A halt comes at its point and its pass; here it is a note of what the journal had by then. */
class CrashPointsTest {

  private static final Budget FIRST = Budget.ever(Money.usd("1"));
  private static final Budget SECOND = Budget.ever(Money.usd("2"));

  private static final ProviderAccount ACCOUNT =
      new ProviderAccount("tokenhub", "http://127.0.0.1/api/v1", "abcdef");
  private static final GenerationDraft DRAFT = GenerationDraft.builder().prompt("a cat").build();

  private final JobJournal journal = new InMemoryJobJournal();
  private final List<List<Budget>> halts = new ArrayList<>();

  private void setTwice(CrashPoints points) {
    JobJournal crashing = points.journal(journal);
    crashing.setBudget(FIRST);
    crashing.setBudget(SECOND);
  }

  private CrashPoints at(String name, int pass) {
    return CrashPoints.at(CrashPoint.of(name), pass, () -> halts.add(journal.budgets()));
  }

  @Test
  void haltsBeforeAStepIsTaken() {
    setTwice(at("BUDGET.BEFORE", 1));
    assertThat(halts).containsExactly(List.of());
  }

  @Test
  void haltsAfterAStepIsTaken() {
    setTwice(at("BUDGET.AFTER", 1));
    assertThat(halts).containsExactly(List.of(FIRST));
  }

  @Test
  void haltsAtALaterPass() {
    setTwice(at("BUDGET.BEFORE", 2));
    assertThat(halts).containsExactly(List.of(FIRST));
  }

  @Test
  void haltsNowhereElse() {
    setTwice(at("INTENT.AFTER", 1));
    setTwice(at("BUDGET.AFTER", 3));
    assertThat(halts).isEmpty();
  }

  @Test
  void isNotAfterAStepThatWasRefused() {
    CrashPoints points = CrashPoints.counting();
    Job never = Job.intended(new JobId("job-neveradmitted"), ACCOUNT, DRAFT, Instant.EPOCH).done();
    Job next = never.change().state(JobState.UNKNOWN, Instant.EPOCH).done();
    assertThat(points.journal(journal).replace(next)).isEqualTo(JobJournal.Replaced.STALE);
    assertThat(points.passes()).isEqualTo(Map.of("UNKNOWN.BEFORE", 1));
  }

  @Test
  void countsPasses() {
    CrashPoints points = CrashPoints.counting();
    setTwice(points);
    points.journal(journal).release("nobody");
    assertThat(points.passes())
        .isEqualTo(
            Map.of("BUDGET.BEFORE", 2, "BUDGET.AFTER", 2, "RELEASE.BEFORE", 1, "RELEASE.AFTER", 1));
  }

  @Test
  void namesEachPoint() {
    assertThat(CrashPoint.all())
        .hasSize(2 * CrashStep.values().length)
        .allMatch(point -> CrashPoint.of(point.toString()).equals(point));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTENT", "INTENT.NEVER", "NOWHERE.AFTER", ""})
  void refusesAPointThatIsNone(String name) {
    assertThatThrownBy(() -> CrashPoint.of(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAPassThatNeverComes() {
    assertThatThrownBy(() -> CrashPoints.haltingAt(CrashPoint.of("INTENT.AFTER"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pass: counted from 1, not 0");
  }
}
