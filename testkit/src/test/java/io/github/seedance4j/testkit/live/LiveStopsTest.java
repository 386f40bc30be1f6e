package io.github.seedance4j.testkit.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.fault.ConnectionFault;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever a live run stops, one create was sent at most, and the spending file tells the truth.
 */
class LiveStopsTest {

  private static final Money NOTHING = Money.usd("0");

  /** 4 s and a frame at 0.10 USD; the tariff rounds up. */
  private static final Money LEAST_HOLD = Money.usd("0.404166");

  @TempDir Path directory;

  /** What befalls the one create, and what must come of it. */
  record Stop(Fault fault, LiveEnd.Kind kind, int creates, List<String> lines, boolean held) {
    @Override
    public String toString() {
      return fault + " → " + kind;
    }
  }

  static Stream<Stop> stops() {
    List<String> refused = List.of("intent", "settled");
    List<String> unknown = List.of("intent", "unknown");
    List<String> ended = List.of("intent", "submitted", "settled");
    return Stream.of(
        new Stop(new CreateFault.Refuses(400, false), LiveEnd.Kind.REJECTED, 1, refused, false),
        new Stop(new CreateFault.Refuses(402, false), LiveEnd.Kind.REJECTED, 1, refused, false),
        new Stop(
            new CreateFault.Refuses(429, false).withRetryAfter("7"),
            LiveEnd.Kind.THROTTLED,
            1,
            refused,
            false),
        new Stop(new CreateFault.ResetsAfterCharge(), LiveEnd.Kind.UNKNOWN, 1, unknown, true),
        new Stop(new CreateFault.Refuses(503, true), LiveEnd.Kind.UNKNOWN, 1, unknown, true),
        new Stop(new CreateFault.LeavesOutId(), LiveEnd.Kind.UNKNOWN, 1, unknown, true),
        new Stop(new CreateFault.Redirects(), LiveEnd.Kind.UNKNOWN, 1, unknown, true),
        new Stop(new TaskFault.Fails(), LiveEnd.Kind.NO_CLIP, 1, ended, true),
        new Stop(new TaskFault.EndsAs("cancelled", false), LiveEnd.Kind.NO_CLIP, 1, ended, true),
        new Stop(
            new TaskFault.EndsAs("archived", true),
            LiveEnd.Kind.UNFINISHED,
            1,
            List.of("intent", "submitted", "unknown"),
            true),
        new Stop(
            new TaskFault.NeverEnds(),
            LiveEnd.Kind.UNFINISHED,
            1,
            List.of("intent", "submitted", "unknown"),
            true),
        new Stop(
            new TaskFault.NotFoundAtFirst(1_000),
            LiveEnd.Kind.UNFINISHED,
            1,
            List.of("intent", "submitted", "unknown"),
            true),
        new Stop(
            new TaskFault.RefusesPolls(401, 1),
            LiveEnd.Kind.UNFINISHED,
            1,
            List.of("intent", "submitted", "unknown"),
            true),
        new Stop(new TaskFault.LeavesOutData(), LiveEnd.Kind.CLIP_NOT_FETCHED, 1, ended, true),
        new Stop(new FileFault.KillsLink(true), LiveEnd.Kind.CLIP_NOT_FETCHED, 1, ended, true),
        new Stop(
            new TaskFault.GivesBadLink(TaskFault.BadLink.PRIVATE),
            LiveEnd.Kind.CLIP_NOT_FETCHED,
            1,
            ended,
            true),
        new Stop(new FileFault.KillsLink(), LiveEnd.Kind.COMPLETE, 1, ended, true),
        new Stop(new FileFault.CutsFile(2), LiveEnd.Kind.COMPLETE, 1, ended, true),
        new Stop(new TaskFault.NotFoundAtFirst(3), LiveEnd.Kind.COMPLETE, 1, ended, true),
        new Stop(new TaskFault.RefusesPolls(503, 3), LiveEnd.Kind.COMPLETE, 1, ended, true),
        new Stop(new TaskFault.SaysOddStatus(), LiveEnd.Kind.COMPLETE, 1, ended, true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stops")
  void sendsOneCreateAndTellsTheTruth(Stop stop) throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      bench.hub.next().with(stop.fault());

      LiveEnd end = bench.run();

      assertThat(end.kind()).as("%s", end).isEqualTo(stop.kind());
      assertThat(bench.creates()).isEqualTo(stop.creates());
      assertThat(bench.events()).isEqualTo(stop.lines());
      if (stop.held()) {
        assertThat(bench.spent()).isBetween(LEAST_HOLD, Money.usd("0.41"));
      } else {
        assertThat(bench.spent()).isEqualTo(NOTHING);
      }
      Map<?, ?> facts = LiveBench.facts(end);
      assertThat(facts.get("end"))
          .isEqualTo(stop.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      assertThat(bench.out).anySatisfy(line -> assertThat(line).startsWith(stop.kind() + ": "));
    }
  }

  @Test
  void tellsAnOddStatusAndFollowsOn() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      bench.hub.next().with(new TaskFault.SaysOddStatus("archiving", 2));

      LiveEnd end = bench.run();

      assertThat(end.isGood()).isFalse();
      assertThat(end.breaches())
          .containsExactly("each status is a word that is known: seen: [archiving]");
    }
  }

