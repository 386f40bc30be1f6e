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
  private static final String CONSTRAINT = "23";
  private static final String FAILED_BEFORE = "25P02";
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  /** No connection, no resources, going down. */
  private static final Set<String> AWAY = Set.of("08", "53", "57");

  private PostgresFailures() {}

  /** Whether the same transaction passes if it is run once more. */
  static boolean isConflict(SQLException e) {
    return e.getSQLState() != null && CONFLICTS.contains(e.getSQLState());
  }

  /** Whether a commit that failed like this is certain not to have been made. */
  static boolean isUndone(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return isConflict(e) || state.startsWith(CONSTRAINT) || state.equals(FAILED_BEFORE);
  }

  /** Of a commit that may have been made all the same. */
  static IllegalStateException unknown(SQLException e) {
    return new IllegalStateException(
        "whether the journal's server recorded this is unknown, as no answer to its commit came;"
            + " look at what is there before you ask again: "
            + words(e),
        bare(e));
  }

  /** Without what the server said of rows. */
  private static SQLException bare(SQLException e) {
    SQLException bare = new SQLException(words(e), e.getSQLState());
    bare.setStackTrace(e.getStackTrace());
    return bare;
  }

  static RuntimeException of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    SQLException cause = bare(e);
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
