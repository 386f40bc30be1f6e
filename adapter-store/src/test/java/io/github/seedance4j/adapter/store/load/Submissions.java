package io.github.seedance4j.adapter.store.load;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * How many durable submissions a second: intent and outcome on disk, from sixty-four threads,
 * against a provider that takes no time. Beside it what the journal does of that alone, a job
 * admitted and then replaced, and what one thread commits of single rows to a file of the same
 * kind. They take turns in one run; medians. Run by {@code docs/submissions.sh}.
 */
final class Submissions {

  private static final int THREADS = 64;

  /** Nothing is asked for while it is measured. */
  private static final PollPlan NEVER =
      new PollPlan(
          Duration.ofHours(5),
          Duration.ofHours(5),
          1,
          Duration.ofMinutes(10),
          Duration.ofDays(3),
          Double.POSITIVE_INFINITY);

  private Submissions() {}

  /**
   * @param args a directory on the disk in question, rounds, and submissions in each
   */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "submissions");
    int rounds = Integer.parseInt(args[1]);
    int each = Integer.parseInt(args[2]);
    List<Double> submissions = new ArrayList<>();
    List<Double> pairs = new ArrayList<>();
    List<Double> commits = new ArrayList<>();
    InstantProvider provider = new InstantProvider(0, 0);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Connection plain = plain(directory.resolve("plain.db"));
        JobJournal alone = JdbcJobJournal.sqlite(directory.resolve("alone.db"));
        VideoGeneration videos =
            VideoGenerationService.builder()
                .provider(provider)
                .journal(JdbcJobJournal.sqlite(directory.resolve("journal.db")))
                .concurrency(THREADS)
                .pollPlan(NEVER)
                .build()) {
      for (int round = -1; round < rounds; round++) { // the first is to warm up
        String name = "round " + round;
        double rate = inAll(threads, each, n -> submit(videos, name + ", clip " + n));
        Quote quote = videos.quote(Buyers.draft(name));
        String task = name.replace(' ', '-') + "-";
        double pair = inAll(threads, each, n -> record(alone, provider, quote, task + n));
        double commit = commit(plain, Duration.ofSeconds(2));
        System.out.printf(
            "%s: %,.0f submissions/s, %,.0f by the journal alone, %,.0f single commits/s%n",
            round < 0 ? "warm-up" : "round " + (round + 1), rate, pair, commit);
        if (round >= 0) {
          submissions.add(rate);
          pairs.add(pair);
          commits.add(commit);
        }
      }
    } finally {
      threads.shutdownNow();
      delete(directory);
    }
    System.out.printf(
        "medians: %,.0f submissions/s, %,.0f by the journal alone (ratio %.2f), %,.0f single"
            + " commits/s (ratio %.1f)%n",
        median(submissions),
        median(pairs),
        median(submissions) / median(pairs),
        median(commits),
        median(submissions) / median(commits));
  }

  private static void submit(VideoGeneration videos, String what) {
    Submission submission = videos.submit(Buyers.draft(what), SubmitOptions.idempotencyKey(what));
    if (!(submission instanceof Submission.Accepted)) {
      throw new IllegalStateException(submission.toString());
    }
  }

  /** What a submission leaves in the journal. */
  private static void record(JobJournal journal, VideoProvider provider, Quote quote, String what) {
    Instant now = Instant.now();
    String id = "job-" + UUID.randomUUID().toString().replace("-", "");
    Job intended =
        Job.intended(new JobId(id), provider.account(), Buyers.draft(what), now)
            .quote(quote)
            .idempotencyKey(what)
            .attempts(1)
            .done();
    journal.admit(intended, List.of(), "nobody");
    Job taken = intended.change().state(JobState.SUBMITTED, now).taskId(new TaskId(what)).done();
    if (journal.replace(taken) != JobJournal.Replaced.DONE) {
      throw new IllegalStateException(taken.toString());
    }
  }

  /** How often a second something is done that often by all threads. */
  private static double inAll(ExecutorService threads, int count, IntConsumer work)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                  work.accept(n);
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    return count * 1e9 / (System.nanoTime() - begin);
  }

  private static Connection plain(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE plain (number INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    }
    return connection;
  }

  private static double commit(Connection connection, Duration time) throws SQLException {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    long count = 0;
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO plain (text) VALUES (?)")) {
      while (System.nanoTime() < end) {
        insert.setString(1, "row " + count);
        insert.executeUpdate();
        count++;
      }
    }
    return count * 1e9 / (System.nanoTime() - begin);
  }

  private static double median(List<Double> figures) {
    List<Double> sorted = new ArrayList<>(figures);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void delete(Path directory) throws Exception {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
