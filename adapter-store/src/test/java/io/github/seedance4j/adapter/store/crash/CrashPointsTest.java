package io.github.seedance4j.adapter.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.adapter.store.PostgresServer;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.crash.CrashPoint;
import io.github.seedance4j.testkit.crash.CrashPoints;
import io.github.seedance4j.testkit.generate.Seeds;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Halts a process at each point of docs/crash-points.md, and starts the next one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT) // which a lifecycle of its own turns off
class CrashPointsTest {

  /** Stories at once: one more than a small machine has processors, as each waits now and then. */
  private static final int LANES = 3;

  /** Of the points, in every build: each so many-eth, before and after in turn. */
  private static final int EVERY = 9;

  private final BlockingQueue<HubProcess> hubs = new LinkedBlockingQueue<>();
  private final AtomicInteger names = new AtomicInteger();
  private final Map<CrashPoint, Integer> guaranteed = new HashMap<>();

  private Path folder = Path.of("");

  @BeforeAll
  void startHubs(@TempDir Path shared) { // a field's would end with the first test of all
    folder = shared;
    for (int i = 0; i < LANES; i++) {
      hubs.add(HubProcess.builder().billing(Billing.REAL_LENGTH).start());
    }
  }

  @AfterAll
  void stopHubs() {
    hubs.forEach(HubProcess::close);
  }

  @Test
  void hasARowForEachPoint() throws Exception {
    assertThat(CrashPage.rows())
        .extracting(CrashPage.Row::point)
        .containsExactlyElementsOf(CrashPoint.all());
  }

  @Test
  void passesEachPointInAStoryWithoutAHalt() throws Exception {
    assertThat(guaranteedPasses().keySet()).containsExactlyInAnyOrderElementsOf(CrashPoint.all());
  }

  @TestFactory
  Stream<DynamicTest> goesOnAfterSomeHalts() throws Exception {
    List<CrashPage.Row> rows = CrashPage.rows();
    return IntStream.range(0, rows.size())
        .filter(number -> number % EVERY == 3)
        .mapToObj(number -> firstPass(rows.get(number), CrashPointsTest::file));
  }

  /** Each when it is passed first, and again at a pass that chance decides on. */
  @Tag("long")
  @TestFactory
  Stream<DynamicTest> goesOnAfterEachHaltOnSqlite() throws Exception {
    Map<CrashPoint, Integer> passes = guaranteedPasses();
    Random random = Seeds.random("crash points");
    List<DynamicTest> tests = new ArrayList<>();
    for (CrashPage.Row row : CrashPage.rows()) {
      tests.add(firstPass(row, CrashPointsTest::file));
      int most = passes.getOrDefault(row.point(), 0);
      if (most > 1) {
        tests.add(laterPass(row.point(), 2 + random.nextInt(most - 1)));
      }
    }
    return tests.stream();
  }

  @Tag("long")
  @TestFactory
  Stream<DynamicTest> goesOnAfterEachHaltOnPostgres() throws Exception {
    PostgresServer server = PostgresServer.shared();
    requireDurable(server.newDatabase());
    return CrashPage.rows().stream().map(row -> firstPass(row, directory -> server.newDatabase()));
  }

