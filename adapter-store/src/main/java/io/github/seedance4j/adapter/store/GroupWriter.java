package io.github.seedance4j.adapter.store;

import io.github.seedance4j.adapter.store.Database.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes to a SQLite file. What waits when it gets there becomes one
 * transaction, hence one sync to disk; a savepoint around each piece of work keeps a failure to the
 * one that failed. Callers wait until their own is durable. It holds no lock while nothing waits.
 */
final class GroupWriter implements AutoCloseable {

  private static final long FIRST_PAUSE_NANOS = 50_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000;

  private final Session session;
  private final long patienceNanos;
  private final Function<SQLException, RuntimeException> failures;
  private final Thread thread = new Thread(this::run, "seedance4j-journal");
  private final Object lock = new Object();
  private List<Item<?>> waiting = new ArrayList<>();
  private boolean closed;

  /**
   * @param session belongs to the thread from now on
   * @param patienceNanos how long another process may keep the file to itself
   * @param failures says what an error means, in words for people
   */
  GroupWriter(
      Session session, long patienceNanos, Function<SQLException, RuntimeException> failures) {
    this.session = session;
    this.patienceNanos = patienceNanos;
    this.failures = failures;
    thread.setDaemon(true); // whoever waits for a commit keeps the program alive
  }

  void start() {
    thread.start();
  }

  /**
   * Waits until the work is durable, through an interrupt, which stays set.
   *
   * @throws IllegalStateException after {@link #close}
   */
  <T> T run(Work<T> work) {
    Item<T> item = new Item<>(work);
    synchronized (lock) {
      if (closed) {
        throw Closed.refusal();
      }
      waiting.add(item);
      if (waiting.size() == 1) {
        lock.notifyAll();
      }
    }
    return item.result();
  }

  /** How much waits for its turn. */
  int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  private void run() {
    for (List<Item<?>> group = next(); !group.isEmpty(); group = next()) {
      write(group);
    }
  }

  /** What waits, at least one; nothing once it is closed and all is written. */
  private List<Item<?>> next() {
    synchronized (lock) {
      while (waiting.isEmpty() && !closed) {
        try {
          lock.wait();
        } catch (InterruptedException nobodyHasAReasonTo) {
          // it ends when it is closed, and not before all is written
        }
      }
      List<Item<?>> group = waiting;
      waiting = new ArrayList<>();
      return group;
    }
  }

  private void write(List<Item<?>> group) {
    try {
      begin();
      for (Item<?> item : group) {
        attempt(item, group.size() > 1);
      }
      session.execute("COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      undo(e);
      group.forEach(item -> item.failure = e); // each gets an exception of its own
    }
    group.forEach(item -> item.end(failures));
  }

  /** One after the other: SQLite's own waiting sleeps too long beside a busy process. */
  private void begin() throws SQLException {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      try {
        session.execute("BEGIN IMMEDIATE");
        return;
      } catch (SQLException e) {
        if (!SqliteFailures.isBusy(e) || System.nanoTime() - start > patienceNanos) {
          throw e;
        }
      }
      LockSupport.parkNanos(this, pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
  }

  /**
   * @throws SQLException if the whole transaction is lost, as on a full disk
   */
  private void attempt(Item<?> item, boolean hasCompany) throws SQLException {
    if (hasCompany) {
      session.execute("SAVEPOINT item");
    }
    try {
      item.work(session);
    } catch (SQLException | RuntimeException | Error e) {
      if (!hasCompany) {
        throw e;
      }
      item.failure = e;
      // fails where SQLite has rolled everything back by itself
      session.execute("ROLLBACK TO item");
    }
    if (hasCompany) {
      session.execute("RELEASE item");
    }
  }

  private void undo(Throwable why) {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) {
      why.addSuppressed(e); // there may be nothing to roll back any more
    }
  }

  /** Refuses new work, waits for what was taken. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Work, and who waits for it. */
  private static final class Item<T> {
    private final Work<T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable T value;
    private @Nullable Throwable failure;

    private Item(Work<T> work) {
      this.work = work;
    }

    private void work(Session session) throws SQLException {
      value = work.in(session);
    }

    @SuppressWarnings("NullAway") // work without a result gives null
    private void end(Function<SQLException, RuntimeException> failures) {
      Throwable why = failure;
      if (why == null) {
        done.complete(value);
      } else {
        done.completeExceptionally(why instanceof SQLException e ? failures.apply(e) : why);
      }
    }

    /** {@link CompletableFuture#join} is not cut short by an interrupt. */
    private T result() {
      try {
        return done.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        if (e.getCause() instanceof Error cause) {
          throw cause;
        }
        throw e;
      }
    }
  }
}
