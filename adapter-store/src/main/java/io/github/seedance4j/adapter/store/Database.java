package io.github.seedance4j.adapter.store;

import java.nio.file.Path;
import java.sql.SQLException;

/** Where the journal's statements run, and all in which SQLite and PostgreSQL differ. */
interface Database extends AutoCloseable {

  /**
   * Runs statements as one transaction: durable when this returns, undone when it throws. Waits
   * through an interrupt, which stays set.
   *
   * @throws TaskTakenException if another job has the task
   */
  <T> T write(Work<T> work);

  /** Runs statements that change nothing; they see all that was committed. */
  <T> T read(Work<T> work);

  /**
   * Keeps admissions and claims of others out until the transaction ends, so that none overlooks
   * another.
   *
   * @return whether others may have written since the transaction began: what was read before it
   *     has to be read again
   */
  boolean serialise(Session session) throws SQLException;

  /** What lets a claim pass by jobs that somebody is changing; ends a query. */
  String skipLocked();

  /** An owner gets or renews its lease: proves that it lives, ends the leases of the dead. */
  void leasing(Session session, String owner) throws SQLException;

  /** An owner lets go of its lease. */
  void released(String owner);

  /** Copies everything to a new file while in use. */
  void backup(Path target);

  /** Waits for what is under way; after it everything else throws. */
  @Override
  void close();

  /** Statements of one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Session session) throws SQLException;
  }
}
