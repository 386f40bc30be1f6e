package io.github.seedance4j.adapter.store.crash;

import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One of several processes of a program on one journal: submits a range of jobs, follows what is
 * its own and what nobody looks after, and ends when it is told to, as programs do: a shutdown hook
 * closes the service. Begins to submit when it is told anything. It says {@code ready}, {@code
 * submitted}, {@code asked TASK}, {@code stored JOB}, and keeps a line with the times of each
 * question to the provider.
 */
final class Worker {

  private static final int THREADS = 16;

  /** Longer than any machine stalls; a third of it is how soon a worker takes over. */
  private static final Duration LEASE = Duration.ofSeconds(12);

  private static final PollPlan PLAN =
      new PollPlan(
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          2,
          Duration.ofMinutes(10),
          Duration.ofDays(3),
          Double.POSITIVE_INFINITY);

  private Worker() {}

  /**
   * @param args a place, this worker's name, the first job's number, and the one behind the last's
   */
  public static void main(String[] args) throws Exception {
    List<String> words = Arrays.asList(args);
    Place place = Place.of(words);
    int from = Integer.parseInt(words.get(7));
    int to = Integer.parseInt(words.get(8));
    TokenHubProvider hub = place.provider();
    VideoGeneration videos =
        VideoGenerationService.builder()
            .provider(new Watched(hub, polls(place, words.get(6)), ConcurrentHashMap.newKeySet()))
            .fetcher(hub)
            .journal(place.openJournal())
            .clipFiles(place::arrival)
            .clips(place::keep)
            .onEvent(event -> tell(place, event))
            .pollPlan(PLAN)
            .lease(LEASE)
            .build();
    Runtime.getRuntime().addShutdownHook(new Thread(videos::close));
    System.out.println("ready");
    System.in.read();
    submit(videos, place, from, to);
    System.out.println("submitted");
    Thread.currentThread().join(); // ends with a signal
  }

  private static void tell(Place place, JobEvent event) {
    place.hear(event);
    if (event.state() == JobState.STORED) {
      System.out.println("stored " + event.job().id());
    }
  }

  private static void submit(VideoGeneration videos, Place place, int from, int to)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Submission>> all =
        IntStream.range(from, to)
            .mapToObj(number -> threads.submit(() -> submit(videos, place, number)))
            .toList();
    threads.shutdown();
    for (Future<Submission> one : all) {
      one.get();
    }
    threads.awaitTermination(1, TimeUnit.MINUTES);
  }

  private static Submission submit(VideoGeneration videos, Place place, int number) {
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0_FAST)
            .prompt("job " + number + " of " + place.name())
            .resolution(Resolution.P480)
            .duration(Duration.ofSeconds(4))
            .build();
    return videos.submit(draft, SubmitOptions.idempotencyKey(key(place, number)));
  }

  static String key(Place place, int number) {
    return place.name() + "-" + number;
  }

  /** Where a worker keeps what it asked: task, beginning and end by the machine's one clock. */
  static Path polls(Place place, String worker) {
    return place.directory().resolve("polls-" + worker + ".txt");
  }

  /** Writes down when which task was asked for, and says it the first time. */
  private record Watched(VideoProvider hub, Path polls, Set<TaskId> known)
      implements VideoProvider {

    @Override
    public ProviderAccount account() {
      return hub.account();
    }

    @Override
    public Create prepare(GenerationRequest request) {
      return hub.prepare(request);
    }

    @Override
    public VideoTask task(TaskId id) {
      long begin = System.nanoTime(); // on Linux the same in all processes
      VideoTask task = hub.task(id);
      String line = id + " " + begin + " " + System.nanoTime() + "\n";
      try {
        Files.writeString(polls, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (known.add(id)) {
        System.out.println("asked " + id);
      }
      return task;
    }

    @Override
    public void close() {
      hub.close();
    }
  }
}
