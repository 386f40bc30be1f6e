package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a copy of a journal means that takes its place: it has forgotten submissions made since, so
 * nothing that it was about to send may be sent again by itself.
 */
final class Restoration {

  private static final List<JobState> ABOUT_TO_BE_SENT =
      List.of(JobState.INTENDED, JobState.NOT_SENT, JobState.THROTTLED);
  private static final String MARK =
      "SELECT backed_up_at FROM journal WHERE backed_up_at IS NOT NULL";
  private static final String UNMARK = "UPDATE journal SET backed_up_at = NULL";

  private Restoration() {}

  /** When this copy was made; empty for a journal in its place. */
  static Optional<Instant> backedUpAt(Session session) throws SQLException {
    return session.first(MARK, row -> Columns.moment(row.getLong(1)));
  }

  static IllegalStateException refusal(Instant backedUpAt) {
    return new IllegalStateException(
        "this is a backup of "
            + backedUpAt
            + ": it has forgotten what was submitted since, and would send again what was sent; open"
            + " it as restored, so that jobs it was about to send become unknown outcomes");
  }

  /** Turns every job that was about to be sent into one of unknown outcome. */
  static void restore(Session session, Instant now) throws SQLException {
    String copy = backedUpAt(session).map(time -> "a backup of " + time).orElse("a backup");
    for (String record : JobTable.inStates(session, ABOUT_TO_BE_SENT)) {
      Job job = JobJson.read(record);
      Job unknown =
          job.change()
              .state(JobState.UNKNOWN, now)
              .note("restored from " + copy + ": it may have been sent since")
              .done();
      if (!JobTable.update(session, JobTable.row(unknown))) {
        throw new IllegalStateException(
            job.id() + " was changed meanwhile: close what else uses the journal, and try again");
      }
    }
    session.update(UNMARK);
  }
}
