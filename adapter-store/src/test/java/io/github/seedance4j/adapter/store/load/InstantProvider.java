package io.github.seedance4j.adapter.store.load;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

/**
 * A provider in the same process that takes no time. Its tasks run until it is told to end them;
 * then each tenth has a clip, of which there is no file, and the others fail. It writes down when
 * it was asked for a task.
 */
final class InstantProvider implements VideoProvider, VideoFetcher {

  private static final ProviderAccount ACCOUNT =
      new ProviderAccount("instant", "https://instant.test", "nobody");
  private static final ProviderFault BROKE =
      new ProviderFault(ProviderFault.Kind.PROVIDER, "InternalServiceError", "It broke.", null);
  private static final String NO_DIGEST = "0".repeat(64);
  private static final int CLIPS = 10;

  private final AtomicInteger tasks = new AtomicInteger();
  private final AtomicIntegerArray asked;
  private final CountDownLatch unasked;
  private final long[] questions;
  private final AtomicInteger questionCount = new AtomicInteger();
  private volatile boolean ended;

  /**
   * @param tasks that are looked after
   * @param questions how many have room
   */
  InstantProvider(int tasks, int questions) {
    this.asked = new AtomicIntegerArray(tasks);
    this.unasked = new CountDownLatch(tasks);
    this.questions = new long[questions];
  }

  /** From here on whatever was made is found to have ended. */
  void endAll() {
    ended = true;
  }

  /** Counts down as each task is first asked for. */
  CountDownLatch unasked() {
    return unasked;
  }

  int tasks() {
    return tasks.get();
  }

  int questions() {
    return questionCount.get();
  }

  /** How many questions there were in any one second at most, wherever it begins. */
  int mostInASecond() {
    long[] moments = Arrays.copyOf(questions, questionCount.get());
    Arrays.sort(moments);
    int most = 0;
    int first = 0;
    for (int last = 0; last < moments.length; last++) {
      while (moments[last] - moments[first] >= 1_000_000_000L) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  @Override
  public ProviderAccount account() {
    return ACCOUNT;
  }

  @Override
  public Create prepare(GenerationRequest request) {
    return new Create() {
      @Override
      public String bodySha256() {
        return NO_DIGEST;
      }

      @Override
      public CreateReply send() {
        TaskId task = new TaskId("task-" + tasks.getAndIncrement());
        return new CreateReply.Answered(200, task, null, null);
      }
    };
  }

  @Override
  public VideoTask task(TaskId id) {
    questions[questionCount.getAndIncrement()] = System.nanoTime();
    int number = Integer.parseInt(id.value().substring("task-".length()));
    if (asked.getAndIncrement(number) == 0) {
      unasked.countDown();
    }
    return new VideoTask(id, state(number), null, null);
  }

  private TaskState state(int number) {
    if (!ended) {
      return new TaskState.Running();
    }
    return number % CLIPS == 0
        ? new TaskState.Succeeded(new GeneratedVideo("https://instant.test/clip", null, null))
        : new TaskState.Failed(BROKE);
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress) {
    return new Clip(target, 1, NO_DIGEST, new ClipLength(121, 24));
  }

  @Override
  public void close() {}
}
