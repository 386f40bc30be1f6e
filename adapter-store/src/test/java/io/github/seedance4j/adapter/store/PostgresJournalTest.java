package io.github.seedance4j.adapter.store;

import static io.github.seedance4j.adapter.store.Jobs.NOON;
import static io.github.seedance4j.adapter.store.Jobs.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Money;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a journal in PostgreSQL does beyond the contract. */
class PostgresJournalTest {

  @Test
  void refusesConnectionsInsideACallersTransaction() throws Exception {
    String url = PostgresServer.shared().newDatabase();
    DataSource callers =
        new PGSimpleDataSource() {
          private static final long serialVersionUID = 1L;

          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(false);
            return connection;
          }
        };
    ((PGSimpleDataSource) callers).setURL(url);

    assertThatThrownBy(() -> JdbcJobJournal.postgres(callers))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a connection inside a transaction (autoCommit is off)")
        .hasMessageContaining("give it a DataSource of its own");
  }

  @Test
  void tellsNothingOfARowThatTheServerRefuses() throws Exception {
    String url = PostgresServer.shared().newDatabase();
    PGSimpleDataSource source = new PGSimpleDataSource(); // its details are on
    source.setURL(url);
    JdbcJobJournal.postgres(source).close();
    execute(url, "ALTER TABLE job ADD CONSTRAINT none_today CHECK (version > 9)");
    try (JdbcJobJournal journal = JdbcJobJournal.postgres(source)) {
      Job job = Jobs.intended().note("a secret prompt").done();
      assertThatThrownBy(() -> journal.admit(job, List.of(), "us"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("none_today")
          .satisfies(
              e -> {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain("secret", "a cat");
              });
    }
  }

  /** A minute by default; in the address to be quick. */
  @Test
  void waitsNotForEverForAServerThatFallsSilent() throws Exception {
    URI real = URI.create(PostgresServer.shared().newDatabase().substring("jdbc:".length()));
    AtomicBoolean silent = new AtomicBoolean();
    try (ServerSocket between = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread accepting = new Thread(() -> pass(between, real.getPort(), silent));
      accepting.setDaemon(true);
      accepting.start();
      String url = "jdbc:postgresql://127.0.0.1:" + between.getLocalPort() + real.getPath();
      try (HikariDataSource pool = PostgresPool.open(url, "postgres", "", Duration.ofSeconds(5));
          Connection connection = pool.getConnection()) {
        assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
      }
      try (JdbcJobJournal journal =
          JdbcJobJournal.postgres(url + "?socketTimeout=1", "postgres", "")) {
        assertThat(journal.list(JobQuery.all())).isEmpty();
        silent.set(true);

        assertThatThrownBy(() -> journal.list(JobQuery.all()))
            .isInstanceOf(RetryLaterException.class);

        silent.set(false);
        assertThat(journal.list(JobQuery.all())).isEmpty();
      }
    }
  }

  /** Passes bytes on, and swallows them while it is silent. */
  private static void pass(ServerSocket between, int port, AtomicBoolean silent) {
    try {
      while (true) {
        Socket client = between.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        pass(client, server, silent);
        pass(server, client, silent);
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private static void pass(Socket from, Socket to, AtomicBoolean silent) {
    Thread thread =
        new Thread(
            () -> {
              byte[] bytes = new byte[8192];
              try (from;
                  to) {
                for (int n = from.getInputStream().read(bytes);
                    n >= 0;
                    n = from.getInputStream().read(bytes)) {
                  if (!silent.get()) {
                    to.getOutputStream().write(bytes, 0, n);
                  }
                }
              } catch (IOException e) {
                // an end is an end
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  void saysThatTheServerIsAway() {
    assertThatThrownBy(
            () -> JdbcJobJournal.postgres("jdbc:postgresql://127.0.0.1:1/none", "me", "secret"))
        .isInstanceOf(RetryLaterException.class)
        .hasMessageStartingWith("the journal's server is away or busy; try again: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void finishesWhatAnInterruptedThreadAskedFor() throws Exception {
    String url = PostgresServer.shared().newDatabase();
    try (JdbcJobJournal journal = JdbcJobJournal.postgres(url, "postgres", "postgres")) {
      boolean stayed =
          CompletableFuture.supplyAsync(
                  () -> {
                    Thread.currentThread().interrupt();
                    for (int i = 0; i < 20; i++) {
                      Job job = holding("1.00");
                      journal.admit(job, List.of(), "us");
                      assertThat(journal.find(job.id())).contains(job);
                    }
                    return Thread.interrupted();
                  })
              .join();

      assertThat(stayed).isTrue();
      assertThat(journal.list(JobQuery.all())).hasSize(20);
    }
  }

  @Test
  void opensWhatWasRestoredAsSuch() throws Exception {
    String url = PostgresServer.shared().newDatabase();
    Job open = holding("1.00");
    Job sent = holding("1.00");
    try (JdbcJobJournal journal = JdbcJobJournal.postgres(url, "postgres", "postgres")) {
      journal.admit(open, List.of(), "us");
      journal.admit(sent, List.of(), "us");
      journal.replace(Jobs.submitted(sent));
      assertThatThrownBy(() -> journal.backup(Path.of("copy")))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("pg_dump");
    }
    execute(url, "UPDATE journal SET backed_up_at = " + Columns.micros(NOON));

    assertThatThrownBy(() -> JdbcJobJournal.postgres(url, "postgres", "postgres"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("this is a backup of 2026-11-22T12:00:00Z");
    JournalOptions restored = JournalOptions.defaults().forRestored();
    try (JdbcJobJournal journal = JdbcJobJournal.postgres(url, "postgres", "postgres", restored)) {
      Job unknown = journal.find(open.id()).orElseThrow();
      assertThat(unknown.state()).isEqualTo(JobState.UNKNOWN);
      assertThat(unknown.version()).isEqualTo(2);
      assertThat(journal.find(sent.id())).contains(Jobs.submitted(sent));
      assertThat(journal.spend(Instant.EPOCH, Money.usd("1").currency(), null).held())
          .isEqualTo(Money.usd("2.00"));
    }
    JdbcJobJournal.postgres(url, "postgres", "postgres").close();
  }

  @Test
  void refusesEverythingOnceItIsClosed() throws Exception {
    String url = PostgresServer.shared().newDatabase();
    JdbcJobJournal journal = JdbcJobJournal.postgres(url, "postgres", "postgres");
    journal.close();
    journal.close();

    assertThatThrownBy(() -> journal.list(JobQuery.all()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("closed: ");
    assertThatThrownBy(() -> journal.admit(holding("1.00"), List.of(), "us"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("closed: ");
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
