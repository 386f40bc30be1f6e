package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.InMemoryProvider;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What a build shows of a rule that fails: the message alone must do. */
class RuleMessagesTest {

  private static final String INSIDE = "inside";

  static class InsideOnly implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(INSIDE).isPresent()
          ? ConditionEvaluationResult.enabled("inside a test")
          : ConditionEvaluationResult.disabled("no test of its own");
    }
  }

  /** Runs inside a test only. */
  @ExtendWith(InsideOnly.class)
  static class SortsNothing implements VideoProviderContract {
    @Override
    public ContractSubject<PlainProvider> subject() {
      return PlainSubject.with(Flaw.EVERY_FAULT_IS_OTHER);
    }

    @Test
    void isNoRule() {
      throw new AssertionError("mine");
    }
  }

  /** Runs inside a test only. */
  @ExtendWith(InsideOnly.class)
  static class TellsTheKey implements VideoProviderContract {
    @Override
    public ContractSubject<PlainProvider> subject() {
      return PlainSubject.with(Flaw.KEY_IN_MESSAGES);
    }
  }

  /** One fake for all, as it must not be. */
  @ExtendWith(InsideOnly.class)
  static class OneFake implements VideoFetcherContract {
    private static final FakeTokenHub SHARED = FakeTokenHub.start();

    @Override
    public ContractSubject<InMemoryProvider> subject() {
      return ContractSubject.on(SHARED, SHARED::provider);
    }
  }

  /** Runs inside a test only. */
  @ExtendWith(InsideOnly.class)
  static class NotReady implements VideoFetcherContract {
    @Override
    public ContractSubject<InMemoryProvider> subject() {
      Assumptions.abort("not today");
      throw new IllegalStateException();
    }
  }

  /** Runs inside a test only. */
  @ExtendWith(InsideOnly.class)
  static class Unborn implements VideoFetcherContract {
    @Override
    public ContractSubject<InMemoryProvider> subject() {
      throw new IllegalStateException("no port");
    }
  }

  private static Events run(DiscoverySelector which) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(INSIDE, "true")
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
        .selectors(which)
        .execute()
        .testEvents();
  }

  private static List<String> messages(Events failed) {
    return failed.stream().map(RuleMessagesTest::message).toList();
  }

  private static String message(Event event) {
    return Objects.requireNonNull(
        event
            .getRequiredPayload(TestExecutionResult.class)
            .getThrowable()
            .orElseThrow()
            .getMessage());
  }

  private static String failure(Class<?> contract, String rule) {
    Events failed = run(selectMethod(contract, Rules.of(contract).get(rule))).failed();
    assertThat(failed.count()).isEqualTo(1);
    return messages(failed).get(0);
  }

  @Test
  void sayTheRuleWhatWasExpectedAndWhatWasPlayed() {
    assertThat(
            failure(SortsNothing.class, "P35").replaceAll("(Request ID: |requestId=)[^],]+", "$1R"))
        .isEqualToNormalizingNewlines(
            """
            P35 sorts a refusal by what it is about: \
            [the kind of a 400 with the code InvalidParameter]\s
            expected: INVALID_REQUEST
             but was: OTHER
            played last:
              a create with [Refuses[status=400, charged=false, shape=FULL, \
            code=InvalidParameter, message=Refused., retryAfter=null]]
                -> Answered[status=400, task=null, fault=ProviderFault[kind=OTHER, \
            code=InvalidParameter, message=Refused. Request ID: R, requestId=R], retryAfter=null]""");
  }

  @Test
  void showWhereTheKeyIsToldAndNotTheKey() {
    assertThat(failure(TellsTheKey.class, "P59"))
        .contains("the reply tells the secret: ", "Your key [secret] is odd.")
        .doesNotContain("5ecret-Zq7");
  }

  @Test
  void leaveTestsAloneThatAreNoRules() throws Exception {
    Events failed =
        run(selectMethod(SortsNothing.class, SortsNothing.class.getDeclaredMethod("isNoRule")))
            .failed();
    assertThat(messages(failed)).containsExactly("mine");
  }

  @Test
  void sayThatOneFakeForAllIsClosed() {
    List<String> failed = messages(run(selectClass(OneFake.class)).failed());
    assertThat(failed)
        .hasSizeGreaterThan(10)
        .allMatch(
            message ->
                message.endsWith(
                    ": subject() needs a fake of its own each time: this one is closed"));
  }

  @Test
  void keepASkippedRuleSkipped() {
    run(selectClass(NotReady.class)).assertStatistics(all -> all.aborted(28).failed(0));
  }

  @Test
  void tellTheRuleOfAnythingThrown() {
    assertThat(failure(Unborn.class, "F21"))
        .isEqualTo(
            "F21 reads no file of this machine: throws java.lang.IllegalStateException: no port");
  }
}