  private static void requireDurable(String url) throws SQLException {
    for (String setting : List.of("fsync", "synchronous_commit")) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SHOW " + setting)) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).as(setting).isEqualTo("on");
      }
    }
  }

  private DynamicTest firstPass(CrashPage.Row row, Journals journals) {
    return DynamicTest.dynamicTest(
        row.point().toString(), () -> haltAndGoOn(row.point(), 1, Optional.of(row), journals));
  }

  private DynamicTest laterPass(CrashPoint point, int pass) {
    return DynamicTest.dynamicTest(
        "%s, pass %d, -D%s=%d".formatted(point, pass, Seeds.PROPERTY, Seeds.seed()),
        () -> haltAndGoOn(point, pass, Optional.empty(), CrashPointsTest::file));
  }

  /** Makes an empty journal's address. */
  @FunctionalInterface
  private interface Journals {
    String in(Path directory) throws Exception;
  }

  private static String file(Path directory) {
    return directory.resolve("journal.db").toString();
  }

  /** How often every telling of the story passes each point at least. */
  private synchronized Map<CrashPoint, Integer> guaranteedPasses() throws Exception {
    if (guaranteed.isEmpty()) {
      HubProcess hub = hubs.take();
      try {
        Place place = place(hub, CrashPointsTest::file);
        Judge judge = new Judge(hub, place, hub.ledger().entries().size());
        CrashPoints points = CrashPoints.counting();
        Story.tell(place, points);
        try (JdbcJobJournal journal = place.openJournal()) {
          judge.requireAtTheEnd(journal, Set.of());
        }
        points.passes().forEach((name, passes) -> guaranteed.put(CrashPoint.of(name), passes));
      } finally {
        hubs.add(hub);
      }
    }
    return guaranteed;
  }

  private void haltAndGoOn(
      CrashPoint point, int pass, Optional<CrashPage.Row> row, Journals journals) throws Exception {
    HubProcess hub = hubs.take();
    try {
      Place place = place(hub, journals);
      Judge judge = new Judge(hub, place, hub.ledger().entries().size());
      Optional<String> act = halt(place, point, pass);
      Set<JobId> inFlight;
      try (JdbcJobJournal journal = place.openJournal()) {
        judge.requireAlways(journal);
        inFlight =
            Judge.jobs(journal).stream()
                .filter(job -> job.state() == JobState.INTENDED)
                .map(Job::id)
                .collect(Collectors.toSet());
        if (row.isPresent()) {
          Optional<Job> left = act.flatMap(it -> journal.findByKey(Story.key(place.name(), it)));
          assertThat(left.map(Job::state)).as("left").isEqualTo(row.get().left());
          long charges = left.map(job -> Judge.charges(judge.ledger(), job)).orElse(0L);
          assertThat(charges).as("charges").isEqualTo(row.get().charges());
        }
      }

      Place later = place.anHourLater();
      Story.tell(later, CrashPoints.counting());

      try (JdbcJobJournal journal = place.openJournal()) {
        judge.requireAtTheEnd(journal, inFlight);
        if (row.isPresent()) {
          String key = Story.key(place.name(), act.orElse(Story.ACTS.get(0)));
          assertThat(journal.findByKey(key).map(Job::state)).contains(row.get().end());
        }
      }
      Ledger ledger = judge.ledger();
      Bookkeeper.settle(later, ledger);
      try (JdbcJobJournal journal = place.openJournal()) {
        judge.requireAlways(journal);
        judge.requireSettled(journal);
      }
    } finally {
      hubs.add(hub);
    }
  }

  private Place place(HubProcess hub, Journals journals) throws Exception {
    String name = "s" + names.incrementAndGet();
    Path directory = Files.createDirectory(folder.resolve(name));
    Story.prepare(hub, name);
    return new Place(
        name, hub.baseUrl(), hub.ledgerFile(), journals.in(directory), directory, Instant.now());
  }

  /** The act in which it was halted, if it had begun with one. */
  private static Optional<String> halt(Place place, CrashPoint point, int pass) throws Exception {
    List<String> words =
        Stream.concat(place.words().stream(), Stream.of(point.toString(), Integer.toString(pass)))
            .toList();
    Path errors = place.directory().resolve("errors.txt");
    try (Child child = Child.start(Story.class, words, errors)) {
      List<String> acts = child.lines();
      assertThat(child.exitCode())
          .as("halted at %s, pass %d, after %s; %s", point, pass, acts, child.errors())
          .isEqualTo(CrashPoints.EXIT_CODE);
      return acts.isEmpty() ? Optional.empty() : Optional.of(acts.get(acts.size() - 1));
    }
  }
}
