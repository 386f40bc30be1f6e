package io.github.seedance4j.adapter.store;

import static io.github.seedance4j.adapter.store.Jobs.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one thread that writes: what it groups stays apart, and nothing is lost on the way. */
class SqliteWritingTest {

  private static final JournalOptions IMPATIENT =
      JournalOptions.defaults().patience(Duration.ofMillis(50));

  @TempDir Path directory;

  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void endCallers() {
    callers.shutdownNow();
  }

  @Test
  void keepsAFailureToTheOneThatFailed() throws Exception {
    try (SqliteDatabase database = open()) {
      List<CompletableFuture<Boolean>> group = new ArrayList<>();
      CountDownLatch stop = hold(database);
      Job first = holding("1.00");
      Job second = holding("1.00");
      group.add(write(database, session -> JobTable.insert(session, JobTable.row(first), "us")));
      group.add(
          write(
              database,
              session -> {
                JobTable.insert(session, JobTable.row(holding("1.00")), "us");
                throw new ArithmeticException("ours");
              }));
      group.add(
          write(
              database,
              session -> {
                JobTable.insert(session, JobTable.row(holding("1.00")), "us");
                return session.update("UPDATE job SET state = 'ASLEEP'") > 0;
              }));
      group.add(write(database, session -> JobTable.insert(session, JobTable.row(second), "us")));
      stop.countDown();

      assertThat(group.get(0).join()).isTrue();
      assertThat(group.get(3).join()).isTrue();
      assertThatThrownBy(group.get(1)::join).hasRootCauseMessage("ours");
      assertThatThrownBy(group.get(2)::join)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("job_state_known");
      assertThat(ids(database)).containsExactlyInAnyOrder(first.id(), second.id());
    }
  }

  @Test
  void tellsEveryoneInAGroupWhoseDiskIsFull() throws Exception {
    try (SqliteDatabase database = open()) {
      Job before = holding("1.00");
      database.write(session -> JobTable.insert(session, JobTable.row(before), "us"));
      long pages =
          database.write(
              session -> session.list("PRAGMA page_count", row -> row.getLong(1)).get(0));
      database.write(session -> pragma(session, "max_page_count = " + (pages + 1)));
      CountDownLatch stop = hold(database);
      Job large = Jobs.intended().note("x".repeat(100_000)).done();
      List<CompletableFuture<Boolean>> group =
          List.of(
              write(
                  database, session -> JobTable.insert(session, JobTable.row(holding("1")), "us")),
              write(database, session -> JobTable.insert(session, JobTable.row(large), "us")),
              write(
                  database, session -> JobTable.insert(session, JobTable.row(holding("1")), "us")));
      stop.countDown();

      // whoever failed was told so, and whoever wasn't is there
      int told = 0;
      for (CompletableFuture<Boolean> each : group) {
        try {
          each.join();
        } catch (CompletionException e) {
          told++;
          assertThat(e.getCause())
              .isInstanceOf(RetryLaterException.class)
              .hasMessageContaining("disk is full; make room");
        }
      }
      assertThat(told).isPositive();
      assertThat(ids(database)).hasSize(1 + group.size() - told);
      database.write(session -> pragma(session, "max_page_count = 100000"));
      boolean fits = database.write(session -> JobTable.insert(session, JobTable.row(large), "us"));
      assertThat(fits).isTrue();
    }
  }

