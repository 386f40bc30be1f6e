package io.github.seedance4j.adapter.store;

import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Driven port {@link ReplayStore} beside the jobs: each change is one conditional statement. */
final class JdbcReplayStore implements ReplayStore {

  private static final int MOST_FORGOTTEN = 500;

  /** On PostgreSQL the row that it doesn't replace is locked too: what is read next is that one. */
  private static final String TAKE =
      "INSERT INTO replay (tenant, idempotency_key, body_sha256, owner, taken_at)"
          + " VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT (tenant, idempotency_key) DO UPDATE SET"
          + " body_sha256 = excluded.body_sha256, owner = excluded.owner,"
          + " taken_at = excluded.taken_at, status = NULL, content_type = NULL, body = NULL"
          + " WHERE replay.taken_at < ? OR (replay.status IS NULL AND replay.taken_at < ?"
          + " AND replay.body_sha256 = excluded.body_sha256)";

  private static final String STANDING =
      "SELECT body_sha256, owner, taken_at, status, content_type, body FROM replay"
          + " WHERE tenant = ? AND idempotency_key = ?";
  private static final String OPEN =
      " WHERE tenant = ? AND idempotency_key = ? AND owner = ? AND status IS NULL";
  private static final String ANSWER =
      "UPDATE replay SET status = ?, content_type = ?, body = ?" + OPEN;
  private static final String REMOVE = "DELETE FROM replay" + OPEN;

  /** Locked as soon as they are seen, so that none of them is taken anew before it goes. */
  private static final String OLD =
      "WITH old AS MATERIALIZED (SELECT tenant, idempotency_key FROM replay WHERE taken_at < ?"
          + " ORDER BY taken_at LIMIT "
          + MOST_FORGOTTEN;

  private static final String FORGET =
      ") DELETE FROM replay WHERE (tenant, idempotency_key) IN"
          + " (SELECT tenant, idempotency_key FROM old)";

  private final Database database;

  JdbcReplayStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Entry> take(Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
    Texts.requireStorable("key", entry.key());
    Texts.requireStorable("owner", entry.owner());
    return database.write(
        session -> {
          int taken =
              session.update(
                  TAKE,
                  entry.tenant().value(),
                  entry.key(),
                  entry.bodySha256(),
                  entry.owner(),
                  Columns.micros(entry.takenAt()),
                  Columns.micros(forgottenBefore),
                  Columns.micros(lapsedBefore));
          if (taken == 1) {
            return Optional.empty();
          }
          return Optional.of(standing(session, entry.tenant(), entry.key()));
        });
  }

  private static Entry standing(Session session, TenantId tenant, String key) throws SQLException {
    return session
        .first(STANDING, row -> entry(tenant, key, row), tenant.value(), key)
        .orElseThrow(() -> new IllegalStateException("an entry is gone that stood in the way"));
  }

  private static Entry entry(TenantId tenant, String key, ResultSet row) throws SQLException {
    int status = row.getInt(4);
    StoredAnswer answer =
        row.wasNull() ? null : new StoredAnswer(status, row.getString(5), row.getBytes(6));
    return new Entry(
        tenant, key, row.getString(1), row.getString(2), Columns.moment(row.getLong(3)), answer);
  }

  @Override
  public boolean answer(TenantId tenant, String key, String owner, StoredAnswer answer) {
    Texts.requireStorable("contentType", answer.contentType());
    return isStorable(key, owner)
        && database.write(
            session ->
                session.update(
                        ANSWER,
                        (long) answer.status(),
                        answer.contentType(),
                        answer.body(),
                        tenant.value(),
                        key,
                        owner)
                    == 1);
  }

  @Override
  public void remove(TenantId tenant, String key, String owner) {
    if (isStorable(key, owner)) {
      database.write(session -> session.update(REMOVE, tenant.value(), key, owner));
    }
  }

  private static boolean isStorable(String key, String owner) {
    return Texts.isStorable(key) && Texts.isStorable(owner);
  }

  @Override
  public int forget(Instant takenBefore) {
    long before = Columns.micros(takenBefore);
    return database.write(session -> session.update(OLD + database.skipLocked() + FORGET, before));
  }
}
