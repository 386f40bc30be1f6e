package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who looks after which job, and until when. */
final class LeaseTable {

  /** Nobody, in the column {@code owner}. */
  static final String NOBODY = "";

  private static final String RENEW =
      "INSERT INTO owner (owner, until_at) VALUES (?, ?)"
          + " ON CONFLICT (owner) DO UPDATE SET until_at = CASE"
          + " WHEN owner.until_at > excluded.until_at THEN owner.until_at ELSE excluded.until_at END";
  private static final String FORGET = "DELETE FROM owner WHERE until_at < ?";
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final String IS_FREE =
      "NOT EXISTS (SELECT 1 FROM owner WHERE owner.owner = job.owner AND owner.until_at > ?)";
  private static final String TAKE =
      "WITH free AS MATERIALIZED (SELECT number FROM job"
          + " WHERE pending = 1 AND provider = ? AND base_url = ? AND fingerprint = ?"
          + " AND owner <> ? AND "
          + IS_FREE
          + " ORDER BY link_dies_at ASC NULLS LAST,"
          + " CASE WHEN task_id IS NULL THEN NULL ELSE created_at END ASC NULLS LAST,"
          + " created_at, number LIMIT ?";
  private static final String TAKEN =
      ") UPDATE job SET owner = ? WHERE number IN (SELECT number FROM free)"
          + " RETURNING record, link_dies_at, task_id, created_at, number";
  private static final String TAKE_ONE =
      "UPDATE job SET owner = ? WHERE id = ? AND (owner = ? OR " + IS_FREE + ")";
  private static final String RELEASE = "DELETE FROM owner WHERE owner = ?";
  private static final String TOLD =
      "UPDATE job SET told = CASE WHEN told < ? THEN ? ELSE told END,"
          + " owner = CASE WHEN version = ? THEN '"
          + NOBODY
          + "' ELSE owner END WHERE id = ?";

  private LeaseTable() {}

  static void renew(Session session, Lease lease) throws SQLException {
    session.update(RENEW, owner(lease.owner()), Columns.micros(lease.until()));
    session.update(FORGET, Columns.micros(lease.now().minus(REMEMBERED)));
  }

  /** The records of what was free and is that owner's now, the most urgent first. */
  static List<String> take(
      Session session, String skipLocked, Lease lease, ProviderAccount account, int limit)
      throws SQLException {
    List<Taken> taken =
        session.list(
            TAKE + skipLocked + TAKEN,
            row -> {
              long dies = row.getLong(2);
              long urgent = row.wasNull() ? Long.MAX_VALUE : dies;
              long created = row.getLong(4);
              long followed = row.getString(3) == null ? Long.MAX_VALUE : created;
              return new Taken(row.getString(1), urgent, followed, created, row.getLong(5));
            },
            account.provider(),
            account.baseUrl(),
            account.fingerprint(),
            lease.owner(),
            Columns.micros(lease.now()),
            limit,
            lease.owner());
    List<Taken> sorted = new ArrayList<>(taken); // what comes back has no order
    sorted.sort(Taken.MOST_URGENT);
    return sorted.stream().map(Taken::record).toList();
  }

  static boolean take(Session session, Lease lease, JobId id) throws SQLException {
    return session.update(
            TAKE_ONE, lease.owner(), id.value(), lease.owner(), Columns.micros(lease.now()))
        == 1;
  }

  static void release(Session session, String owner) throws SQLException {
    session.update(RELEASE, owner);
  }

  static List<String> owners(Session session) throws SQLException {
    return session.list("SELECT owner FROM owner", row -> row.getString(1));
  }

  static void told(Session session, JobId id, long version) throws SQLException {
    session.update(TOLD, version, version, version, id.value());
  }

  /**
   * @throws IllegalArgumentException if it can't be somebody's name
   */
  static String owner(String name) {
    if (name.equals(NOBODY)) {
      throw new IllegalArgumentException("owner: needs a name");
    }
    return Texts.requireStorable("owner", name);
  }

  private record Taken(String record, long dies, long followed, long created, long number) {
    private static final Comparator<Taken> MOST_URGENT =
        Comparator.comparingLong(Taken::dies)
            .thenComparingLong(Taken::followed)
            .thenComparingLong(Taken::created)
            .thenComparingLong(Taken::number);
  }
}
