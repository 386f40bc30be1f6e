package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Statements on the table of jobs. Rows are written and records are read as texts. */
final class JobTable {

  private static final String COLUMNS =
      "version, state, provider, base_url, fingerprint, idempotency_key, label, body_sha256,"
          + " task_id, counted_nanos, currency, basis, tariff_date, created_at, changed_at,"
          + " authorised_at, link_dies_at, due_at, record";
  private static final int COLUMN_COUNT = 19;
  private static final String ALL_SET = COLUMNS.replace(",", " = ?,") + " = ?";

  private static final String INSERT =
      "INSERT INTO job (id, owner, "
          + COLUMNS
          + ") VALUES (?, ?"
          + ", ?".repeat(COLUMN_COUNT)
          + ") ON CONFLICT DO NOTHING";
  private static final String UPDATE =
      "UPDATE job SET " + ALL_SET + " WHERE id = ? AND version = ?";
  private static final String GO_ON =
      "UPDATE job SET "
          + ALL_SET
          + ", owner = CASE WHEN state IN ("
          + Arrays.stream(JobState.values())
              .filter(JobState::isUnfinished)
              .map(state -> "'" + state.name() + "'")
              .collect(Collectors.joining(", "))
          + ") THEN owner ELSE '"
          + LeaseTable.NOBODY
          + "' END WHERE id = ? AND version = ?";
  private static final String HAND_OVER =
      "UPDATE job SET " + ALL_SET + ", owner = ? WHERE id = ? AND version = ?";

  private static final String BY_ID = "SELECT record FROM job WHERE id = ?";
  private static final String BY_KEY = "SELECT record FROM job WHERE idempotency_key = ?";
  private static final String BY_TASK =
      "SELECT record FROM job WHERE task_id = ? AND base_url = ? AND provider = ?";

  private JobTable() {}

  /**
   * A job as its columns hold it, made before a connection is taken.
   *
   * @throws IllegalArgumentException if a column can't hold it
   */
  static Row row(Job job) {
    ProviderAccount account = job.account();
    Money counted = job.counted().orElse(null);
    List<@Nullable Object> values = new ArrayList<>(COLUMN_COUNT);
    values.add(job.version());
    values.add(job.state().name());
    values.add(Texts.requireStorable("provider", account.provider()));
    values.add(Texts.requireStorable("baseUrl", account.baseUrl()));
    values.add(Texts.requireStorable("fingerprint", account.fingerprint()));
    values.add(text("idempotencyKey", job.idempotencyKey().orElse(null)));
    values.add(text("label", job.label().orElse(null)));
    values.add(job.bodySha256().orElse(null));
    values.add(job.taskId().map(TaskId::value).orElse(null));
    values.add(counted == null ? null : Columns.nanos(counted));
    values.add(counted == null ? null : counted.currency().getCurrencyCode());
    values.add(
        counted == null ? null : job.bill().map(bill -> bill.basis().name()).orElse(Spends.HELD));
    values.add(job.quote().map(quote -> quote.tariffDate().toString()).orElse(null));
    values.add(Columns.micros(job.createdAt()));
    values.add(Columns.micros(job.changedAt()));
    values.add(Columns.micros(job.authorisedAt()));
    values.add(job.linkDiesAt().map(Columns::micros).orElse(null));
    values.add(job.dueAt().map(Columns::micros).orElse(null));
    values.add(JobJson.write(job));
    return new Row(job.id().value(), job.version(), job.state().isUnfinished(), values);
  }

  private static @Nullable String text(String name, @Nullable String value) {
    return value == null ? null : Texts.requireStorable(name, value);
  }

  /** False if its id, key or task is there already. */
  static boolean insert(Session session, Row row, String owner) throws SQLException {
    return session.update(INSERT, row.between(List.of(row.id, owner), List.of())) == 1;
  }

  /** False if the version before it is not the journal's. One that goes on again is nobody's. */
  static boolean update(Session session, Row row) throws SQLException {
    Object[] values = row.between(List.of(), List.of(row.id, row.version - 1));
    return session.update(row.goesOn ? GO_ON : UPDATE, values) == 1;
  }

  /** As {@link #update}, for whoever looks after it from now on. */
  static boolean handOver(Session session, Row row, String owner) throws SQLException {
    Object[] values = row.between(List.of(), List.of(owner, row.id, row.version - 1));
    return session.update(HAND_OVER, values) == 1;
  }

  static Optional<String> find(Session session, JobId id) throws SQLException {
    return record(session, BY_ID, id.value());
  }

  static Optional<String> findByKey(Session session, String key) throws SQLException {
    return Texts.isStorable(key) ? record(session, BY_KEY, key) : Optional.empty();
  }

  static Optional<String> findByTask(Session session, ProviderAccount account, TaskId task)
      throws SQLException {
    return Texts.isStorable(account.baseUrl() + account.provider())
        ? record(session, BY_TASK, task.value(), account.baseUrl(), account.provider())
        : Optional.empty();
  }

  private static Optional<String> record(Session session, String sql, Object... values)
      throws SQLException {
    return session.first(sql, row -> row.getString(1), values);
  }

  static List<String> list(Session session, JobQuery query) throws SQLException {
    String label = query.label();
    boolean storable = Texts.isStorable(query.prefix() + (label == null ? "" : label));
    if (query.states().isEmpty() || !storable) {
      return List.of();
    }
    StringBuilder sql = new StringBuilder("SELECT record FROM job WHERE 1 = 1");
    List<Object> values = new ArrayList<>();
    if (query.states().size() < JobState.values().length) {
      sql.append(" AND state IN (")
          .append(String.join(", ", Collections.nCopies(query.states().size(), "?")))
          .append(')');
      query.states().forEach(state -> values.add(state.name()));
    }
    if (label != null) {
      sql.append(" AND label = ?");
      values.add(label);
    }
    if (!query.prefix().isEmpty()) {
      // not LIKE, which knows no case in SQLite and has signs of its own
      long length = query.prefix().codePointCount(0, query.prefix().length());
      sql.append(" AND (substr(id, 1, ").append(length).append(") = ?");
      sql.append(" OR substr(task_id, 1, ").append(length).append(") = ?)");
      values.add(query.prefix());
      values.add(query.prefix());
    }
    if (query.holding()) {
      sql.append(" AND basis = '").append(Spends.HELD).append('\'');
    }
    JobId after = query.after();
    if (after != null) {
      sql.append(" AND number < (SELECT number FROM job WHERE id = ?)");
      values.add(after.value());
    }
    sql.append(" ORDER BY number DESC LIMIT ?");
    values.add(query.limit());
    return session.list(sql.toString(), row -> row.getString(1), values.toArray());
  }

  /** The records of those states, for a change of all of them. */
  static List<String> inStates(Session session, List<JobState> states) throws SQLException {
    return session.list(
        "SELECT record FROM job WHERE state IN ("
            + String.join(", ", Collections.nCopies(states.size(), "?"))
            + ")",
        row -> row.getString(1),
        states.stream().map(Enum::name).toArray());
  }

  /** What the columns of a job hold, but for its id and its owner. */
  record Row(String id, long version, boolean goesOn, List<@Nullable Object> values) {
    private @Nullable Object[] between(List<Object> before, List<Object> after) {
      List<@Nullable Object> all = new ArrayList<>(before);
      all.addAll(values);
      all.addAll(after);
      return all.toArray();
    }
  }
}