  @Test
  void holdsNoLockWhileNothingWaits() throws Exception {
    Path file = directory.resolve("journal.db");
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(file)) {
      journal.admit(holding("1.00"), List.of(), "us");
      journal.list(JobQuery.all());

      try (Connection rival = rival(file)) {
        execute(rival, "BEGIN EXCLUSIVE");
        execute(rival, "UPDATE job SET told = 1");
        execute(rival, "COMMIT");
      }
    }
  }

  @Test
  void leavesNoWaitingForOtherProcessesToSqliteWhichSleepsTooLong() {
    try (SqliteDatabase database = open()) {
      assertThat(
              database.<List<Integer>>write(
                  session -> session.list("PRAGMA busy_timeout", row -> row.getInt(1))))
          .containsExactly(0);
    }
  }

  @Test
  void saysThatAnotherProgramKeepsTheFile() throws Exception {
    Path file = directory.resolve("journal.db");
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(file, IMPATIENT);
        Connection rival = rival(file)) {
      execute(rival, "BEGIN IMMEDIATE");
      Job job = holding("1.00");

      assertThatThrownBy(() -> journal.admit(job, List.of(), "us"))
          .isInstanceOf(RetryLaterException.class)
          .hasMessage(
              "the journal "
                  + file.toRealPath()
                  + " is locked by another program; try again when that is done");
      assertThat(journal.find(job.id())).isEmpty();
      execute(rival, "COMMIT");
      assertThat(journal.admit(job, List.of(), "us")).isEqualTo(new Admission.Admitted(job));
    }
  }

  @Test
  void finishesWhatAnInterruptedThreadAskedFor() throws Exception {
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(directory.resolve("journal.db"))) {
      List<Job> jobs = new ArrayList<>();
      boolean stayed =
          CompletableFuture.supplyAsync(
                  () -> {
                    Thread.currentThread().interrupt();
                    for (int i = 0; i < 20; i++) {
                      Job job = holding("1.00");
                      jobs.add(job);
                      journal.admit(job, List.of(), "us");
                      journal.claim(Jobs.lease("us"), job.id());
                      assertThat(journal.find(job.id())).contains(job);
                    }
                    return Thread.interrupted();
                  },
                  callers)
              .join();

      assertThat(stayed).isTrue();
      assertThat(journal.list(JobQuery.all())).containsExactlyInAnyOrderElementsOf(jobs);
    }
  }

  @Test
  void writesWhatWaitsBeforeItCloses() throws Exception {
    Path file = directory.resolve("journal.db");
    SqliteDatabase database = open();
    CountDownLatch stop = hold(database);
    Job job = holding("1.00");
    CompletableFuture<Boolean> waiting =
        write(database, session -> JobTable.insert(session, JobTable.row(job), "us"));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(database::close, callers);
    stop.countDown();

    assertThat(waiting.join()).isTrue();
    closing.join();
    try (JdbcJobJournal again = JdbcJobJournal.sqlite(file)) {
      assertThat(again.find(job.id())).contains(job);
    }
  }

  @Test
  void refusesEverythingOnceItIsClosed() {
    JdbcJobJournal journal = JdbcJobJournal.sqlite(directory.resolve("journal.db"));
    Job job = holding("1.00");
    journal.admit(job, List.of(), "us");
    journal.close();

    List<ThrowingCallable> calls =
        List.of(
            () -> journal.admit(job, List.of(), "us"),
            () -> journal.replace(Jobs.submitted(job)),
            () -> journal.find(job.id()),
            () -> journal.findByTask(Jobs.ACCOUNT, new TaskId("t")),
            () -> journal.findByKey("k"),
            () -> journal.list(JobQuery.all()),
            () -> journal.spend(Jobs.NOON, Money.usd("1").currency(), null),
            journal::budgets,
            () -> journal.setBudget(Budget.ever(Money.usd("1"))),
            () -> journal.removeBudget(Budget.Period.DAY, null),
            () -> journal.claim(Jobs.lease("us"), Jobs.ACCOUNT, 1),
            () -> journal.claim(Jobs.lease("us"), job.id()),
            () -> journal.release("us"),
            () -> journal.told(job.id(), 1),
            () -> journal.backup(directory.resolve("copy.db")));
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(call)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("closed: "));
    assertThatCode(journal::close).doesNotThrowAnyException();
  }

  private SqliteDatabase open() {
    return SqliteDatabase.open(
        directory.resolve("journal.db"), JournalOptions.defaults(), Clock.systemUTC());
  }

  /** Keeps the writing thread busy until the latch is down: what comes meanwhile is one group. */
  private CountDownLatch hold(SqliteDatabase database) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stop = new CountDownLatch(1);
    callers.submit(
        () ->
            database.write(
                session -> {
                  begun.countDown();
                  try {
                    return stop.await(60, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }));
    begun.await();
    return stop;
  }

  /** Comes back once the work waits, in the order of the calls. */
  private CompletableFuture<Boolean> write(SqliteDatabase database, Database.Work<Boolean> work) {
    int before = database.waiting();
    CompletableFuture<Boolean> done =
        CompletableFuture.supplyAsync(() -> database.write(work), callers);
    while (database.waiting() == before) {
      Thread.onSpinWait();
    }
    return done;
  }

  private static List<JobId> ids(SqliteDatabase database) {
    return database.read(session -> JobTable.list(session, JobQuery.all())).stream()
        .map(JobJson::read)
        .map(Job::id)
        .toList();
  }

  private static Connection rival(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute(connection, "PRAGMA busy_timeout = 0");
    return connection;
  }

  private static boolean pragma(Session session, String pragma) throws SQLException {
    execute(session.connection(), "PRAGMA " + pragma);
    return true;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
