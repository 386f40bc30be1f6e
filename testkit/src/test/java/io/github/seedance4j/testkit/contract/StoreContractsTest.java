package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.port.out.ReplayStore;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contracts of keys and answers tested: each rule catches stores that break it. */
class StoreContractsTest {

  private static final String NAME = "store";
  private static final int TURNS = 60;

  /** What is told which store it is about. */
  abstract static class Named {
    String name = "";
  }

  /** Runs inside a test only. */
  @ExtendWith(Naming.class)
  static class Keys extends Named implements AccessKeyStoreContract {

    @Override
    public AccessKeyStore emptyStore() {
      return BrokenStores.keys(name);
    }

    @Override
    public Optional<AccessKeyStore> another(AccessKeyStore store) {
      return Optional.of(((PlainKeyStore) store).another());
    }

    @Override
    public int turns() {
      return TURNS;
    }
  }

  /** Runs inside a test only. */
  @ExtendWith(Naming.class)
  static class Replays extends Named implements ReplayStoreContract {

    @Override
    public ReplayStore emptyStore() {
      return BrokenStores.replays(name);
    }

    @Override
    public Optional<ReplayStore> another(ReplayStore store) {
      return Optional.of(((PlainReplayStore) store).another());
    }

    @Override
    public int turns() {
      return TURNS;
    }
  }

  static class Naming implements TestInstancePostProcessor, ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(NAME).isPresent()
          ? ConditionEvaluationResult.enabled("inside a test")
          : ConditionEvaluationResult.disabled("no test of its own");
    }

    @Override
    public void postProcessTestInstance(Object subject, ExtensionContext context) {
      ((Named) subject).name = context.getConfigurationParameter(NAME).orElseThrow();
    }
  }

  private static Events run(DiscoverySelector which, String name) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(NAME, name)
        .selectors(which)
        .execute()
        .testEvents();
  }

  private static Class<?> subject(String rule) {
    return rule.startsWith("K") ? Keys.class : Replays.class;
  }

  @ParameterizedTest
  @MethodSource("io.github.seedance4j.testkit.contract.BrokenStores#all")
  void catches(BrokenStores.Broken<?> broken) {
    Class<?> subject = subject(broken.rule());
    var rule = Rules.of(subject).get(broken.rule());
    Events events = run(selectMethod(subject, rule), broken.toString());

    events.assertStatistics(tests -> tests.started(1).aborted(0).skipped(0).failed(1));
    assertThat(
            events
                .failed()
                .list()
                .get(0)
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable())
        .get(InstanceOfAssertFactories.THROWABLE)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("%s %s: ", broken.rule(), Rules.title(rule))
        .hasMessageNotContaining("throws ");
  }

  @ParameterizedTest
  @ValueSource(classes = {Keys.class, Replays.class})
  void letASoundStorePass(Class<?> subject) {
    Events events = run(selectClass(subject), "sound");

    assertThat(events.failed().stream().map(Event::getPayload)).isEmpty();
    int rules = Rules.of(subject).size();
    events.assertStatistics(all -> all.succeeded(rules).skipped(0).aborted(0));
  }

  @Test
  void haveABrokenStoreForEachRule() {
    assertThat(new TreeSet<>(BrokenStores.all().map(BrokenStores.Broken::rule).toList()))
        .containsExactlyElementsOf(
            new TreeSet<>(
                Stream.of(Keys.class, Replays.class)
                    .flatMap(subject -> Rules.of(subject).keySet().stream())
                    .toList()));
  }

  @Test
  void sayWhyTheySkipWhatAStoreCanNotDo() {
    for (Class<?> contract :
        new Class<?>[] {InMemoryAccessKeyStoreTest.class, InMemoryReplayStoreTest.class}) {
      Events events = run(selectClass(contract), "");
      events.assertStatistics(all -> all.aborted(2).failed(0));
      assertThat(events.aborted().list())
          .extracting(
              event ->
                  Objects.requireNonNull(
                      event
                          .getRequiredPayload(TestExecutionResult.class)
                          .getThrowable()
                          .orElseThrow()
                          .getMessage()))
          .containsOnly("no other process can see this store: another() is empty");
    }
  }
}
