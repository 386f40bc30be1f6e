package io.github.seedance4j.adapter.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The PostgreSQL server of this JVM's tests, as durable as one that is paid for: what comes
 * embedded is fast by default, and would lose what it acknowledged. The first test that asks starts
 * it, it ends with the JVM. Where it can't run, the test that asks is skipped. Databases are a
 * test's own.
 */
public final class PostgresServer {

  /** Far from UTC, and by no whole hours. */
  static final String TIME_ZONE = "Asia/Kathmandu";

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable PostgresServer shared;
  private static @Nullable String trouble;

  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  public static synchronized PostgresServer shared() {
    if (shared == null && trouble == null) {
      try {
        shared = new PostgresServer(durable().start());
      } catch (IOException | RuntimeException e) {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        trouble = "no PostgreSQL on " + machine + " (it is there for Linux amd64): " + e;
      }
    }
    return shared == null ? Assumptions.abort(trouble) : shared;
  }

  /** A server that keeps what it acknowledged. */
  static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("timezone", TIME_ZONE);
  }

  /** The address, with user, of a new and empty database. */
  public String newDatabase() throws SQLException {
    return newDatabase("");
  }

  /** The same with clauses of its own, such as an encoding. */
  String newDatabase(String clauses) throws SQLException {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name + " " + clauses);
    return postgres.getJdbcUrl("postgres", name);
  }

  /**
   * The address, with user, of a new schema with the newest tables. Much lighter than a database:
   * the server has all that it made to write down when it ends.
   */
  String newJournal() throws SQLException, IOException {
    String name = "journal_" + DATABASES.incrementAndGet();
    String url = postgres.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name;
    try (Connection connection = TestDatabase.open(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + name);
      statement.execute(
          "CREATE TABLE " + Schema.HISTORY + " (version TEXT NOT NULL, success BOOLEAN NOT NULL)");
      for (Path migration : SchemaPageTest.migrations(TestDatabase.POSTGRES)) {
        statement.execute(Files.readString(migration));
        String row = "('" + SchemaPageTest.version(migration) + "', true)";
        statement.execute("INSERT INTO " + Schema.HISTORY + " VALUES " + row);
      }
    }
    return url;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
