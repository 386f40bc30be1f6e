package io.github.seedance4j.adapter.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;

/**
 * A journal in PostgreSQL, for several machines. Each change is a transaction on a connection of
 * its own, never a caller's; admissions take turns at a row, so that a cap holds across processes.
 *
 * <p>What an interrupt or a conflict cut short before its commit was sent is done again: none of it
 * is there. Whether a commit was made whose answer is missing is unknown, and it is never sent
 * twice. Once it was made, nothing that fails behind it, such as a closing, is a failure.
 */
final class PostgresDatabase implements Database {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j");

  private static final String TURN = "SELECT one FROM journal WHERE one = 1 FOR UPDATE";
  private static final String SKIP_LOCKED = " FOR UPDATE SKIP LOCKED";
  private static final int MOST_ATTEMPTS = 10;
  private static final String WHERE = "the journal in PostgreSQL";

  private final DataSource source;
  private final Runnable afterwards;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  private PostgresDatabase(DataSource source, Runnable afterwards) {
    this.source = source;
    this.afterwards = afterwards;
  }

  /**
   * @param afterwards closes the source, where it is ours
   * @throws IllegalStateException if the server may lose commits, if a newer version made the
   *     tables, or if the connections are inside a caller's transaction
   */
  static PostgresDatabase open(DataSource source, Runnable afterwards) {
    try (Connection connection = source.getConnection()) {
      requireOwn(connection);
      PostgresSettings.read(connection).requireSafe(WHERE);
      if (Schema.isBehind(connection, WHERE)) {
        Schema.migrate(source, "db/postgres", WHERE); // Flyway lets one process at it at a time
      }
      return new PostgresDatabase(source, afterwards);
    } catch (SQLException e) {
      throw PostgresFailures.of(e);
    }
  }

  private static void requireOwn(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      throw new IllegalStateException(
          WHERE
              + " was given a connection inside a transaction (autoCommit is off), which could be"
              + " rolled back after something was paid for: give it a DataSource of its own, whose"
              + " connections commit by themselves");
    }
  }

  @Override
  public <T> T write(Work<T> work) {
    return use(connection -> transaction(connection, work));
  }

  private static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
    requireOwn(connection);
    int isolation = connection.getTransactionIsolation();
    // each statement sees what was committed while it waited for its turn
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(false);
    try {
      T result;
      try (Session session = new Session(connection)) {
        result = work.in(session);
      }
      commit(connection);
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      try {
        connection.rollback();
      } catch (SQLException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    } finally {
      giveBack(connection, isolation);
    }
  }

  /**
   * @throws SQLException if it is certain that nothing was committed
   * @throws IllegalStateException if that is unknown
   */
  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (PostgresFailures.isUndone(e)) {
        throw e;
      }
      throw PostgresFailures.unknown(e);
    }
  }

  /** A connection that fails here is thrown away; what was committed is, all the same. */
  private static void giveBack(Connection connection, int isolation) {
    try {
      connection.setAutoCommit(true);
      connection.setTransactionIsolation(isolation);
    } catch (SQLException e) {
      lost(e);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      lost(e);
    }
  }

  private static void lost(SQLException e) {
    LOG.log(System.Logger.Level.DEBUG, "a connection is lost: {0}", e.getSQLState());
  }

  @Override
  public <T> T read(Work<T> work) {
    return use(
        connection -> {
          requireOwn(connection);
          try (Session session = new Session(connection)) {
            return work.in(session);
          }
        });
  }

  private <T> T use(OnConnection<T> work) {
    use.readLock().lock();
    boolean interrupted = Thread.interrupted(); // a pool gives none to whoever is
    try {
      if (closed) {
        throw Closed.refusal();
      }
      for (int attempt = 1; ; attempt++) {
        try {
          return once(work);
        } catch (SQLException e) { // so nothing was committed
          boolean cut = Thread.interrupted();
          interrupted |= cut;
          boolean again = PostgresFailures.isConflict(e) || (cut && e.getSQLState() == null);
          if (!again || attempt == MOST_ATTEMPTS) {
            throw PostgresFailures.of(e);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      use.readLock().unlock();
    }
  }

  private <T> T once(OnConnection<T> work) throws SQLException {
    Connection connection = source.getConnection();
    try {
      return work.on(connection);
    } finally {
      close(connection);
    }
  }

  @Override
  public boolean serialise(Session session) throws SQLException {
    session.list(TURN, row -> row.getInt(1));
    return true;
  }

  @Override
  public String skipLocked() {
    return SKIP_LOCKED;
  }

  /** Nothing to do: a machine away can't be asked whether it lives, its lease runs out. */
  @Override
  public void leasing(Session session, String owner) {}

  @Override
  public void released(String owner) {}

  @Override
  public void backup(Path target) {
    throw new UnsupportedOperationException(
        "a journal in PostgreSQL is copied with pg_dump, or by the server's own archive; open what"
            + " was restored from it as restored");
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        afterwards.run();
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  /** What is done with a connection; it may be done again if it throws an SQLException. */
  @FunctionalInterface
  private interface OnConnection<T> {
    T on(Connection connection) throws SQLException;
  }
}