  @Test
  void sendsNothingOverTheCap() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end =
          bench
              .settings(
                  real -> {
                    throw new AssertionError("the provider was opened");
                  })
              .cap(Money.usd("0.404"))
              .build()
              .run();

      assertThat(end.kind()).isEqualTo(LiveEnd.Kind.OVER_CAP);
      assertThat(end.facts()).isEmpty();
      assertThat(end.what()).contains("more than the cap of 0.404 USD");
      assertThat(bench.creates()).isZero();
      assertThat(bench.spending).doesNotExist();
    }
  }

  @Test
  void sendsNothingToAServiceThatTakesAWrongKey() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end = bench.run(real -> new LiveBench.Provider(bench.hub, LiveBench.KEY));

      stoppedByCheck(bench, end, "a wrong key is not accepted");
    }
  }

  @Test
  void sendsNothingToAServiceThatKnowsWhatNobodyMade() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end =
          bench.run(
              real ->
                  new LiveBench.Provider(bench.hub, real.key) {
                    @Override
                    public VideoTask task(TaskId id) {
                      return key.equals(LiveBench.KEY)
                          ? new VideoTask(id, new TaskState.Running(), null, null)
                          : super.task(id);
                    }
                  });

      stoppedByCheck(bench, end, "an unknown task is not known");
    }
  }

  @Test
  void sendsNothingWithAKeyThatIsNotTaken() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end = bench.settings(real -> real).key("not-one-of-ours").build().run();

      stoppedByCheck(bench, end, "an unknown task is not known");
    }
  }

  @Test
  void sendsNothingWhereNobodyAnswers() throws Exception {
    try (LiveBench bench = new LiveBench(directory);
        FakeTokenHub.Refusing refusing = bench.hub.refusing()) {
      LiveEnd end = bench.run();

      stoppedByCheck(bench, end, "a wrong key is not accepted: no usable answer came");
      assertThat(refusing).isNotNull();
    }
  }

  @Test
  void sendsNothingWhereARequestIsNotAlwaysTheSameBytes() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      List<String> digests = new ArrayList<>(List.of("a".repeat(64), "b".repeat(64)));
      LiveEnd end =
          bench.run(
              real ->
                  new LiveBench.Provider(bench.hub, real.key) {
                    @Override
                    public Create prepare(GenerationRequest request) {
                      Create create = super.prepare(request);
                      return new LiveCreate(digests.remove(0), create);
                    }
                  });

      stoppedByCheck(bench, end, "a request is encoded to the same bytes each time");
    }
  }

  private static void stoppedByCheck(LiveBench bench, LiveEnd end, String breach) throws Exception {
    assertThat(end.kind()).isEqualTo(LiveEnd.Kind.CHECK_FAILED);
    assertThat(end.breaches()).singleElement().asString().startsWith(breach);
    assertThat(end.facts()).isEmpty();
    assertThat(bench.creates()).isZero();
    assertThat(bench.events()).isEmpty();
  }

  @Test
  void settlesNothingWhereNothingWasSent() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end =
          bench.run(
              real ->
                  new LiveBench.Provider(bench.hub, real.key) {
                    @Override
                    public Create prepare(GenerationRequest request) {
                      Create create = super.prepare(request);
                      return new LiveCreate(
                          create.bodySha256(),
                          create,
                          () -> bench.hub.nextConnection(new ConnectionFault.RefusesConnections()));
                    }
                  });

      assertThat(end.kind()).isEqualTo(LiveEnd.Kind.NOT_SENT);
      assertThat(bench.creates()).isZero();
      assertThat(bench.events()).containsExactly("intent", "settled");
      assertThat(bench.spent()).isEqualTo(NOTHING);
    }
  }

  @Test
  void takesACreateThatThrowsForUnknown() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end =
          bench.run(
              real ->
                  new LiveBench.Provider(bench.hub, real.key) {
                    @Override
                    public Create prepare(GenerationRequest request) {
                      Create create = super.prepare(request);
                      return new LiveCreate(
                          create.bodySha256(),
                          create,
                          () -> {
                            create.send();
                            throw new IllegalStateException("broke on the way back");
                          });
                    }
                  });

      assertThat(end.kind()).isEqualTo(LiveEnd.Kind.UNKNOWN);
      assertThat(end.what()).contains("broke on the way back", "body has SHA-256");
      assertThat(bench.creates()).isEqualTo(1);
      assertThat(bench.last().get("event")).isEqualTo("unknown");
    }
  }

  @Test
  void countsALostReplyInTheNextRun() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      bench.hub.next().chargedThenReset();
      LiveEnd lost = bench.run();
      assertThat(lost.what()).contains("Do not run again to find out", "\"event\":\"settled\"");
      bench.out.clear();

      LiveEnd second = bench.settings(real -> real).cap(Money.usd("0.80")).build().run();

      assertThat(second.kind()).isEqualTo(LiveEnd.Kind.OVER_CAP);
      assertThat(bench.creates()).isEqualTo(1);
      assertThat(bench.out)
          .anySatisfy(line -> assertThat(line).contains("has no end, so its hold of", "count"));

      // a person was told by support that nothing was charged, and adds the line that was shown
      String line = lost.what().substring(lost.what().indexOf("{\"event\""));
      Files.writeString(bench.spending, Files.readString(bench.spending) + line.strip() + "\n");
      assertThat(bench.spent()).isEqualTo(NOTHING);
      assertThat(bench.settings(real -> real).cap(Money.usd("0.80")).build().run().isGood())
          .isTrue();
    }
  }

  @Test
  void countsAnIntentWhoseRunDied() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      assertThatThrownBy(
              () ->
                  bench.run(
                      real ->
                          new LiveBench.Provider(bench.hub, real.key) {
                            @Override
                            public Create prepare(GenerationRequest request) {
                              Create create = super.prepare(request);
                              return new LiveCreate(
                                  create.bodySha256(),
                                  create,
                                  () -> {
                                    throw new StackOverflowError("as if the power went");
                                  });
                            }
                          }))
          .isInstanceOf(StackOverflowError.class);

      assertThat(bench.events()).containsExactly("intent");
      assertThat(bench.spent()).isBetween(LEAST_HOLD, Money.usd("0.41"));
      assertThat(bench.settings(real -> real).cap(Money.usd("0.80")).build().run().kind())
          .isEqualTo(LiveEnd.Kind.OVER_CAP);
    }
  }

  @Test
  void writesTheIntentBeforeTheCreateLeaves() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      List<Object> before = new ArrayList<>();
      bench.run(
          real ->
              new LiveBench.Provider(bench.hub, real.key) {
                @Override
                public Create prepare(GenerationRequest request) {
                  Create create = super.prepare(request);
                  return new LiveCreate(
                      create.bodySha256(),
                      create,
                      () -> {
                        try {
                          before.addAll(bench.events());
                        } catch (IOException e) {
                          throw new UncheckedIOException(e);
                        }
                      });
                }
              });

      assertThat(before).containsExactly("intent");
    }
  }

  @Test
  void spendsNoMoreThanTheCapInTwoRunsAtOnce() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      // both have read the file, found room, and passed their checks
      CyclicBarrier both = new CyclicBarrier(2);
      Callable<LiveEnd> one =
          () ->
              bench
                  .settings(
                      real ->
                          new LiveBench.Provider(bench.hub, real.key) {
                            private int prepared;

                            @Override
                            public Create prepare(GenerationRequest request) {
                              if (++prepared == 3) {
                                try {
                                  both.await();
                                } catch (Exception e) {
                                  throw new IllegalStateException(e);
                                }
                              }
                              return super.prepare(request);
                            }
                          })
                  .cap(Money.usd("0.50"))
                  .build()
                  .run();
      ExecutorService pool = Executors.newFixedThreadPool(2);
      try {
        List<LiveEnd.Kind> kinds = new ArrayList<>();
        for (Future<LiveEnd> each : pool.invokeAll(List.of(one, one))) {
          kinds.add(each.get().kind());
        }
        assertThat(kinds).containsExactlyInAnyOrder(LiveEnd.Kind.COMPLETE, LiveEnd.Kind.OVER_CAP);
      } finally {
        pool.shutdownNow();
      }
      assertThat(bench.creates()).isEqualTo(1);
    }
  }

  @Test
  void leavesTheHoldWhenItIsInterrupted() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end;
      try {
        end =
            bench.run(
                real ->
                    new LiveBench.Provider(bench.hub, real.key) {
                      @Override
                      public VideoTask task(TaskId id) {
                        VideoTask task = super.task(id);
                        Thread.currentThread().interrupt();
                        return task;
                      }
                    });
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(end.kind()).isEqualTo(LiveEnd.Kind.UNFINISHED);
      assertThat(bench.events()).containsExactly("intent", "submitted", "unknown");
    }
  }

  @Test
  void waitsNoLongerThanItsPatience() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      bench.hub.next().stuck();
      Instant began = bench.time.now();

      bench.settings(real -> real).patience(Duration.ofMinutes(3)).build().run();

      assertThat(Duration.between(began, bench.time.now()))
          .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
    }
  }
}
