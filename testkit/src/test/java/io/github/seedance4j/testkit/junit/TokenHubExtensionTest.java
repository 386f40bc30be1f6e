package io.github.seedance4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.Pace;
import java.io.Closeable;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What the extension does around a test, seen from outside: the tests in it are run by it. */
class TokenHubExtensionTest {

  private static final GenerationDraft CAT =
      GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt("a cat").build();

  @Test
  void putsTheFakesSideBesideAFailure() {
    Throwable failure = failureOf(FailingCase.class);

    assertThat(failure).hasMessage("as planned");
    assertThat(failure.getSuppressed())
        .anySatisfy(
            beside ->
                assertThat(beside.getMessage())
                    .matches(
                        """
                        (?s)the fake's side \\(again with -Dseedance4j.seed=(\\d+); no time has \
                        passed; .*bench.wire\\(builder\\)\\): seed \\1, its clock at \
                        2026-11-22T12:00:00Z
                        tasks:
                          task-\\S+ succeeded 1.00 USD: a cat
                        faults struck:
                          ResetsAfterCharge\\[]
                        scripted, and not struck yet:
                          for a create: NeverEnds\\[]
                        ledger:
                          \\{"kind":"charge",.*"cost":"1.00".*}"""));
  }

  @Test
  void endsWithTheTestWhatItMadeForIt() {
    run(ClosingCase.class).testEvents().assertStatistics(events -> events.succeeded(1));

    FakeTokenHub hub = (FakeTokenHub) ClosingCase.SEEN.get("hub");
    assertThat(ClosingCase.SEEN).containsEntry("closed", "with the fake still there");
    assertThat((Path) ClosingCase.SEEN.get("directory")).doesNotExist();
    assertThat(hub.isClosed()).isTrue();
  }

  @Test
  void warmsUpWithAFakeThatNoTestSees() {
    run(WarmCase.class).testEvents().assertStatistics(events -> events.succeeded(1));

    assertThat(WarmCase.HUBS).hasSize(2).doesNotHaveDuplicates();
    assertThat(WarmCase.HUBS.get(0).ledger().charges()).isNotEmpty();
    assertThat(WarmCase.HUBS.get(1).ledger().charges()).isEmpty();
  }

  @Test
  void endsTheRestThoughAClientFailsToClose() {
    assertThat(failureOf(StubbornCase.class)).hasMessage("as planned");

    assertThat(StubbornCase.CLOSED).containsExactly("the second", "the first");
  }

  @Test
  void saysThatAFakeBelongsToOneTest() {
    EngineExecutionResults results = run(AllCase.class);

    assertThat(
            results.containerEvents().failed().stream()
                .map(TokenHubExtensionTest::failure)
                .map(Throwable::getMessage))
        .singleElement()
        .asString()
        .contains(
            "each test has a FakeTokenHub of its own: take it in the test method, in @BeforeEach"
                + " or in @AfterEach");
  }

  private static EngineExecutionResults run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.conditions.deactivate", "*")
        .selectors(selectClass(tests))
        .execute();
  }

  private static Throwable failureOf(Class<?> tests) {
    List<Event> failed = run(tests).testEvents().failed().list();
    assertThat(failed).hasSize(1);
    return failure(failed.get(0));
  }

  private static Throwable failure(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
  }

  @WithTokenHub
  static class FailingCase {
    @Test
    void fails(FakeTokenHub hub, VideoGeneration videos) {
      hub.next().chargedThenReset().next().stuck();
      videos.submit(CAT);
      throw new AssertionError("as planned");
    }
  }

  static class ClosingCase {
    static final Map<String, Object> SEEN = new ConcurrentHashMap<>();

    record Client(VideoGeneration videos, FakeTokenHub hub) implements AutoCloseable {
      @Override
      public void close() throws Exception {
        new Socket("127.0.0.1", hub.baseUrl().getPort()).close();
        videos.close();
        SEEN.put("closed", "with the fake still there");
      }
    }

    @RegisterExtension
    static final TokenHubExtension EXTENSION =
        TokenHubExtension.standard()
            .hub(hub -> hub.pace(Pace.of(Duration.ofMinutes(1), Duration.ofMinutes(10))))
            .providing(
                Client.class,
                bench ->
                    new Client(
                        VideoGenerationService.builder()
                            .provider(bench.hub().provider())
                            .clipFiles(job -> bench.directory().resolve("clip.mp4"))
                            .time(bench.time())
                            .executor(Runnable::run)
                            .build(),
                        bench.hub()));

    @Test
    void generates(Client client, TestBench bench) {
      client.videos().generate(CAT);
      SEEN.put("hub", bench.hub());
      SEEN.put("directory", bench.directory());
    }
  }

  static class WarmCase {
    static final List<FakeTokenHub> HUBS = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final TokenHubExtension EXTENSION =
        TokenHubExtension.standard()
            .providing(
                VideoGeneration.class,
                bench -> {
                  HUBS.add(bench.hub());
                  return VideoGenerationService.builder()
                      .provider(bench.hub().provider())
                      .clipFiles(job -> bench.directory().resolve(job.id() + ".mp4"))
                      .time(bench.time())
                      .executor(Runnable::run)
                      .build();
                })
            .warmedUp();

    @Test
    void hasAFakeOfItsOwn(FakeTokenHub hub, VideoGeneration videos) {
      assertThat(hub).isSameAs(HUBS.get(1));
    }
  }

  static class StubbornCase {
    static final List<String> CLOSED = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final TokenHubExtension EXTENSION =
        TokenHubExtension.standard()
            .providing(Closeable.class, bench -> () -> CLOSED.add("the first"))
            .providing(
                AutoCloseable.class,
                bench ->
                    () -> {
                      CLOSED.add("the second");
                      throw new IllegalStateException("as planned");
                    });

    @Test
    void takesTwo(Closeable first, AutoCloseable second) {
      assertThat(first).isNotSameAs(second);
    }
  }

  @WithTokenHub
  static class AllCase {
    @BeforeAll
    static void wantsOneForAll(FakeTokenHub hub) {
      throw new AssertionError("got " + hub);
    }

    @Test
    void neverRuns() {}
  }
}
