package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * The contracts of providers and fetchers tested: every rule catches a client that is broken in the
 * one way that the rule is about. That the same client passes all rules as long as it is sound is
 * {@link PlainContractTest}'s to show.
 */
class BrokenDoublesTest {

  private static final String FLAW = "flaw";

  /** Runs inside a test only. */
  @ExtendWith(Naming.class)
  static class Double implements VideoProviderContract, VideoFetcherContract {

    private Flaw flaw = Flaw.OVERWRITES;

    @Override
    public ContractSubject<PlainProvider> subject() {
      return PlainSubject.with(flaw);
    }
  }

  /** Tells the double what is broken about it. */
  static class Naming implements TestInstancePostProcessor, ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(FLAW).isPresent()
          ? ConditionEvaluationResult.enabled("inside a test")
          : ConditionEvaluationResult.disabled("no test of its own");
    }

    @Override
    public void postProcessTestInstance(Object subject, ExtensionContext context) {
      ((Double) subject).flaw = Flaw.valueOf(context.getConfigurationParameter(FLAW).orElseThrow());
    }
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void catches(Flaw flaw) {
    List<Event> failed =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(FLAW, flaw.name())
            .selectors(selectMethod(Double.class, Rules.of(Double.class).get(flaw.rule())))
            .execute()
            .testEvents()
            .assertStatistics(tests -> tests.started(1).aborted(0).skipped(0))
            .failed()
            .list();

    assertThat(failed).as("%s is caught", flaw).hasSize(1);
    Method rule = Rules.of(Double.class).get(flaw.rule());
    assertThat(failed.get(0).getRequiredPayload(TestExecutionResult.class).getThrowable())
        .get(InstanceOfAssertFactories.THROWABLE)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("%s %s: ", flaw.rule(), Rules.title(rule))
        .hasMessageNotContaining("5ecret-Zq7Xw0Kr9M") // the subject's key
        .hasMessageNotContaining("$$Lambda");
  }

  @Test
  void everyRuleHasADoubleThatItCatches() {
    assertThat(new TreeSet<>(Flaw.all().map(Flaw::rule).toList()))
        .containsExactlyElementsOf(new TreeSet<>(Rules.of(Double.class).keySet()));
  }
}
