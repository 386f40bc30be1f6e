package io.github.seedance4j.testkit.crash;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.ClipStore;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes between a service and its ports, counts how often each point is passed, and halts the
 * process at one of them, without any shutdown hook or {@code finally}, as a kill does:
 *
 * <pre>{@code
 * CrashPoints points = CrashPoints.haltingAt(CrashPoint.of("CREATE.AFTER"), 1);
 * VideoGenerationService.builder()
 *     .provider(points.provider(provider)).fetcher(points.fetcher(provider))
 *     .journal(points.journal(journal)).clips(points.clips(store)) …
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class CrashPoints {

  /** What a process that was halted here ends with: that of a SIGKILL, as a shell shows it. */
  public static final int EXIT_CODE = 137;

  private final @Nullable CrashPoint fatal;
  private final int pass;
  private final Runnable halt;
  private final Map<CrashPoint, Integer> passes = new ConcurrentHashMap<>();

  private CrashPoints(@Nullable CrashPoint fatal, int pass, Runnable halt) {
    this.fatal = fatal;
    this.pass = pass;
    this.halt = halt;
  }

  /**
   * Halts the process at the given pass of a point, counted from 1. A process that never comes
   * there ends as it would have anyway: take any other exit code than {@link #EXIT_CODE} for a
   * failure.
   */
  public static CrashPoints haltingAt(CrashPoint point, int pass) {
    return at(point, pass, () -> Runtime.getRuntime().halt(EXIT_CODE));
  }

  static CrashPoints at(CrashPoint point, int pass, Runnable halt) {
    if (pass < 1) {
      throw new IllegalArgumentException("pass: counted from 1, not " + pass);
    }
    return new CrashPoints(point, pass, halt);
  }

  /** Halts nothing, and counts. */
  public static CrashPoints counting() {
    return new CrashPoints(null, 0, () -> {});
  }

  /** How often each point was passed up to now, by name. */
  public Map<String, Integer> passes() {
    Map<String, Integer> sorted = new TreeMap<>();
    passes.forEach((point, count) -> sorted.put(point.toString(), count));
    return sorted;
  }

  /** A provider whose calls can be died of; not a fetcher any more, even if it was one. */
  public VideoProvider provider(VideoProvider provider) {
    return new VideoProvider() {
      @Override
      public ProviderAccount account() {
        return provider.account();
      }

      @Override
      public Create prepare(GenerationRequest request) {
        Create create = provider.prepare(request);
        return new Create() {
          @Override
          public String bodySha256() {
            return create.bodySha256();
          }

          @Override
          public CreateReply send() {
            return around(CrashStep.CREATE, create::send);
          }
        };
      }

      @Override
      public VideoTask task(TaskId id) {
        return around(CrashStep.POLL, () -> provider.task(id));
      }

      @Override
      public void close() {
        provider.close();
      }
    };
  }

  /** A fetcher that can be died of. */
  public VideoFetcher fetcher(VideoFetcher fetcher) {
    return (url, target, progress) -> {
      pass(CrashStep.FETCH, CrashPoint.Moment.BEFORE);
      var clip = fetcher.fetch(url, target, progress);
      pass(CrashStep.FETCH, CrashPoint.Moment.AFTER);
      return clip;
    };
  }

  /** A store that can be died of. */
  public ClipStore clips(ClipStore clips) {
    return (job, clip) -> {
      pass(CrashStep.STORE, CrashPoint.Moment.BEFORE);
      clips.store(job, clip);
      pass(CrashStep.STORE, CrashPoint.Moment.AFTER);
    };
  }

  /** A journal whose changes can be died of. */
  public JobJournal journal(JobJournal journal) {
    return new CrashingJournal(journal, this);
  }

  <T> T around(CrashStep step, Supplier<T> call) {
    pass(step, CrashPoint.Moment.BEFORE);
    T result = call.get();
    pass(step, CrashPoint.Moment.AFTER);
    return result;
  }

  void pass(CrashStep step, CrashPoint.Moment moment) {
    CrashPoint point = new CrashPoint(step, moment);
    int count = passes.merge(point, 1, Integer::sum);
    if (point.equals(fatal) && count == pass) {
      halt.run();
    }
  }
}
