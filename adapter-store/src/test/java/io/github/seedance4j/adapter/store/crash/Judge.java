package io.github.seedance4j.adapter.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a journal and its files against what the provider says that it was asked and charged. The
 * hub is one's own for the time of a story, and what it charged before is left out.
 */
final class Judge {

  private static final Currency USD = Currency.getInstance("USD");

  private final HubProcess hub;
  private final Place place;
  private final int linesBefore;
  private final Map<TaskId, String> sent = new HashMap<>();

  Judge(HubProcess hub, Place place, int linesBefore) {
    this.hub = hub;
    this.place = place;
    this.linesBefore = linesBefore;
  }

  /** What was charged since the story began. */
  Ledger ledger() {
    Ledger all = hub.ledger();
    return new Ledger(all.entries().subList(linesBefore, all.entries().size()));
  }

  static List<Job> jobs(JdbcJobJournal journal) {
    return journal.list(JobQuery.all());
  }

  private static Spend spend(JdbcJobJournal journal) {
    return journal.spend(Instant.EPOCH, USD, null);
  }

  static long charges(Ledger ledger, Job job) {
    return ledger.chargesForDigest(job.bodySha256().orElseThrow()).stream()
        .map(Charge::cost)
        .filter(cost -> cost.signum() > 0)
        .count();
  }

  /** What is true at every instant. */
  void requireAlways(JdbcJobJournal journal) throws IOException {
    Ledger ledger = ledger(); // first: what is charged after it is no business of the journal's
    List<Job> jobs = jobs(journal);
    LedgerAssertions.assertThat(ledger)
        .neverChargedMoreOftenThanAuthorised(jobs)
        .hasNoChargeWithoutAJob(jobs)
        .isCoveredBy(spend(journal));
    Map<String, Job> names =
        jobs.stream().collect(Collectors.toMap(job -> job.id() + ".mp4", job -> job));
    for (Path folder : List.of(place.arrivals(), place.shelf())) {
      for (Path file : files(folder)) {
        Job job = names.get(String.valueOf(file.getFileName()));
        if (job != null) {
          assertThat(sha256(file)).as("%s of %s", file, job).isEqualTo(sent(job));
        }
      }
    }
  }

  /**
   * What is true once a process that went to the end is through.
   *
   * @param inFlight the jobs whose create call was under way when the one before was halted
   */
  void requireAtTheEnd(JdbcJobJournal journal, Set<JobId> inFlight) throws IOException {
    requireAlways(journal);
    List<Job> jobs = jobs(journal);
    assertThat(jobs)
        .as("one job for each act")
        .extracting(job -> job.idempotencyKey().orElseThrow())
        .containsExactlyInAnyOrderElementsOf(
            Story.ACTS.stream().map(act -> Story.key(place.name(), act)).toList());
    assertThat(jobs.stream().filter(job -> job.state() == JobState.UNKNOWN).map(Job::id))
        .as("of unknown outcome: at most what was being sent")
        .isSubsetOf(inFlight);
    assertThat(jobs).noneMatch(job -> job.state().isUnfinished());

    Map<String, String> kept = new TreeMap<>();
    for (Path file : files(place.shelf())) {
      kept.put(String.valueOf(file.getFileName()), sha256(file));
    }
    Map<String, String> expected = new TreeMap<>();
    for (Job job : jobs) {
      if (job.state() == JobState.STORED) {
        expected.put(job.id() + ".mp4", sent(job));
      }
    }
    assertThat(kept).as("one whole file for each success").isEqualTo(expected);
    assertThat(files(place.arrivals())).as("left on the way").isEmpty();

    requireEndsHeard(jobs);
    ProviderAccount account = jobs.get(0).account();
    Lease next = new Lease("whoever comes next", place.time().now(), Duration.ofSeconds(1));
    assertThat(journal.claim(next, account, 100)).as("what is left to do, or to tell").isEmpty();
    journal.release(next.owner());
  }

  private void requireEndsHeard(List<Job> jobs) throws IOException {
    Map<String, Set<String>> states =
        place.heard().stream()
            .map(line -> line.split(" "))
            .collect(
                Collectors.groupingBy(
                    words -> words[0], Collectors.mapping(words -> words[1], Collectors.toSet())));
    assertThat(states.values()).as("an id is of one event").allMatch(told -> told.size() == 1);
    for (Job job : jobs) {
      List<String> ends =
          states.entrySet().stream()
              .filter(event -> event.getKey().startsWith(job.id() + ":"))
              .filter(event -> event.getValue().contains(job.state().name()))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(ends).as("what was told of the end of %s", job).isNotEmpty();
      if (job.state() == JobState.STORED) {
        assertThat(ends).as("the same event has the same id").hasSize(1);
      }
    }
  }

  /** Nothing is held any more, and what was settled is what was charged. */
  void requireSettled(JdbcJobJournal journal) {
    LedgerAssertions.assertThat(ledger()).agreesWith(spend(journal));
  }

  private String sent(Job job) throws IOException {
    TaskId task = job.taskId().orElseThrow();
    String known = sent.get(task);
    if (known == null) {
      try (InputStream clip =
          hub.baseUrl().resolve("/_fake/clips/" + task + ".mp4").toURL().openStream()) {
        known = sha256(clip.readAllBytes());
      }
      sent.put(task, known);
    }
    return known;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String sha256(Path file) throws IOException {
    return sha256(Files.readAllBytes(file));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
