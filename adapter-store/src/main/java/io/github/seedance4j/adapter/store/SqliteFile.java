package io.github.seedance4j.adapter.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.JDBC;

/** A journal's file and its connections, each with the settings that keep every commit. */
final class SqliteFile {

  static final String READ_ONLY = " can't be written: the file or its directory is read-only";

  private static final long PAUSE_NANOS = 5_000_000;

  private final Path path;
  private final long patienceMillis;

  private SqliteFile(Path path, long patienceMillis) {
    this.path = path;
    this.patienceMillis = patienceMillis;
  }

  /**
   * Makes the file and its directory, for their owner alone, where they are missing.
   *
   * @throws IllegalArgumentException if that is no file
   * @throws IllegalStateException if it can't be made
   */
  static SqliteFile at(Path path, long patienceMillis) {
    String name = path.toString();
    if (name.isEmpty() || name.startsWith(":memory:") || name.startsWith("file:")) {
      throw new IllegalArgumentException(
          "file: '"
              + name
              + "' is kept in memory, and a journal has to outlive the process: name a file, or use"
              + " InMemoryJobJournal if you mean it");
    }
    Path file = path.toAbsolutePath();
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("file: " + file + " is a directory; name a file in it");
    }
    try {
      Path directory = file.getParent();
      if (directory != null) {
        JournalFile.createDirectory(directory);
      }
      JournalFile.create(file);
      // SQLite would open it, for reading alone
      if (!Files.isWritable(file) || (directory != null && !Files.isWritable(directory))) {
        throw new IllegalStateException("the journal " + file + READ_ONLY);
      }
      return new SqliteFile(file.toRealPath(), patienceMillis);
    } catch (IOException e) {
      throw new IllegalStateException("the journal " + file + " can't be made: " + reason(e), e);
    }
  }

  /** In a person's words, as far as the exception's class is all that tells. */
  private static String reason(IOException e) {
    if (!(e instanceof FileSystemException file) || file.getFile() == null) {
      return String.valueOf(e.getMessage());
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied for " + file.getFile();
    }
    if (e instanceof NoSuchFileException) {
      return "there is no " + file.getFile();
    }
    if (e instanceof FileAlreadyExistsException) {
      return file.getFile() + " is no directory";
    }
    return file.getReason() == null
        ? "the disk refuses " + file.getFile()
        : file.getReason() + ", for " + file.getFile();
  }

  Path path() {
    return path;
  }

  /** A place beside the file. */
  Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  @Override
  public String toString() {
    return "the journal " + path;
  }

  /** Opens a connection that no commit is lost on; a new file is in WAL mode after the first. */
  Connection connect() throws SQLException {
    Connection connection = open();
    try {
      settle(connection);
      check(connection, path);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens a connection as SQLite gives it, for migrations and copies. */
  Connection open() throws SQLException {
    // a URI, as a name may hold what the driver takes for its own
    Connection connection = JDBC.createConnection("jdbc:sqlite:" + path.toUri(), new Properties());
    try {
      pragma(connection, "busy_timeout = " + patienceMillis);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Makes a connection say at once that another process has the file: its user waits by itself. */
  static void neverWait(Connection connection) throws SQLException {
    pragma(connection, "busy_timeout = 0");
  }

  private void settle(Connection connection) throws SQLException {
    long start = System.nanoTime();
    // no waiting of SQLite's own here, where two processes begin with a new file at once
    while (true) {
      try {
        pragma(connection, "journal_mode = WAL");
        break;
      } catch (SQLException e) {
        long waited = (System.nanoTime() - start) / 1_000_000;
        if (!SqliteFailures.isBusy(e) || waited > patienceMillis) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    pragma(connection, "synchronous = FULL");
    pragma(connection, "fullfsync = ON"); // where a sync alone doesn't reach the disk: macOS
    pragma(connection, "checkpoint_fullfsync = ON");
    pragma(connection, "foreign_keys = ON");
    pragma(connection, "secure_delete = ON"); // what is purged is gone from the file too
  }

  /**
   * Reads back how safe a connection is.
   *
   * @throws IllegalStateException saying what is unsafe, and what to do
   */
  static void check(Connection connection, Path file) throws SQLException {
    String journal = "the journal " + file + " is refused: ";
    String mode = pragma(connection, "journal_mode");
    if (!"wal".equals(mode)) {
      throw new IllegalStateException(
          journal
              + "SQLite keeps it in journal_mode "
              + mode
              + " and not WAL; put it on a local disk, and close what has it open");
    }
    String synchronous = pragma(connection, "synchronous");
    if (Integer.parseInt(synchronous) < 2) {
      throw new IllegalStateException(
          journal
              + "synchronous is "
              + synchronous
              + " and has to be FULL (2), or a power cut loses what was recorded; use the driver as"
              + " it comes");
    }
    String locking = pragma(connection, "locking_mode");
    if (!"normal".equals(locking)) {
      throw new IllegalStateException(
          journal + "locking_mode is " + locking + " and shuts other processes out; use NORMAL");
    }
    if (!"0".equals(pragma(connection, "query_only"))) {
      throw new IllegalStateException(journal + "it is opened for reading only (query_only)");
    }
    if (!"1".equals(pragma(connection, "foreign_keys"))
        || "0".equals(pragma(connection, "secure_delete"))) {
      throw new IllegalStateException(
          journal + "the driver's SQLite lacks foreign_keys or secure_delete; use the plain one");
    }
  }

  private static String pragma(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute("PRAGMA " + pragma)) {
        return "";
      }
      try (ResultSet row = statement.getResultSet()) {
        return row.next() ? String.valueOf(row.getString(1)) : "";
      }
    }
  }
}
