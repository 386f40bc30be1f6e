package io.github.seedance4j.adapter.store;

import io.github.seedance4j.adapter.store.Database.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** A few connections for reading, opened when they are first needed. Each read sees all commits. */
final class ReadPool implements AutoCloseable {

  private static final int SIZE = 4;

  private final SqliteFile file;
  private final Semaphore permits = new Semaphore(SIZE, true);
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ReadPool(SqliteFile file) {
    this.file = file;
  }

  /** Waits through an interrupt, which stays set. */
  <T> T read(Work<T> work) throws SQLException {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw Closed.refusal();
      }
      Session session = idle.pollFirst();
      if (session == null) {
        session = new Session(file.connect());
      }
      try {
        return work.in(session);
      } finally {
        idle.addFirst(session);
      }
    } finally {
      permits.release();
    }
  }

  /** Waits for reads that are under way. */
  @Override
  public void close() throws SQLException {
    permits.acquireUninterruptibly(SIZE);
    try {
      closed = true;
      for (Session session = idle.poll(); session != null; session = idle.poll()) {
        Connection connection = session.connection();
        session.close();
        connection.close();
      }
    } finally {
      permits.release(SIZE);
    }
  }
}
