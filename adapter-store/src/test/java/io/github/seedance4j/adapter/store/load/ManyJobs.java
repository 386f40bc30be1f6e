package io.github.seedance4j.adapter.store.load;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A process that follows many jobs at once: submits them all, waits until each was asked for, lets
 * them end, and waits until it was told so of each. Prints one figure a line.
 */
final class ManyJobs {

  private static final int SUBMITTERS = 32;
  private static final long LONGEST_SECONDS = 240;
  private static final long GLANCE_MILLIS = 20;

  /** Each of ten thousand every five seconds would be twice as many as may be. */
  private static final PollPlan PLAN =
      new PollPlan(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          2,
          Duration.ofMinutes(10),
          Duration.ofDays(3),
          Double.POSITIVE_INFINITY);

  private ManyJobs() {}

  /**
   * @param args journal, directory, jobs, and questions a second
   */
  public static void main(String[] args) throws Exception {
    int jobs = Integer.parseInt(args[2]);
    InstantProvider provider = new InstantProvider(jobs, 100 * jobs);
    Map<JobId, JobState> ends = new ConcurrentHashMap<>();
    CountDownLatch left = new CountDownLatch(jobs);
    ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "worker"));
    Set<Thread> before = threads();
    try (VideoGeneration videos =
        VideoGenerationService.builder()
            .provider(provider)
            .journal(JdbcJobJournal.sqlite(Path.of(args[0])))
            .clipFiles(job -> Path.of(args[1], job.id() + ".mp4"))
            .pollPlan(PLAN.perSecond(Integer.parseInt(args[3])))
            .executor(pool)
            .concurrency(SUBMITTERS)
            .onEvent(event -> hear(event, ends, left))
            .build()) {
      submit(videos, jobs);
      Ours ours = new Ours(before);
      ours.await(provider.unasked());
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      say("megabytes", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
      say("ended-before", ends.size());
      provider.endAll();
      ours.await(left);
      say("ends", ends.size());
      ends.values().stream()
          .collect(Collectors.groupingBy(state -> state, Collectors.counting()))
          .forEach((state, count) -> say(state.name(), count));
      say("unfinished", videos.list(JobQuery.all().in(Set.of(JobState.RUNNING)).limit(1)).size());
      say("threads", ours.most);
      System.out.println("names " + ours.names);
    }
    pool.shutdown();
    say("questions", provider.questions());
    say("most-in-a-second", provider.mostInASecond());
  }

  private static void say(String name, long figure) {
    System.out.println(name + " " + figure);
  }

  private static void hear(JobEvent event, Map<JobId, JobState> ends, CountDownLatch left) {
    boolean end = event.download() == null && event.state().isEnded();
    if (end && ends.put(event.job().id(), event.state()) == null) {
      left.countDown();
    }
  }

  private static void submit(VideoGeneration videos, int jobs) throws Exception {
    ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTERS);
    List<Future<Submission>> all = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      String what = "clip " + i;
      all.add(submitters.submit(() -> videos.submit(Buyers.draft(what))));
    }
    submitters.shutdown();
    for (Future<Submission> one : all) {
      if (!(one.get() instanceof Submission.Accepted)) {
        throw new IllegalStateException(one.get().toString());
      }
    }
    submitters.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  /**
   * Whatever threads there are that were not there before there was a service, but for the JDK's
   * own that waits for processes to end: SQLite's driver asks one what system this is.
   */
  private static final class Ours {
    private final Set<Thread> before;
    private final Set<String> names = new TreeSet<>();
    private int most;

    Ours(Set<Thread> before) {
      this.before = before;
    }

    /** Waits, and looks around meanwhile. */
    void await(CountDownLatch latch) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
      while (!latch.await(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
        Set<Thread> now = threads();
        now.removeAll(before);
        now.removeIf(thread -> thread.getName().equals("process reaper"));
        now.forEach(thread -> names.add(thread.getName()));
        most = Math.max(most, now.size());
        if (System.nanoTime() > end) {
          throw new IllegalStateException(latch.getCount() + " are left");
        }
      }
    }
  }
}
