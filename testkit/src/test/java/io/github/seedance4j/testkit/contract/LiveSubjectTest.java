package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.InMemoryProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * The contracts on a service that charges: nothing is created, and what can't be judged is told.
 */
class LiveSubjectTest {

  private static final String INSIDE = "inside";

  /** A service of which the contracts know no more than of the live one. */
  @ExtendWith(InsideOnly.class)
  static class Live implements VideoProviderContract, VideoFetcherContract {

    @Override
    public ContractSubject<Thrifty> subject() {
      FakeTokenHub hub = FakeTokenHub.start();
      return ContractSubject.live("th-live", key -> new Thrifty(hub, hub.provider(key)));
    }
  }

  static class InsideOnly implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(INSIDE).isPresent()
          ? ConditionEvaluationResult.enabled("inside a test")
          : ConditionEvaluationResult.disabled("no test of its own");
    }
  }

  /** Fails whoever creates. */
  record Thrifty(FakeTokenHub hub, InMemoryProvider provider)
      implements VideoProvider, VideoFetcher {

    @Override
    public ProviderAccount account() {
      return provider.account();
    }

    @Override
    public Create prepare(GenerationRequest request) {
      return provider.prepare(request);
    }

    @Override
    public VideoTask task(TaskId id) {
      return provider.task(id);
    }

    @Override
    public Clip fetch(String url, Path target, Consumer<Progress> progress) throws IOException {
      return provider.fetch(url, target, progress);
    }

    @Override
    public void close() {
      provider.close();
      hub.close();
      assertThat(hub.requests().createsBegun()).as("creates on the live service").isZero();
    }
  }

  private static Events run() {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(INSIDE, "true")
        .selectors(selectClass(Live.class))
        .execute()
        .testEvents();
  }

  @Test
  void judgesWhatCostsNothingAndSkipsTheRest() {
    Events events = run();

    events.assertStatistics(tests -> tests.failed(0).skipped(0));
    assertThat(numbers(events.succeeded()))
        .containsExactlyInAnyOrder(
            "P01", "P02", "P04", "P05", "P37", "P38", "P58", "F21", "F22", "F25");
    assertThat(events.aborted().list())
        .extracting(LiveSubjectTest::reason)
        .allMatch(reason -> reason.contains(Capability.SCRIPTED_FAULTS.reason()));
  }

  private static List<String> numbers(Events events) {
    return events.stream()
        .map(event -> event.getTestDescriptor().getDisplayName().substring(0, 3))
        .toList();
  }

  private static String reason(Event event) {
    Throwable why =
        event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
    return Objects.requireNonNull(why.getMessage());
  }
}
