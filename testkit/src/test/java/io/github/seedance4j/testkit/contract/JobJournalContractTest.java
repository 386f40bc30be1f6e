package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.seedance4j.port.out.JobJournal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract tested: it lets a sound journal pass, and catches each of the broken ones. */
class JobJournalContractTest {

  private static final String NAME = "journal";
  private static final Pattern RULE = Pattern.compile("(J\\d\\d) \\p{Lower}.*");

  /** Runs inside a test only. */
  @ExtendWith(Naming.class)
  static class Subject implements JobJournalContract {

    private String name = "";

    @Override
    public JobJournal emptyJournal() {
      return BrokenJournals.named(name);
    }

    @Override
    public Optional<JobJournal> reopened(JobJournal journal) {
      return Optional.of(((SoundJournal) journal).reopened());
    }

    @Override
    public Optional<JobJournal> another(JobJournal journal) {
      return Optional.of(((SoundJournal) journal).another());
    }

    @Override
    public int turns() {
      return 60;
    }
  }

  /** Tells the subject which journal it is about. */
  static class Naming implements TestInstancePostProcessor, ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(NAME).isPresent()
          ? ConditionEvaluationResult.enabled("inside a test")
          : ConditionEvaluationResult.disabled("no test of its own");
    }

    @Override
    public void postProcessTestInstance(Object subject, ExtensionContext context) {
      ((Subject) subject).name = context.getConfigurationParameter(NAME).orElseThrow();
    }
  }

  private static EngineExecutionResults run(Class<?> subject, String name) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(NAME, name)
        .selectors(selectClass(subject))
        .execute();
  }

  /** The number that the test's name begins with, or its container's. */
  private static String rule(Event event) {
    for (TestDescriptor test = event.getTestDescriptor(); ; ) {
      Matcher name = RULE.matcher(test.getDisplayName());
      if (name.matches()) {
        return name.group(1);
      }
      test = test.getParent().orElseThrow(() -> new AssertionError(event + " has no number"));
    }
  }

  private static Throwable failure(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("io.github.seedance4j.testkit.contract.BrokenJournals#all")
  void catches(BrokenJournals.Broken broken) {
    List<Event> failed = run(Subject.class, broken.toString()).testEvents().failed().list();

    assertThat(failed).extracting(JobJournalContractTest::rule).contains(broken.rule());
    assertThat(failed)
        .filteredOn(event -> rule(event).equals(broken.rule()))
        .extracting(JobJournalContractTest::failure)
        .hasOnlyElementsOfType(AssertionError.class);
  }

  @Test
  void letsASoundJournalPassAll() {
    EngineExecutionResults results = run(Subject.class, "sound");

    assertThat(results.testEvents().failed().stream().map(e -> rule(e) + ": " + failure(e)))
        .isEmpty();
    results.allEvents().assertStatistics(all -> all.skipped(0).aborted(0).failed(0));
    assertThat(results.testEvents().succeeded().stream().map(JobJournalContractTest::rule))
        .containsAll(rules());
  }

  @Test
  void numbersItsRulesWithoutAGapAndSeesEachBroken() {
    assertThat(new TreeSet<>(BrokenJournals.all().map(BrokenJournals.Broken::rule).toList()))
        .containsExactlyElementsOf(rules());
    assertThat(
            run(Subject.class, "sound").allEvents().started().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .map(RULE::matcher)
                .filter(Matcher::matches)
                .map(name -> name.group(1)))
        .containsExactlyInAnyOrderElementsOf(rules());
  }

  private static List<String> rules() {
    return IntStream.rangeClosed(1, 69).mapToObj(n -> String.format("J%02d", n)).toList();
  }

  @Test
  void saysWhyItSkipsWhatAJournalCanNotDo() {
    List<Event> skipped = run(InMemoryJobJournalTest.class, "").testEvents().aborted().list();

    assertThat(skipped)
        .extracting(JobJournalContractTest::rule)
        .containsExactlyInAnyOrder("J25", "J26", "J27", "J28", "J61", "J62", "J63", "J64", "J65");
    assertThat(skipped)
        .extracting(event -> Objects.requireNonNull(failure(event).getMessage()))
        .allMatch(
            reason -> reason.matches("(.*reopened\\(\\) gives none)|(.*another\\(\\) is empty)"));
  }
}
