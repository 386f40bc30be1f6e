package io.github.seedance4j.adapter.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteDataSource;

/**
 * A journal in one file: a thread that writes, a few connections that read. Other processes may use
 * the same file; the leases of those that die end with them.
 */
final class SqliteDatabase implements Database {

  private static final long PAUSE_NANOS = 5_000_000;

  private final SqliteFile file;
  private final Clock clock;
  private final Session writing;
  private final GroupWriter writer;
  private final ReadPool readers;
  private final OwnerFiles owners;

  private SqliteDatabase(
      SqliteFile file, Clock clock, Session writing, OwnerFiles owners, long patienceNanos) {
    this.file = file;
    this.clock = clock;
    this.writing = writing;
    this.owners = owners;
    this.readers = new ReadPool(file);
    this.writer = new GroupWriter(writing, patienceNanos, this::failure);
  }

  static SqliteDatabase open(Path path, JournalOptions options, Clock clock) {
    SqliteFile file = SqliteFile.at(path, options.patience().toMillis());
    try {
      Connection connection = file.connect();
      try {
        migrate(file, connection, options.patience().toNanos());
        SqliteFile.neverWait(connection); // as the writer does
        SqliteDatabase database =
            new SqliteDatabase(
                file,
                clock,
                new Session(connection),
                new OwnerFiles(file.beside("-owners")),
                options.patience().toNanos());
        database.writer.start();
        return database;
      } catch (SQLException | IOException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteFailures.of(file.path(), e);
    } catch (IOException e) {
      throw new IllegalStateException(
          file + " is refused: files beside it can't be made or locked; use a local disk", e);
    }
  }

  private static synchronized void migrate(SqliteFile file, Connection connection, long patience)
      throws SQLException, IOException {
    if (!Schema.isBehind(connection, file.toString())) {
      return;
    }
    Path guard = file.beside("-migrating");
    try (FileChannel channel = JournalFile.lockFile(guard)) {
      lock(channel, patience);
      if (Schema.isBehind(connection, file.toString())) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file.path().toUri());
        Schema.migrate(source, "db/sqlite", file.toString());
      }
    }
  }

  /** Other processes wait behind it while one makes the tables. */
  private static void lock(FileChannel channel, long patience) throws IOException {
    long start = System.nanoTime();
    while (true) {
      try {
        if (channel.tryLock() != null) {
          return;
        }
      } catch (OverlappingFileLockException e) {
        // another copy of this class in this process is at it
      }
      if (System.nanoTime() - start > patience) {
        throw new IOException("another process is changing its tables");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private RuntimeException failure(SQLException e) {
    return SqliteFailures.of(file.path(), e);
  }

  /** How much waits to be written. */
  int waiting() {
    return writer.waiting();
  }

  @Override
  public <T> T write(Work<T> work) {
    return writer.run(work);
  }

  @Override
  public <T> T read(Work<T> work) {
    try {
      return readers.read(work);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Nothing to do: one writes at a time. */
  @Override
  public boolean serialise(Session session) {
    return false;
  }

  @Override
  public String skipLocked() {
    return "";
  }

  @Override
  public void leasing(Session session, String owner) throws SQLException {
    try {
      owners.hold(owner);
      for (String other : LeaseTable.owners(session)) {
        if (owners.isDead(other)) {
          LeaseTable.release(session, other);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(file + ": the files of its owners can't be locked", e);
    }
  }

  @Override
  public void released(String owner) {
    try {
      owners.letGo(owner);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void backup(Path target) {
    read(session -> true); // refuses once it is closed
    boolean interrupted = Thread.interrupted(); // it would close channels half-way
    try {
      SqliteBackup.of(file, target.toAbsolutePath(), clock.instant());
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException("target: " + e.getFile() + " is there already", e);
    } catch (IOException e) {
      throw new IllegalStateException(file + " can't be copied to " + target + ": " + e, e);
    } catch (SQLException e) {
      throw SqliteFailures.of(target, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The last connection to be closed folds the log into the file. */
  @Override
  public synchronized void close() {
    writer.close();
    try {
      try {
        readers.close();
        writing.close();
        writing.connection().close();
      } finally {
        owners.close();
      }
    } catch (SQLException e) {
      throw failure(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
