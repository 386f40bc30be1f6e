package io.github.seedance4j.adapter.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.adapter.store.PostgresServer;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one journal: they take turns, take over, and stop without a trace. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {

  private static final int CREATES = 200;
  private static final int RESTARTS = 4;
  private static final int BATCH = CREATES / (RESTARTS + 1);
  private static final int SIGTERM = 128 + 15;
  private static final int EACH = 20;

  @TempDir Path folder;

  @Test
  void leavesNothingUnknownWhenItIsRestartedDuringCreates() throws Exception {
    restartsDuringCreates(folder.resolve("journal.db").toString());
  }

  @Tag("long")
  @Test
  void leavesNothingUnknownWhenItIsRestartedDuringCreatesOnPostgres() throws Exception {
    restartsDuringCreates(PostgresServer.shared().newDatabase());
  }

  @Test
  void followsEachJobOnceAtATime() throws Exception {
    followsOnceAtATime(folder.resolve("journal.db").toString());
  }

  @Tag("long")
  @Test
  void followsEachJobOnceAtATimeOnPostgres() throws Exception {
    followsOnceAtATime(PostgresServer.shared().newDatabase());
  }

  private void restartsDuringCreates(String address) throws Exception {
    try (HubProcess hub = HubProcess.start();
        Crew crew = new Crew()) {
      hub.sometimes(1, new CreateFault.DelaysAnswer(Duration.ofMillis(500)));
      Place place = place(hub, address);
      int inFlight = 0;
      crew.start(place, "0", 0, BATCH);
      for (int number = 1; number <= RESTARTS; number++) {
        // the next one is there before this one stops, and takes its share up from where it stood
        crew.start(place, Integer.toString(number), 0, (number + 1) * BATCH);
        crew.await(number + " ready");
        crew.get(Integer.toString(number - 1)).say("go");
        // what the ledger has is charged, and not answered yet
        hub.awaitLedger(number * BATCH - BATCH / 2, Duration.ofMinutes(1));
        inFlight += inFlight(place);
        crew.stop(Integer.toString(number - 1));
      }
      assertThat(inFlight).as("creates under way at the stops").isPositive();
      crew.get(Integer.toString(RESTARTS)).say("go");
      crew.await(RESTARTS + " submitted");
      crew.await(said -> stored(said).size() == CREATES);
      crew.stop(Integer.toString(RESTARTS));

      assertThat(place.heard()).noneMatch(line -> line.endsWith(" UNKNOWN"));
      requireAllStored(hub, place, CREATES);
    }
  }

  private void followsOnceAtATime(String address) throws Exception {
    try (HubProcess hub = HubProcess.builder().taskTime(Duration.ofHours(1)).start();
        Crew crew = new Crew()) {
      Place place = place(hub, address);
      List<String> workers = List.of("a", "b", "c");
      for (int i = 0; i < workers.size(); i++) {
        crew.start(place, workers.get(i), i * EACH, (i + 1) * EACH);
        crew.get(workers.get(i)).say("go");
      }
      for (String worker : workers) {
        crew.await(worker + " submitted");
      }
      for (int i = 0; i < workers.size(); i++) {
        crew.await(asked(workers.get(i), tasks(place, i * EACH, (i + 1) * EACH)));
      }

      crew.get("a").kill();
      Set<String> left = tasks(place, 0, EACH);
      crew.await( // by which of the two is chance
          said ->
              left.stream()
                  .allMatch(
                      task ->
                          said.contains("b asked " + task) || said.contains("c asked " + task)));
      crew.stop("b");
      crew.await(asked("c", tasks(place, 0, 3 * EACH)));
      hub.advance(Duration.ofHours(2));
      crew.await(said -> stored(said).size() == 3 * EACH);
      crew.stop("c");

      requireNoTwoAtOnce(place, workers);
      requireAllStored(hub, place, 3 * EACH);
    }
  }

  private static Set<String> asked(String worker, Set<String> tasks) {
    return tasks.stream().map(task -> worker + " asked " + task).collect(Collectors.toSet());
  }

  private static Set<String> stored(Set<String> said) {
    return said.stream()
        .map(line -> line.split(" "))
        .filter(words -> words[1].equals("stored"))
        .map(words -> words[2])
        .collect(Collectors.toSet());
  }

  private Place place(HubProcess hub, String address) {
    return new Place("crew", hub.baseUrl(), hub.ledgerFile(), address, folder, Instant.now());
  }

  private static int inFlight(Place place) {
    try (JdbcJobJournal journal = place.openJournal()) {
      return journal.list(JobQuery.all().in(Set.of(JobState.INTENDED))).size();
    }
  }

  private static void requireAllStored(HubProcess hub, Place place, int jobs) throws IOException {
    try (JdbcJobJournal journal = place.openJournal()) {
      List<Job> all = Judge.jobs(journal);
      assertThat(all).hasSize(jobs).allMatch(job -> job.state() == JobState.STORED);
      LedgerAssertions.assertThat(hub.ledger())
          .chargedTimes(jobs)
          .neverChargedMoreOftenThanAuthorised(all)
          .hasNoChargeWithoutAJob(all);
      assertThat(hub.ledger().charges().stream().map(Charge::taskId).distinct()).hasSize(jobs);
    }
    try (Stream<Path> kept = Files.list(place.shelf())) {
      assertThat(kept).hasSize(jobs);
    }
  }

  /** A question to the provider about a task. */
  private record Poll(String worker, long begin, long end) {}

  private static void requireNoTwoAtOnce(Place place, List<String> workers) throws IOException {
    Map<String, List<Poll>> byTask = new HashMap<>();
    for (String worker : workers) {
      for (String line : Files.readAllLines(Worker.polls(place, worker))) {
        String[] words = line.split(" ");
        Poll poll = new Poll(worker, Long.parseLong(words[1]), Long.parseLong(words[2]));
        byTask.computeIfAbsent(words[0], task -> new ArrayList<>()).add(poll);
      }
    }
    byTask.forEach(
        (task, polls) -> {
          polls.sort(Comparator.comparingLong(Poll::begin));
          Set<String> owners = new HashSet<>();
          String owner = "";
          long end = Long.MIN_VALUE;
          for (Poll poll : polls) {
            assertThat(poll.begin())
                .as("asked for %s while somebody was at it", task)
                .isGreaterThanOrEqualTo(end);
            end = poll.end();
            if (!poll.worker().equals(owner)) {
              owner = poll.worker();
              assertThat(owners.add(owner)).as("%s is back at %s", owner, task).isTrue();
            }
          }
        });
  }

  private static Set<String> tasks(Place place, int from, int to) {
    try (JdbcJobJournal journal = place.openJournal()) {
      return IntStream.range(from, to)
          .mapToObj(number -> journal.findByKey(Worker.key(place, number)).orElseThrow())
          .map(job -> job.taskId().orElseThrow().value())
          .collect(Collectors.toSet());
    }
  }

  /** Processes that end with the test, however it ends. */
  private static final class Crew implements AutoCloseable {

    private final Map<String, Child> children = new HashMap<>();

    /** Worker and line, a blank between them. */
    private final Set<String> said = new HashSet<>();

    void start(Place place, String worker, int from, int to) throws Exception {
      List<String> words = new ArrayList<>(place.words());
      words.addAll(List.of(worker, Integer.toString(from), Integer.toString(to)));
      Path errors = place.directory().resolve("errors-" + worker + ".txt");
      Child child = Child.start(Worker.class, words, errors);
      children.put(worker, child);
      Thread reader = new Thread(() -> child.lines(line -> hear(worker + " " + line)));
      reader.setDaemon(true);
      reader.start();
    }

    private synchronized void hear(String line) {
      said.add(line);
      notifyAll();
    }

    Child get(String worker) {
      return Objects.requireNonNull(children.get(worker));
    }

    /** Tells it to end, as an operating system does, and waits until it has. */
    void stop(String worker) throws Exception {
      get(worker).terminate();
      assertThat(get(worker).exitCode()).as(get(worker).errors()).isEqualTo(SIGTERM);
    }

    void await(String line) throws InterruptedException {
      await(Set.of(line));
    }

    void await(Set<String> lines) throws InterruptedException {
      await(all -> all.containsAll(lines));
    }

    synchronized void await(Predicate<Set<String>> enough) throws InterruptedException {
      while (!enough.test(said)) {
        wait(); // the test's time limit is the end of it
      }
    }

    @Override
    public void close() {
      children.values().forEach(Child::close);
    }
  }
}
