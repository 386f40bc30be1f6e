package io.github.seedance4j.adapter.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;

/** Both databases, for tests of what is the same in both. */
enum TestDatabase {
  SQLITE("sqlite") {
    @Override
    String empty(Path directory) {
      return FILE + directory.resolve(UUID.randomUUID() + ".db");
    }

    @Override
    JdbcJobJournal journal(String url) {
      return JdbcJobJournal.sqlite(Path.of(url.substring(FILE.length())));
    }
  },
  POSTGRES("postgres") {
    @Override
    String empty(Path directory) throws SQLException {
      return PostgresServer.shared().newDatabase();
    }

    @Override
    JdbcJobJournal journal(String url) {
      return JdbcJobJournal.postgres(url, "postgres", "postgres");
    }

    /** Bytes are written in another way. */
    @Override
    String dialect(String statement) {
      return statement.replaceAll("x'([0-9a-f]*)'", "'\\\\x$1'");
    }
  };

  private static final String FILE = "jdbc:sqlite:";

  /** Where its migrations are, below {@code db}. */
  final String folder;

  TestDatabase(String folder) {
    this.folder = folder;
  }

  /** The address of a new database without any table. */
  abstract String empty(Path directory) throws SQLException;

  /** The journal in such a database. */
  abstract JdbcJobJournal journal(String url);

  /** A statement of SQLite's in this one's words. */
  String dialect(String statement) {
    return statement;
  }

  /** The address of a new database with the newest tables. */
  String migrated(Path directory) throws SQLException {
    String url = empty(directory);
    migrate(url, MigrationVersion.LATEST);
    return url;
  }

  void migrate(String url, MigrationVersion target) {
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/" + folder)
        .table(Schema.HISTORY)
        .target(target)
        .load()
        .migrate();
  }

  static Connection open(String url) throws SQLException {
    return DriverManager.getConnection(url);
  }
}
