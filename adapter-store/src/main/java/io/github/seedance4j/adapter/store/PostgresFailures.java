package io.github.seedance4j.adapter.store;

import io.github.seedance4j.error.RetryLaterException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What PostgreSQL's errors mean to people, and which of them pass by themselves. The server's
 * details hold whole rows, with prompts and signed addresses: they go no further than here.
 */
final class PostgresFailures {

  private static final String DUPLICATE = "23505";
  private static final String READ_ONLY = "25006";
  private static final String DISK_FULL = "53100";
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  /** No connection, no resources, going down. */
  private static final Set<String> AWAY = Set.of("08", "53", "57");

  private PostgresFailures() {}

  /** Whether the same transaction passes if it is run once more. */
  static boolean isConflict(SQLException e) {
    return e.getSQLState() != null && CONFLICTS.contains(e.getSQLState());
  }

  static RuntimeException of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    SQLException cause = new SQLException(words(e), state);
    cause.setStackTrace(e.getStackTrace());
    if (state.equals(DUPLICATE) && TaskTakenException.INDEX.equals(constraint(e))) {
      return new TaskTakenException(cause);
    }
    if (state.equals(DISK_FULL)) {
      return new RetryLaterException(
          "the journal's server has no space left on its disk; make room, then try again",
          null,
          cause);
    }
    if (state.equals(READ_ONLY)) {
      return new IllegalStateException(
          "the journal's server only reads: connect to the primary, not to a standby", cause);
    }
    boolean away = state.length() > 2 && AWAY.contains(state.substring(0, 2));
    // a pool that has no connection in time says so without a state
    if (isConflict(e) || away || e instanceof SQLTransientException) {
      return new RetryLaterException(
          "the journal's server is away or busy; try again: " + words(e), null, cause);
    }
    return new IllegalStateException("the journal's server refuses: " + words(e), cause);
  }

  private static String words(SQLException e) {
    if (!(e instanceof PSQLException server)) {
      return String.valueOf(e.getMessage()); // a pool's own: no row
    }
    ServerErrorMessage message = server.getServerErrorMessage();
    String words = message == null ? e.getMessage() : message.getMessage();
    return words + " (" + e.getSQLState() + ")";
  }

  private static String constraint(SQLException e) {
    ServerErrorMessage message =
        e instanceof PSQLException server ? server.getServerErrorMessage() : null;
    return message == null ? "" : String.valueOf(message.getConstraint());
  }
}
