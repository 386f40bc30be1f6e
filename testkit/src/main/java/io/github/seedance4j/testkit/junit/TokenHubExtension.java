package io.github.seedance4j.testkit.junit;

import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.SettableClock;
import io.github.seedance4j.testkit.VirtualTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * JUnit 5 extension: a {@link FakeTokenHub} for each test, on a time of its own, and a client that
 * is wired to it. Test methods, {@code @BeforeEach} and {@code @AfterEach} take as parameters any
 * of {@link FakeTokenHub}, {@link VideoGeneration}, {@link VirtualTime}, {@link SettableClock},
 * {@link TestBench}, and what {@link #providing} adds; all of one test belong together. Tests may
 * run at once.
 *
 * <p>Time passes by itself, as fast as there is work: a wait of twenty minutes takes milliseconds.
 * In a test that takes a {@link VirtualTime}, or whose {@code @BeforeEach} does, it stands still
 * until the test advances it: there, use the asynchronous methods, as a wait would never end.
 *
 * <p>When a test fails, the fake's side of it is beside the failure, as a suppressed exception. For
 * one class, take either the annotation or a registered extension.
 */
public final class TokenHubExtension
    implements ParameterResolver, BeforeAllCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(TokenHubExtension.class);

  private final UnaryOperator<FakeTokenHub.Builder> settings;
  private final Map<Class<?>, Function<TestBench, ?>> parts;
  private final boolean warmUp;

  /** As {@link #standard}; for {@code @ExtendWith}. */
  public TokenHubExtension() {
    this(
        builder -> builder,
        Map.of(
            FakeTokenHub.class, TestBench::hub,
            VirtualTime.class, TestBench::time,
            SettableClock.class, bench -> bench.time().clock(),
            TestBench.class, bench -> bench,
            VideoGeneration.class, TokenHubExtension::inMemory),
        false);
  }

  private TokenHubExtension(
      UnaryOperator<FakeTokenHub.Builder> settings,
      Map<Class<?>, Function<TestBench, ?>> parts,
      boolean warmUp) {
    this.settings = settings;
    this.parts = parts;
    this.warmUp = warmUp;
  }

  /**
   * A fake with its defaults, and a client that speaks to it in memory, without HTTP. For
   * {@code @RegisterExtension}.
   */
  public static TokenHubExtension standard() {
    return new TokenHubExtension();
  }

  /** The fake's settings: pace, billing, enforcement. Clock and seed are the extension's. */
  public TokenHubExtension hub(UnaryOperator<FakeTokenHub.Builder> settings) {
    Objects.requireNonNull(settings, "settings");
    return new TokenHubExtension(
        builder -> settings.apply(this.settings.apply(builder)), parts, warmUp);
  }

  /**
   * Provides one more type, or another {@link VideoGeneration}: your own client, made by your own
   * builder, on the bench's time ({@link TestBench#wire}). Made at its first use in a test; closed
   * after it, if it is {@link AutoCloseable}.
   */
  public <T> TokenHubExtension providing(Class<T> type, Function<TestBench, ? extends T> maker) {
    Map<Class<?>, Function<TestBench, ?>> more = new LinkedHashMap<>(parts);
    more.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(maker, "maker"));
    return new TokenHubExtension(settings, more, warmUp);
  }

  /**
   * Makes clips before the first test of a class, with a client and a fake that no test sees: for
   * tests with a time limit of their own, which loading classes would take from the first of them.
   */
  public TokenHubExtension warmedUp() {
    return new TokenHubExtension(settings, parts, true);
  }

  private static VideoGeneration inMemory(TestBench bench) {
    return bench
        .wire(
            VideoGenerationService.builder()
                .provider(bench.hub().provider())
                .clipFiles(job -> bench.directory().resolve(job.id() + ".mp4")))
        .build();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (warmUp) {
      RunningBench bench = RunningBench.start(settings, false);
      try {
        bench.warmUp((VideoGeneration) part(bench, VideoGeneration.class));
      } finally {
        bench.close();
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parts.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "each test has a "
              + type.getSimpleName()
              + " of its own: take it in the test method, in @BeforeEach or in @AfterEach");
    }
    return part(running(context), type);
  }

  private Object part(RunningBench bench, Class<?> type) {
    return bench.part(type, Objects.requireNonNull(parts.get(type)));
  }

  private RunningBench running(ExtensionContext context) {
    // the method's store, also where a @BeforeEach asks first
    return context
        .getStore(OURS)
        .getOrComputeIfAbsent(
            this, key -> RunningBench.start(settings, byHand(context)), RunningBench.class);
  }

  private static boolean byHand(ExtensionContext context) {
    return Stream.concat(
            Stream.of(context.getRequiredTestMethod()),
            AnnotationSupport.findAnnotatedMethods(
                context.getRequiredTestClass(), BeforeEach.class, HierarchyTraversalMode.TOP_DOWN)
                .stream())
        .flatMap(method -> Stream.of(method.getParameterTypes()))
        .anyMatch(VirtualTime.class::equals);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    RunningBench bench = context.getStore(OURS).remove(this, RunningBench.class);
    if (bench != null) {
      try {
        context.getExecutionException().ifPresent(bench::explain);
      } finally {
        bench.close();
      }
    }
  }
}
