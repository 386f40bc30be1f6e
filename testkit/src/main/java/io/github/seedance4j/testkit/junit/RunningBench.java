package io.github.seedance4j.testkit.junit;

import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.VirtualTime;
import io.github.seedance4j.testkit.generate.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The bench of one test while it runs, and what was made for it. */
final class RunningBench {

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final SecureRandom SEEDS = new SecureRandom();

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.testkit");
  private static final int WARM_UPS = 5;
  private static final GenerationDraft CLIP =
      GenerationDraft.builder().model(ModelId.SEEDANCE_2_0_FAST).prompt("warming up").build();

  private final TestBench bench;
  private final boolean timeByHand;
  private final Map<Class<?>, Object> parts = new HashMap<>();
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

  private RunningBench(TestBench bench, boolean timeByHand) {
    this.bench = bench;
    this.timeByHand = timeByHand;
    toClose.push(() -> delete(bench.directory()));
    toClose.push(bench.hub());
  }

  static RunningBench start(UnaryOperator<FakeTokenHub.Builder> settings, boolean timeByHand) {
    long seed = Seeds.chosen().orElseGet(() -> SEEDS.nextInt(Integer.MAX_VALUE));
    VirtualTime time = VirtualTime.at(START);
    FakeTokenHub hub =
        settings.apply(FakeTokenHub.builder()).clock(time.clock()).seed(seed).start();
    try {
      Path directory = Files.createTempDirectory("seedance4j-test-");
      RunningBench running = new RunningBench(new TestBench(hub, time, directory), timeByHand);
      if (!timeByHand) {
        running.toClose.push(time.rushing());
      }
      return running;
    } catch (IOException e) {
      hub.close();
      throw new UncheckedIOException(e);
    }
  }

  synchronized Object part(Class<?> type, Function<TestBench, ?> maker) {
    Object part = parts.get(type);
    if (part == null) {
      part = maker.apply(bench);
      parts.put(type, part);
      if (part instanceof AutoCloseable closeable && part != bench.hub() && part != bench.time()) {
        toClose.push(closeable);
      }
    }
    return part;
  }

  /** Whatever becomes of it: a client that can't make these clips fails its tests, not this. */
  void warmUp(VideoGeneration videos) {
    try {
      for (int i = 0; i < WARM_UPS; i++) {
        videos.generate(CLIP);
      }
    } catch (SeedanceException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not warm up", e);
    }
  }

  /** Puts the fake's side of the story beside the failure. */
  void explain(Throwable failure) {
    failure.addSuppressed(
        new AssertionError(
            "the fake's side (again with -D"
                + Seeds.PROPERTY
                + "="
                + bench.hub().seed()
                + "; "
                + timeTold()
                + "): "
                + bench.hub().describe()));
  }

  private String timeTold() {
    Duration passed = Duration.between(START, bench.time().now());
    if (timeByHand) {
      return "the test takes VirtualTime, so time passes only by advance(): "
          + passed.toSeconds()
          + " s";
    }
    return passed.isZero()
        ? "no time has passed; a client that waits must be on it: bench.wire(builder)"
        : passed.toSeconds() + " s have passed; a client must be on this time, bench.wire(builder)";
  }

  /** Ends clients first, latest first, then time, then the fake; all of them, whatever one says. */
  void close() throws Exception {
    Exception first = null;
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException trouble)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
